"""Imports point one way, and mechanisms stand apart."""

from __future__ import annotations

import ast
import sys
from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import psasim

ROOT = Path(psasim.__file__).parent

# A room (module or package) may import only from rows above its own.
ROWS = (
    ("errors", "mechanisms"),
    ("fingerprint", "reading"),
    ("declared",),
    ("scenario",),
    ("structure",),
    ("coefficients",),
    ("month",),
    ("engines",),
    ("extensions",),
    ("results",),
    ("experiment",),
    ("calibration",),
    ("validation",),
    ("config",),
    ("analysis",),
    ("connectors", "documents", "report"),
    ("classroom",),
    ("cli",),
    ("__main__",),
)
RANK = {room: rank for rank, row in enumerate(ROWS) for room in row}


def _sources() -> dict[str, str]:
    """Source by module name, without the package's own `__init__`, which only points."""
    found = {}
    for path in sorted(ROOT.rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        name = ".".join(part for part in parts if part != "__init__")
        if name:
            found[name] = path.read_text(encoding="utf-8")
    return found


def _imports(source: str) -> set[str]:
    """Absolute names imported anywhere in a source; `from a import b` gives a.b."""
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative import"
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def _edges(sources: Mapping[str, str]) -> dict[str, set[str]]:
    """psasim's modules that each module imports."""
    edges: dict[str, set[str]] = {}
    for module, source in sources.items():
        edges[module] = set()
        for name in _imports(source):
            package, _, path = name.partition(".")
            if package != "psasim" or path in ("", "__version__"):
                continue
            known = [path, path.rpartition(".")[0]]
            edges[module] |= {next((item for item in known if item in sources), path)}
    return edges


def _violations(sources: Mapping[str, str]) -> list[str]:
    """Every import that does not point to a row above, and every cycle."""
    edges = _edges(sources)
    found = []
    for module, targets in edges.items():
        room = module.partition(".")[0]
        for target in sorted(targets):
            other = target.partition(".")[0]
            if room not in RANK or other not in RANK:
                found.append(f"{module} or {target} has no row")
            elif room != other and RANK[other] >= RANK[room]:
                found.append(f"{module} imports {target}")
    try:
        tuple(TopologicalSorter(edges).static_order())
    except CycleError as error:
        found.append(f"cycle: {' > '.join(error.args[1])}")
    return found


def _mechanisms_that_lean(sources: Mapping[str, str]) -> list[str]:
    """Imports of mechanisms beyond NumPy, the standard library and each other."""
    allowed = {"numpy", *sys.stdlib_module_names}
    return [
        f"{module} imports {name}"
        for module, source in sources.items()
        if module.partition(".")[0] == "mechanisms"
        for name in sorted(_imports(source))
        if name.partition(".")[0] not in allowed and not name.startswith("psasim.mechanisms.")
    ]


def test_imports_point_one_way() -> None:
    assert _violations(_sources()) == []


def test_mechanisms_stand_apart() -> None:
    assert _mechanisms_that_lean(_sources()) == []


def test_every_row_is_used() -> None:
    rooms = {module.partition(".")[0] for module in _sources()}
    assert set(RANK) == rooms


@pytest.mark.parametrize("module, line", [
    ("declared.levers", "from psasim.results.results import Results"),
    ("declared.declare", "import psasim.declared.levers"),
    ("engines.ensemble", "from psasim.results import parts"),
    ("month", "def late():\n    from psasim.report import write"),
    ("declared.declare", "from psasim.nowhere import thing"),
    ("scenario.schema", "from psasim.scenario.load import load_scenario"),
])
def test_a_planted_import_is_seen(module: str, line: str) -> None:
    sources = _sources()
    planted = {**sources, module: f"{sources[module]}\n{line}\n"}
    assert _violations(planted)


@pytest.mark.parametrize("line", ["from psasim.month.state import State", "import scipy.stats"])
def test_a_leaning_mechanism_is_seen(line: str) -> None:
    sources = _sources()
    planted = {**sources, "mechanisms.produce": f"{sources['mechanisms.produce']}\n{line}\n"}
    assert _mechanisms_that_lean(planted)
