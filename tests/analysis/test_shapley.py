"""Shares of a gain: known games."""

from __future__ import annotations

from itertools import permutations, product

import numpy as np
import pytest

from psasim.analysis.statistics.intervals import mean_interval
from psasim.analysis.statistics.shapley import from_both_ends, shapley
from tests.analysis.coverage import held, least


def _of(game, levers: int, worlds: int = 1) -> np.ndarray:
    cube = np.empty((2,) * levers + (worlds,))
    for row in product((0, 1), repeat=levers):
        cube[row] = game(row)
    return cube


def test_additive_levers_have_what_they_add() -> None:
    found = shapley(_of(lambda s: 0.3 * s[0] + 0.1 * s[1] - 0.2 * s[2], 3))
    assert np.allclose(found[:, 0], [0.3, 0.1, -0.2])


def test_a_pair_that_only_works_together_shares_alike() -> None:
    found = shapley(_of(lambda s: 0.6 * s[0] * s[2] + 0.1 * s[1], 3))
    assert np.allclose(found[:, 0], [0.3, 0.1, 0.3])


def test_the_average_over_all_orders() -> None:
    rng = np.random.default_rng(1)
    cube = rng.normal(size=(2, 2, 2, 2, 5))
    found = shapley(cube)
    want = np.zeros((4, 5))
    for order in permutations(range(4)):
        here = [0, 0, 0, 0]
        for lever in order:
            before = cube[tuple(here)]
            here[lever] = 1
            want[lever] += (cube[tuple(here)] - before) / 24
    assert np.allclose(found, want)
    assert np.allclose(found.sum(axis=0), cube[1, 1, 1, 1] - cube[0, 0, 0, 0])


def test_both_ends_are_exact_for_pairs_and_not_for_three() -> None:
    def both(game) -> np.ndarray:
        cube = _of(game, 3)
        one = np.eye(3, dtype=int)
        first = np.stack([cube[tuple(row)] - cube[0, 0, 0] for row in one])
        last = np.stack([cube[1, 1, 1] - cube[tuple(1 - row)] for row in one])
        return from_both_ends(first, last) - shapley(cube)

    assert np.allclose(both(lambda s: 0.2 * s[0] + 0.5 * s[0] * s[1] - 0.3 * s[1] * s[2]), 0)
    assert not np.allclose(both(lambda s: s[0] * s[1] * s[2]), 0)


@pytest.mark.parametrize("factor, holds", [(1.0, True), (0.5, False)])
def test_shares_are_covered(factor: float, holds: bool) -> None:
    def statement(rng: np.random.Generator) -> bool:
        cube = _of(lambda s: 0.6 * s[0] * s[2] + 0.1 * s[1], 3, 12)
        mean, low, high = mean_interval(shapley(cube + rng.normal(0, 0.1, cube.shape)))
        return bool(abs(mean[0] - 0.3) <= factor * (high[0] - low[0]) / 2)

    assert (held(statement) >= least(0.95)) is holds
