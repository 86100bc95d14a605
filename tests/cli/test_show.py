"""`psasim show` prints every declaration, and help needs nothing heavy."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from psasim.cli.table import text_table
from psasim.declared.levers import LEVERS
from psasim.declared.parameters import PARAMETERS
from psasim.declared.presets import preset_names
from psasim.results.measures import MEASURES
from psasim.scenario import load_scenario, scenario_names
from psasim.scenario.family import STRUCTURE


@pytest.mark.parametrize("table, names", [
    ("parameters", tuple(PARAMETERS)),
    ("levers", tuple(LEVERS)),
    ("packages", preset_names()),
    ("measures", tuple(MEASURES)),
    ("scenarios", scenario_names()),
    ("structure", tuple(STRUCTURE)),
    ("sources", tuple(key for key, _ in load_scenario("csr2007").citations)),
])
def test_every_name_has_a_row(psasim, table: str, names: tuple[str, ...]) -> None:
    said = psasim("show", table)
    assert said.code == 0
    first_words = {line.split()[0] for line in said.out.splitlines() if line[:1].strip()}
    assert names
    assert set(names) <= first_words


def test_fields_of_a_lever_are_shown(psasim) -> None:
    assert "none|single|two|all" in psasim("show", "levers").out


def test_levers_of_a_package_are_shown(psasim) -> None:
    said = psasim("show", "packages").out
    (row,) = [line for line in said.splitlines() if line.startswith("no_join_up")]
    assert "lead, internal_reporting, evaluation 0.5" in row


def test_help(psasim) -> None:
    assert "usage: psasim" in psasim("--help").out
    assert "parameters|levers" in psasim("show", "--help").out
    assert "governance: departmental" in psasim("run", "--help").out
    assert psasim("--version").out.startswith("psasim ")


def test_composed_settings_are_shown(psasim) -> None:
    said = psasim("run", "--cfg", "job", "governance.sanctions.strength=0.5", "governance=new_psa")
    assert said.code == 0
    assert "strength: 0.5" in said.out


HEAVY = {"pandas", "pyarrow", "hydra", "pydantic", "matplotlib"}
SELDOM = {"mesa", "networkx", "scipy.stats", "seaborn", "SALib", "pydoe", "duckdb", "joblib",
          "dask", "distributed", "ray", "numba", "IPython"}


@pytest.mark.parametrize("arguments, unneeded", [
    (["--help"], {"numpy", "yaml"} | HEAVY | SELDOM),
    (["show", "levers"], {"numpy"} | HEAVY | SELDOM),
    (["show", "parameters"], {"numpy"} | HEAVY | SELDOM),
    (["show", "scenarios"], HEAVY | SELDOM),
    (["results", "nowhere"], {"hydra", "matplotlib"} | SELDOM),
    (["run", "scenario=teaching", "worlds=2", "months=2", "governance=new_psa"], SELDOM),
], ids=lambda given: " ".join(given[:2]) if isinstance(given, list) else "")
def test_what_is_not_needed_is_not_loaded(
    tmp_path: Path, arguments: list[str], unneeded: set[str]
) -> None:
    """Imports are most of the time a short command takes."""
    code = ("import sys; from psasim.cli import main; main(sys.argv[1:]); "
            "sys.stderr.write('\\nloaded:' + ' '.join(sys.modules))")
    done = subprocess.run([sys.executable, "-c", code, *arguments], cwd=tmp_path,
                          capture_output=True, text=True)
    loaded = set(done.stderr.rpartition("loaded:")[2].split())
    assert "psasim.cli.dispatch" in loaded
    assert unneeded & loaded == set()


@pytest.mark.parametrize("width", [50, 90, 200])
def test_tables_fit_the_terminal(width: int) -> None:
    words = "many words of prose " * 8
    text = text_table(("name", "unit", "text"), [("one", "months", words)], width)
    assert all(len(line) <= width for line in text.splitlines())
    assert text.split() == f"name unit text ---- ------ ---- one months {words}".split()
