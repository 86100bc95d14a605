"""A fine is a price; pooled money sticks in part; a ratchet is held back from."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from psasim.coefficients import build_coefficients
from psasim.declared.levers import Governance
from psasim.declared.parameters import Parameters
from psasim.mechanisms.crowd import will_left
from psasim.mechanisms.ratchet import raised_aim, ratcheted
from psasim.structure.layout import build_layout
from psasim.validation.rings import ring


@given(stakes=st.floats(0, 2), crowding=st.floats(0, 0.5), scale=st.floats(0.001, 5))
def test_will_falls_by_a_part_of_what_stakes_can_crowd_out(stakes, crowding, scale):
    left = float(will_left(*map(np.array, (stakes, crowding, scale))))
    assert left == pytest.approx(1 - crowding * (1 - np.exp(-stakes / scale)), rel=1e-12)
    assert 1 - crowding - 1e-15 <= left <= 1.0


@given(stakes=st.floats(0.01, 2), crowding=st.floats(0, 0.5))
def test_with_a_scale_of_nothing_any_stake_costs_all_of_it(stakes, crowding):
    step = will_left(np.array([0.0, stakes]), np.array(crowding), np.array(1e-9))
    assert step == pytest.approx([1.0, 1.0 - crowding])


@given(incentive=st.floats(0, 3), ratchet=st.floats(0, 1), discount=st.floats(0.1, 1))
def test_a_ratchet_leaves_what_today_is_worth_against_all_years_after(
    incentive, ratchet, discount
):
    """b less lambda a year for ever, discounted: b' = b/(1 + lambda/rho) makes b' + b' lambda
    sum_k (1+rho)^-k = b."""
    left = float(ratcheted(*map(np.array, (incentive, ratchet, discount))))
    years = sum((1 + discount) ** -k for k in range(1, 2000))
    assert left * (1 + ratchet * years) == pytest.approx(incentive, rel=1e-6)
    assert float(ratcheted(np.array(incentive), np.array(0.0), np.array(discount))) == incentive
    assert float(ratcheted(np.array(incentive), np.array(1.0), np.array(1e9))) == pytest.approx(
        incentive
    )


@given(held=st.floats(0, 1), ratchet=st.floats(0, 1), ahead=st.floats(-1, 1))
def test_only_who_is_ahead_is_asked_for_more(held, ratchet, ahead):
    raised = float(raised_aim(*map(np.array, (held, ratchet, ahead))))
    assert raised == pytest.approx(held + ratchet * max(0.0, ahead))


@pytest.mark.parametrize("stuck", [0.0, 0.3, 1.0])
def test_pooled_money_comes_off_own_agendas_in_part(stuck: float) -> None:
    """1: all of it, as the first edition had; 0: fully fungible, and nothing moves."""
    layout = build_layout(ring(2))
    without, pooled = (
        build_coefficients(layout, [Parameters(flypaper=stuck)], [package]).task_size
        for package in (Governance(), Governance(pooled_budget={"strength": 1, "share": 0.4}))
    )
    own = layout.task_of_own
    np.testing.assert_allclose(pooled[own], (1 - stuck * 0.4) * without[own], rtol=1e-12)
