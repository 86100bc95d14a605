"""T10: what a rating rule makes of independent indicators, by enumeration of them all."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from psasim.mechanisms.ordered_sum import group_rows
from psasim.mechanisms.rate import counted_share, csr07_band, fco_band


def chances(rule, indicators: int, chance: float, bands: int) -> list[float]:
    """Chance of each band, lowest first, of one outcome with so many indicators."""
    cases = np.array(list(itertools.product([False, True], repeat=indicators))).T
    weight = np.where(cases, chance, 1.0 - chance).prod(axis=0)
    groups = group_rows(np.zeros(indicators, dtype=int), 1)
    band = rule(counted_share(cases, groups, np.array([[float(indicators)]])))[0]
    assert set(band) <= set(range(bands))
    return [float(weight[band == level].sum()) for level in range(bands)]


@given(indicators=st.integers(1, 11), chance=st.floats(0, 1))
def test_fco_bands_are_binomial(indicators, chance):
    at_least = [
        binom.sf(math.ceil(indicators * quarters / 4) - 1, indicators, chance)
        for quarters in (1, 2, 3, 4)
    ]
    expected = -np.diff([1.0, *at_least, 0.0])
    assert np.allclose(chances(fco_band, indicators, chance, 5), expected, atol=1e-12)


@given(indicators=st.integers(1, 11), chance=st.floats(0, 1))
def test_csr07_bands_are_binomial(indicators, chance):
    some, strong = binom.sf(0, indicators, chance), binom.sf(indicators // 2, indicators, chance)
    expected = [1 - some, some - strong, strong]
    assert np.allclose(chances(csr07_band, indicators, chance, 3), expected, atol=1e-12)


def test_printed_fco_bands():
    none, *rest = chances(fco_band, 4, 0.8, 5)
    assert none == pytest.approx(0.0016, abs=5e-5)
    assert rest == pytest.approx([0.03, 0.15, 0.41, 0.41], abs=5e-3)


@pytest.mark.parametrize(("indicators", "strong"), [(3, 0.352), (5, 0.317), (8, 0.174)])
def test_the_number_of_indicators_alone_moves_ratings(indicators, strong):
    assert chances(csr07_band, indicators, 0.4, 3)[2] == pytest.approx(strong, abs=5.1e-4)


def test_each_outcome_is_rated_on_its_own_indicators_and_none_on_none():
    outcome = np.array([2, 0, 2, 0, 0, 2, 2])
    counts = np.array([[1, 0, 1, 1, 1, 1, 0], [0, 0, 0, 0, 0, 1, 0]], dtype=bool).T
    share = counted_share(counts, group_rows(outcome, 3), np.array([[3.0], [0.0], [4.0]]))
    assert np.allclose(share, [[2 / 3, 0.0], [0.0, 0.0], [3 / 4, 1 / 4]], rtol=1e-15)
    assert np.array_equal(fco_band(share), [[2, 0], [0, 0], [3, 1]])
    assert np.array_equal(csr07_band(share), [[2, 0], [0, 0], [2, 1]])
