"""Designs of several jobs as one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from psasim.config import defaults, run_config
from psasim.declared.levers import Governance
from psasim.declared.parameters import Parameters
from psasim.errors import InputError
from psasim.experiment.design.batch import common, together
from psasim.experiment.design.points import Design


def _design(scenario: str = "teaching", inertia: float = 0.1, **packages: Any) -> Design:
    settings = defaults()
    settings["scenario"]["name"] = scenario
    settings["parameters"]["inertia"] = inertia
    settings["experiment"] |= {"name": "job", "packages": {
        name: {"sanctions": {"strength": strength}} for name, strength in packages.items()
    }}
    return run_config(settings).design


def test_points_in_common_are_there_once() -> None:
    batch = together("all", [_design(a=1.0), _design(b=0.5), _design(a=1.0, b=0.5)])
    assert [p.package for p in batch.design.points] == ["departmental", "a", "b"]
    assert [p.number for p in batch.design.points] == [0, 1, 2]
    assert batch.places == ((0, 1), (0, 2), (0, 1, 2))


def test_another_package_of_a_name_gets_a_number() -> None:
    batch = together("all", [_design(a=1.0), _design(a=0.5), _design(a=0.25), _design(a=0.5)])
    assert batch.packages == {
        "departmental": Governance(), "a": Governance(sanctions=1),
        "a-2": Governance(sanctions=0.5), "a-3": Governance(sanctions=0.25),
    }
    assert batch.places == ((0, 1), (0, 2), (0, 3), (0, 2))


def test_every_future_and_scenario_has_its_baseline() -> None:
    jobs = [_design("teaching", 0.1, a=1.0), _design("teaching", 0.2, a=1.0),
            _design("child_obesity", 0.1, a=1.0)]
    batch = together("all", jobs)
    assert len(batch.design.points) == 6
    assert list(batch.design.scenarios) == ["teaching", "child_obesity"]
    for places in batch.places:
        assert [batch.design.points[place].package for place in places] == ["departmental", "a"]


def test_equal_futures_of_a_design_stay_apart_and_are_those_of_another() -> None:
    """A design that draws the same values twice has two futures, which another shares."""
    design = _design(a=1.0)
    twice = replace(design, points=[
        replace(point, number=number, future=number // 2)
        for number, point in enumerate([*design.points, *design.points])
    ])
    batch = together("all", [twice, twice])
    assert [point.future for point in batch.design.points] == [0, 0, 1, 1]
    assert batch.places == ((0, 1, 2, 3), (0, 1, 2, 3))


def test_the_digest_follows_the_points() -> None:
    one, same, other = (together("all", [_design(a=a)]).digest() for a in (1.0, 1.0, 0.5))
    assert one == same != other


def test_what_parameters_have_in_common() -> None:
    given = [Parameters(inertia=0.1, urgency=1), Parameters(inertia=0.1, urgency=3)]
    assert common(given) == Parameters(inertia=0.1)


def test_two_scenarios_of_one_name_are_refused() -> None:
    design = _design(a=1.0)
    scenario = replace(design.scenarios["teaching"], title="Another")
    with pytest.raises(InputError, match="two files are called teaching"):
        together("all", [design, replace(design, scenarios={"teaching": scenario})])
