"""Challenges by example, R25-R42."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from psasim.month import step
from psasim.month.decisions import Everyone
from psasim.month.worlds import draw_worlds
from psasim.scenario import Body, Scenario
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
    SEED,
    TWO_FIGURES,
    Floats,
    coefficients,
    down,
    edit,
    gain,
    line,
    measured,
    story,
    team,
    up,
)


@carries("R25", Lever("data_sharing"),
         Mechanism("perceive.perceived_product",
                   lambda effectiveness, sight, scarcity, cap: effectiveness + 0.0 * scarcity))
def test_unshared_a_department_decides_without_its_partners_state() -> None:
    assert _answer_to_a_partners_absence(0.0) == 0.0
    assert _answer_to_a_partners_absence(1.0) > 0.0001


def _answer_to_a_partners_absence(shared: float) -> float:
    """How far D0's effort moves once its partners' contributions have become scarce."""
    told = story({"data_sharing": shared}, team(), months=3, worlds=4, sight_base=0.0)
    state = told.end
    scarce = state.scarcity.copy()
    scarce[0] *= 0.5
    shocks = draw_worlds(told.layout, SEED, range(4), 4).month(3)
    after = [
        step(item, told.layout, told.k, shocks, Everyone(told.layout))[0].effort
        for item in (state, replace(state, scarcity=scarce))
    ]
    return float(np.abs(after[1] - after[0]).max())


@carries("R26", Fact("Department", "own_value", 1.0),
         Mechanism("allocate.allocate", lambda stake, size, *rest: 0.2 * size + 0.0 * stake))
def test_the_more_its_own_targets_matter_the_less_a_department_gives_to_shared_ones() -> None:
    own_first = edit(team(), "departments", key="D1", own_value=1.5)
    given, usual = (story(JOINT, scenario, worlds=8).effort() for scenario in (own_first, team()))
    assert (given[1] < 0.9 * usual[1]).all()


@carries("R27", Field("lead", "kind"), Lever("lead"))
def test_four_kinds_of_lead_make_four_ways_of_answering() -> None:
    kinds = {
        kind: coefficients({**JOINT, "lead": {"strength": 1, "kind": kind}}, team(4))
        for kind in ("none", "single", "two", "all")
    }
    ways = {tuple(np.round(k.accountability[:, 0], 6)) for k in kinds.values()}
    assert len(ways) == 4
    waits = {kind: k.effective_owners[0, 0] for kind, k in kinds.items()}
    assert waits["single"] == 1.0 and waits["two"] == 2.0 and waits["all"] == 4.0


@carries("R28", Lever("pooled_budget"), Field("pooled_budget", "share"))
def test_a_small_ring_fenced_team_delivers_more_than_it_costs() -> None:
    small = {"pooled_budget": {"strength": 1, "share": 0.1}}
    large = {"pooled_budget": {"strength": 1, "share": 0.3}}
    assert down(gain("silo_index", small, {}, team()))
    assert down(gain("silo_index", large, small, team()), by=0.003)
    assert up(gain("attainment", small, {}, team(load=0.6)))


@carries("R29", Measure("slack"), Parameter("mission_level", 0.65))
def test_what_lack_of_will_leaves_undone_is_slack_and_not_lack_of_capacity() -> None:
    unwilling, willing = (measured("slack", {}, team(), mission_level=w) for w in (0.1, 1.5))
    assert up(unwilling - willing) and unwilling.mean() > 0.02


@carries("R30", Fact("Contribution", "mission", 0.0), Lever("collective_priorities"))
def test_owners_with_different_priorities_give_what_does_not_fit_until_they_agree() -> None:
    differing = team(3, missions=(1.5, 0.0, -1.5))
    assert up(measured("mix_loss", {}, differing) - measured("mix_loss", {}, team(3)))
    assert down(gain("mix_loss", {"collective_priorities": 1}, {}, differing))


@carries("R31", Fact("Department", "capacity", 5.0),
         Mechanism("allocate.allocate", lambda stake, size, *rest: 0.2 * size + 0.0 * stake))
def test_the_same_capacity_over_more_work_gives_each_goal_less() -> None:
    thin = edit(team(1, 4, load=0.8), "departments", capacity=0.5)
    ample = edit(thin, "departments", capacity=2.0)
    given = [story({}, scenario, months=6, worlds=8).effort().mean() for scenario in (thin, ample)]
    assert given[0] < 0.8 * given[1]
    stretched = story({}, thin, months=6, worlds=8)
    assert (stretched.end.effort.sum(axis=0) <= 0.5 + 1e-12).all()


@carries("R32", Fact("Body", "alignment", (0.6,)),
         Mechanism("clear.cleared_share", lambda cleared, weight, by_slot, by_contribution: (
             np.ones((by_contribution.count, cleared.shape[1])))),
         note="as unequal alignment with what is asked; agencies hold no causal models")
def test_agencies_that_differ_on_what_is_needed_hold_up_their_chain() -> None:
    agreed, differing = (team(1, bodies=line(2, pair)) for pair in ([0.6, 0.6], [1.0, 0.2]))
    assert up(measured("chain_loss", {}, differing) - measured("chain_loss", {}, agreed))


@carries("R33", Lever("evaluation"), Parameter("evaluation_gain", 0.0))
def test_structured_evaluation_teaches_what_works() -> None:
    assert up(gain("knowledge", {"evaluation": {"strength": 1, "diffusion": 0}}, {}))


@carries("R34", Field("evaluation", "diffusion"), Parameter("sharing_gain", 0.0),
         note="between owners of an outcome, the areas that the model tells apart")
def test_shared_practice_lets_the_others_learn_from_the_best() -> None:
    uneven = edit(team(3, missions=(2.0, 0.0, -2.0)), "outcomes", stretch=2.0)
    kept, shared = (
        story({"evaluation": {"strength": 1, "diffusion": d}}, uneven).end.knowledge for d in (0, 1)
    )
    assert up(shared[2] - kept[2])


@carries("R35", Fact("Body", "alignment", (0.6,)), Parameter("engagement_gain", 0.0))
def test_professionals_far_from_policy_agree_later_until_they_are_engaged() -> None:
    near, far = (team(1, bodies=line(1, alignment)) for alignment in (0.9, 0.2))
    assert up(measured("chain_loss", {}, far) - measured("chain_loss", {}, near))
    engaged = story({"frontline_engagement": 1}, far).end.cleared
    assert up((engaged - story({}, far).end.cleared)[0])


@carries("R36", Lever("local_governance"), Parameter("local_gain", 0.0),
         note="as buy-in of front-line bodies; local boards and early engagement win it")
def test_partnership_at_the_front_line_wins_it_for_the_outcome() -> None:
    scenario = team(2, bodies=line(3, 0.4))
    partnered, alone = (story({"local_governance": s}, scenario).end.buy_in for s in (1, 0))
    assert up((partnered - alone)[-1], by=0.05)


@carries("R37", Fact("Department", "years_funded", 2.0), Lever("funding_horizon"),
         Parameter("relapse", 0.0))
def test_short_term_funding_lets_partnerships_lapse() -> None:
    long, short = (
        edit(team(2, bodies=line(2)), "departments", years_funded=years) for years in (8.0, 1.1)
    )
    assert down((story({}, short).end.cleared - story({}, long).end.cleared).mean(axis=0))
    certain = story({"funding_horizon": 1}, short).end.cleared
    assert up((certain - story({}, short).end.cleared).mean(axis=0))


@carries("R38", Fact("Body", "alignment", lambda body: (0.5,) * len(body.outcomes)),
         Lever("local_governance"))
def test_an_agency_clears_first_what_it_puts_first_until_a_local_board_settles_it() -> None:
    body = Body("B", "B", ("D0", "D1"), ("O0", "O1"), (0.9, 0.1), 50)
    scenario = team(2, 2, bodies=[body])

    def apart(package: dict[str, float]) -> Floats:
        told = story(package, scenario, worlds=200)
        of = told.layout.chain.outcome
        return (told.end.cleared[of == 0] - told.end.cleared[of == 1]).mean(axis=0)

    assert up(apart({})) and down(apart({"local_governance": 1}) - apart({}))


@carries("R39", Parameter("attention_decay", 0.0), Lever("stocktakes"),
         Mechanism("learn.attention", lambda held, floor, decay, refresh: held))
def test_determination_is_lost_down_to_a_floor_unless_it_is_refreshed() -> None:
    told = story({}, team(), months=60)
    path = [state.attention.mean() for state in told.states]
    assert all(later < before for before, later in zip(path, path[1:], strict=False))
    assert abs(path[-1] - told.k.attention_floor[0, 0]) < 0.05
    assert (story({"stocktakes": 1}, team()).end.attention > path[36] + 0.05).all()


@carries("R40", Fact("Department", "reading_offset", 0.0), Measure("disagreement"))
def test_owners_who_read_success_differently_differ_over_the_same_figures() -> None:
    assert not measured("disagreement", {}, team()).any()
    strict = edit(team(), "departments", key="D1", reading_offset=-0.05)
    assert measured("disagreement", {}, strict).mean() > 0.3


@carries("R41", Fact("Indicator", "department", "D0"), Measure("disagreement"),
         Lever("process_alignment"))
def test_owners_with_measures_of_their_own_differ_until_measures_are_common() -> None:
    scenario = team(indicators=TWO_FIGURES)
    assert measured("disagreement", {}, scenario).mean() > 0.3
    assert down(gain("disagreement", {"process_alignment": 1}, {}, scenario))


@carries("R42", Fact("Department", "phase", 0), Lever("process_alignment"))
def test_owners_report_in_different_months_until_timetables_are_aligned() -> None:
    scenario = edit(team(indicators=TWO_FIGURES), "departments", key="D1", phase=3)
    assert _months_out_of_step({}, scenario) > 10
    assert _months_out_of_step({"process_alignment": 1}, scenario) == 0


def _months_out_of_step(package: dict[str, float], scenario: Scenario) -> int:
    """Months in which one of two figures is renewed without the other."""
    states = story(package, scenario, worlds=1).states
    renewed = np.array([
        (later.standing != before.standing)[:, 0]
        for before, later in zip(states, states[1:], strict=False)
    ])
    return int((renewed[:, 0] != renewed[:, 1]).sum())
