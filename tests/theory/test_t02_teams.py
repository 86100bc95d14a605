"""T2: moral hazard in teams at quadratic cost (Holmstrom 1982)."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from psasim.mechanisms.accountability import accountability_shares, answer_in_full
from psasim.mechanisms.allocate import allocate
from psasim.mechanisms.ordered_sum import group_rows
from psasim.mechanisms.stake import responsibility, stake


def equal_shares(owners: int) -> np.ndarray:
    """Joint accountability without a lead, (owners, 1)."""
    column = np.ones((owners, 1))
    return accountability_shares(column, 0 * column, 0 * column, owners * column, 0.9 * column)


def effort_of(share: np.ndarray, substitution: float = 0.0) -> np.ndarray:
    """Best response of a team in which nobody has another task or reciprocates."""
    owners = len(share)
    one = np.ones((owners, 1))
    answered = responsibility(share, 0 * one, owners * one, 0 * one)
    beta = stake(one, one, one, 0 * one, one, answered)
    department = np.arange(owners)
    groups = group_rows(department, owners)
    return allocate(beta, one, one, one, np.array(substitution), groups, department)


def welfare(effort: np.ndarray) -> float:
    return float(np.sum(effort) - 0.5 * np.sum(effort**2))


@given(owners=st.integers(2, 40), substitution=st.floats(0, 0.5), seed=st.integers(0, 999))
def test_each_gives_its_share(owners, substitution, seed):
    share = np.random.default_rng(seed).dirichlet(np.ones(owners))[:, None]
    assert np.allclose(effort_of(share, substitution), share, rtol=1e-12, atol=1e-14)


@given(owners=st.integers(2, 40))
def test_equal_shares_give_one_nth_of_first_best(owners):
    effort = effort_of(equal_shares(owners))
    assert np.allclose(effort, 1.0 / owners, rtol=1e-14)
    assert np.sum(effort) == pytest.approx(1.0, rel=1e-13)
    ratio = welfare(effort) / welfare(np.ones((owners, 1)))
    assert ratio == pytest.approx((2 * owners - 1) / owners**2, rel=1e-12)


@pytest.mark.parametrize(
    ("owners", "ratio"), [(2, 0.75), (3, 0.556), (4, 0.438), (5, 0.36), (10, 0.19)]
)
def test_printed_welfare_ratios(owners, ratio):
    measured = welfare(effort_of(equal_shares(owners))) / (owners / 2)
    assert measured == pytest.approx(ratio, abs=5.1e-4)


@given(owners=st.integers(2, 40), strength=st.floats(0, 1))
def test_full_accountability_for_each_restores_first_best(owners, strength):
    share = equal_shares(owners)
    part = effort_of(answer_in_full(share, np.array(strength)))
    assert np.allclose(part, 1 / owners + strength * (1 - 1 / owners), rtol=1e-12)
    full = answer_in_full(share, np.array(1.0))
    assert np.sum(full) == pytest.approx(owners)  # n times the accountability there is
    assert np.allclose(effort_of(full), 1.0, rtol=1e-14)
