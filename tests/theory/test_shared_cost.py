"""Overhead tires: in the shared cost of effort it displaces work, not only slack."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from psasim.mechanisms.allocate import allocate
from psasim.mechanisms.ordered_sum import group_rows

BOTH = np.zeros(2, dtype=int)
GROUPS = group_rows(BOTH, 1)


def effort(first: float, second: float, taken: float, substitution: float) -> np.ndarray:
    one = np.ones((1, 1))
    return allocate(
        np.array([[first], [second]]), np.full((2, 1), 0.5), one, one - taken,
        np.array(substitution), GROUPS, BOTH, taken * one,
    )[:, 0]


@given(
    first=st.floats(0.5, 1), second=st.floats(0.5, 1), taken=st.floats(0, 0.3),
    substitution=st.floats(0.05, 0.5),
)
def test_marginal_cost_counts_what_overhead_takes(first, second, taken, substitution):
    """(1-g) e/m + g (H + sum e)/K = beta wherever there is room."""
    chosen = effort(first, second, taken, substitution)
    if chosen.min() > 0 and chosen.sum() < 1 - taken - 1e-9:
        cost = (1 - substitution) * chosen / 0.5 + substitution * (taken + chosen.sum())
        assert np.allclose(cost, [first, second], rtol=1e-9)


def test_a_tenth_of_overhead_costs_effort_where_there_is_slack():
    without, with_tenth = effort(0.6, 0.6, 0.0, 0.3), effort(0.6, 0.6, 0.1, 0.3)
    assert without.sum() < 0.9  # slack enough for the tenth
    lost = without.sum() - with_tenth.sum()
    assert lost == pytest.approx(0.3 * 0.1 / (0.7 + 0.3), rel=1e-9)
