"""Intervals cover, and many tests at once find nothing in noise, as often as is said."""

from __future__ import annotations

import numpy as np
import pytest

from psasim.analysis.statistics.intervals import holm, mean_interval, p_of_zero, share_of
from tests.analysis.coverage import held, least


@pytest.mark.parametrize("width, holds", [(1.0, True), (0.5, False)])
def test_a_mean_is_covered_and_half_the_interval_would_be_seen(width: float, holds: bool) -> None:
    def statement(rng: np.random.Generator) -> bool:
        mean, low, high = mean_interval(rng.normal(0.3, 1.0, 12))
        return bool(abs(0.3 - mean) <= width * (high - low) / 2)

    assert (held(statement) >= least(0.95)) is holds


def test_a_share_is_covered() -> None:
    def statement(rng: np.random.Generator) -> bool:
        low, high = share_of(rng.binomial(64, 0.9), 64)
        return bool(low <= 0.9 <= high)

    assert held(statement) >= least(0.95)


@pytest.mark.parametrize("adjust, holds", [(holm, True), (lambda p: p, False)])
def test_many_tests_of_nothing_find_nothing(adjust, holds: bool) -> None:
    def statement(rng: np.random.Generator) -> bool:
        return bool((adjust(p_of_zero(rng.normal(size=(20, 15)))) >= 0.05).all())

    assert (held(statement) >= least(0.95)) is holds


def test_holm_of_its_paper() -> None:
    found = holm(np.array([0.01, 0.04, np.nan, 0.03, 0.005]))
    assert np.allclose(found, [0.03, 0.06, np.nan, 0.06, 0.02], equal_nan=True)


def test_numbers_that_are_equal_in_every_world() -> None:
    assert p_of_zero(np.array([[0.0] * 5, [0.2] * 5])).tolist() == [1.0, 0.0]
    assert np.isnan(p_of_zero(np.array([[0.2]]))).all()
