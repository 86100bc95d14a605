"""No decision hangs on numbers that the equations make equal."""

from __future__ import annotations

import json
import subprocess
import sys

import numpy as np
import pytest

from psasim.declared.levers import Governance
from psasim.declared.parameters import Parameters
from psasim.mechanisms.ordered_sum import group_rows
from psasim.mechanisms.rate import FCO_EDGES, counted_share, fco_band
from psasim.scenario import load_scenario
from tests.invariants.support import Case, months_of

KINDS = {
    "support": "psasim.mechanisms.review", "escalation": "psasim.month.decisions",
    "gaming": "psasim.mechanisms.publish", "mobilising": "psasim.month.commitment",
    "met": "psasim.results.measures", "rated": "psasim.month.publication",
    "first met": "psasim.engines.trajectory",
}


@pytest.mark.parametrize("examples", [30, pytest.param(300, marks=pytest.mark.slow)])
def test_operands_of_a_decision_are_apart_or_exactly_equal(examples: int) -> None:
    """Every comparison is watched, over shipped and random scenarios: operands nearer than
    1e-12 are equal to the bit, so that they go the way the page says and not a rounding's."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.invariants.watch", str(examples)],
        capture_output=True, text=True, check=True,
    )
    found = json.loads(done.stdout.splitlines()[-1])
    for decision, module in KINDS.items():
        places = [place for place in found["seen"] if place.startswith(f"{module}:")]
        assert sum(found["seen"][place] for place in places) > 0, decision
    assert found["close"] == {}


def test_a_figure_moved_to_its_milestone_is_exactly_on_plan() -> None:
    """So the delivery unit does not support an outcome for a gap of 1e-17."""
    wide = Parameters(gaming_stake=0.04, gaming_cost=0.5, planned_yield=0.35, embedding=0.16)
    case = Case(
        load_scenario("csr2007"), wide,
        Governance(delivery_agreement=1, sanctions=1, delivery_unit=1), 2007, 36, 4,
    )
    moved, supported = 0, 0
    for state, flows in months_of(case.layout, case.coefficients, case.worlds):
        if flows is not None:
            moved += flows.moved.sum()
            assert not ((np.abs(state.gap) < 1e-9) & (state.gap != 0.0)).any()
            assert (state.supported[state.gap <= 0.0] == 0.0).all()
            supported += state.supported.sum()
    assert moved > 50 and supported > 10


@pytest.mark.parametrize("number", [3, 7, 49, 98])
def test_all_of_any_number_of_indicators_is_the_top_band(number: int) -> None:
    """49 times 1/49 is not 1 in binary; 49/49 is."""
    groups = group_rows(np.zeros(number, dtype=int), 1)
    share = counted_share(np.ones((number, 1), bool), groups, np.array([[float(number)]]))
    assert fco_band(share).item() == len(FCO_EDGES)
