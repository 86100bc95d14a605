"""Boxes: a planted one is found, noise gives none, and what is said of it holds elsewhere."""

from __future__ import annotations

import numpy as np
import pytest

from psasim.analysis.statistics.prim import MOST_FACTORS, Box, find, judge
from tests.analysis.coverage import held, least

PLANTED = Box({1: (0.6, np.inf), 3: (-np.inf, 0.5)})
FACTORS = 6


def _futures(rng: np.random.Generator, rows: int, planted: bool = True):
    """Rows, and cases: nine of ten in the box, one of twenty out of it; or a fifth anywhere."""
    given = rng.uniform(size=(rows, FACTORS))
    chance = np.where(PLANTED.holds(given), 0.9, 0.05) if planted else np.full(rows, 0.2)
    return given, rng.uniform(size=rows) < chance


def _found(rng: np.random.Generator, rows: int, planted: bool = True, unseen: bool = True):
    """A box and what it is worth on the other half; or, wrongly, on the half it was found on."""
    given, cases = _futures(rng, rows, planted)
    half = rows // 2
    box = find(given[:half], cases[:half])
    which = slice(half, None) if unseen else slice(0, half)
    return box, judge(box, given[which], cases[which])


def test_a_planted_box_is_found() -> None:
    box, judged = _found(np.random.default_rng(1), 600)
    assert set(box.limits) == {1, 3}
    assert box.limits[1][0] == pytest.approx(0.6, abs=0.08) and box.limits[1][1] == np.inf
    assert box.limits[3][1] == pytest.approx(0.5, abs=0.08)
    assert judged.density[0] > 0.75 and judged.coverage[0] > 0.7
    assert judged.p < 1e-6 and judged.base < 0.35


def test_its_factors_are_found_again_and_again() -> None:
    assert held(lambda rng: set(_found(rng, 300)[0].limits) == {1, 3}) > 0.85


@pytest.mark.parametrize("unseen", [True, False], ids=["unseen", "its own"])
def test_its_density_is_covered_on_futures_unseen_only(unseen: bool) -> None:
    def statement(rng: np.random.Generator) -> bool:
        box, judged = _found(rng, 160, unseen=unseen)
        _, low, high = judged.density
        given, _ = _futures(rng, 20_000)
        inside = box.holds(given)
        true = np.where(PLANTED.holds(given[inside]), 0.9, 0.05).mean()
        return bool(low <= true <= high)

    assert (held(statement) >= least(0.95)) is unseen


@pytest.mark.parametrize("unseen", [True, False], ids=["unseen", "its own"])
def test_noise_gives_no_rule_on_futures_unseen(unseen: bool) -> None:
    def statement(rng: np.random.Generator) -> bool:
        box, judged = _found(rng, 160, planted=False, unseen=unseen)
        return judged.p >= 0.05 or not box.limits

    assert (held(statement) >= least(0.95)) is unseen


def test_rules_are_of_few_factors() -> None:
    rng = np.random.default_rng(2)
    given = rng.uniform(size=(400, FACTORS))
    box = find(given, (given > 0.35).all(axis=1))
    assert 1 <= len(box.limits) <= MOST_FACTORS


def test_a_middle_and_levels() -> None:
    rng = np.random.default_rng(3)
    given = np.stack([rng.uniform(size=400), rng.integers(3, size=400)], axis=1)
    box = find(given, (abs(given[:, 0] - 0.5) < 0.2) & (given[:, 1] == 1))
    low, high = box.limits[0]
    assert (low, high) == (pytest.approx(0.3, abs=0.06), pytest.approx(0.7, abs=0.06))
    assert 0.0 < box.limits[1][0] < 1.0 < box.limits[1][1] < 2.0
