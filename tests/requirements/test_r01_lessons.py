"""Key lessons on delivery, R1-R5."""

from __future__ import annotations

import numpy as np

from psasim.results.measures import MEASURES
from psasim.scenario import Body
from tests.requirements.elements import Fact, Field, Lever, Measure, Mechanism, Parameter
from tests.requirements.registry import carries
from tests.requirements.runs import (
    JOINT,
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


@carries("R1", Field("delivery_agreement", "roles", 0.0), Parameter("early_evidence", 0.0),
         note="the plan's validity is knowledge at the start, its clarity that of direction")
def test_a_plan_from_the_outset_is_clearer_within_half_a_year_and_knows_more() -> None:
    assert up(gain("clarity", {"delivery_agreement": 1}, months=6), by=0.01)
    assert up(gain("knowledge", {"frontline_engagement": 1}, months=1), by=0.05)


@carries("R2", Mechanism("accountability.accountability_shares",
                         lambda joint, lead, marker, owners, concentration: 0.0 * joint * marker),
         Lever("lead"), note="per contribution: a body answers to its parents, without a share")
def test_all_of_an_outcome_is_answered_for_and_effort_follows_the_answering() -> None:
    lone, shared, led = ({}, JOINT, {**JOINT, "lead": 1})
    for package in (lone, shared, led):
        k = coefficients(package, team(4))
        np.testing.assert_allclose(k.accountability.sum(axis=0), 1.0)
    held, equal = (coefficients(package, team(4)).accountability[0] for package in (led, shared))
    assert held > equal
    effort = story(lone, team(4), worlds=8).effort().mean(axis=1)
    assert (effort[0] > effort[1:]).all()


@carries("R3", Mechanism("clear.agreement_chance",
                         lambda highest, floor, clarity, buy_in, *rest: 0.3 + 0.0 * buy_in))
def test_a_chain_agrees_as_far_as_it_is_clear_and_bought_in() -> None:
    willing, unwilling = (team(2, bodies=line(1, alignment)) for alignment in (0.9, 0.3))
    assert up((story({}, willing).end.cleared - story({}, unwilling).end.cleared)[0])
    shared = Body("B", "B", ("D0", "D1"), ("O0", "O1"), (0.9, 0.9), 50)
    united = team(2, 2, bodies=[shared])
    divided = story({}, opposed(united)).end.cleared - story({}, united).end.cleared
    assert down(divided.mean(axis=0))


@carries("R4", Mechanism("mobilise.volunteer_chance",
                         lambda cost_benefit, attention, owners, drawers: 1.0 + 0.0 * attention),
         Measure("time_to_mobilise"), Parameter("mobilising_ratio", 0.0))
def test_the_more_owners_the_longer_they_wait_and_the_less_is_delivered_meanwhile() -> None:
    waits = [measured("time_to_mobilise", JOINT, team(n), worlds=150).mean() for n in (2, 3, 6)]
    assert waits == sorted(waits) and waits[0] > 1.0 and waits[2] > waits[0] + 1.0
    early = [measured("attainment", JOINT, team(n), months=12, worlds=150) for n in (1, 2, 6)]
    assert down(early[1] - early[0]) and down(early[2] - early[1])


@carries("R5", Fact("Department", "own_value", 1.0), Measure("silo_index"))
def test_departments_that_prize_their_own_agenda_are_silos() -> None:
    inward, open_minded = (
        edit(team(), "departments", own_value=value) for value in (1.4, 0.7)
    )
    assert up(measured("silo_index", {}, inward) - measured("silo_index", {}, open_minded))
    assert MEASURES["silo_index"].good == -1
