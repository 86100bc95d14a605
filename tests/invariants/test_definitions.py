"""Measures and records say what their definitions say, at the edges too."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from psasim.declared.levers import Governance
from psasim.declared.parameters import Parameters
from psasim.declared.presets import preset
from psasim.engines.ensemble import run
from psasim.results.measures import measure
from psasim.scenario import load_scenario
from tests.invariants.support import Case, cases, months_of, over


@pytest.mark.parametrize("month, agreed", [(11, True), (12, True), (13, False)])
def test_consensus_counts_an_agreement_of_the_last_month(month: int, agreed: bool) -> None:
    package = Governance(collective_priorities={"strength": 1, "month": month})
    case = Case(load_scenario("teaching"), Parameters(), package, 1, 12, 1)
    found = measure(run(case.layout, case.coefficients, case.worlds), case.layout,
                    case.coefficients)
    assert (found["consensus"].item() == pytest.approx(1.0)) is agreed


@pytest.mark.parametrize("phase, strength, month", [(10, 0.7, 3), (25, 0.44, 14), (4, 0.3, 3)])
def test_a_phase_is_rounded_up_and_not_by_rounding(phase: int, strength: float, month: int) -> None:
    """10 x (1 - 0.7) is 3 months, though floating point has it a little above."""
    scenario = load_scenario("teaching")
    departments = tuple(replace(d, phase=phase) for d in scenario.departments)
    package = Governance(process_alignment=strength)
    case = Case(replace(scenario, departments=departments), Parameters(), package, 1, 1, 1)
    assert (case.coefficients.phase == month).all()


@over(cases())
def test_reported_is_the_mean_of_the_figures_that_are_out(case: Case) -> None:
    """Not a number before one is out; never pulled to 0 by one that is not."""
    layout = case.layout
    for state, flows in months_of(layout, case.coefficients, case.worlds):
        if flows is None:
            continue
        for row in range(layout.outcomes):
            shown = np.flatnonzero(layout.indicator_outcome == row)
            out = [i for i in shown if (state.standing[i] > 0).all()]
            if out:
                np.testing.assert_allclose(
                    flows.reported[row], state.published[out].mean(axis=0), rtol=1e-12, atol=1e-15
                )
            else:
                assert np.isnan(flows.reported[row]).all()
                assert (state.gap[row] == 0.0).all()


def test_goals_that_nobody_answers_for_wait_for_nobody() -> None:
    """`number_of_goals` does not add the months of the run for each goal it drops."""
    scenario = load_scenario("csr2007")
    found = []
    for goals in (5, 30):
        package = preset("existing_psa").plus(number_of_goals={"strength": 1, "goals": goals})
        case = Case(scenario, Parameters(), package, 1, 36, 8)
        t = run(case.layout, case.coefficients, case.worlds)
        found.append(measure(t, case.layout, case.coefficients)["time_to_mobilise"].mean())
    assert found[0] < found[1] + 3.0
