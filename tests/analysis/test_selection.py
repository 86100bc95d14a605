"""The known best of twenty, in common worlds."""

from __future__ import annotations

import numpy as np
import pytest

from psasim.experiment.selection import p_not_best, select
from tests.analysis.coverage import held, least

MINE = 0.05
TWENTY = 20


def _worlds(rng: np.random.Generator, ahead: float, worlds: int) -> np.ndarray:
    """Twenty packages that share the luck of the worlds; number 7 is ahead of the others."""
    values = rng.normal(0, 0.3, worlds) + rng.normal(0, 0.06, (TWENTY, worlds))
    values[7] += ahead
    return values


def _naive(values: np.ndarray) -> int:
    """What the first worlds would say: the wrong confidence."""
    return int(values[:, :5].mean(axis=1).argmax())


@pytest.mark.parametrize("how", ["rule", "naive"])
def test_the_best_that_is_just_ahead_is_found_as_often_as_is_said(how: str) -> None:
    taken = []

    def statement(rng: np.random.Generator) -> bool:
        values = _worlds(rng, MINE, 400)
        if how == "naive":
            return _naive(values) == 7
        found = select(values, MINE)
        taken.append(found.worlds)
        return bool(found.decided and found.left[7])

    assert (held(statement) >= least(0.95)) is (how == "rule")
    if taken:
        assert np.mean(taken) < 200, "and it stops early"


def test_a_clear_best_is_found_at_once() -> None:
    found = select(_worlds(np.random.default_rng(1), 1.0, 300), MINE)
    assert (found.worlds, found.left.tolist().index(True), found.left.sum()) == (20, 7, 1)
    assert set(found.by[~found.left]) == {7}


def test_the_probability_at_a_fixed_number_of_worlds_is_that() -> None:
    """Nobody is ahead, and a difference of nothing is minded: any choice is called right by
    luck alone."""
    def statement(rng: np.random.Generator) -> bool:
        values = _worlds(rng, 0.0, 40)
        values[3] += 0.02
        wrong = int(values.mean(axis=1).argmax()) != 3
        return not (wrong and p_not_best(values, 1e-9) <= 0.05)

    assert held(statement) >= least(0.95)
    sure = _worlds(np.random.default_rng(2), 0.2, 40)
    assert p_not_best(sure, 1e-9) < 0.05
    assert p_not_best(_worlds(np.random.default_rng(2), 0.0, 40), 1e-9) > 0.05


def test_packages_that_are_the_same_tie() -> None:
    values = _worlds(np.random.default_rng(3), 1.0, 60)
    values[4] = values[7]
    found = select(values, MINE)
    assert found.decided and np.flatnonzero(found.left).tolist() == [4, 7]


def test_too_few_worlds_decide_nothing() -> None:
    found = select(_worlds(np.random.default_rng(4), 0.0, 21), 0.001)
    assert not found.decided and found.need > 21
    with pytest.raises(ValueError, match="first stage"):
        select(np.zeros((3, 5)), MINE)


@pytest.mark.parametrize("packages, need", [(2, 22), (3, 30)])
def test_worlds_it_needs_are_those_of_the_paper(packages: int, need: int) -> None:
    """N = 2 eta (n0 - 1) S2 / d2, where 2 eta = (2 alpha / (k - 1))^(-2 / (n0 - 1)) - 1: by hand
    of n0 = 20, alpha = 0.05, S2 = 20/19 and d = 0.5 (Kim & Nelson 2001)."""
    values = np.zeros((packages, 20))
    values[0] = np.tile([1.0, -1.0], 10)
    assert select(values, 0.5).need == need
