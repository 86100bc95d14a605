"""T4: concentration lowers complementary output; the volunteer's dilemma (Diekmann 1985)."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from psasim.mechanisms.accountability import effective_owners
from psasim.mechanisms.allocate import adjust, allocate, inertia_bound
from psasim.mechanisms.mobilise import volunteer_chance
from psasim.mechanisms.ordered_sum import group_rows
from psasim.mechanisms.perceive import perceived_product
from psasim.mechanisms.produce import aggregate
from psasim.mechanisms.stake import responsibility, stake

ALMOST_NOTHING = 1e-13


def settled(share: np.ndarray, need: np.ndarray) -> tuple[float, np.ndarray]:
    """R/P and effort over planned at rest, moved to with inertia; rho = 0, b -> 0."""
    owners = len(share)
    one = np.ones((owners, 1))
    department = np.arange(owners)
    own, team = group_rows(department, owners), group_rows(np.zeros(owners, dtype=int), 1)
    outcome = np.zeros(owners, dtype=int)
    answered = responsibility(share, 0 * one, owners * one, 0 * one)
    effort, scarcity = need.copy(), one
    inertia = np.array(inertia_bound(0.0, 0.0))
    for _ in range(80):
        product = perceived_product(one, one, scarcity, np.array(np.inf))
        beta = stake(one, one, product, 0 * one, one, answered)
        room = np.full((owners, 1), 1e3)
        chosen = allocate(beta, need, room, room, np.array(0.0), own, department)
        effort = adjust(effort, chosen, inertia, room, own, department)
        intensity = ALMOST_NOTHING + effort / need
        mean, scarcity = aggregate(intensity, need, np.array([[0.0]]), team, outcome)
    return float(mean[0, 0]), effort / need


@given(weights=st.lists(st.floats(0.05, 1), min_size=2, max_size=8))
def test_output_is_the_geometric_mean_of_the_shares(weights):
    share = np.array(weights)[:, None] / sum(weights)
    need = np.full_like(share, 1 / len(share))
    expected = np.exp(np.mean(np.log(share)))
    output, effort = settled(share, need)
    assert output == pytest.approx(expected, rel=1e-9)
    # Each works where its share of the marginal product is worth it: e^2 = s X.
    assert np.allclose(effort, np.sqrt(share * expected), rtol=1e-7)


@given(
    weights=st.lists(
        st.tuples(st.floats(0.05, 1), st.floats(0.1, 1)), min_size=2, max_size=8
    )
)
def test_at_unequal_need_the_mean_is_weighted_by_need(weights):
    table = np.array(weights)
    share, need = (table / table.sum(axis=0)).T[:, :, None]
    expected = np.exp(np.sum(need * np.log(share)))
    output, effort = settled(share, need)
    assert output == pytest.approx(expected, rel=1e-9)
    assert np.allclose(effort, np.sqrt(share * expected), rtol=1e-7)


@pytest.mark.parametrize(
    ("share", "printed"), [((0.9, 0.05, 0.05), 0.0437), ((1 / 3, 1 / 3, 1 / 3), 0.111)]
)
def test_printed_output_of_three(share, printed):
    output, _ = settled(np.array(share)[:, None], np.full((3, 1), 1 / 3))
    assert output / 3 == pytest.approx(printed, abs=5.1e-4)


def nobody(owners: float, ratio: float, drawers: int, attention: float = 1.0) -> float:
    one = volunteer_chance(
        np.array(ratio), np.array(attention), np.array(owners), np.array(float(drawers))
    )
    return float((1.0 - one) ** drawers)


@given(
    owners=st.integers(2, 30),
    extra=st.integers(0, 10),
    ratio=st.floats(0.05, 0.97),
    attention=st.floats(0.3, 1),
)
def test_nobody_convenes_with_the_chance_of_the_mixed_equilibrium(
    owners, extra, ratio, attention
):
    faced = min(1.0, ratio / attention)
    assert nobody(owners, ratio, owners + extra, attention) == pytest.approx(
        faced ** (owners / (owners - 1)), rel=1e-10
    )


@pytest.mark.parametrize(("owners", "printed"), [(2, 0.09), (3, 0.164), (5, 0.222), (26, 0.286)])
def test_printed_chances_that_nobody_acts(owners, printed):
    assert nobody(owners, 0.3, owners) == pytest.approx(printed, abs=5.1e-4)


@pytest.mark.parametrize("ratio", [0.01, 0.3, 0.97, 5.0])
def test_naming_one_owner_ends_the_wait_at_once(ratio):
    assert nobody(1.0, ratio, 1) == 0.0
    assert nobody(1.0, ratio, 3) == 0.0


@pytest.mark.parametrize("owners", [2, 3, 9])
def test_where_convening_costs_more_than_it_is_worth_nobody_ever_does(owners):
    assert nobody(owners, 0.75, owners, attention=0.7) == 1.0
    assert nobody(owners, 0.75, owners, attention=0.76) < 1.0


def test_a_second_owner_who_hardly_answers_hardly_delays():
    waits = [nobody(1 + x, 0.9, 2, attention=0.8) for x in (0.0, 1e-9, 1e-3, 1.0)]
    assert waits[0] == 0.0 and waits[1] < 1e-12 and waits == sorted(waits) and waits[3] == 1.0


@pytest.mark.parametrize(("ratio", "months"), [(0.3, 1.2), (0.8, 3.5), (0.9, 6.8), (0.95, 13.5)])
def test_three_owners_wait_from_a_month_to_a_year(ratio, months):
    assert 1 / (1 - nobody(3, ratio, 3)) == pytest.approx(months, abs=0.06)


@given(owners=st.integers(1, 20), leads=st.integers(1, 2), x=st.floats(0, 1))
def test_effective_owners_between_the_pure_cases(owners, leads, x):
    def count(joint: float, lead: float) -> float:
        return float(effective_owners(*map(np.array, (joint, lead, owners, leads))))

    assert count(1.0, 0.0) == owners
    assert count(x, 1.0) == leads
    assert count(0.0, 0.0) == 1
    assert count(x, 0.0) == pytest.approx(1 + (owners - 1) * x)
    assert count(x, x) >= 1
