"""Every public name, given what it does not take: done, or refused in one line."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

import psasim as ps
from psasim.cli import main
from psasim.errors import PsasimError

WRONG = {
    "None": None, "3": 3, "2.5": 2.5, "True": True, "text": "nope", "empty": "", "bytes": b"x",
    "list": [], "names": ["nope"], "dict": {}, "table": {"nope": 1}, "object": object(),
    "array": np.ones(2), "series": pd.Series([1.0]), "frame": pd.DataFrame({"a": [1]}),
    "function": lambda: 0, "class": int, "module": ps, "package": ps.Governance(lead=1),
    "parameters": ps.Parameters(), "nested": [[1]],
    "NaN": float("nan"), "set": {1}, "huge": 10**400,
}

def check_nothing(*given: object) -> None:
    """A function with a name."""


COUNTS = {"worlds": 1, "months": 1}
SMALL = COUNTS | {"scenario": "teaching"}
PLAIN: dict[str, tuple[Callable[..., Any], dict[str, Any]]] = {
    "simulate": (ps.simulate, SMALL),
    "compare": (ps.compare, SMALL | {"packages": ["new_psa"]}),
    "compare_scenarios": (ps.compare_scenarios, COUNTS | {
        "scenarios": {"a": "teaching", "b": "child_obesity"}, "baseline": "a"}),
    "DeliveryModel": (ps.DeliveryModel, {"scenario": "teaching", "months": 1}),
    "Agents": (ps.Agents, {}),
    "Governance": (lambda levers: ps.Governance(levers), {"levers": {}}),
    "Governance, a lever": (lambda lead: ps.Governance(lead=lead), {"lead": 1}),
    "Governance, a field": (
        lambda kind: ps.Governance(lead={"strength": 1, "kind": kind}), {"kind": "two"}),
    "Governance.plus": (lambda lead: ps.Governance().plus(lead=lead), {"lead": 1}),
    "Parameters": (lambda values: ps.Parameters(values), {"values": {}}),
    "Parameters, one": (lambda inertia: ps.Parameters(inertia=inertia), {"inertia": 0.1}),
    "preset": (ps.preset, {"name": "new_psa"}),
    "load_scenario": (ps.load_scenario, {"name_or_path": "teaching"}),
    "open_results": (ps.open_results, {"folder": "."}),
    "evaluate": (ps.evaluate, COUNTS | {"scenario": "teaching", "packages": "new_psa",
                                        "X": [[0.1]], "names": ["inertia"]}),
    "Variant": (ps.Variant, {}),
    "measure": (ps.measure, {"unit": "months"}),
    "mechanism": (ps.mechanism, {"name": "learn.effectiveness"}),
    "hook": (ps.hook, {"function": check_nothing}),
    "lever": (ps.lever, {}),
}
WITHOUT = {  # which take nothing, are held by a model, or are drawn on by hand
    "__version__", "preset_names", "scenario_names", "InputError", "Results", "figures",
    "Department", "DeliveryBody", "Centre", "Rule", "Extensions", "Source", "Assumption",
    "run_experiment", "cite", "save", "calibrate",  # which have tests of their own
}


def cases(table: dict[str, tuple[Callable[..., Any], dict[str, Any]]]) -> list:
    return [
        pytest.param(make, given, parameter, value, id=f"{name}-{parameter}-{kind}")
        for name, (make, given) in table.items()
        for parameter in inspect.signature(make).parameters
        for kind, value in WRONG.items()
        if parameter != "progress" or not callable(value)  # what it does is the caller's own
    ]


def check(make: Callable[..., Any], given: dict[str, Any]) -> None:
    try:
        make(**given)
    except PsasimError as error:
        message = str(error)
    else:
        return
    assert message
    assert "\n" not in message or message.startswith("--sql: ")  # DuckDB points at the place
    assert len(message.partition("; known: ")[0]) < 500


def test_every_public_name_is_tried() -> None:
    tried = {name.partition(",")[0].partition(".")[0] for name in PLAIN}
    assert tried | WITHOUT == set(ps.__all__)


@pytest.mark.parametrize("make, given, parameter, value", cases(PLAIN))
def test_functions(make, given, parameter: str, value: object) -> None:
    check(make, given | {parameter: value})


METHODS = {
    "to_frame": {}, "ledger": {}, "contrasts": {}, "trajectories": {}, "trajectories_raw": {},
    "levels": {}, "summary": {}, "ledger_shares": {}, "runs": {}, "failed": {}, "banded": {},
    "memory": {},
}
STORED = {
    "to_frame": {}, "contrasts": {}, "levels": {}, "factors": {}, "failures": {}, "failed": {},
    "runs": {}, "ledger_shares": {}, "trajectories": {}, "trajectories_raw": {}, "banded": {},
    "by_scenario": {}, "problem": {}, "inputs": {}, "outputs": {"measure": "attainment"},
    "sensitivity": {"measure": "attainment"}, "sql": {"query": "SELECT 1"},
}


@pytest.fixture(scope="module")
def results() -> ps.Results:
    return ps.compare(["new_psa"], scenario="teaching", worlds=2, months=2)


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory):
    folder = tmp_path_factory.mktemp("stored") / "out"
    assert main(["run", "scenario=teaching", "governance=new_psa", "worlds=2", "months=2",
                 "backend=serial", f"hydra.run.dir={folder}"]) == 0
    return ps.open_results(folder)


@pytest.mark.parametrize("name", METHODS)
def test_methods_of_results(results: ps.Results, name: str) -> None:
    _check_methods(results, name, METHODS[name])


@pytest.mark.parametrize("name", STORED)
def test_methods_of_stored_results(stored, name: str) -> None:
    _check_methods(stored, name, STORED[name])


def _check_methods(results: Any, name: str, given: dict[str, Any]) -> None:
    method = getattr(results, name)
    for parameter in inspect.signature(method).parameters:
        for value in [*WRONG.values(), results]:
            check(method, given | {parameter: value})


def test_other_methods_take_nothing_from_outside(results: ps.Results, stored) -> None:
    for item, known in ((results, METHODS), (stored, STORED)):
        methods = {name for name, it in inspect.getmembers(type(item), inspect.isfunction)
                   if not name.startswith("_")
                   and not it.__module__.startswith("psasim.analysis")}  # tried in tests/analysis
        assert methods - known.keys() <= {"add_to", "values", "details", "row_parts", "keeps"}


def test_one_name_is_one_name(results: ps.Results, stored) -> None:
    """Not its letters."""
    for item in (results, stored):
        one, listed = item.to_frame("attainment"), item.to_frame(["attainment"])
        pd.testing.assert_frame_equal(one, listed)
        assert list(one) == ["attainment"]
        assert one.attrs["units"] == {"attainment": "of target"}
        with pytest.raises(ps.InputError, match="did you mean 'attainment'"):
            item.to_frame("attainmemt")
    pd.testing.assert_frame_equal(results.ledger("outcome"), results.ledger(by=["outcome"]))
    with pytest.raises(ps.InputError, match="did you mean 'heading'"):
        results.ledger("headings")


def test_results_in_memory_and_on_disk_are_not_paired(results: ps.Results, stored) -> None:
    for mine, other in ((results, stored), (stored, results)):
        with pytest.raises(ps.InputError, match="packages of one folder, or of results in memory"):
            mine.contrasts(other)
