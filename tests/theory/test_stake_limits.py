"""Limits of the stake: 1/n alone, first best together, and the trust a team settles at."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from psasim.mechanisms.accountability import accountability_shares
from psasim.mechanisms.allocate import allocate
from psasim.mechanisms.learn import trust
from psasim.mechanisms.ordered_sum import group_rows
from psasim.mechanisms.perceive import need, perceived_product, perceived_progress
from psasim.mechanisms.stake import reciprocity, responsibility, stake

fractions = st.floats(0, 1)


def answered(share, reach, owners, incentive=0.0) -> float:
    return float(responsibility(*map(np.array, (share, reach, owners, incentive))))


def share_of(owners: int, joint: float, lead: float, concentration: float, is_lead: bool) -> float:
    marker = 1.0 if is_lead else 0.0
    args = (joint, lead, marker, float(owners), concentration)
    return float(accountability_shares(*map(np.array, args)))


@given(owners=st.integers(1, 40), x=fractions, y=fractions, gone=st.integers(0, 2))
def test_without_trust_sight_or_a_future_each_answers_for_one_nth(owners, x, y, gone):
    parts = [x, y]
    parts.insert(gone, 0.0)
    reach = reciprocity(*map(np.array, parts))
    share = share_of(owners, 1.0, 0.0, 0.8, False)
    assert answered(share, reach, owners) == pytest.approx(1 / owners, rel=1e-14)


@given(owners=st.integers(1, 40))
def test_with_all_three_it_is_first_best(owners):
    share = share_of(owners, 1.0, 0.0, 0.8, False)
    beta = stake(*map(np.array, (1.0, 1.0, 1.0, 0.0, 1.0, answered(share, 1.0, owners))))
    assert beta == pytest.approx(1.0, rel=1e-14)


@given(owners=st.integers(2, 40), concentration=st.floats(0, 0.99), lead=fractions)
def test_a_non_lead_beside_a_lead_stays_short_and_the_lead_gets_no_bonus(
    owners, concentration, lead
):
    partner = share_of(owners, 1.0, lead, concentration, False)
    held = concentration * lead
    assert answered(partner, 1.0, owners) == pytest.approx(1 - held, rel=1e-12)
    leader = share_of(owners, 1.0, lead, concentration, True)
    assert answered(leader, 1.0, owners) == 1.0 or held < 1e-12


@given(
    share=fractions,
    reach=fractions,
    owners=st.integers(1, 40),
    incentive=st.floats(0, 2),
)
def test_the_cap_holds_and_incentives_come_on_top(share, reach, owners, incentive):
    alone = answered(share, reach, owners)
    assert alone == pytest.approx(min(1.0, share * (1 + reach * (owners - 1))))
    assert answered(share, reach, owners, incentive) == pytest.approx(alone + incentive)


@given(
    value=st.floats(0.1, 2),
    urgency=st.floats(0, 2),
    product=st.floats(0, 2),
    mission=st.floats(0, 2),
    attention=fractions,
    answers=st.floats(0, 2),
)
def test_stake_is_a_product_and_accountability_needs_attention(
    value, urgency, product, mission, attention, answers
):
    args = [np.array(x) for x in (value, urgency, product, mission)]
    whole = stake(*args, np.array(attention), np.array(answers))
    own = stake(*args, np.array(0.0), np.array(answers))  # not mobilised: nobody answers
    assert own == pytest.approx(value * urgency * product * mission)
    assert whole - own == pytest.approx(
        value * urgency * product * attention * answers, abs=1e-12
    )


@given(
    plan=fractions,
    seen=st.floats(-0.5, 1.5),
    urgency=st.floats(0, 5),
    cap=st.floats(1, 3),
    margin=st.floats(0.01, 0.3),
    band=st.floats(0.01, 0.3),
)
def test_need_rises_behind_plan_and_lets_go_at_the_target(plan, seen, urgency, cap, margin, band):
    def needed(at: float) -> float:
        return float(need(*map(np.array, (plan, at, urgency, cap, margin, band))))

    expected = np.clip(1 + urgency * (plan - seen), 0, cap) * np.clip(
        (1 + margin - seen) / band, 0, 1
    )
    assert needed(seen) == pytest.approx(float(expected), abs=1e-12)
    assert needed(1 + margin) == pytest.approx(0.0, abs=1e-12)
    assert needed(seen) >= needed(seen + 0.1) - 1e-12
    on_plan = min(plan, 1 + margin - band)
    assert float(need(*map(np.array, (on_plan, on_plan, urgency, cap, margin, band)))) == (
        pytest.approx(1.0)
    )


@given(known=fractions, sight=fractions, scarcity=st.floats(0, 5), cap=st.floats(1, 3))
def test_the_unseen_mix_is_taken_as_balanced_and_the_rest_is_capped(known, sight, scarcity, cap):
    args = [np.array(x) for x in (known, sight, scarcity, cap)]
    expected = known * min(cap, sight * scarcity + 1 - sight)
    assert perceived_product(*args) == pytest.approx(expected, abs=1e-14)
    args[1] = np.array(0.0)
    assert perceived_product(*args) == known


@given(shared=st.floats(-1, 2), own=st.floats(-1, 2), sight=fractions)
def test_what_partners_share_counts_as_far_as_it_is_seen(shared, own, sight):
    def seen(at: float) -> float:
        return float(perceived_progress(*map(np.array, (at, shared, own))))

    assert (seen(0.0), seen(1.0)) == (own, shared)
    assert abs(seen(sight) - own) == pytest.approx(sight * abs(shared - own), abs=1e-12)


def settled_trust(owners: int, worth, mission, attention, horizon, sight) -> np.ndarray:
    """Trust of a symmetric team after many months, (owners, runs), from a low start."""
    runs = len(worth)
    department, outcome = np.arange(owners), np.zeros(owners, dtype=int)
    own, team = group_rows(department, owners), group_rows(outcome, 1)
    one = np.ones((owners, runs))
    size, room = one / owners, 1e3 * one
    held = 0.05 * one
    for _ in range(1500):
        reach = reciprocity(horizon, held, sight)
        answers = responsibility(one / owners, reach, owners * one, 0 * one)
        beta = stake(worth * one, one, one, mission, attention, answers)
        effort = allocate(beta, size, room, room, np.array(0.0), own, department)
        activity = np.minimum(1.0, effort / size)
        held = trust(held, 0.5 * sight, activity, owners * one, 0 * one, team, outcome)
    return held


@pytest.mark.parametrize("owners", [2, 3, 5, 12])
def test_a_symmetric_team_settles_at_the_trust_of_the_closed_form(owners):
    rng = np.random.default_rng(owners)
    worth = rng.uniform(0.3, 1.5, 200)
    mission, attention = rng.uniform(0, 0.6, 200), rng.uniform(0, 1, 200)
    horizon, sight = rng.uniform(0.1, 0.95, 200), rng.uniform(0.2, 1, 200)
    slope = worth * attention * horizon * sight * (owners - 1)
    keep = np.abs(slope / owners - 1) > 0.05  # where it settles within the months given
    kept = [x[keep] for x in (worth, mission, attention, horizon, sight)]
    left = (owners - slope)[keep]
    level = (worth * (owners * mission + attention))[keep] / np.where(left > 0, left, 1)
    expected = np.where(left > 0, np.minimum(1.0, level), 1.0)
    assert np.sum(expected < 1) > 50 and np.sum(expected == 1) > 5
    settled = settled_trust(owners, *kept)
    assert np.allclose(settled, expected, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("owners", [2, 4, 30])
def test_without_own_mission_and_at_full_attention_it_is_the_bare_form(owners):
    horizon, sight = (x.ravel() for x in np.meshgrid([0, 0.3, 0.6, 0.9], [0.2, 0.5, 0.95]))
    ones = np.ones(horizon.size)
    settled = settled_trust(owners, ones, 0 * ones, ones, horizon, sight)
    assert np.allclose(settled, 1 / (owners - horizon * sight * (owners - 1)), rtol=1e-7)


def test_what_is_not_seen_changes_no_trust_and_a_sole_owner_has_none_to_change():
    outcome = np.array([0, 0, 1])
    groups, owners = group_rows(outcome, 2), np.array([[2.0], [2.0], [1.0]])
    held, loss = np.array([[0.3], [0.6], [0.4]]), np.zeros((3, 1))
    activity = np.array([[1.0], [0.0], [1.0]])
    unseen = trust(held, loss, activity, owners, loss, groups, outcome)
    assert np.array_equal(unseen, held)
    seen = trust(held, np.full((3, 1), 0.5), activity, owners, loss, groups, outcome)
    assert np.allclose(seen, [[0.15], [0.8], [0.4]], rtol=1e-14)
