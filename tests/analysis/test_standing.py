"""Places, regret and dominance of known numbers."""

from __future__ import annotations

import numpy as np

from psasim.analysis.statistics.standing import dominated, standing

VALUES = np.array([[3.0, 1.0, 2.0, 2.0], [1.0, 3.0, 2.0, 2.0], [0.0, 0.0, 2.0, 1.0]])


def test_ties_are_shared_and_counted_apart() -> None:
    found = standing(VALUES, 1)
    assert found.alone.tolist() == [0.25, 0.25, 0.0]
    assert found.tied.tolist() == [0.5, 0.5, 0.25]
    assert found.regret.tolist() == [[0, 2, 0, 0], [2, 0, 0, 0], [3, 3, 0, 1]]


def test_less_may_be_better() -> None:
    assert standing(-VALUES, -1).regret.tolist() == standing(VALUES, 1).regret.tolist()


def test_dominance() -> None:
    first, second = dominated(VALUES, 1), dominated(VALUES, 2)
    assert first[2].tolist() == [True, True, False]
    assert not first[:2, :2].any(), "the same numbers in another order are equal"
    spread, steady = np.array([0.0, 4.0]), np.array([2.0, 2.0])
    pair = np.stack([spread, steady])
    assert not dominated(pair, 1).any()
    assert dominated(pair, 2).tolist() == [[False, True], [False, False]]
    assert (second | ~first).all(), "first order implies second"
