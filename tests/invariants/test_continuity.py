"""A lever acts by degrees: a strength next to nothing does next to nothing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from psasim.declared.declare import Choice
from psasim.declared.levers import LEVERS
from psasim.declared.parameters import Parameters
from psasim.declared.presets import preset
from psasim.engines.ensemble import run
from psasim.results.measures import measure
from psasim.scenario import load_scenario
from tests.invariants.support import Case, cases
from tests.strategies import values

LITTLE = 1e-9
"""Strength beside 0; effects are of its order, and of its root where gaming begins to pay."""

MOVED = 2e-4

STEPS = ("disagreement",)
"""Measures that step where a reading stands exactly at the target, as a count at its cap does."""


def check_continuous(case: Case, name: str, fields: dict) -> None:
    """Paths and measures at a strength of a billionth are those without the lever."""
    others = {key: dict(case.governance[key]) for key in case.governance.levers_on() if key != name}
    base = type(case.governance)(**others)
    found = []
    for strength in (0.0, LITTLE):
        other = replace(case, governance=base.plus(**{name: {**fields, "strength": strength}}))
        t = run(other.layout, other.coefficients, other.worlds)
        found.append({"real": t.real, "reported": t.reported,
                      **measure(t, other.layout, other.coefficients)})
    for quantity, without in found[0].items():
        if quantity in STEPS:
            continue
        np.testing.assert_allclose(
            found[1][quantity], without, rtol=0, atol=MOVED, err_msg=f"{name}: {quantity}"
        )


@pytest.mark.parametrize("package", ["departmental", "existing_psa", "new_psa"])
@pytest.mark.parametrize("name", LEVERS)
def test_every_lever_begins_at_nothing_on_shipped_scenarios(name: str, package: str) -> None:
    choices = [item for item in LEVERS[name].fields if isinstance(item, Choice)]
    kinds = [{choices[0].name: option} for option in choices[0].options] if choices else [{}]
    for scenario in ("teaching", "csr2007"):
        for kind in kinds:
            case = Case(load_scenario(scenario), Parameters(), preset(package), 3, 24, 2)
            check_continuous(case, name, kind)


@st.composite
def beginnings(draw: st.DrawFn, name: str) -> tuple[Case, dict]:
    """A case, and any fields of a lever."""
    fields = {k: draw(values(i)) for k, i in LEVERS[name].table.items() if k != "strength"}
    return draw(cases(runs=2)), fields


@pytest.mark.parametrize("examples", [3, pytest.param(40, marks=pytest.mark.slow)])
@pytest.mark.parametrize("name", LEVERS)
def test_every_lever_begins_at_nothing_anywhere(name: str, examples: int) -> None:
    settings(
        max_examples=examples, deadline=None, derandomize=True, database=None,
        suppress_health_check=list(HealthCheck),
    )(given(beginnings(name))(lambda both: check_continuous(both[0], name, both[1])))()
