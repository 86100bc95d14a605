"""T6: figures just below a threshold are reported as met, the more so the more is at stake."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from psasim.mechanisms.produce import plan_path, yield_gain
from psasim.mechanisms.publish import (
    count_on,
    game,
    gaming_loss,
    gaming_width,
    indicator,
    shown_count,
)

UNITS = 100_000
THRESHOLD = 1.0
BELOW = THRESHOLD - (np.arange(UNITS) + 0.5) / UNITS  # uniform density 1 on (0, 1)


def width_of(bonus: float, cost: float = 1.0, audit: float = 0.0, fine: float = 0.0) -> float:
    return float(gaming_width(*map(np.array, (bonus, cost, audit, fine))))


def spike_and_inflation(width: float) -> tuple[float, float]:
    published = game(BELOW, np.array(THRESHOLD), np.array(width))
    return float(np.mean(published == THRESHOLD)), float(np.mean(published - BELOW))


@given(
    bonus=st.floats(0.001, 0.4), cost=st.floats(1, 5), audit=st.floats(0, 1), fine=st.floats(0, 2)
)
def test_spike_and_mean_inflation_with_audit(bonus, cost, audit, fine):
    width = width_of(bonus, cost, audit, fine)
    net = max(0.0, (1 - audit) * bonus - audit * fine)
    assert width == pytest.approx(np.sqrt(2 * net / cost), rel=1e-12)
    spike, inflation = spike_and_inflation(width)
    assert spike == pytest.approx(width, abs=1.01 / UNITS)
    assert inflation == pytest.approx(width**2 / 2, abs=1.01 * width / UNITS)


def test_printed_spike_and_inflation():
    spike, inflation = spike_and_inflation(width_of(0.08))
    assert spike == pytest.approx(0.4, abs=1e-5)
    assert inflation == pytest.approx(0.08, abs=1e-5)


@given(bonus=st.floats(0.001, 0.4), fine=st.floats(0, 2))
def test_enough_audit_ends_gaming(bonus, fine):
    deterrent = bonus / (bonus + fine)
    assert width_of(bonus, audit=min(1.0, deterrent * (1 + 1e-9)), fine=fine) < 1e-4
    assert width_of(bonus, audit=deterrent * 0.9, fine=fine) > 0.0


@given(bonus=st.floats(0.001, 0.4), cost=st.floats(0.5, 5), audit=st.floats(0, 0.5))
def test_at_the_edge_of_the_width_the_cost_just_eats_the_bonus(bonus, cost, audit):
    width = width_of(bonus, cost, audit, 0.0)
    edge = np.array(THRESHOLD - width)
    loss = gaming_loss(edge, np.array(THRESHOLD), np.array(cost))
    assert loss == pytest.approx((1 - audit) * bonus, rel=1e-9)


def test_only_figures_within_the_width_below_the_threshold_move():
    figure = np.array([0.49, 0.5, 0.75, 1.0, 1.2])
    published = game(figure, np.array(1.0), np.array(0.5))
    assert np.array_equal(published, [0.49, 1.0, 1.0, 1.0, 1.2])
    assert np.array_equal(game(figure, np.array(1.0), np.array(0.0)), figure)


@given(validity=st.floats(0, 1), real=st.floats(-1, 2), activity=st.floats(0, 1))
def test_a_poor_indicator_follows_activity(validity, real, activity):
    shown = float(indicator(*map(np.array, (validity, real, activity, 0.0))))
    assert abs(shown - activity) == pytest.approx(validity * abs(real - activity), abs=1e-12)
    assert abs(shown - real) == pytest.approx((1 - validity) * abs(real - activity), abs=1e-12)


@given(
    drift=st.one_of(st.just(0.0), st.floats(1e-6, 0.05)), months=st.integers(1, 60),
    planned_yield=st.floats(0.05, 1),
)
def test_activity_of_the_planned_yield_makes_a_count_the_plan_s_path(
    drift, months, planned_yield
):
    keep, log_keep, due, phi = (
        np.array([[x]]) for x in (1 - drift, np.log1p(-drift), float(months), planned_yield)
    )
    gain = yield_gain(log_keep, due, phi)
    count = np.zeros((1, 1))
    for month in range(1, months + 1):
        count = count_on(count, keep, gain, phi)
        assert count == pytest.approx(plan_path(month, log_keep, due), rel=1e-10)


@given(count=st.floats(0, 4))
def test_only_an_open_ended_count_passes_its_target(count):
    assert float(shown_count(np.array(count), np.array(0.0))) == min(1.0, count)
    assert float(shown_count(np.array(count), np.array(1.0))) == pytest.approx(count, rel=1e-15)
