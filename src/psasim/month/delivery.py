"""What becomes of effort: phases 6 and 7, down the chain and into the outcome."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from psasim.coefficients import Coefficients
from psasim.mechanisms import produce
from psasim.mechanisms.clear import (
    agreement_chance,
    clear,
    cleared_share,
    coherence,
    drawn_along,
)
from psasim.mechanisms.ordered_sum import Floats, ordered_sum
from psasim.mechanisms.review import combine
from psasim.month.decisions import Decisions, Requests
from psasim.month.state import Shocks, State
from psasim.structure.layout import Layout


def clear_chain(
    state: State,
    layout: Layout,
    k: Coefficients,
    shocks: Shocks,
    effort: Floats,
    support: Floats,
    decisions: Decisions,
) -> tuple[Floats, Floats]:
    """6. Cleared part of each link, and clarity of direction of each body."""
    chain = layout.chain
    clarity = _clarity(layout, k, effort)
    chance = agreement_chance(
        k.agreement_max, k.agreement_floor, clarity.take(chain.body, axis=0), state.buy_in,
        support, chain.outcome,
    )
    agreed = decisions.agree(
        Requests(state.month + 1, chance, state.buy_in, chain.count, shocks.body, clarity)
    )
    return clear(state.cleared, agreed, k.relapse, chain.count, shocks.body), clarity


def _clarity(layout: Layout, k: Coefficients, effort: Floats) -> Floats:
    """Clarity of direction of each body: its parents' coherence, passed on from above."""
    asked = layout.chain.directions
    given = effort.take(layout.task_of_contribution, axis=0)
    entries = given.take(asked.contribution, axis=0)
    drawn = drawn_along(
        effort.take(layout.task_of_own, axis=0),
        ordered_sum(given, layout.contributions_by_department),
    )
    own = layout.department.take(asked.contribution.take(asked.own))
    entries[asked.own] *= drawn.take(own, axis=0)
    legs = ordered_sum(entries, asked.by_leg)
    vectors = ordered_sum(legs, asked.legs_by_vector)
    resultant = np.sqrt(ordered_sum(vectors * vectors, asked.vectors_by_body))
    lengths = np.sqrt(ordered_sum(legs * legs, asked.legs_by_parent))
    clarity: Floats = np.ones((layout.chain.tier_of_body.size, effort.shape[1]))
    clarity[asked.bodies] = coherence(resultant, ordered_sum(lengths, asked.parents_by_body))
    clarity = combine(clarity, k.clarity_lift)
    for tier in layout.chain.descents:
        above = ordered_sum(clarity.take(tier.parents, axis=0), tier.by_body)
        clarity[tier.bodies] *= (tier.departments + above) / tier.number
    return clarity


class Made(NamedTuple):
    """What a month produced; (C) but output and real (O)."""

    distortion: Floats
    chain: Floats
    practice: Floats
    mix: Floats
    realised: Floats
    scarcity: Floats
    output: Floats
    real: Floats


def produce_outcomes(
    state: State,
    layout: Layout,
    k: Coefficients,
    shocks: Shocks,
    given: Floats,
    cleared: Floats,
    effectiveness: Floats,
    problem: Floats,
    distorted: Floats,
) -> Made:
    """7. Delivered effort, what is lost on the way, and the outcome."""
    chain = layout.chain
    share = cleared_share(cleared, chain.weight, chain.by_slot, chain.slots_by_contribution)
    distortion = given * distorted
    meant = given - distortion
    passed = meant * share
    chain_loss = np.subtract(meant, passed, out=meant)
    delivered = passed * effectiveness
    delivered *= (1.0 - k.problem_harm * problem).take(layout.outcome, axis=0)
    practice_loss = np.subtract(passed, delivered, out=passed)
    usual = k.business_as_usual * k.planned
    intensity = np.multiply(delivered, 1.0 / usual, out=delivered)
    intensity += 1.0
    groups, of = layout.by_outcome, layout.outcome
    made = produce.aggregate(intensity, k.share, layout.technology, groups, of)
    realised, mix = produce.split(intensity, made.aggregate, k.share, usual, groups, of)
    output = k.business_as_usual * (made.aggregate - 1.0)
    return Made(
        distortion=distortion,
        chain=chain_loss,
        practice=practice_loss,
        mix=mix,
        realised=realised,
        scarcity=made.scarcity,
        output=output,
        real=produce.advance(
            state.real, k.keep, k.gain, output, k.volatility * shocks.outcome
        ),
    )
