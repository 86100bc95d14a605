"""Challenges in cross-departmental work, R6-R24."""

from __future__ import annotations

import numpy as np

from psasim.scenario import Body, Indicator
from tests.requirements.elements import (
    Descents,
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
    Floats,
    coefficients,
    down,
    edit,
    gain,
    line,
    measured,
    opposed,
    story,
    team,
    up,
)


@carries("R6", Parameter("link_cost", 0.0),
         Mechanism("overhead.coordination_links", lambda joint, lead, marker, owners: 0.0 * owners),
         note="which department contributes to which outcome is the table of contributions; a "
              "misfit costs links between owners")
def test_an_outcome_cut_across_more_departments_takes_more_coordination() -> None:
    assert up(_overhead_of_links(6) - _overhead_of_links(3))


def _overhead_of_links(owners: int) -> Floats:
    """Overhead that joint targets add, less the attention a goal takes of each who answers."""
    return gain("overhead", JOINT, {}, team(owners), goal_cost=0.0)


@carries("R7", Mechanism("clear.coherence", lambda resultant, lengths: 1.0 + 0.0 * lengths),
         Fact("Body", "parents", lambda body: body.parents[:1]),
         note="control falls with the number of owners who direct a body, and how far they differ")
def test_shared_owners_who_want_different_things_lose_their_hold_on_the_chain() -> None:
    shared = opposed(team(2, 2, bodies=[SHARED_BODY]))
    sole = edit(shared, "bodies", parents=("D0",))
    assert down(measured("clarity", {}, shared) - measured("clarity", {}, sole))


@carries("R8", Parameter("mission_spread", 0.0), Lever("collective_priorities"))
def test_without_a_shared_vision_owners_weigh_goals_apart_and_efforts_do_not_fit() -> None:
    divided = team(3, missions=(1.5, 0.0, -1.5))
    assert up(measured("mix_loss", {}, divided)
              - measured("mix_loss", {}, divided, mission_spread=0.0))
    assert up(gain("consensus", {"collective_priorities": 1}, {}, divided), by=0.5)


@carries("R9", Lever("ministerial_attention"), Parameter("attention_start", 0.5))
def test_political_drive_fades_unless_ministers_attend() -> None:
    attention = story({}, team()).end.attention
    assert (attention < coefficients({}, team()).attention_start - 0.2).all()
    driven = story({"ministerial_attention": 1}, team()).end.attention
    assert (driven > attention + 0.1).all()


@carries("R10", Lever("official_leadership"), Parameter("official_hold", 0.0))
def test_committed_officials_keep_attention_from_fading() -> None:
    committed = story({"official_leadership": 1}, team(), months=12).end.attention
    assert (committed > story({}, team(), months=12).end.attention + 0.05).all()


@carries("R11", Lever("official_leadership"), Field("official_leadership", "seniority"))
def test_a_joined_board_settles_problems_and_one_without_powers_only_costs() -> None:
    board = {"official_leadership": {"strength": 1, "seniority": 1}}
    powerless = {"official_leadership": {"strength": 1, "seniority": 0}}
    assert down(gain("undetected_risk_time", board, {}))
    assert not gain("undetected_risk_time", powerless, {}).any()
    assert up(gain("burden", powerless, {}))


@carries("R12", Field("sanctions", "size"), Lever("sanctions"), Parameter("attribution_base", 0.0))
def test_a_sanction_bites_by_its_size_and_its_chance_to_land() -> None:
    weak, firm = ({"sanctions": {"strength": 1, "size": size}} for size in (0.2, 1.0))
    assert down(gain("silo_index", firm, weak))
    assert down(measured("silo_index", firm, attribution_base=0.8)
                - measured("silo_index", firm, attribution_base=0.1))


@carries("R13", Lever("number_of_goals"), Parameter("goal_cost", 0.0),
         Fact("Department", "capacity", 100.0))
def test_many_goals_compete_for_effort_and_for_attention() -> None:
    few, many = (story({}, team(1, n, load=0.2 * n), months=6).effort().mean() for n in (1, 5))
    assert few > 1.1 * many
    one, five = (measured("overhead", {}, team(1, n, indicators=())) for n in (1, 5))
    assert up(five - one)
    focus = {"number_of_goals": {"strength": 1, "goals": 1}}
    assert down(gain("overhead", {**JOINT, **focus}, JOINT, team(2, 5)))


@carries("R14", Descents(),
         Mechanism("clear.coherence", lambda resultant, lengths: 1.0 + 0.0 * lengths))
def test_messages_get_less_clear_tier_by_tier() -> None:
    serves = {"outcomes": ("O0", "O1", "O2"), "alignment": (0.8,) * 3, "count": 50}
    tiers = {"B0": ("D0", "D1"), "B1": ("D1", "D2"), "B2": ("D2", "D0"),
             "C0": ("B0", "B1"), "C1": ("B1", "B2"), "E0": ("C0", "C1")}
    bodies = [Body(key, key, parents, **serves) for key, parents in tiers.items()]
    clarity = story({}, opposed(team(3, 3, bodies=bodies))).flows[-1].clarity.mean(axis=1)
    first, second, third = clarity[:3].mean(), clarity[3:5].mean(), clarity[5]
    assert 0.95 > first > second + 0.01 and second > third - 1e-9


@carries("R15", Mechanism("learn.knowledge", lambda held, *rest: held),
         Mechanism("learn.effectiveness", lambda base, knowledge, *rest: 1.0 + 0.0 * knowledge))
def test_what_works_is_learned_slowly_by_doing_and_ignorance_wastes_effort() -> None:
    run = story({}, team())
    assert (run.end.knowledge > run.states[0].knowledge).all()
    assert down(measured("practice_loss", {}, knowledge_start=0.8)
                - measured("practice_loss", {}, knowledge_start=0.2))


@carries("R16", Mechanism("clear.cleared_share", lambda cleared, weight, by_slot, by_contribution: (
    np.ones((by_contribution.count, cleared.shape[1])))), Measure("chain_loss"))
def test_each_further_body_in_a_line_takes_its_toll() -> None:
    losses = [measured("chain_loss", {}, team(2, bodies=line(n))).mean() for n in (0, 1, 3, 8)]
    assert losses == sorted(losses) and losses[0] == 0.0
    assert losses[1] > 0.001 and losses[3] > losses[2] + 0.001


@carries("R17", Field("delivery_agreement", "roles", 0.0), Parameter("role_gain", 0.0),
         note="omission is the volunteer's dilemma; duplication shows as loss to mix")
def test_defined_roles_shorten_the_wait_for_a_volunteer() -> None:
    vague, spelled_out = ({**JOINT, "delivery_agreement": {"strength": 1, "roles": roles}}
                          for roles in (0, 1))
    assert down(gain("time_to_mobilise", spelled_out, vague, team(4)))


@carries("R18", Fact("Contribution", "mission", 0.0), Parameter("mission_level", 0.65))
def test_a_department_that_does_not_care_puts_little_in_though_it_answers_alike() -> None:
    run = story(JOINT, team(3, missions=(0.0, 0.0, -2.0)), worlds=8)
    effort = run.effort().mean(axis=1)
    assert effort[2] < 0.9 * effort[1]
    assert run.k.accountability[2] == run.k.accountability[1]
    assert down(measured("realised", {}, mission_level=0.4)
                - measured("realised", {}, mission_level=0.9))


@carries("R19", Parameter("trust_start", 0.4),
         Mechanism("stake.reciprocity", lambda horizon, trust, sight: 0.0 * trust),
         note="as trust of a contribution in its co-owners; no source measures the distance of "
              "each pair of departments")
def test_departments_that_do_not_trust_each_other_give_less_to_what_they_share() -> None:
    package = {**JOINT, "data_sharing": 1, "funding_horizon": 1}
    more = {"scenario": team(4), "months": 12}
    assert up(measured("realised", package, trust_start=0.9, **more)
              - measured("realised", package, trust_start=0.1, **more))


@carries("R20", Lever("delivery_unit"), Lever("internal_reporting"),
         Parameter("report_detection", 0.0))
def test_support_and_reports_find_problems_and_raise_what_works() -> None:
    assert down(gain("undetected_risk_time", {"internal_reporting": 1}, {}))
    assert up(gain("realised", {"delivery_unit": 1}, {}))


@carries("R21", Lever("sanctions"), Lever("rewards"),
         Fact("Indicator", "department", "D0"))
def test_the_owner_of_a_sub_indicator_is_moved_by_its_own_reward_and_penalty() -> None:
    figures = [Indicator("main", "O0", "D0", 0.95), Indicator("sub", "O0", "D1", 0.9)]
    scenario = team(3, indicators=figures)
    seen = {"internal_reporting": 1, "data_sharing": 1}
    plain = story(seen, scenario, worlds=8).effort().mean(axis=1)
    for lever in ("sanctions", "rewards"):
        moved = story({**seen, lever: 1}, scenario, worlds=8).effort().mean(axis=1) - plain
        assert moved[1] > 0.001 and moved[2] < moved[1]


@carries("R22", Fact("Indicator", "validity", 0.9), Fact("Indicator", "noise", 0.02),
         Fact("Indicator", "lag", 0))
def test_poor_noisy_and_late_data_mislead() -> None:
    scenario = team()

    def gap(**facts: float) -> Floats:
        return measured("reporting_gap", {}, edit(scenario, "indicators", **facts))

    assert up(gap(validity=0.3) - gap(validity=1.0))
    assert gap(noise=0.3).std() > 2.0 * gap(noise=0.01).std()
    late, prompt = (story({}, edit(scenario, "indicators", lag=lag), months=14) for lag in (12, 0))
    assert up((prompt.end.published - late.end.published)[0])


@carries("R23", Parameter("urgency", 0.0), Lever("external_challenge"),
         note="use of data is how strongly need answers to a shortfall that is seen, and how far "
              "a department judges itself by outcomes rather than activity")
def test_data_are_used_as_far_as_a_shortfall_that_is_seen_moves_effort() -> None:
    scenario = edit(team(), "outcomes", stretch=2.0)
    assert up(measured("realised", {}, scenario, urgency=4.0, urgency_cap=3.0)
              - measured("realised", {}, scenario, urgency=0.0, urgency_cap=3.0))
    soft = edit(scenario, "indicators", validity=0.2)
    assert up(gain("realised", {"external_challenge": 1}, {}, soft))


@carries("R24", Field("data_sharing", "technical"), Field("data_sharing", "willingness"),
         Lever("data_sharing"), note="one barrier for all pairs of owners of an outcome")
def test_either_barrier_alone_keeps_most_data_from_being_shared() -> None:
    def sight(**barriers: float) -> float:
        return coefficients({"data_sharing": {"strength": 1, **barriers}}).sight.mean()

    closed = coefficients().sight.mean()
    both = sight(technical=0, willingness=0)
    for one in (sight(technical=0), sight(willingness=0)):
        assert closed < both < one < closed + 0.5 * (sight() - closed)
