"""Notebooks run from top to bottom, are kept without outputs, and use public names only."""

from __future__ import annotations

import ast
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

import psasim

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))


def code_of(path: Path) -> list[nbformat.NotebookNode]:
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]


def test_they_are_numbered_in_the_order_of_reading() -> None:
    numbers = [path.name.partition("_")[0] for path in NOTEBOOKS]
    assert numbers == [str(n) for n in range(1, len(NOTEBOOKS) + 1)] and len(numbers) > 1


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_ids_of_cells_stay(path: Path) -> None:
    """By their place, so that a change of one cell is a change of that cell alone."""
    ids = [cell.id for cell in nbformat.read(path, as_version=4).cells]
    assert ids == [f"cell-{n:02}" for n in range(len(ids))]


@pytest.mark.parametrize("path", [
    pytest.param(path, id=path.stem, marks=[] if path == NOTEBOOKS[0] else pytest.mark.slow)
    for path in NOTEBOOKS])
def test_runs(path: Path, tmp_path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    place = {"metadata": {"path": str(tmp_path)}}
    NotebookClient(notebook, timeout=120, kernel_name="python3", resources=place).execute()


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_is_kept_without_outputs(path: Path) -> None:
    for cell in code_of(path):
        assert (cell.outputs, cell.execution_count) == ([], None)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_uses_public_names_only(path: Path) -> None:
    tree = ast.parse("\n".join(cell.source for cell in code_of(path)))
    used = {
        node.attr for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
        and node.value.id == "ps"
    }
    assert used <= set(psasim.__all__)
    modules = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    modules |= {name.name for node in ast.walk(tree) if isinstance(node, ast.Import)
                for name in node.names}
    assert {name for name in modules if name.startswith("psasim")} <= {"psasim"}
