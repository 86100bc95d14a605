"""What takes time: arrangements take hold, trust comes and goes, a reorganisation settles."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from psasim.coefficients import build_coefficients
from psasim.coefficients.arrays import ARRANGEMENTS
from psasim.declared.levers import Governance
from psasim.declared.parameters import Parameters
from psasim.declared.presets import preset
from psasim.mechanisms.embed import embedded, part_held
from psasim.mechanisms.learn import trust
from psasim.mechanisms.ordered_sum import group_rows
from psasim.mechanisms.reorganise import kept_through, settling
from psasim.scenario import load_scenario
from psasim.structure.layout import build_layout


@given(before=st.floats(0, 1), after=st.floats(0, 1), rate=st.floats(0.001, 1),
       months=st.integers(1, 60))
def test_an_arrangement_takes_hold_by_a_part_of_what_is_left(before, after, rate, months):
    held = before
    for _ in range(months):
        held += rate * (after - held)
    part = part_held(np.array(rate), months)
    found = float(embedded(np.array(before), np.array(after - before), part))
    assert found == pytest.approx(held, abs=1e-12)


def test_at_once_is_the_package_and_never_is_silos() -> None:
    layout = build_layout(load_scenario("teaching"))
    at_once, plain = (
        build_coefficients(layout, [Parameters(embedding=1)], [package])
        for package in (preset("new_psa"), Governance())
    )
    first = at_once.at(1)
    for name in ARRANGEMENTS:
        np.testing.assert_allclose(getattr(first, name), getattr(at_once, name), rtol=1e-12)
    slow = build_coefficients(layout, [Parameters(embedding=0.001)], [preset("new_psa")]).at(1)
    for name in ARRANGEMENTS:
        np.testing.assert_allclose(getattr(slow, name), getattr(plain, name), atol=2e-3)
    assert plain.moving == {} and plain.at(7) is plain


def test_costs_and_incentives_do_not_wait() -> None:
    layout = build_layout(load_scenario("csr2007"))
    k = build_coefficients(layout, [Parameters()], [preset("new_psa").plus(sanctions=1)])
    first = k.at(1)
    for name in ("fixed_overhead", "incentive", "accountability", "task_size", "gaming_width"):
        assert getattr(first, name) is getattr(k, name)
    assert (first.sight < k.sight).all()


@given(pull=st.floats(0.01, 0.2), faster=st.floats(1, 3), months=st.integers(1, 40))
def test_trust_falls_faster_than_it_rises(pull, faster, months):
    team, outcome = group_rows([0, 0], 1), np.zeros(2, dtype=int)
    one = np.ones((2, 1))
    up, down = 0.0 * one, 1.0 * one
    for _ in range(months):
        up = trust(up, pull, 1.0 * one, 2 * one, 0 * one, team, outcome, faster)
        down = trust(down, pull, 0.0 * one, 2 * one, 0 * one, team, outcome, faster)
    assert 1 - up[0, 0] == pytest.approx((1 - pull) ** months, abs=1e-12)
    assert down[0, 0] == pytest.approx((1 - faster * pull) ** months, abs=1e-12)


@given(cost=st.floats(0.01, 0.3), recovery=st.floats(0.04, 0.5), when=st.integers(1, 20))
def test_settling_in_sums_to_cost_over_recovery(cost, recovery, when):
    taken = [
        float(settling(month, *map(np.array, (float(when), cost, recovery))))
        for month in range(1, when + 600)
    ]
    assert taken[: when - 1] == [0.0] * (when - 1) and taken[when - 1] == pytest.approx(cost)
    assert sum(taken) == pytest.approx(cost / recovery, rel=1e-6)


def test_trust_and_agreements_are_lost_in_the_month_itself_only() -> None:
    left = [float(kept_through(month, np.array(5.0), np.array(0.3))) for month in range(1, 9)]
    assert left == [1.0] * 4 + [0.7] + [1.0] * 3
