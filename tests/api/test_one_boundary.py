"""From Python the same values are accepted and refused as in settings, in the same words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
import pytest

import psasim as ps
from psasim.config import defaults, run_config
from psasim.declared.declare import Quantity
from psasim.declared.levers import LEVERS
from psasim.declared.parameters import PARAMETERS
from psasim.declared.settings import SETTINGS
from psasim.engines.inputs import as_governance, as_parameters
from psasim.results import simulate

VALUES = [
    4, 4.0, 4.5, 0, -1, -0.0, 1.0, 0.25, np.int64(4), np.int8(1), np.uint64(4), np.float32(0.25),
    np.float64(4), np.float16(1.0), Fraction(1, 4), True, np.True_, None, float("nan"), np.nan,
    np.float32("nan"), float("inf"), -np.inf, "4", "x", "", "4,5", "25 %", [4], (4,), {}, {"a": 1},
    np.array(4), np.array([4, 5]), pd.NA, pd.NaT, Decimal(1), 10**400, -(10**400), 10**5000, 4 + 0j,
    "two", np.str_("two"), np.str_("mesa"), pd.Series([4]), pd.Series({"a": 1}), b"4", object(),
    range(4), pd.Timestamp("2007-10-09"), "x" * 10_000, np.arange(2000),
]


class Reached(Exception):
    """The values with which runs would have begun."""


@pytest.fixture
def no_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    def reach(layout, packages, engine, *, seed, replicates, months, measures):
        raise Reached({"seed": seed, "months": months, "worlds": len(replicates),
                       "engine": engine})

    monkeypatch.setattr(simulate, "run_part", reach)
    monkeypatch.setattr(simulate, "engine_of", lambda name, chunk, agents: (name, 10**9))


def settings(**changes: Any) -> dict[str, Any]:
    plain = defaults()
    plain["scenario"]["name"] = "teaching"
    plain["experiment"] |= {"name": "x", "presets": ["new_psa"]}
    return plain | changes


def told(make: Callable[[], Any]) -> Any:
    """What comes out, or the message of the refusal; nothing else may be raised."""
    try:
        return make()
    except ps.InputError as error:
        message = str(error)
    assert "\n" not in message
    assert len(message.partition("; known: ")[0]) < 400
    return message


def check(value: Any, from_python: Callable[[], Any], from_settings: Callable[[], Any]) -> None:
    python, command = told(from_python), told(from_settings)
    assert python == command, value
    assert type(python) is type(command)
    if not isinstance(python, Mapping):
        assert type(python) in (int, float, str), "NumPy's types do not come through"


@pytest.mark.parametrize("name", ["worlds", "months", "seed", "engine"])
def test_settings(name: str, no_runs: None) -> None:
    def reached(value: object) -> Any:
        with pytest.raises(Reached) as caught:
            ps.compare(["new_psa"], scenario="teaching", **{name: value})
        return caught.value.args[0][name]

    for value in [*VALUES, SETTINGS[name].default]:
        if name == "worlds" and isinstance(value, range):
            continue  # worlds by number are Python's alone
        check(value, lambda value=value: reached(value),
              lambda value=value: getattr(run_config(settings(**{name: value})), name))


def test_parameters() -> None:
    for name, item in PARAMETERS.items():
        for value in [*VALUES, item.low, *item.bounds, item.bounds[1] + 1, np.float64(item.high)]:
            given = {name: value}
            check(value, lambda given=given, name=name: as_parameters(given)[name],
                  lambda given=given, name=name: run_config(
                      settings(parameters=given)).parameters[name])


def test_levers() -> None:
    for name, lever in LEVERS.items():
        for field, item in lever.table.items():
            ends = item.bounds if isinstance(item, Quantity) else item.options
            for value in [*VALUES, *ends]:
                given = {name: {"strength": 1, field: value}}
                check(value, lambda given=given, name=name, field=field: as_governance(
                          given)[name][field],
                      lambda given=given, name=name, field=field: _only(run_config(
                          settings(governance=given), governed=True))[name][field])


def _only(config) -> ps.Governance:
    """The package that was asked for; the baseline where it equals it."""
    return next((package for name, package in config.packages.items()
                 if name != config.baseline), config.packages[config.baseline])


@pytest.mark.parametrize("given", [
    {"stocktakes": {"period": 3}}, {"delivery_agreement": {"roles": 1, "ambition": 1}},
    {"stocktakes": {}}, {"stocktake": {"strength": 1}},
    {"stocktakes": {"strength": 1, "perod": 3}}, {"lead": {"kind": "two"}}, 3, None, [], "x",
    pd.Series([1.0]), {"stocktakes": {"strength": 0, "period": 3}}, {},
])
def test_packages(given: object) -> None:
    """A field alone, an empty lever and names nobody declared, from an experiment file too."""
    direct = told(lambda: as_governance({} if isinstance(given, str) else given))
    for config in (
        lambda: _only(run_config(settings(governance={} if isinstance(given, str) else given),
                                 governed=True)),
    ):
        assert told(config) == direct
    if isinstance(given, dict) and given:
        own = settings()
        own["experiment"] |= {"presets": [], "packages": {"mine": given}}
        found = told(lambda: _only(run_config(own)))
        if isinstance(found, str):  # told at its place in the file
            found = found.replace("experiment.packages.mine", "governance", 1)
        assert found == direct


@pytest.mark.parametrize("given", [3, None, [], "x", pd.Series([1.0]), {"inertai": 0.1}])
def test_tables_of_parameters(given: object) -> None:
    refused = told(lambda: run_config(settings(parameters=given)))
    assert isinstance(refused, str)
    if given is not None:  # for Python's default
        assert told(lambda: as_parameters(given)) == refused


def test_the_baseline_alone_and_nothing_are_refused_both_ways(psasim, no_runs: None) -> None:
    for packages in (["departmental"], {"departmental": "new_psa"}):
        assert told(lambda packages=packages: ps.compare(packages, scenario="teaching")).startswith(
            "nothing to compare: departmental is the baseline itself")
    assert psasim("design", "scenario=teaching", "governance=departmental").err.startswith(
        "psasim: nothing to compare: departmental is the baseline itself")
    for packages in ([], {}, (), pd.Series(dtype=object)):
        assert told(lambda packages=packages: ps.compare(packages)).startswith("packages is empty")


def test_a_row_of_a_frame_is_a_table() -> None:
    frame = pd.DataFrame({"inertia": [0.1, 0.2], "urgency": [1, 2]})
    assert ps.Parameters(frame.iloc[1]) == ps.Parameters(inertia=0.2, urgency=2)
    assert told(lambda: as_parameters(frame)) == (
        "parameters is a table of several rows; give one of them, such as frame.iloc[0]")
    assert as_parameters(frame.loc[0]) == ps.Parameters(inertia=0.1, urgency=1)
    levers = pd.Series({"lead": np.int64(1), "sanctions": np.float32(0.5)})
    assert ps.Governance(levers) == ps.Governance(lead=1, sanctions=0.5)
    assert ps.Governance(lead=pd.Series({"strength": 1, "kind": "two"}, dtype=object)) == (
        ps.Governance(lead={"strength": 1, "kind": "two"}))
    given = ps.compare({"mine": levers}, scenario="teaching", parameters=frame.iloc[0],
                       worlds=np.int64(2), months=3.0, seed=np.uint32(4))
    assert (given.worlds, given.months, given.seed) == (2, 3, 4)
    assert type(given.months) is type(given.seed) is int
    same = ps.compare({"mine": {"lead": 1, "sanctions": 0.5}}, scenario="teaching", worlds=2,
                      months=3, seed=4, parameters={"inertia": 0.1, "urgency": 1})
    pd.testing.assert_frame_equal(given.to_frame(), same.to_frame())
