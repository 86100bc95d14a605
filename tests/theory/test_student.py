"""Student's quantile against scipy's and the closed forms of one and two degrees."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import stdtrit

from psasim.results.student import EXACT, student_quantile


@pytest.mark.parametrize("probability", [0.6, 0.9, 0.975, 0.995, 0.9999])
def test_it_agrees_with_scipy(probability: float) -> None:
    for freedom in (*range(1, 60), 255, 511, EXACT - 1, EXACT, EXACT + 1, 4095, 10**6):
        expected = float(stdtrit(freedom, probability))
        assert student_quantile(probability, freedom) == pytest.approx(expected, rel=2e-13)


def test_one_and_two_degrees_have_closed_forms() -> None:
    p = 0.975
    assert student_quantile(p, 1) == pytest.approx(np.tan(np.pi * (p - 0.5)), rel=1e-15)
    expected = (2 * p - 1) / np.sqrt(2 * p * (1 - p))
    assert student_quantile(p, 2) == pytest.approx(expected, rel=1e-15)


def test_the_sum_and_the_expansion_meet() -> None:
    from psasim.results.student import _expanded

    assert student_quantile(0.975, EXACT) == pytest.approx(_expanded(0.975, EXACT), rel=1e-14)
