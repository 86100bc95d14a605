"""T9: a unit with a fixed cost a target does best on few of them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from psasim.mechanisms.ordered_sum import group_rows
from psasim.mechanisms.review import behind_together, largest, unit_support


def total(capacity: float, fixed: float, slope: float, targets: np.ndarray) -> np.ndarray:
    support = unit_support(np.array(capacity), targets, np.array(fixed), np.array(slope))
    assert np.all((support >= 0) & (support <= 1))
    return targets * support


def test_printed_best_number_of_targets():
    targets = np.arange(1.0, 31.0)
    gain = total(10.0, 0.5, 1.0, targets)
    assert targets[np.argmax(gain)] == 7
    assert gain.max() == pytest.approx(4.23, abs=0.005)
    assert gain[targets == 20][0] == 0.0
    assert np.all(np.diff(gain[:7]) > 0) and np.all(np.diff(gain[6:20]) < 0)


@given(capacity=st.floats(0.5, 40), slope=st.floats(0.2, 4))
def test_without_a_fixed_cost_spreading_always_gains(capacity, slope):
    targets = np.arange(1.0, 41.0)
    gain = total(capacity, 0.0, slope, targets)
    assert np.all(np.diff(gain) >= 0) and gain[-1] > gain[0]
    assert gain[-1] < capacity * slope  # what infinitely many would come to


@given(capacity=st.floats(2, 40), fixed=st.floats(0.1, 2), slope=st.floats(0.2, 4))
def test_support_by_the_formula_and_none_once_spread_thin(capacity, fixed, slope):
    targets = np.arange(1.0, 80.0)
    each = np.maximum(0.0, capacity / targets - fixed)
    expected = targets * (1.0 - np.exp(-slope * each))
    gain = total(capacity, fixed, slope, targets)
    assert np.allclose(gain, expected, rtol=1e-9, atol=1e-12)
    assert not np.any(gain[targets * fixed > capacity * (1 + 1e-9)])


@given(
    gaps=st.lists(st.integers(-3, 3), min_size=1, max_size=12), number=st.integers(0, 12)
)
def test_the_unit_takes_the_largest_gaps_ties_by_key(gaps, number):
    column = np.array(gaps, dtype=float)[:, None]
    chosen = largest(column, np.array(float(number)))[:, 0]
    behind = [row for row, gap in enumerate(gaps) if gap > 0]
    by_hand = sorted(behind, key=lambda row: (-gaps[row], row))[:number]
    assert sorted(by_hand) == list(np.flatnonzero(chosen))
    assert set(chosen) <= {0.0, 1.0}


def test_a_cluster_is_reviewed_once_enough_of_it_is_behind():
    cluster = np.array([0, 1, 0, 1, 1])
    behind = np.array([[1, 0], [1, 1], [0, 0], [1, 0], [0, 0]], dtype=float)
    called = behind_together(behind, np.array(2.0), group_rows(cluster, 2), cluster)
    assert np.array_equal(called, [[0, 0], [1, 0], [0, 0], [1, 0], [1, 0]])
