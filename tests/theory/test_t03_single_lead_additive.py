"""T3: moving accountability to one owner leaves additive output alone and raises cost."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from psasim.mechanisms.accountability import accountability_shares
from psasim.mechanisms.allocate import allocate
from psasim.mechanisms.ordered_sum import group_rows
from psasim.mechanisms.produce import aggregate
from psasim.mechanisms.stake import responsibility, stake

BASE = 0.1


def led_shares(owners: int, joint: float, lead: float, concentration: float, first: int = 0):
    marker = np.zeros((owners, 1))
    marker[first] = 1.0
    full = np.ones((owners, 1))
    return accountability_shares(
        joint * full, lead * full, marker, owners * full, concentration * full
    )


def effort_of(share: np.ndarray, size: np.ndarray, capacity: float) -> np.ndarray:
    owners = len(share)
    one = np.ones((owners, 1))
    answered = responsibility(share, 0 * one, owners * one, 0 * one)
    beta = stake(one, one, one, 0 * one, one, answered)
    room = np.full((owners, 1), capacity)
    department = np.arange(owners)
    groups = group_rows(department, owners)
    return allocate(beta, size, room, room, np.array(0.0), groups, department)


@given(
    owners=st.integers(2, 20),
    joint=st.floats(0, 1),
    lead=st.floats(0, 1),
    concentration=st.floats(0, 0.95),
)
def test_output_is_one_whatever_the_concentration_and_welfare_falls_with_it(
    owners, joint, lead, concentration
):
    share = led_shares(owners, joint, lead, concentration)
    assert np.all(share >= -1e-15)
    assert np.sum(share) == pytest.approx(1.0, rel=1e-12)
    effort = effort_of(share, np.ones((owners, 1)), 1.0)
    assert np.sum(effort) == pytest.approx(1.0, rel=1e-12)
    welfare = np.sum(effort) - 0.5 * np.sum(effort**2)
    assert welfare == pytest.approx(1.0 - 0.5 * np.sum(share**2), rel=1e-12)


@given(
    needs=st.lists(st.floats(0.05, 1), min_size=2, max_size=12),
    planned=st.floats(0.1, 5),
    lead=st.floats(0, 1),
    concentration=st.floats(0, 0.95),
)
def test_with_shares_of_need_output_is_planned_times_their_product(
    needs, planned, lead, concentration
):
    need = np.array(needs)[:, None] / sum(needs)
    owners = len(needs)
    share = led_shares(owners, 1.0, lead, concentration)
    effort = effort_of(share, need * planned, 10 * planned)
    groups, outcome = group_rows(np.zeros(owners, dtype=int), 1), np.zeros(owners, dtype=int)
    intensity = BASE + effort / (need * planned)
    mean = aggregate(intensity, need, np.array([[1.0]]), groups, outcome).aggregate
    realised = planned * (mean[0, 0] - BASE)
    assert realised == pytest.approx(planned * np.sum(need * share), rel=1e-11)


@given(needs=st.lists(st.floats(0.05, 1), min_size=2, max_size=12), lead=st.floats(0.05, 1))
def test_the_lead_raises_output_only_with_more_than_its_part_of_need(needs, lead):
    need = np.array(needs)[:, None] / sum(needs)
    owners = len(needs)
    output = [
        np.sum(effort_of(led_shares(owners, 1.0, lead, 0.8, first), need, 10.0))
        for first in range(owners)
    ]
    expected = [
        1 / owners + 0.8 * lead * (need[first, 0] - 1 / owners) for first in range(owners)
    ]
    assert np.allclose(output, expected, rtol=1e-12)
