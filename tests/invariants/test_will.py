"""Without capacity or without will there is exactly no progress, not merely little."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from psasim.coefficients import Coefficients
from tests.invariants.support import Case, cases, months_of, over


def calm(case: Case) -> Case:
    """The same case from nothing, without shocks to outcomes."""
    outcomes = tuple(replace(o, volatility=0.0, start=0.0) for o in case.scenario.outcomes)
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
    will = ("mission_before", "mission_after", "accountability", "incentive")
    none = {name: 0.0 * getattr(k, name) for name in will}
    assert_no_progress(case, replace(k, **none))
