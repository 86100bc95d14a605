"""What shared governance must enable, and its best practice, R56-R76."""

from __future__ import annotations

import numpy as np

from psasim.scenario import Body, Indicator
from tests.requirements.elements import (
    Fact,
    Field,
    Lever,
    Measure,
    Mechanism,
    Parameter,
)
from tests.requirements.registry import carries
from tests.requirements.runs import (
    JOINT,
    SHARED_BODY,
    TWO_FIGURES,
    Floats,
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

CONFLICT = opposed(team(2, 2, bodies=[SHARED_BODY]))


@carries("R56", Field("delivery_agreement", "roles", 0.0), Measure("clarity"))
def test_understood_roles_make_direction_clear() -> None:
    assert up(gain("clarity", agreement(roles=1), agreement(), CONFLICT), by=0.01)


@carries("R57", Lever("data_sharing"), Lever("cluster_reviews"),
         Mechanism("perceive.perceived_product",
                   lambda effectiveness, sight, scarcity, cap: effectiveness + 0.0 * scarcity),
         note="interdependencies are seen by owners, troubled clusters by the centre")
def test_interdependencies_are_exposed_to_owners_and_to_the_centre() -> None:
    unmeasured = team(3, technology=-2.0, missions=(1.0, 0.0, -1.0), indicators=())
    shared, hidden = (story({"data_sharing": s}, unmeasured).effort() for s in (1, 0))
    assert down((shared - hidden)[0]) and up((shared - hidden)[2])
    behind = edit(team(3, 3), "outcomes", stretch=2.0)
    assert down(gain("undetected_risk_time", {"cluster_reviews": 1}, {}, behind))


@carries("R58", Lever("local_governance"), Parameter("local_gain", 0.0))
def test_aligned_delivery_chains_lose_less() -> None:
    assert up(gain("clarity", {"local_governance": 1}, {}, CONFLICT), by=0.02)
    assert down(gain("chain_loss", {"local_governance": 1}, {}, CONFLICT))


@carries("R59", Lever("official_leadership"), Parameter("board_detection", 0.0),
         Mechanism("review.detect", lambda problem, chance, draw: 0.0 * problem))
def test_a_board_that_can_decide_resolves_problems_sooner() -> None:
    assert down(gain("undetected_risk_time", {"official_leadership": 1}, {}, team(), worlds=80))


@carries("R60", Measure("undetected_risk_time"), Lever("stocktakes"),
         Parameter("problem_hazard", 0.0),
         Mechanism("review.arise", lambda problem, hazard, draw: 0.0 * draw))
def test_risks_arise_block_the_chain_and_are_found_by_taking_stock() -> None:
    assert down(gain("undetected_risk_time", {"stocktakes": 1}, {}))
    assert up(measured("chain_loss", {}, problem_hazard=0.2)
              - measured("chain_loss", {}, problem_hazard=0.0))


@carries("R61", Lever("number_of_goals"), Fact("Outcome", "value", 1.0),
         note="priorities are set across departments by value; the board moves accountability "
              "and attention, never capacity, which is voted to departments")
def test_priorities_set_across_departments_draw_effort_to_the_goals_that_matter_most() -> None:
    scenario = edit(team(3, 4), "outcomes", key="O3", value=1.25)
    first = {**JOINT, "number_of_goals": {"strength": 1, "goals": 1}}
    top = np.repeat([False, False, False, True], 3)
    chosen, all_four = (story(package, scenario, months=18).effort() for package in (first, JOINT))
    partners = np.tile([False, True, True], 4)
    assert up((chosen - all_four)[top & partners].sum(axis=0))
    assert down((chosen - all_four)[~top & partners].sum(axis=0))


@carries("R62", Lever("delivery_agreement"))
def test_an_agreement_up_front_is_a_contract_that_makes_joint_targets_work() -> None:
    contract = {**JOINT, "delivery_agreement": 1}
    assert down(gain("time_to_mobilise", contract, JOINT))
    assert up(gain("attainment", contract, JOINT))


@carries("R63", Field("delivery_agreement", "milestones", 0.0))
def test_milestones_are_a_threshold_long_before_the_end() -> None:
    set_, without = ({"sanctions": 1, **agreement(milestones=m)} for m in (1, 0))
    assert not measured("gaming_events", without, team(), months=8).any()
    assert measured("gaming_events", set_, team(), months=8).sum() > 0


@carries("R64", Field("delivery_agreement", "reporting", 0.0), Parameter("report_sight", 0.0))
def test_one_way_to_report_shows_partners_alike() -> None:
    scenario = team(indicators=TWO_FIGURES)
    assert down(gain("disagreement", agreement(reporting=1), agreement(), scenario))
    seen, unseen = (coefficients(agreement(reporting=r), scenario).sight for r in (1, 0))
    assert (seen > unseen + 0.1).all()


@carries("R65", Field("delivery_agreement", "consequences", 0.0))
def test_agreed_consequences_move_the_owner_of_a_figure() -> None:
    seen = {"internal_reporting": 1, "data_sharing": 1}
    agreed = {**seen, **agreement(consequences=1)}
    assert down(gain("silo_index", agreed, {**seen, **agreement()}, team()))


@carries("R66", Parameter("attention_start", 0.5),
         Mechanism("stake.stake", lambda value, need, product, mission, attention, responsibility: (
             value * need * product * (mission + 0.5 * responsibility))))
def test_ministers_attention_gives_effort_its_momentum() -> None:
    assert up(measured("realised", {}, team(), attention_start=1.0, months=12)
              - measured("realised", {}, team(), attention_start=0.5, months=12))


@carries("R67", Lever("ministerial_attention"), Field("ministerial_attention", "capacity"))
def test_a_committee_of_ministers_drives_what_it_has_time_for() -> None:
    ample, spread = (
        {"ministerial_attention": {"strength": 1, "capacity": c}} for c in (25, 1)
    )
    scenario = team(3, 4)
    assert up(gain("realised", ample, {}, scenario))
    fall = story(spread, scenario).end.attention - story({}, scenario).end.attention
    assert not fall.any()


@carries("R68", Parameter("influence", 0.0), Lever("lead"))
def test_a_lead_minister_drives_colleagues() -> None:
    led = {**JOINT, "lead": 1}
    pushed, left = (
        story(led, team(4), worlds=8, influence=i).effort().mean(axis=1) for i in (0.4, 0.0)
    )
    assert (pushed[1:] > left[1:] + 0.001).all()
    pushed, left = (coefficients(led, team(4), influence=i).accountability for i in (0.4, 0.0))
    assert (pushed > left).ravel().tolist() == [False] + [True] * 3


@carries("R69", Lever("escalation"), Fact("Indicator", "validity", 0.5))
def test_hard_data_keep_ministers_engaged_where_soft_figures_do_not() -> None:
    scenario = edit(team(3), "outcomes", stretch=2.0)
    hard, soft = (
        story({"escalation": 1}, edit(scenario, "indicators", validity=v)).end.attention
        for v in (1.0, 0.0)
    )
    assert up((hard - soft)[0], by=0.01)
    unescalated = story({}, edit(scenario, "indicators", validity=1.0)).end.attention
    assert up((hard - unescalated)[0], by=0.01)


def _board(**fields: float) -> dict[str, dict[str, float]]:
    return {"official_leadership": {"strength": 1, **fields}}


@carries("R70", Field("official_leadership", "frequency"))
def test_officials_who_meet_often_keep_attention_and_settle_more() -> None:
    often, seldom = _board(frequency=12), _board(frequency=2)
    assert (story(often, team()).end.attention > story(seldom, team()).end.attention).all()
    assert down(gain("undetected_risk_time", often, seldom))


@carries("R71", Field("official_leadership", "seniority"),
         note="seniority is the part of meetings that decide; the rest defer")
def test_attendees_who_can_decide_settle_more() -> None:
    assert down(gain("undetected_risk_time", _board(seniority=1), _board(seniority=0.2)))


@carries("R72", Field("official_leadership", "follow_up"))
def test_actions_that_are_followed_up_settle_more() -> None:
    assert down(gain("undetected_risk_time", _board(follow_up=1), _board(follow_up=0.2)))


@carries("R73", Lever("external_challenge"), Parameter("audit_gain", 0.0),
         Parameter("challenge_gain", 0.0))
def test_external_challenge_curbs_gaming_and_optimism() -> None:
    challenged = {"sanctions": 1, "external_challenge": 1}
    assert down(gain("gaming_events", challenged, {"sanctions": 1}, team()))
    soft = edit(team(indicators=[Indicator("f", "O0", "D0", 0.3)]), "outcomes", stretch=1.5)
    assert up(gain("realised", {"external_challenge": 1}, {}, soft))


@carries("R74", Lever("lead"), note="the deck asks; it depends on the setting")
def test_a_single_point_of_responsibility_helps_in_one_setting_and_hurts_in_another() -> None:
    distrust = team(6, technology=0.8)
    assert up(gain("attainment", {**JOINT, "lead": 1}, JOINT, distrust, trust_start=0.2,
                   mobilising_ratio=0.87))
    sustained = {**JOINT, "data_sharing": 1, "funding_horizon": 1, "delivery_agreement": 1,
                 "collective_priorities": 1}
    trusting = edit(team(3, technology=-3.0), "outcomes", stretch=1.8)
    assert down(gain("attainment", {**sustained, "lead": 1}, sustained, trusting,
                     trust_start=0.8, mobilising_ratio=0.3))


@carries("R75", Field("local_governance", "tiers"), Lever("local_governance"))
def test_governance_replicated_further_down_makes_further_tiers_clear() -> None:
    below = Body("C", "C", ("B", "D0"), ("O0", "O1"), (0.8, 0.8), 50)
    scenario = opposed(team(2, 2, bodies=[SHARED_BODY, below]))

    def clarity(tiers: int) -> Floats:
        boards = {"local_governance": {"strength": 1, "tiers": tiers}}
        return story(boards, scenario, months=2).flows[-1].clarity

    assert up((clarity(2) - clarity(1))[1], by=0.005)
    none = story({}, scenario, months=2).flows[-1].clarity
    assert up((clarity(1) - none)[0], by=0.005)


@carries("R76", Lever("process_alignment"), Parameter("link_cost", 0.0))
def test_aligned_processes_cheapen_working_together() -> None:
    aligned = {**JOINT, "process_alignment": 1}
    assert down(gain("overhead", aligned, JOINT, team(6), link_cost=0.005))
