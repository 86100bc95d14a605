"""Without capacity or without will there is exactly no progress, not merely little."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from psasim.coefficients import Coefficients
from psasim.declared.parameters import Parameters
from psasim.scenario import Scenario
from tests.invariants.support import Case, cases, months_of, over


def calm(case: Case) -> Case:
    """The same case without shocks to outcomes."""
    outcomes = tuple(replace(outcome, volatility=0.0) for outcome in case.scenario.outcomes)
    return replace(case, scenario=replace(case.scenario, outcomes=outcomes))


def assert_no_progress(case: Case, k: Coefficients, rows: np.ndarray | slice = slice(None)) -> None:
    for state, _ in months_of(case.layout, k, case.worlds):
        assert (state.real[rows] == 0.0).all()


@over(cases())
def test_no_usable_capacity_no_progress(case: Case) -> None:
    """Overhead that takes all capacity leaves every outcome exactly where it was."""
    case = calm(case)
    k = replace(case.coefficients, fixed_overhead=case.coefficients.capacity)
    assert_no_progress(case, k)


@over(cases())
def test_no_will_no_progress(case: Case) -> None:
    """Nobody with a mission, nobody who answers and nobody with an incentive: no progress."""
    case = calm(case)
    k = case.coefficients
    will = ("mission_before", "mission_after", "accountability", "influence", "incentive")
    none = {name: 0.0 * getattr(k, name) for name in will}
    assert_no_progress(case, replace(k, **none))


@over(cases())
def test_goals_nobody_values_and_nobody_answers_for_stand_still(case: Case) -> None:
    """With no missions, what is not a priority makes exactly no progress under any levers."""
    case = calm(case)
    case = replace(
        case,
        parameters=Parameters(**{**case.parameters, "mission_level": 0.0}),
        governance=case.governance.plus(number_of_goals={"strength": 1, "goals": 1}),
    )
    assert_no_progress(case, case.coefficients, ~priorities(case.scenario, 1))


def priorities(scenario: Scenario, goals: int) -> np.ndarray:
    """Whether an outcome is among the most valuable, ties by key."""
    best = sorted(scenario.outcomes, key=lambda outcome: (-outcome.value, outcome.key))[:goals]
    return np.array([outcome in best for outcome in scenario.outcomes])
