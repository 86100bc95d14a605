"""What is not part of the world does not move it: the order of a file, an idle department."""

from __future__ import annotations

import random
import re
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import strategies as st

from psasim.engines.ensemble import run
from psasim.month.state import Flows, State
from psasim.results.measures import MEASURES, measure
from psasim.results.simulate import simulate
from psasim.scenario import Body, Department, Scenario, checked, load_scenario
from tests.invariants.support import (
    Case,
    alike,
    assert_alike,
    cases,
    months_of,
    over,
)

BY_DEPARTMENT = {"gaming_spend", "overhead", "gaming", "slack", "own", "moved"}
"""Rows of states and flows that are departments; `effort` has own agendas among its rows."""


def shuffled(scenario: Scenario, order: random.Random) -> Scenario:
    """The same scenario as somebody else might have written it down."""

    def mixed(rows: tuple) -> tuple:
        return tuple(order.sample(rows, len(rows)))

    def rewritten(body: Body) -> Body:
        pairs = mixed(tuple(zip(body.outcomes, body.alignment, strict=True)))
        return replace(
            body,
            parents=mixed(body.parents),
            outcomes=tuple(key for key, _ in pairs),
            alignment=tuple(value for _, value in pairs),
        )

    scenario = replace(scenario, bodies=tuple(rewritten(body) for body in scenario.bodies))
    tables = ("departments", "outcomes", "contributions", "indicators", "bodies")
    return replace(scenario, **{name: mixed(getattr(scenario, name)) for name in tables})


@over(cases(), st.randoms(use_true_random=False))
def test_order_of_a_file_changes_no_bit(case: Case, order: random.Random) -> None:
    """A scenario written down in another order runs the same."""
    other = replace(case, scenario=checked(shuffled(case.scenario, order)))
    for (a, did), (b, done) in zip(
        months_of(case.layout, case.coefficients, case.worlds),
        months_of(other.layout, other.coefficients, other.worlds),
        strict=True,
    ):
        assert_alike(a, b)
        if did is not None:
            assert_alike(did, done)
    ours = measure(run(case.layout, case.coefficients, case.worlds), case.layout, case.coefficients)
    theirs = measure(
        run(other.layout, other.coefficients, other.worlds), other.layout, other.coefficients
    )
    for name, values in ours.items():
        assert alike(values, theirs[name]), name


@over(
    cases(),
    st.sampled_from(["A", "D1a", "Z"]),
    st.floats(0.001, 1000),
    st.floats(0, 10),
    st.integers(0, 59),
)
def test_an_idle_department_changes_nothing_else(
    case: Case, key: str, capacity: float, own_value: float, phase: int
) -> None:
    """A department that contributes to nothing moves no draw and nobody else's state."""
    idle = Department(key, key, capacity, own_value, phase)
    departments = (*case.scenario.departments, idle)
    other = replace(case, scenario=checked(replace(case.scenario, departments=departments)))
    assert_alike(case.worlds, other.worlds)
    row = [d.key for d in other.scenario.departments].index(key)
    task = other.layout.task_of_own[row]
    for (a, did), (b, done) in zip(
        months_of(case.layout, case.coefficients, case.worlds),
        months_of(other.layout, other.coefficients, other.worlds),
        strict=True,
    ):
        assert_alike(a, _without(b, row, task))
        if did is not None:
            assert_alike(did, _without(done, row, task))


SHARES = {name for name, item in MEASURES.items()
          if item.unit in ("share of capacity", "share of effort")}
"""Measures whose denominator an idle department's capacity or effort is part of."""


@pytest.mark.parametrize("name", ["teaching", "csr2007"])
@pytest.mark.parametrize("governance", ["departmental", "new_psa"])
def test_an_idle_department_moves_shares_and_no_other_measure(name: str, governance: str) -> None:
    scenario = load_scenario(name)
    idle = Department("Zz", "Zz", 1.5, 0.3, 2)
    other = checked(replace(scenario, departments=(*scenario.departments, idle)))
    plain, beside = (simulate(each, governance, worlds=2, months=24) for each in (scenario, other))
    before, after = plain.levels().loc[governance], beside.levels().loc[governance]
    moved = {name for name in MEASURES if before[name] != after[name]}
    assert moved <= SHARES
    assert moved >= SHARES - {"gaming", "distortion"}  # of which there may be none
    capacity = [sum(d.capacity for d in each.departments) for each in (scenario, other)]
    for line in ("gaming", "distortion", "chain_loss", "practice_loss", "mix_loss", "realised"):
        assert after[line] * capacity[1] == pytest.approx(before[line] * capacity[0])
    taken = {m: after[m] * capacity[1] - before[m] * capacity[0]
             for m in ("overhead", "slack", "own_agenda")}
    assert sum(taken.values()) == pytest.approx(idle.capacity)


def test_the_shares_that_move_are_those_the_page_names() -> None:
    text = (Path(__file__).parents[2] / "docs" / "scenarios.md").read_text(encoding="utf-8")
    rule = text.partition("- A department may contribute to nothing.")[2].partition("\n\n")[0]
    assert set(re.findall(r"`(\w+)`", rule)) == SHARES


def _without(item: State | Flows, row: int, task: int) -> State | Flows:
    """A state or flows without the rows of one department that has only its own agenda."""
    gone = {"effort": task} | dict.fromkeys(BY_DEPARTMENT, row)
    present = {field.name for field in fields(item)} & gone.keys()
    return replace(item, **{
        name: np.delete(getattr(item, name), gone[name], axis=0) for name in present
    })
