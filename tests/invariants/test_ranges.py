"""Finite everywhere in the declared ranges, and measures within their natural bounds."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import strategies as st

from psasim.declared.declare import Choice
from psasim.declared.levers import LEVERS, Governance
from psasim.declared.parameters import PARAMETERS, Parameters
from psasim.declared.presets import preset
from psasim.engines.ensemble import run
from psasim.engines.trajectory import Trajectory
from psasim.results.measures import MEASURES, measure
from psasim.structure.layout import Layout
from tests.invariants.support import (
    Case,
    arrays,
    cases,
    extremes,
    months_of,
    over,
    steady,
)
from tests.strategies import scenarios

FRACTIONS = {
    "share of targets", "share of assessed targets", "share of joint targets",
    "share of capacity", "share of effort", "fraction",
}
UNIT_STATES = ("mobilised", "problem", "escalated", "supported", "attention", "trust",
               "knowledge", "buy_in", "cleared", "out")


@st.composite
def corners(draw: st.DrawFn) -> Case:
    """Every parameter and every field of every lever at an end of its range."""
    scenario = draw(scenarios())
    years = draw(st.sampled_from([1.0, 50.0]))
    scenario = replace(
        scenario, departments=tuple(replace(d, years_funded=years) for d in scenario.departments)
    )
    parameters = Parameters(**{name: draw(extremes(q)) for name, q in PARAMETERS.items()})
    governance = Governance(**{
        name: {field: draw(extremes(item)) for field, item in lever.table.items()}
        for name, lever in LEVERS.items()
    })
    return Case(scenario, steady(parameters, scenario), governance, draw(st.integers(0, 99)), 14, 2)


PACKAGES = [
    pytest.param(preset("new_psa"), id="new_psa"),
    pytest.param(Governance(sanctions={"strength": 1, "size": 1}), id="sanctions"),
]


def check_states(case: Case) -> Trajectory:
    """Every state and flow of every month is finite, and fractions are fractions."""
    layout, k = case.layout, case.coefficients
    for name, values in arrays(k).items():
        assert np.isfinite(values).all(), name
    for state, flows in months_of(layout, k, case.worlds):
        for item in (state, flows) if flows is not None else (state,):
            for name, values in arrays(item).items():
                if name == "reported" and item is flows:  # no figure is no value
                    values = values[np.broadcast_to(state.out > 0.0, values.shape)]
                assert np.isfinite(values).all(), name
        for name in UNIT_STATES:
            values = getattr(state, name)
            assert ((values >= 0.0) & (values <= 1.0 + 1e-12)).all(), name
        assert (state.effort >= 0.0).all()
    return run(layout, k, case.worlds)


def check_measures(trajectory: Trajectory, layout: Layout, case: Case) -> None:
    """Every measure is finite and within the bounds its unit sets."""
    found = measure(trajectory, layout, case.coefficients)
    assert found.keys() == MEASURES.keys()
    for name, values in found.items():
        unit = MEASURES[name].unit
        least, most = -np.inf, np.inf
        if name == "burden":
            least, most = -1.0, 1.0
        elif unit in FRACTIONS or name in ("attainment", "worst_outcome"):
            least, most = 0.0, 1.0
        elif unit == "months":
            least, most = 0.0, case.months
        elif unit in ("months a year", "per outcome and year"):
            least, most = 0.0, 12.0
        elif name not in ("reporting_gap", "attainment_uncut"):
            least = 0.0
        assert np.isfinite(values).all(), name
        assert (values >= least - 1e-12).all(), name
        assert (values <= most + 1e-12).all(), name
    assert (found["worst_outcome"] <= found["attainment"] + 1e-12).all()


@over(cases())
def test_finite_and_bounded_inside_the_ranges(case: Case) -> None:
    """Any parameters and levers within what is sampled."""
    check_measures(check_states(case), case.layout, case)


@over(corners(), few=40)
def test_finite_and_bounded_at_the_corners(case: Case) -> None:
    """Every parameter and field at an end, of the sampled range or of what is accepted."""
    check_measures(check_states(case), case.layout, case)


@pytest.mark.parametrize("package", PACKAGES)
@pytest.mark.parametrize("end", [0, 1])
@pytest.mark.parametrize("name", PARAMETERS)
def test_each_parameter_alone_at_its_hard_bounds(
    name: str, end: int, package: Governance, teaching
) -> None:
    values = steady(Parameters(**{name: PARAMETERS[name].bounds[end]}), teaching.scenario)
    case = replace(teaching, parameters=values, governance=package, months=18)
    check_measures(check_states(case), case.layout, case)


@pytest.mark.parametrize("name", LEVERS)
def test_each_lever_alone_at_the_ends_of_its_fields(name: str, teaching) -> None:
    for field, item in LEVERS[name].table.items():
        ends = item.options if isinstance(item, Choice) else item.bounds
        for value in ends:
            given = {"strength": 1, field: value}
            case = replace(teaching, governance=teaching.governance.plus(**{name: given}))
            check_measures(check_states(case), case.layout, case)
