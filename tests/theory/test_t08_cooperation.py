"""T8: cooperation and the funding horizon: reciprocity held against grim trigger."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import brentq

from psasim.mechanisms.stake import reciprocity, responsibility


def answered(
    share: float, horizon: float, owners: int, trust=1.0, sight=1.0, incentive=0.0
) -> float:
    reach = reciprocity(*map(np.array, (horizon, trust, sight)))
    return float(
        responsibility(
            np.array(share), reach, np.array(owners), np.array(incentive)
        )
    )


def gain_from_cooperating(share: float, horizon: float, owners: int) -> float:
    """Linear game, grim trigger: value of going on less that of keeping one's unit once."""
    for_ever = 1.0 / (1.0 - horizon)
    cooperate = owners * share * for_ever
    deviate = 1.0 + share * (owners - 1) + horizon * for_ever
    return cooperate - deviate


@st.composite
def linear_games(draw):
    owners = draw(st.integers(2, 30))
    share = 1 / owners + (1 - 1 / owners) * draw(st.floats(0.02, 0.98))
    return owners, share


@given(game=linear_games())
def test_full_contribution_pays_exactly_from_the_grim_triggers_horizon(game):
    owners, share = game
    horizon = brentq(lambda d: gain_from_cooperating(share, d, owners), 0.0, 1 - 1e-9, xtol=1e-14)
    assert horizon == pytest.approx((1 - share) / ((owners - 1) * share), rel=1e-8)
    assert answered(share, horizon, owners) == pytest.approx(1.0, rel=1e-8)
    below = answered(share, 0.99 * horizon, owners)
    assert below == pytest.approx(1 - 0.01 * (1 - share), rel=1e-8)
    assert answered(share, min(1.0, 1.01 * horizon), owners) == pytest.approx(1.0, rel=1e-8)


def test_printed_horizon():
    assert answered(0.4, 0.5, 4) == pytest.approx(1.0, rel=1e-14)
    assert answered(0.4, 0.49, 4) < 1.0


@given(game=linear_games(), horizon=st.floats(0, 1), trust=st.floats(0, 1), sight=st.floats(0, 1))
def test_distrust_and_darkness_discount_like_a_short_horizon(game, horizon, trust, sight):
    owners, share = game
    assert answered(share, horizon, owners, trust, sight) == pytest.approx(
        answered(share, horizon * trust * sight, owners), rel=1e-12
    )


@given(owners=st.integers(2, 30), horizon=st.floats(0.01, 0.99))
def test_with_quadratic_cost_it_is_conservative(owners, horizon):
    """The largest self-enforcing effort is min(1, s + 2 delta (1-s)); R never exceeds it."""
    share = 1 / owners

    def value(effort: float, others: float) -> float:
        return share * (effort + (owners - 1) * others) - effort**2 / 2

    def worth_going_on(effort: float) -> float:
        once, after = value(share, effort), value(share, share)
        return value(effort, effort) - (1 - horizon) * once - horizon * after

    top = 1.0
    if worth_going_on(top) < 0:
        top = brentq(worth_going_on, share + 1e-6 * (1 - share), 1.0)
    assert top == pytest.approx(min(1.0, share + 2 * horizon * (1 - share)), rel=1e-6)
    measured = answered(share, horizon, owners)
    assert measured == pytest.approx(share + horizon * (1 - share), rel=1e-12)
    assert measured <= top * (1 + 1e-9)


@given(game=linear_games(), relative=st.floats(0, 2))
def test_a_penalty_deters_once_it_covers_what_keeping_ones_unit_gains(game, relative):
    owners, share = game
    penalty = relative * (1 - share)
    stays = answered(share, 0.0, owners, incentive=penalty)
    assert stays == pytest.approx(share + penalty, rel=1e-12)
    assert (stays >= 1.0 - 1e-12) == (penalty >= (1 - share) - 1e-12)
