"""A known front, and what lies behind it."""

from __future__ import annotations

import numpy as np
import pytest

from psasim.analysis.statistics.front import front_share, on_front, surely_beaten
from tests.analysis.coverage import held, least

TRUE = np.array([[0.9, -4], [0.6, -2], [0.3, -1], [0.5, -3], [0.2, -1.5], [0.0, 0.0]])
FRONT = [True, True, True, False, False, True]


def _seen(rng: np.random.Generator, worlds: int, noise: float) -> np.ndarray:
    """Gain and price (less), in common worlds; the price of the last is the same in all."""
    shared = rng.normal(0, 1.0, (1, 2, worlds))
    found = TRUE[:, :, None] + shared + noise * rng.normal(0, 1, (len(TRUE), 2, worlds))
    return found


def test_the_front_of_known_numbers() -> None:
    assert on_front(TRUE).tolist() == FRONT
    assert on_front(np.array([[1.0, 2.0], [1.0, 2.0]])).all(), "equals do not beat each other"


def test_much_evidence_finds_the_front() -> None:
    seen = _seen(np.random.default_rng(1), 200, 0.05)
    beaten = surely_beaten(seen)
    assert (beaten < 0).tolist() == FRONT
    assert beaten[3] == 1 and beaten[4] == 2
    assert ((front_share(seen) > 0.99) == np.array(FRONT)).all()


@pytest.mark.parametrize("level, holds", [(0.95, True), (0.2, False)])
def test_what_is_on_the_front_is_seldom_called_beaten(level: float, holds: bool) -> None:
    def statement(rng: np.random.Generator) -> bool:
        # Ten that are the same: each is on the front, and luck alone sets them apart.
        return bool((surely_beaten(rng.normal(size=(10, 1, 25)), level) < 0).all())

    assert (held(statement) >= least(0.95)) is holds


def test_planted_front_over_repeats() -> None:
    def statement(rng: np.random.Generator) -> bool:
        return bool((surely_beaten(_seen(rng, 30, 0.3)) < 0)[np.array(FRONT)].all())

    assert held(statement) >= least(0.95)


def test_a_price_that_is_the_same_in_every_world_is_no_worse() -> None:
    rng = np.random.default_rng(2)
    goods = np.stack([np.stack([rng.normal(m, 0.1, 30), np.full(30, -1.0)]) for m in (1.0, 0.0)])
    assert surely_beaten(goods).tolist() == [-1, 0]
