"""Changes in CSR 2007: corporate priorities and accountability for delivery, R43-R55."""

from __future__ import annotations

import numpy as np

from psasim.declared.presets import preset
from psasim.scenario import Indicator, load_scenario
from tests.requirements.elements import (
    Fact,
    Field,
    Lever,
    Measure,
    Parameter,
    Preset,
    Shipped,
)
from tests.requirements.registry import carries
from tests.requirements.runs import (
    JOINT,
    SHARED_BODY,
    agreement,
    coefficients,
    down,
    edit,
    gain,
    measured,
    opposed,
    story,
    team,
    up,
)

APART = team(3, missions=(1.5, 0.0, -1.5))


@carries("R43", Shipped("csr2007", "sr2004"), Shipped("sr2004", "csr2007"),
         Preset("existing_psa"), Preset("new_psa"),
         note="the two slides that draw the frameworks carry no text and are not traced")
def test_there_is_an_old_and_a_new_framework_of_goals_and_of_governance() -> None:
    old, new = load_scenario("sr2004"), load_scenario("csr2007")
    assert len(new.outcomes) == 30 and len(old.outcomes) < 30
    assert any(sum(c.outcome == o.key for c in old.contributions) == 1 for o in old.outcomes)
    before, after = preset("existing_psa"), preset("new_psa")
    assert {"joint_targets"} < set(before.levers_on()) < set(after.levers_on())
    assert {"lead", "delivery_agreement"} <= set(after.levers_on()) - set(before.levers_on())


@carries("R44", Lever("number_of_goals"), Fact("Outcome", "target_month", 36))
def test_corporate_goals_are_a_choice_of_few_and_may_look_far_ahead() -> None:
    scenario = edit(team(2, 4), "outcomes", key="O2", value=1.2)
    chosen = coefficients({**JOINT, "number_of_goals": {"strength": 1, "goals": 1}}, scenario)
    answered = chosen.accountability.reshape(4, 2).min(axis=1) > 0  # by both owners
    assert answered.tolist() == [False, False, True, False]
    far, near = (edit(team(), "outcomes", target_month=month) for month in (72, 24))
    assert down(measured("attainment", {}, far, months=24)
                - measured("attainment", {}, near, months=24))


@carries("R45", Lever("collective_priorities"), Lever("joint_targets"))
def test_goals_set_together_weigh_alike_for_all_and_are_answered_for_by_all() -> None:
    alone = coefficients({}, APART)
    together = coefficients({"collective_priorities": 1, **JOINT}, APART)
    assert np.ptp(alone.mission_after) > 0.1 and np.ptp(together.mission_after) < 1e-12
    assert (alone.accountability > 0).sum() == 1 and (together.accountability > 0).all()


@carries("R46", Lever("collective_priorities"), Measure("consensus"),
         note="the agreement is the mean of what owners value; the bargaining is not played out")
def test_cabinet_agreement_is_a_consensus_of_the_owners() -> None:
    by_strength = [
        measured("consensus", {"collective_priorities": s}, APART, worlds=2)[0] for s in (0, 0.5, 1)
    ]
    assert by_strength[0] + 0.1 < by_strength[1] < by_strength[2] - 0.1
    assert abs(by_strength[2] - 1.0) < 1e-9
    agreed, before = (coefficients({"collective_priorities": s}, APART) for s in (1, 0))
    np.testing.assert_allclose(agreed.mission_after.sum(), before.mission_after.sum())


@carries("R47", Field("collective_priorities", "month"), Lever("collective_priorities"))
def test_the_earlier_cabinet_agrees_the_less_is_lost() -> None:
    early, late = ({"collective_priorities": {"strength": 1, "month": m}} for m in (1, 24))
    assert down(gain("mix_loss", early, late, APART))


@carries("R48", Lever("frontline_engagement"), Parameter("early_evidence", 0.0))
def test_professionals_engaged_early_bring_evidence_into_the_plan() -> None:
    engaged = coefficients({"frontline_engagement": 1}, team()).knowledge_start
    assert (engaged > coefficients({}, team()).knowledge_start + 0.05).all()
    assert up(gain("realised", {"frontline_engagement": 1}, {}, team()))


@carries("R49", Lever("frontline_engagement"), Parameter("engagement_gain", 0.0))
def test_professionals_engaged_early_buy_in_from_the_start() -> None:
    told, usual = (story({"frontline_engagement": s}, "teaching", months=2) for s in (1, 0))
    assert (told.states[0].buy_in > usual.states[0].buy_in + 0.05).all()
    assert up((told.end.cleared - usual.end.cleared).mean(axis=0))


@carries("R50", Field("delivery_agreement", "ambition"))
def test_an_ambitious_agreement_keeps_owners_at_it_beyond_the_target() -> None:
    modest, ambitious = ({**JOINT, **agreement(ambition=level)} for level in (1.0, 1.3))
    assert up(gain("realised", ambitious, modest, team()))
    assert up(gain("overshoot", ambitious, modest, team()))


@carries("R51", Field("delivery_agreement", "roles", 0.0), Parameter("role_gain", 0.0))
def test_a_strategy_that_maps_the_chain_loses_less_in_it() -> None:
    scenario = opposed(team(2, 2, bodies=[SHARED_BODY]))
    assert down(gain("chain_loss", agreement(roles=1), agreement(), scenario))


@carries("R52", Field("delivery_agreement", "roles", 0.0), Parameter("role_gain", 0.0))
def test_with_roles_set_out_consequences_reach_whom_they_are_meant_for() -> None:
    vague, clear = (
        {**JOINT, "sanctions": 1, **agreement(roles=roles)} for roles in (0, 1)
    )
    assert (coefficients(clear).attribution > coefficients(vague).attribution + 0.1).all()
    quick = {"mobilising_ratio": 0.0, "buy_in_rate": 0.0}
    assert down(gain("silo_index", clear, vague, team(), **quick))


@carries("R53", Lever("rewards"), Lever("public_reporting"), Parameter("mission_level", 0.65),
         note="money and reputation as stakes, intrinsic motivation as own mission, autonomy as "
              "the own agenda")
def test_not_targets_alone_but_rewards_reputation_and_mission_move_effort() -> None:
    seen = {"internal_reporting": 1, "data_sharing": 1}
    for lever in ("rewards", "public_reporting"):
        assert down(gain("silo_index", {**seen, lever: 1}, seen, team()))
    assert down(measured("silo_index", {}, team(), mission_level=0.9)
                - measured("silo_index", {}, team(), mission_level=0.4))


@carries("R54", Lever("rewards"), Fact("Indicator", "department", "D0"))
def test_aligned_incentives_fit_and_the_same_on_one_owner_do_not() -> None:
    one = team(3, technology=-2.0)
    each = team(3, technology=-2.0, indicators=[
        Indicator(f"figure-{i}", "O0", f"D{i}", 0.95) for i in range(3)
    ])
    rewards = {"rewards": {"strength": 1, "size": 2}}
    assert down(gain("mix_loss", rewards, {}, each), by=0.001)
    assert up(gain("mix_loss", rewards, {}, one), by=0.001)


@carries("R55", Field("delivery_agreement", "published", 0.0), Parameter("publicity", 0.0))
def test_a_published_agreement_puts_a_reputation_at_stake() -> None:
    assert down(gain("silo_index", agreement(published=1), agreement(), team()))
