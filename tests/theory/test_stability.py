"""Inertia: where best responses to a complementary mix come to rest, and where they alternate."""

import numpy as np
import pytest

from psasim.mechanisms.allocate import adjust, allocate, inertia_bound, release_rates
from psasim.mechanisms.ordered_sum import group_rows
from psasim.mechanisms.perceive import perceived_product
from psasim.mechanisms.produce import aggregate

BASE = 0.1
OWNERS = 3
PLANNED = 0.02  # of capacity: one outcome among the many tasks of an owner
DEPARTMENT = np.tile(np.arange(OWNERS), 2)
OWN, TEAM = group_rows(DEPARTMENT, OWNERS), group_rows(np.zeros(OWNERS, dtype=int), 1)
OUTCOME = np.zeros(OWNERS, dtype=int)
NEED = np.full((OWNERS, 1), 1 / OWNERS)
SIZE = np.vstack([NEED * PLANNED, np.full((OWNERS, 1), 0.66)])
ROOM = np.full((OWNERS, 1), 1.0)


def choose(worth: np.ndarray, substitution: float) -> np.ndarray:
    """Effort of equal owners, each with one contribution and an own agenda worth 1."""
    stake = np.vstack([worth, np.ones((OWNERS, 1))])
    return allocate(stake, SIZE, ROOM, ROOM, np.array(substitution), OWN, DEPARTMENT)


def month(effort, worth: float, technology: float, substitution: float, inertia: float):
    """Effort of the next month, the mix of the last one being seen in full."""
    intensity = BASE + effort[:OWNERS] / SIZE[:OWNERS]
    rho = np.array([[technology]])
    scarcity = aggregate(intensity, NEED, rho, TEAM, OUTCOME).scarcity
    one = np.ones((OWNERS, 1))
    product = perceived_product(one, one, scarcity, np.array(1.6))
    chosen = choose(worth * product, substitution)
    return adjust(effort, chosen, np.array(inertia), ROOM, OWN, DEPARTMENT)


def gamma(worth: float, technology: float, substitution: float) -> float:
    """(1-rho) (z-b)/z dlog e/dlog beta at the symmetric rest point."""
    one = np.ones((OWNERS, 1))
    rest = choose(worth * one, substitution)
    step = 1e-5
    up, down = (choose(worth * (1 + s) * one, substitution) for s in (step, -step))
    elasticity = float((np.log(up[0, 0]) - np.log(down[0, 0])) / (2 * step))
    intensity = BASE + rest[0, 0] / SIZE[0, 0]
    return (1 - technology) * (intensity - BASE) / intensity * elasticity


@pytest.mark.parametrize("technology", [-5.0, -3.0, -0.5, 0.0, 0.8])
@pytest.mark.parametrize("substitution", [0.0, 0.3, 0.5])
@pytest.mark.parametrize("worth", [0.8, 1.2])
def test_a_difference_between_owners_shrinks_by_one_less_lambda_times_one_plus_gamma(
    technology, substitution, worth
):
    steep = gamma(worth, technology, substitution)
    rest = choose(np.full((OWNERS, 1), worth), substitution)
    for inertia in (0.05, inertia_bound(technology, substitution), 1.99 / (1 + steep)):
        tilted = rest.copy()
        tilted[:2, 0] *= 1.0 + np.array([1e-6, -1e-6])
        moved = month(tilted, worth, technology, substitution, inertia)
        factor = (moved[0, 0] - moved[1, 0]) / (tilted[0, 0] - tilted[1, 0])
        assert factor == pytest.approx(1 - inertia * (1 + steep), abs=2e-4)


@pytest.mark.parametrize("technology", [-5.0, -3.0, -0.5])
def test_below_two_over_one_plus_gamma_it_rests_and_above_it_alternates(technology):
    substitution, worth = 0.3, 1.2
    limit = 2 / (1 + gamma(worth, technology, substitution))
    for inertia, rests in ((0.9 * limit, True), (1.1 * limit, False)):
        effort = choose(np.full((OWNERS, 1), worth), substitution)
        effort[:2, 0] *= np.array([1.01, 0.99])
        gaps = []
        for _ in range(80):
            effort = month(effort, worth, technology, substitution, inertia)
            gaps.append(effort[0, 0] - effort[1, 0])
        last = np.array(gaps[-10:])
        alternates = np.all(last[1:] * last[:-1] < 0) and np.abs(last).min() > 1e-3 * PLANNED
        assert bool(alternates) is not rests


@pytest.mark.parametrize("technology", [-5.0, -2.0, 0.0, 1.0])
@pytest.mark.parametrize("substitution", [0.0, 0.2, 0.5])
def test_the_bound_is_below_the_limit_for_stakes_at_least_as_high_as_the_others(
    technology, substitution
):
    """There dlog e/dlog beta <= 1/(1-g), so that Gamma <= (1-rho)/(1-g)."""
    for worth in (1.0, 1.3, 2.0):
        steep = gamma(worth, technology, substitution)
        assert steep <= (1 - technology) / (1 - substitution) * (1 + 1e-6)
        assert inertia_bound(technology, substitution) <= min(1.0, 1.4 / (1 + steep)) * (1 + 1e-6)


def random_rounds(runs: int, months: int, part: float) -> tuple[np.ndarray, np.ndarray]:
    """M of two outcomes of four departments over the last months, and each run's inertia.

    part: inertia as a part of its bound.
    """
    rng = np.random.default_rng(8)
    owners, outcomes = 4, 2
    links = owners * outcomes
    outcome = np.tile(np.arange(outcomes), owners)
    department = np.concatenate([np.repeat(np.arange(owners), outcomes), np.arange(owners)])
    own, team = group_rows(department, owners), group_rows(outcome, outcomes)
    raw = rng.uniform(0.3, 1, (links, 1))
    need = raw / ordered_total(raw, outcome)
    planned = need * rng.uniform(0.3, 1.2, (outcomes, runs))[outcome]
    size = np.vstack([planned, rng.uniform(0.5, 0.8, (owners, runs))])
    technology = rng.uniform(-5, 1, (outcomes, runs))
    substitution = rng.uniform(0, 0.5, runs)
    inertia = part * np.array(
        [inertia_bound(t, g) for t, g in zip(technology.min(axis=0), substitution, strict=True)]
    )
    worth = rng.uniform(0, 1.2, (links, runs)) + rng.uniform(0, 1, (links, runs))
    agenda = rng.uniform(0.8, 1.2, (owners, runs))
    known, sight = rng.uniform(0.3, 1, runs), rng.uniform(0, 1, runs)
    delivered = known * rng.uniform(0.3, 1, runs)
    base, cap = rng.uniform(0.1, 0.3, runs), np.array(1.6)
    capacity = np.ones((owners, runs))
    usable = rng.uniform(0.5, 1, (owners, runs))
    effort, scarcity, path = 0.1 * size, np.ones((links, runs)), []
    for _ in range(months):
        product = perceived_product(known, sight, scarcity, cap)
        stake = np.vstack([worth * product, agenda])
        chosen = allocate(stake, size, capacity, usable, substitution, own, department)
        effort = adjust(effort, chosen, inertia, usable, own, department)
        intensity = base + effort[:links] * delivered / planned
        mean, scarcity = aggregate(intensity, need, technology, team, outcome)
        path.append(mean)
    return np.array(path[-25:]), inertia


def ordered_total(values: np.ndarray, outcome: np.ndarray) -> np.ndarray:
    return np.array([values[outcome == o].sum(axis=0) for o in outcome])


def alternating(path: np.ndarray) -> tuple[float, float]:
    """Part of the runs in which an outcome alternates, and the widest swing of one that does."""
    moves = np.diff(path, axis=0)
    turns = (moves[1:] * moves[:-1] < 0).mean(axis=0) > 0.8
    swing = np.where(turns, np.ptp(path, axis=0), 0.0)
    return float((swing > 1e-4).any(axis=0).mean()), float(swing.max())


def test_at_the_bound_random_outcomes_hardly_ever_alternate():
    """Near the corner of a task Gamma can exceed the bound's: rare, and a hundredth of M."""
    path, inertia = random_rounds(runs=1000, months=120, part=1.0)
    assert inertia.min() < 0.15 and inertia.max() > 0.5
    often, widest = alternating(path)
    assert often < 0.01 and widest < 0.03


def test_at_seven_tenths_of_the_bound_none_does():
    path, _ = random_rounds(runs=1000, months=120, part=0.7)
    assert alternating(path)[0] == 0.0


@pytest.mark.parametrize("technology", [-5.0, -3.0, -0.5, 0.8, 1.0])
@pytest.mark.parametrize("substitution", [0.0, 0.3, 0.5])
@pytest.mark.parametrize("release", [0.3, 0.5, 0.8])
def test_rise_and_fall_in_turn_multiply_to_less_than_one(technology, substitution, release):
    """Letting go faster than building up does not make a fall overshoot its own way back."""
    inertia = min(0.15, inertia_bound(technology, substitution))
    rho, g = np.array(technology), np.array(substitution)
    down = float(release_rates(np.array(release), np.array(inertia), rho, g))
    gamma = (1 - technology) / (1 - substitution)
    assert inertia <= down <= max(inertia, release)
    assert abs((1 - inertia * (1 + gamma)) * (1 - down * (1 + gamma))) < 1
    same = release_rates(np.array(inertia), np.array(inertia), rho, g)
    assert float(same) == inertia  # release = lambda: the first edition


@pytest.mark.parametrize("technology", [-3.0, -0.5, 0.8])
def test_effort_is_let_go_faster_than_it_is_built_up_and_comes_to_rest(technology):
    inertia, substitution, worth = 0.12, 0.3, 1.2
    rates = np.vstack([
        np.full((OWNERS, 1), float(release_rates(*map(np.array, (0.5, inertia, technology, 0.3))))),
        np.full((OWNERS, 1), 0.5),
    ])
    rest = choose(np.full((OWNERS, 1), worth), substitution)
    for factor in (0.8, 1.2):
        effort = factor * rest
        gaps = []
        for _ in range(120):
            intensity = BASE + effort[:OWNERS] / SIZE[:OWNERS]
            scarcity = aggregate(
                intensity, NEED, np.array([[technology]]), TEAM, OUTCOME
            ).scarcity
            one = np.ones((OWNERS, 1))
            product = perceived_product(one, one, scarcity, np.array(1.6))
            chosen = choose(worth * product, substitution)
            effort = adjust(effort, chosen, np.array(inertia), ROOM, OWN, DEPARTMENT, rates)
            gaps.append(np.abs(effort - rest).max())
        assert gaps[-1] < 1e-5 * gaps[0]
