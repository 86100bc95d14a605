"""T5: measured work crowds out unmeasured (Holmstrom & Milgrom 1991)."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from psasim.mechanisms.allocate import allocate
from psasim.mechanisms.ordered_sum import group_rows

BOTH = np.zeros(2, dtype=int)
GROUPS = group_rows(BOTH, 1)


def effort_of(first: float, second: float, substitution: float, usable: float) -> np.ndarray:
    one = np.ones((1, 1))
    beta = np.array([[first], [second]])
    room = usable * one
    return allocate(beta, np.ones((2, 1)), one, room, np.array(substitution), GROUPS, BOTH)[:, 0]


@given(first=st.floats(0.01, 3), ratio=st.floats(0.01, 1), substitution=st.floats(0, 0.5))
def test_efforts_of_substitutes_with_room_for_both(first, ratio, substitution):
    second = first * ratio
    assume(ratio > substitution)
    enough = (first + second) / (1.0 + substitution)
    effort = effort_of(first, second, substitution, enough * (1 + 1e-12))
    divisor = 1.0 - substitution**2
    expected = [
        (first - substitution * second) / divisor,
        (second - substitution * first) / divisor,
    ]
    assert np.allclose(effort, expected, rtol=1e-9, atol=1e-12 * first)
    assert np.sum(effort) == pytest.approx(enough, rel=1e-9)


@given(first=st.floats(0.1, 3), ratio=st.floats(0.1, 0.9), substitution=st.floats(0.02, 0.5))
def test_a_stronger_incentive_on_one_draws_effort_from_the_other(first, ratio, substitution):
    assume(ratio > substitution * 1.1)
    step = 1e-4 * first
    moved = effort_of(first + step, first * ratio, substitution, 9.0)
    slope = (moved - effort_of(first, first * ratio, substitution, 9.0)) / step
    divisor = 1.0 - substitution**2
    assert np.allclose(slope, [1.0 / divisor, -substitution / divisor], rtol=1e-7)


@given(second=st.floats(0.01, 1), beyond=st.floats(0, 2), substitution=st.floats(0.05, 0.5))
def test_the_other_is_dropped_once_the_incentive_is_strong_enough(second, beyond, substitution):
    first = second / substitution * (1 + beyond)
    effort = effort_of(first, second, substitution, first * 2)
    assert effort[0] == pytest.approx(first, rel=1e-12)
    assert effort[1] == pytest.approx(0.0, abs=1e-13 * first)


@given(
    first=st.floats(0.1, 3),
    ratio=st.floats(0.1, 1),
    substitution=st.floats(0, 0.5),
    room=st.floats(0.05, 0.99),
)
def test_short_of_capacity_the_difference_of_incentives_decides(first, ratio, substitution, room):
    second = first * ratio
    usable = room * (first + second) / (1.0 + substitution)
    effort = effort_of(first, second, substitution, usable)
    apart = min(usable, (first - second) / (1.0 - substitution))
    expected = [(usable + apart) / 2, (usable - apart) / 2]
    if second > substitution * first or usable < first:
        assert np.allclose(effort, expected, rtol=1e-9, atol=1e-12 * first)
    assert np.sum(effort) <= usable * (1 + 1e-12)
