"""Strength 0 is the same, to the bit, as not naming a lever."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from psasim.declared.levers import LEVERS, Governance
from psasim.engines.ensemble import run
from psasim.results.measures import measure
from tests.invariants.support import Case, alike, assert_alike, cases, extremes, months_of
from tests.strategies import values


@st.composite
def switched_off(draw: st.DrawFn, name: str) -> tuple[Case, Governance]:
    """A case without a lever, and its package with the lever at strength 0 but any fields."""
    case = draw(cases(months=8, runs=2))
    others = {key: dict(case.governance[key]) for key in case.governance.levers_on() if key != name}
    table = LEVERS[name].table.items()
    fields = {field: draw(extremes(item) | values(item)) for field, item in table}
    case = replace(case, governance=Governance(**others))
    return case, case.governance.plus(**{name: {**fields, "strength": 0}})


def check_absent(case: Case, named: Governance) -> None:
    """Both packages run the same."""
    other = replace(case, governance=named)
    layout, worlds = case.layout, case.worlds
    for (a, did), (b, done) in zip(
        months_of(layout, case.coefficients, worlds),
        months_of(layout, other.coefficients, worlds),
        strict=True,
    ):
        assert_alike(a, b)
        if did is not None:
            assert_alike(did, done)
    ours = measure(run(layout, case.coefficients, worlds), layout, case.coefficients)
    theirs = measure(run(layout, other.coefficients, worlds), layout, other.coefficients)
    for name, value in ours.items():
        assert alike(value, theirs[name]), name


@pytest.mark.parametrize("examples", [4, pytest.param(40, marks=pytest.mark.slow)])
@pytest.mark.parametrize("name", LEVERS)
def test_strength_zero_is_absent(name: str, examples: int) -> None:
    settings(
        max_examples=examples, deadline=None, derandomize=True, database=None,
        suppress_health_check=list(HealthCheck),
    )(given(switched_off(name))(lambda both: check_absent(*both)))()
