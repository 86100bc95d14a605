"""The public names, frozen: taking one away or adding one is a decision."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import psasim
from psasim.experiment.design.points import Design
from psasim.experiment.folder.store import Store

NAMES = {
    "Agents",
    "Assumption",
    "Centre",
    "Extensions",
    "Rule",
    "Source",
    "Variant",
    "evaluate",
    "hook",
    "lever",
    "measure",
    "mechanism",
    "run_experiment",
    "DeliveryBody",
    "DeliveryModel",
    "Department",
    "Governance",
    "InputError",
    "Parameters",
    "Results",
    "open_results",
    "__version__",
    "calibrate",
    "cite",
    "compare",
    "compare_scenarios",
    "figures",
    "load_scenario",
    "preset",
    "preset_names",
    "save",
    "scenario_names",
    "simulate",
}


RESULTS = {
    "agents", "banded", "baseline", "contrasts", "digest", "engine", "failed", "headline", "layout",
    "ledger", "ledger_shares", "levels", "months", "packages", "parameters", "parts", "runs",
    "scenario", "seed", "summary", "to_frame", "trajectories", "trajectories_raw", "worlds",
    "extensions", "first_world", "measures", "memory", "parameters_of",
}
STORED = RESULTS - {"agents", "engine", "first_world", "ledger", "memory", "parameters_of", "parts",
                    "summary"} | {
    "add_to", "by_scenario", "dataset", "design", "details", "factors", "failures", "folder",
    "future_of", "futures", "inputs", "keeps", "kept", "longest", "manifest", "open", "outputs",
    "points", "problem", "refused", "row_parts", "sensitivity", "sql", "values",
    "backfire", "best", "changes", "dominance", "drivers", "effort", "evidence", "join", "levers",
    "outcomes", "ranking", "shares", "sources", "worth",
}


def _public(item: object) -> set[str]:
    return {name for name in (*dir(type(item)), *getattr(item, "__dict__", ()))
            if not name.startswith("_")}


def test_names_of_results_are_frozen(tmp_path: Path) -> None:
    assert _public(psasim.simulate("teaching", worlds=1, months=1)) == RESULTS
    design = Design("d", {}, [], "departmental")
    with Store(tmp_path, design, seed=1, months=1):
        pass
    assert _public(psasim.open_results(tmp_path)) == STORED


def test_names_are_frozen() -> None:
    assert set(psasim.__all__) == NAMES
    assert set(dir(psasim)) == NAMES


@pytest.mark.parametrize("name", sorted(NAMES))
def test_name_is_there(name: str) -> None:
    assert getattr(psasim, name) is not None


def test_other_names_are_not() -> None:
    with pytest.raises(AttributeError, match="no attribute 'simulat'"):
        _ = psasim.simulat


def test_import_loads_no_library() -> None:
    code = (
        "import sys, psasim; "
        "sys.exit(' '.join({'numpy', 'pandas', 'pydantic', 'mesa'} & set(sys.modules)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_one_name_for_several_packages_is_told() -> None:
    with pytest.raises(psasim.InputError, match=r"write \['new_psa'\]"):
        psasim.compare("new_psa", scenario="teaching", worlds=2)
