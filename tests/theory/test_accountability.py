"""Accountability is shared out, never made: it sums to 1 whatever leads do."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from psasim.coefficients import build_coefficients
from psasim.declared.levers import Governance
from psasim.declared.parameters import Parameters
from psasim.mechanisms.accountability import accountability_shares, kept_or_given, pushed
from psasim.scenario import load_scenario
from psasim.structure.layout import build_layout

fractions = st.floats(0, 1)


@given(owners=st.integers(1, 12), leads=st.integers(1, 3), joint=fractions, lead=fractions,
       concentration=st.floats(0, 0.95), influence=st.floats(0, 1))
def test_a_lead_that_pushes_passes_on_what_it_holds(
    owners, leads, joint, lead, concentration, influence
):
    """So T3 holds: with additive effort output is the sum of shares, which is 1."""
    leading = np.zeros((owners, 1))
    leading[: min(leads, owners)] = 1.0
    number = leading.sum()
    share = accountability_shares(
        np.array(joint), np.array(lead), leading / number, np.array(float(owners)),
        np.array(concentration),
    )
    held = (share * leading).sum()
    after = pushed(share, leading, np.array(influence * lead), held, number, np.array(owners))
    assert share.sum() == pytest.approx(1.0, rel=1e-12)
    assert after.sum() == pytest.approx(1.0, rel=1e-12)
    assert (after >= 0).all()
    if owners > number:
        assert (after[leading == 0] >= share[leading == 0]).all()


@pytest.mark.parametrize("kind", ["none", "single", "two"])
@pytest.mark.parametrize("name", ["csr2007", "teaching"])
def test_in_every_outcome_it_sums_to_one(name: str, kind: str) -> None:
    layout = build_layout(load_scenario(name))
    package = Governance(lead={"strength": 0.8, "kind": kind}, joint_targets=0.7,
                         number_of_goals={"strength": 0.6, "goals": 5})
    share = build_coefficients(layout, [Parameters()], [package]).accountability
    total = np.bincount(layout.outcome, weights=share[:, 0])
    np.testing.assert_allclose(total, 1.0, rtol=1e-12)


def test_a_goal_that_is_not_kept_is_answered_for_as_in_silos() -> None:
    """Limit of no goals kept: accountability, and what it costs, of silos."""
    layout = build_layout(load_scenario("csr2007"))
    joined = Governance(joint_targets=1, lead=1, data_sharing=0,
                        number_of_goals={"strength": 1, "goals": 1})
    k, silos = (build_coefficients(layout, [Parameters()], [g]) for g in (joined, Governance()))
    dropped = (k.priority == 0.0)[:, 0][layout.outcome]
    assert dropped.sum() > 100
    for name in ("accountability", "convened_overhead"):
        np.testing.assert_array_equal(getattr(k, name)[dropped], getattr(silos, name)[dropped])
    rest = k.priority[:, 0] == 0.0
    assert (k.effective_owners[rest] == 1.0).all() and (k.drawers[rest] == 1.0).all()


@given(share=fractions, given_=st.sampled_from([0.0, 1.0]))
def test_keeping_is_by_degrees(share, given_):
    kept = kept_or_given(*map(np.array, (share, given_, 1.0)))
    left = kept_or_given(*map(np.array, (share, given_, 0.0)))
    assert float(kept) == share and float(left) == given_
