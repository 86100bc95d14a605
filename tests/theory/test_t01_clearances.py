"""T1: clearances along a delivery chain (Pressman & Wildavsky 1973)."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom, norm

from psasim.mechanisms.clear import (
    agreed_share,
    agreement_chance,
    clear,
    cleared_share,
    coherence,
)
from psasim.mechanisms.ordered_sum import group_rows

MANY = 152


def standing(bodies: int, chance: float, relapse: float, months: int, runs: int) -> np.ndarray:
    """Cleared state, (bodies, runs), of single bodies after some months of draws."""
    rng = np.random.default_rng([bodies, months, round(1e6 * chance), round(1e6 * relapse)])
    cleared, one = np.zeros((bodies, runs)), np.ones((bodies, 1))
    for _ in range(months):
        agreed = agreed_share(chance + 0.0 * cleared, one, rng.random((bodies, runs)))
        cleared = clear(
            cleared, agreed, relapse * one, one, rng.random((bodies, runs))
        )
    return cleared


def mean_cleared(chance: float, relapse: float, months: int) -> float:
    """Cleared part of a kind of many bodies, each at its mean."""
    cleared = np.zeros(1)
    for _ in range(months):
        agreed = agreed_share(np.array([chance]), np.array([MANY]), np.zeros(1))
        cleared = clear(
            cleared, agreed, np.array([relapse]), np.array([MANY]), np.zeros(1)
        )
    return float(cleared[0])


def closed_form(bodies: int, chance: float, relapse: float, months: int) -> float:
    settled = chance / (chance + relapse)
    return (settled * (1.0 - (1.0 - chance - relapse) ** months)) ** bodies


@pytest.mark.parametrize(
    ("bodies", "chance", "relapse", "months"),
    [
        (1, 0.4, 0.02, 3),
        (2, 0.4, 0.1, 24),
        (3, 0.7, 0.3, 6),
        (4, 0.8, 0.0, 1),
        (7, 0.9, 0.0, 1),
        (8, 0.5, 0.0, 3),
        (10, 0.95, 0.05, 12),
        (26, 0.95, 0.0, 1),
    ],
)
def test_a_line_of_single_bodies_stands_cleared_as_often_as_the_closed_form(
    bodies, chance, relapse, months
):
    runs = 20_000
    stands = standing(bodies, chance, relapse, months, runs).min(axis=0).sum()
    low, high = binom.interval(1 - 1e-4, runs, closed_form(bodies, chance, relapse, months))
    assert 0 < low <= stands <= high < runs


@given(
    bodies=st.integers(1, 30),
    chance=st.floats(0.01, 0.6),
    relapse=st.floats(0, 0.4),
    months=st.integers(1, 40),
)
def test_the_mean_of_many_bodies_follows_the_closed_form(bodies, chance, relapse, months):
    line = mean_cleared(chance, relapse, months) ** bodies
    assert line == pytest.approx(closed_form(bodies, chance, relapse, months), rel=1e-10)


@pytest.mark.parametrize(
    ("chance", "short", "long", "first_below_half", "twice", "thrice"),
    [
        (0.80, 0.0030, 1.646e-7, 4, 0.0574, 0.570),
        (0.90, 0.0646, 6.27e-4, 7, 0.495, 0.932),
        (0.95, 0.264, 0.0276, 14, 0.839, 0.991),
        (0.99, 0.770, 0.495, 69, 0.993, 0.9999),
    ],
)
def test_table_of_one_try_and_of_retries(chance, short, long, first_below_half, twice, thrice):
    once = mean_cleared(chance, 0.0, 1)
    assert once**26 == pytest.approx(short, rel=0.011)
    assert once**70 == pytest.approx(long, rel=2e-3)
    assert once**first_below_half < 0.5 <= once ** (first_below_half - 1)
    assert mean_cleared(chance, 0.0, 2) ** 70 == pytest.approx(twice, rel=1e-3)
    assert mean_cleared(chance, 0.0, 3) ** 70 == pytest.approx(thrice, rel=1e-3)


@pytest.mark.parametrize(("bodies", "chance"), [(4, 0.3), (10, 0.6)])
def test_attempts_until_all_agree_have_the_negative_binomial_mean_and_variance(bodies, chance):
    runs = 20_000
    rng = np.random.default_rng(1)
    cleared, one = np.zeros((bodies, runs)), np.ones((bodies, 1))
    attempts = np.zeros(runs)
    while not cleared.all():
        attempts += (1.0 - cleared).sum(axis=0)
        agreed = agreed_share(chance + 0.0 * cleared, one, rng.random((bodies, runs)))
        cleared = clear(cleared, agreed, 0.0 * one, one, 0.5 + 0.0 * cleared)
    variance = bodies * (1 - chance) / chance**2
    error = np.sqrt(variance / runs)
    assert attempts.mean() == pytest.approx(bodies / chance, abs=4 * error)
    assert attempts.var() == pytest.approx(variance, rel=0.06)


def test_boards_side_by_side_are_not_vetoes():
    boards, runs = 42, 4_000
    cleared = standing(boards, 0.4, 0.1, 6, runs)
    flow = np.random.default_rng(2).dirichlet(np.ones(boards))[:, None]
    one_tier = group_rows(np.zeros(boards, dtype=int), 1)
    share = cleared_share(cleared, flow, one_tier, group_rows([0], 1))[0]
    single = closed_form(1, 0.4, 0.1, 6)
    spread = np.sqrt(single * (1 - single) * (flow**2).sum())
    assert share.mean() == pytest.approx(single, abs=4 * spread / np.sqrt(runs))
    assert share.std() == pytest.approx(spread, rel=0.06)
    assert share.min() > 1000 * closed_form(boards, 0.4, 0.1, 6)


def test_tiers_multiply_and_a_contribution_without_a_chain_is_cleared():
    """A line is as many tiers of one body; two boards side by side share one tier."""
    cleared = np.array([0.5, 0.25, 1.0, 0.0])[:, None]
    weight = np.array([1.0, 1.0, 0.3, 0.7])[:, None]
    by_tier = group_rows([0, 1, 2, 2], 3)
    share = cleared_share(cleared, weight, by_tier, group_rows([0, 0, 2], 3))
    assert np.allclose(share, [[0.5 * 0.25], [1.0], [0.3]], rtol=1e-15)


@pytest.mark.parametrize("count", [2, 5, 20, 152])
def test_a_kind_of_many_agrees_at_its_mean_and_binomial_spread(count):
    draws = norm.ppf((np.arange(40_000) + 0.5) / 40_000)
    for chance in (0.02, 0.1, 0.3, 0.5, 0.7, 0.9, 0.98):
        share = agreed_share(np.full((1, draws.size), chance), np.array([[count]]), draws[None])
        assert 0 <= share.min() and share.max() <= 1
        # Cutting the normal to [0, 1] moves the mean by at most .12 of one body.
        assert share.mean() == pytest.approx(chance, abs=0.12 / count)
        if count * min(chance, 1 - chance) > 9:
            spread = np.sqrt(chance * (1 - chance) / count)
            assert share.std() == pytest.approx(spread, rel=0.01)


@given(
    highest=st.floats(0, 1),
    floor=st.floats(0, 1),
    clarity=st.floats(0, 1),
    buy_in=st.floats(0, 1),
    support=st.floats(0, 1),
)
def test_chance_of_agreement_between_its_floor_and_its_ceiling(
    highest, floor, clarity, buy_in, support
):
    args = [np.array(x) for x in (highest, floor, clarity, buy_in)]
    of = np.array([0])
    alone = agreement_chance(*args, np.zeros(1), of)
    assert highest * floor - 1e-12 <= alone <= highest + 1e-12
    helped = agreement_chance(*args, np.array([support]), of)
    assert 1.0 - helped == pytest.approx((1.0 - support) * (1.0 - alone), abs=1e-12)
    willing = agreement_chance(
        np.array(highest), np.array(floor), np.array(1.0), np.array(1.0), np.zeros(1), of
    )
    assert willing == pytest.approx(highest, abs=1e-15)


def test_direction_is_clear_from_one_parent_and_conflicting_from_two():
    length = np.array([2.0, 2.0, 0.0])
    resultant = np.array([2.0, np.sqrt(2.0), 0.0])  # one parent; two at right angles; none
    expected = np.array([1.0, np.sqrt(0.5), 1.0])
    assert np.allclose(coherence(resultant, length), expected, rtol=1e-15)
