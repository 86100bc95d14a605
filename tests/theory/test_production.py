"""Production: the two identities of the ledger, the limits of the CES, and the plan's path."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import pmean

from psasim.mechanisms.ordered_sum import group_rows, ordered_sum
from psasim.mechanisms.produce import (
    NEAREST_TO_ZERO,
    advance,
    aggregate,
    plan_path,
    split,
    yield_gain,
)

technologies = st.one_of(
    st.floats(-5, -NEAREST_TO_ZERO),
    st.floats(NEAREST_TO_ZERO, 1),
    st.sampled_from([-5.0, -1.0, -NEAREST_TO_ZERO, 0.0, NEAREST_TO_ZERO, 0.5, 1.0]),
)
seeds = st.integers(0, 10_000)


def team_of(seed: int, top: float = 4.0) -> tuple[np.ndarray, np.ndarray, float]:
    """Intensities z >= b, (owners, 1), shares of need and b of one random outcome."""
    rng = np.random.default_rng(seed)
    owners = int(rng.integers(1, 9))
    base = rng.uniform(0.1, 0.3)
    need = rng.dirichlet(np.ones(owners))[:, None]
    idle = rng.random((owners, 1)) < 0.3
    return base + np.where(idle, 0.0, rng.uniform(0, top, (owners, 1))), need, base


def mean_of(intensity: np.ndarray, need: np.ndarray, technology: float) -> float:
    owners = len(need)
    outcome = np.zeros(owners, dtype=int)
    groups = group_rows(outcome, 1)
    made = aggregate(intensity, need, np.array([[technology]]), groups, outcome)
    return float(made.aggregate[0, 0])


def many_outcomes(seed: int, technology: float):
    """Twelve outcomes of one to six owners in 40 runs, some of the owners idle."""
    rng = np.random.default_rng(seed)
    outcome = np.repeat(np.arange(12), rng.integers(1, 7, 12))
    outcome = outcome[rng.permutation(outcome.size)]
    groups = group_rows(outcome, 12)
    raw = rng.uniform(0.05, 1, (outcome.size, 1))
    need = raw / ordered_sum(raw, groups).take(outcome, axis=0)
    base = np.array(rng.uniform(0.1, 0.3))
    spread = 10 ** rng.uniform(-6, 0.6)  # from owners almost alike to owners far apart
    level = rng.uniform(0, 1) * (rng.random() < 0.7)
    effort = level + spread * rng.random((outcome.size, 40))
    effort = np.where(rng.random(effort.shape) < 0.3, level, effort)
    planned = rng.uniform(0.1, 5, (12, 1))
    rho = np.full((12, 1), technology)
    return outcome, groups, need, base, base + effort, planned, rho


@given(seed=seeds, technology=technologies)
def test_the_ledger_closes_twice_and_no_loss_is_negative(seed, technology):
    outcome, groups, need, base, intensity, planned, rho = many_outcomes(seed, technology)
    ratio = intensity / base
    relative = aggregate(ratio, need, rho, groups, outcome).aggregate
    mean = base * relative
    due = need * planned.take(outcome, axis=0)
    realised, mix = split(ratio, relative, need, base * due, groups, outcome)
    scale = due * intensity
    assert np.all(np.abs(realised + mix - due * (intensity - base)) <= 4e-15 * scale)
    made = planned * (mean - base)
    by_outcome = np.abs(ordered_sum(realised, groups) - made)
    lost = 2e-14 + (1e-15 / abs(technology) if technology else 0.0)
    assert np.all(by_outcome <= lost * ordered_sum(scale, groups))
    assert np.all(mix >= 0.0) and np.all(realised >= -1e-15 * scale)
    if technology < 0.9:
        assert mix.max() > 0.0
    if technology == 1.0:
        assert np.all(mix <= 2e-13 * ordered_sum(scale, groups).take(outcome, axis=0))


@given(seed=seeds, technology=technologies, base=st.floats(0.01, 1))
def test_no_effort_makes_exactly_no_progress(seed, technology, base):
    outcome, groups, need, _, intensity, planned, rho = many_outcomes(seed, technology)
    idle = np.ones_like(intensity)
    made = aggregate(idle, need, rho, groups, outcome)
    assert np.array_equal(made.aggregate, np.ones_like(made.aggregate))
    assert np.array_equal(made.scarcity, idle)
    usual = base * need * planned.take(outcome, axis=0)
    realised, mix = split(idle, made.aggregate, need, usual, groups, outcome)
    assert not realised.any() and not mix.any()


@given(seed=seeds, technology=st.one_of(st.floats(-5, -0.01), st.floats(0.01, 1)))
def test_aggregate_is_the_power_mean(seed, technology):
    intensity, need, _ = team_of(seed)
    expected = pmean(intensity[:, 0], technology, weights=need[:, 0])
    assert mean_of(intensity, need, technology) == pytest.approx(expected, rel=1e-12)


@given(seed=seeds)
def test_arithmetic_at_one_geometric_at_nought(seed):
    intensity, need, _ = team_of(seed)
    assert mean_of(intensity, need, 1.0) == pytest.approx(np.sum(need * intensity), rel=1e-13)
    geometric = np.exp(np.sum(need * np.log(intensity)))
    assert mean_of(intensity, need, 0.0) == pytest.approx(geometric, rel=1e-13)


@given(seed=seeds, exponent=st.floats(-3, -1), sign=st.sampled_from([-1, 1]))
def test_continuous_near_nought_to_second_order(seed, exponent, sign):
    """log M = mean log z + rho/2 var log z + rho^2/6 (third moment) + ..., and so at 0."""
    intensity, need, _ = team_of(seed)
    rho = sign * 10**exponent
    log_z = np.log(intensity)
    centre = np.sum(need * log_z)
    variance = np.sum(need * (log_z - centre) ** 2)
    reach = np.ptp(log_z)
    gap = np.log(mean_of(intensity, need, rho)) - centre - rho * variance / 2
    assert abs(gap) <= rho**2 * reach**3 + 1e-12


LADDER = [-30.0, -5.0, -0.5, -0.01, 0.0, 0.01, 0.7, 1.0]


@given(seed=seeds, low=st.sampled_from(LADDER), step=st.floats(0, 5))
def test_the_mean_rises_with_technology_between_its_extremes(seed, low, step):
    intensity, need, _ = team_of(seed)
    lower = mean_of(intensity, need, low)
    higher = min(1.0, low + step)
    higher = 0.0 if abs(higher) < NEAREST_TO_ZERO else higher
    if higher >= low:
        assert lower <= mean_of(intensity, need, higher) * (1 + 1e-12)
    assert intensity.min() * (1 - 1e-12) <= lower <= intensity.max() * (1 + 1e-12)


@given(seed=seeds)
def test_towards_the_weakest_link(seed):
    """min z <= M <= min z * S^(1/rho), the share being that of the weakest owner."""
    intensity, need, _ = team_of(seed)
    weakest = np.argmin(intensity)
    for rho in (-5.0, -20.0, -100.0):
        bound = intensity[weakest, 0] * need[weakest, 0] ** (1 / rho)
        least = intensity.min() * (1 - 1e-12)
        assert least <= mean_of(intensity, need, rho) <= bound * (1 + 1e-12)


@given(seed=seeds, technology=technologies)
def test_scarcity_is_the_marginal_product_of_a_planned_unit(seed, technology):
    intensity, need, _ = team_of(seed)
    owners = len(need)
    outcome = np.zeros(owners, dtype=int)
    groups = group_rows(outcome, 1)
    rho = np.array([[technology]])
    scarcity = aggregate(intensity, need, rho, groups, outcome).scarcity
    step = 1e-5
    for owner in range(owners):
        nudge = np.zeros_like(intensity)
        nudge[owner] = step * intensity[owner]
        rise = mean_of(intensity + nudge, need, technology) - mean_of(
            intensity - nudge, need, technology
        )
        slope = rise / (2 * nudge[owner, 0]) / need[owner, 0]
        assert slope == pytest.approx(scarcity[owner, 0], rel=1e-4, abs=1e-9 / need[owner, 0])
    # Euler: the marginal products exhaust the product.
    mean = mean_of(intensity, need, technology)
    assert np.sum(need * scarcity * intensity) == pytest.approx(mean, rel=1e-12)


drifts = st.one_of(
    st.just(0.0), st.floats(5e-324, 1e-290), st.floats(1e-14, 1e-6), st.floats(1e-6, 0.05)
)


def columns(*values: float) -> list[np.ndarray]:
    return [np.array([[value]]) for value in values]


@given(drift=drifts, months=st.integers(1, 60), phi=st.floats(0.05, 1))
def test_realising_the_planned_yield_follows_the_plan_and_just_meets_the_target(
    drift, months, phi
):
    keep, log_keep, due = columns(1 - drift, np.log1p(-drift), float(months))
    gain = yield_gain(log_keep, due, np.array([[phi]]))
    real = np.zeros((1, 1))
    for month in range(1, months + 1):
        real = advance(real, keep, gain, np.array([[phi]]), np.zeros((1, 1)))
        assert real == pytest.approx(plan_path(month, log_keep, due), rel=1e-11)
    assert real == pytest.approx(1.0, rel=1e-11)
    assert plan_path(months, log_keep, due) == pytest.approx(1.0, rel=1e-15)


@given(drift=drifts, months=st.integers(2, 60), start=st.floats(0, 0.95))
def test_a_plan_from_where_an_outcome_stands_meets_the_target_just_in_time(
    drift, months, start
):
    log_keep, due, begun = columns(np.log1p(-drift), float(months), start)
    path = [float(plan_path(t, log_keep, due, begun)[0, 0]) for t in range(months + 1)]
    assert path[0] == pytest.approx(start) and path[months] == 1.0
    assert np.all(np.diff(path) > 0)
    keep = 1 - drift
    steps = [after - keep * before for before, after in zip(path, path[1:], strict=False)]
    assert steps == pytest.approx([steps[0]] * months, rel=1e-6, abs=1e-9)  # the same effort


@given(drift=st.floats(0, 0.05), months=st.integers(2, 60))
def test_the_plan_starts_at_nought_rises_and_stays_at_the_target(drift, months):
    log_keep, due = columns(np.log1p(-drift), float(months))
    path = [float(plan_path(t, log_keep, due)[0, 0]) for t in range(months + 13)]
    assert path[0] == 0.0 and np.all(np.diff(path[: months + 1]) > 0)
    assert path[months:] == pytest.approx([1.0] * 13, rel=1e-15)
    assert all(path[t] >= t / months - 1e-12 for t in range(months))  # drift: most early on


@given(exponent=st.floats(-323, -4), months=st.integers(2, 60), phi=st.floats(0.05, 1))
def test_little_drift_is_close_to_none(exponent, months, phi):
    drift = 10**exponent
    due, share = columns(float(months), phi)
    none, some = columns(0.0, np.log1p(-drift))
    assert yield_gain(none, due, share) == pytest.approx(1 / (phi * months), rel=1e-14)
    assert yield_gain(some, due, share) == pytest.approx(
        1 / (phi * months), rel=drift * months + 1e-14
    )
    half = months / 2
    assert plan_path(half, none, due) == pytest.approx(0.5, rel=1e-14)
    assert plan_path(half, some, due) == pytest.approx(0.5, rel=drift * months + 1e-14)


@given(real=st.floats(-1, 2), drift=st.floats(0, 0.1), shock=st.floats(-0.1, 0.1))
def test_without_output_an_outcome_drifts_back(real, drift, shock):
    moved = advance(*columns(real, 1 - drift, 3.0, 0.0, shock))
    assert moved == pytest.approx((1 - drift) * real + shock, rel=1e-14, abs=1e-16)
