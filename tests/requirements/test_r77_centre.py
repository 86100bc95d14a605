"""The role of the centre, R77-R84, and the deck's headings, R85."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from psasim.declared.declare import Heading
from psasim.declared.levers import LEVERS
from psasim.declared.parameters import PARAMETERS
from psasim.engines.inputs import Package
from psasim.month.ledger import LINES
from psasim.results.measures import MEASURES
from psasim.results.simulate import simulate
from psasim.scenario import Scenario
from tests.requirements.elements import (
    Fact,
    Field,
    Headings,
    Lever,
    Mechanism,
    Parameter,
)
from tests.requirements.registry import carries
from tests.requirements.runs import (
    JOINT,
    Floats,
    coefficients,
    down,
    edit,
    gain,
    measured,
    story,
    team,
    up,
)

BEHIND = edit(team(3, 3), "outcomes", stretch=2.5)


@carries("R77", Lever("joint_targets"))
def test_joint_targets_share_ownership_in_a_vector_that_can_be_set() -> None:
    shared = coefficients(JOINT, team(4)).accountability
    np.testing.assert_allclose(shared, 0.25)
    half = coefficients({"joint_targets": 0.5}, team(4)).accountability
    np.testing.assert_allclose(half.ravel(), [0.625, 0.125, 0.125, 0.125])


@carries("R78", Parameter("detection_base", 0.3), Lever("sanctions"))
def test_departments_answer_to_the_centre_as_far_as_it_sees_failure() -> None:
    known = {"data_sharing": 1}
    feared = {**known, "sanctions": 1}
    assert down(measured("silo_index", feared, team(), detection_base=0.9, problem_hazard=0.0)
                - measured("silo_index", feared, team(), detection_base=0.1, problem_hazard=0.0))
    assert down(gain("silo_index", feared, known, team(), detection_base=0.9))


@carries("R79", Lever("internal_reporting"), Parameter("report_cost", 0.0))
def test_internal_reports_show_problems_and_take_capacity() -> None:
    assert down(gain("undetected_risk_time", {"internal_reporting": 1}, {}))
    assert up(gain("burden", {"internal_reporting": 1}, {}))


@carries("R80", Lever("public_reporting"), Parameter("publicity", 0.0))
def test_public_reports_move_departments_by_their_reputation() -> None:
    assert down(gain("silo_index", {"public_reporting": 1}, {}, team()))


@carries("R81", Lever("delivery_unit"), Field("delivery_unit", "capacity"),
         Mechanism("review.unit_support", lambda capacity, targets, fixed, slope: (
             0.5 + 0.0 * capacity * targets * fixed * slope)))
def test_a_delivery_unit_helps_a_few_targets_and_none_when_spread_thin() -> None:
    focused, thin = (
        {"delivery_unit": {"strength": 1, "capacity": c, "targets": 10}} for c in (20, 4)
    )
    assert down(gain("practice_loss", focused, {}, BEHIND))
    many = replace(BEHIND, other_goals=20)
    assert coefficients(thin, many).unit_support[0, 0] == 0.0


@carries("R82", Lever("escalation"), Parameter("refresh", 0.0))
def test_a_significant_risk_goes_up_and_is_attended_to() -> None:
    told = story({"escalation": 1}, BEHIND)
    assert told.total("escalated").sum() > 0
    assert not story({}, BEHIND).total("escalated").any()
    assert up((told.end.attention - story({}, BEHIND).end.attention).mean(axis=0))


@carries("R83", Lever("stocktakes"), Field("stocktakes", "period"),
         note="the lever's strength stands for the level at which stock is taken")
def test_stocktakes_find_more_the_more_often_they_are_held() -> None:
    often, seldom = ({"stocktakes": {"strength": 1, "period": p}} for p in (2, 12))
    assert down(gain("undetected_risk_time", often, seldom))
    assert down(gain("undetected_risk_time", seldom, {}))


@carries("R84", Lever("cluster_reviews"), Field("cluster_reviews", "trigger"),
         Fact("Outcome", "cluster", ""),
         Mechanism("review.behind_together", lambda behind, trigger, groups, cluster: 0.0 * behind))
def test_a_cluster_is_reviewed_once_two_of_its_goals_are_behind() -> None:
    apart = replace(BEHIND, outcomes=tuple(replace(o, cluster=o.key) for o in BEHIND.outcomes))
    reviews = {"cluster_reviews": {"strength": 1, "trigger": 2}}
    assert up(_refreshed(reviews, BEHIND), by=0.01)
    assert not _refreshed(reviews, apart).any()
    assert not _refreshed({"cluster_reviews": {"strength": 1, "trigger": 4}}, BEHIND).any()


def _refreshed(package: Package, scenario: Scenario) -> Floats:
    """Attention that reviews restore by the end."""
    ended = story(package, scenario).end.attention - story({}, scenario).end.attention
    return ended.mean(axis=0)


@carries("R85", Headings())
def test_parameters_outputs_and_causes_of_failure_carry_the_decks_headings() -> None:
    for table in (PARAMETERS, LEVERS, MEASURES):
        assert all(isinstance(item.heading, Heading) for item in table.values())
    lost = simulate("teaching", worlds=2).ledger(by=("heading",)).groupby("heading")["effort"].sum()
    assert {*lost.index} == {"", *map(str, Heading)}
    assert {line.name for line in LINES.values() if not line.heading} == {"realised"}
