"""Small differences die out: no loop of the month makes much of little."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from psasim.declared.parameters import Parameters
from psasim.declared.presets import preset, preset_names
from psasim.month import start, step
from psasim.month.decisions import Everyone
from psasim.scenario import load_scenario, scenario_names
from tests.invariants.support import Case, cases, over

MONTHS, SIZE, MOST = 120, 1e-9, 1e-7
AT = (1, 30, 60, 90)


def widest(case: Case, at: int) -> float:
    """Widest difference in any outcome or effort after outcomes were moved by `SIZE` at the
    end of a month, over the months that follow."""
    layout, k, worlds = case.layout, case.coefficients, case.worlds
    decisions = Everyone(layout)
    state, found = start(layout, k, worlds.runs), 0.0
    moved = None
    for month in range(worlds.months):
        state, _ = step(state, layout, k, worlds.month(month), decisions)
        if moved is not None:
            moved, _ = step(moved, layout, k, worlds.month(month), decisions)
            found = max(found, float(np.abs(moved.real - state.real).max()),
                        float(np.abs(moved.effort - state.effort).max()))
        elif state.month == at:
            moved = replace(state, real=state.real + SIZE)
    return found


@pytest.mark.parametrize("package", preset_names())
@pytest.mark.parametrize("name", scenario_names())
def test_a_disturbance_stays_small_on_shipped_scenarios(name: str, package: str) -> None:
    case = Case(load_scenario(name), Parameters(), preset(package), 2007, MONTHS, 1)
    for at in AT:
        assert widest(case, at) < MOST, at


@over(cases(months=MONTHS, runs=1), few=10, many=100)
def test_a_disturbance_stays_small_anywhere(case: Case) -> None:
    case = replace(case, months=MONTHS)
    assert widest(case, 1 + case.seed % 60) < MOST
