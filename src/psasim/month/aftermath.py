"""What follows: phases 9 and 10, what the centre sees and what everybody learns."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from psasim.coefficients import Coefficients
from psasim.mechanisms import learn, review
from psasim.mechanisms.chance import MONTHS_A_YEAR
from psasim.mechanisms.ordered_sum import Floats, ordered_sum
from psasim.mechanisms.ratchet import raised_aim
from psasim.month.decisions import Desk, Review
from psasim.month.delivery import Made
from psasim.month.publication import News
from psasim.month.state import Shocks, State
from psasim.structure.layout import Layout


def given_support(state: State, k: Coefficients) -> Floats:
    """Support of the delivery unit for each outcome, (O, R); one column of 0 without a unit."""
    if not k.delivery_unit.any():
        return np.zeros((len(state.supported), 1))
    return k.unit_support * state.supported


def desk(month: int, k: Coefficients, news: News) -> Desk:
    """What the centre sees: the published figures."""
    return Desk(
        month=month,
        gap=news.gap,
        fresh=news.fresh,
        priority=k.priority,
        period=k.stocktake_period,
        trigger=k.cluster_trigger,
        targets=k.unit_targets,
        tolerance=k.rating_tolerance,
    )


def next_aim(month: int, state: State, k: Coefficients, news: News) -> Floats:
    """9. What a ratchet has added to the aim, (O, R): once a year, from published figures."""
    if month % MONTHS_A_YEAR or not k.ratchet.any():
        return state.ratcheted
    return raised_aim(state.ratcheted, k.ratchet, -news.gap)


def detect(
    month: int,
    layout: Layout,
    k: Coefficients,
    shocks: Shocks,
    problem: Floats,
    handled: Review,
) -> Floats:
    """9. Problems that are seen at the end of the month, and so resolved."""
    chance = review.combine(
        k.steady_detection,
        k.stocktake_chance * handled.stocktake,
        k.cluster_chance * handled.cluster,
    )
    return review.detect(problem, chance, shocks.detection)


class Learned(NamedTuple):
    """attention (O), trust and knowledge (C), buy_in (L)."""

    attention: Floats
    trust: Floats
    knowledge: Floats
    buy_in: Floats


def learned(
    state: State,
    layout: Layout,
    k: Coefficients,
    made: Made,
    activity: Floats,
    news: News,
    handled: Review,
    escalated: Floats,
) -> Learned:
    """10. Attention, trust, knowledge and buy-in at the end of the month."""
    of = layout.outcome
    refresh = review.combine(
        k.minister_refresh,
        k.stocktake_refresh * handled.stocktake,
        k.refresh * escalated,
        k.cluster_refresh * handled.cluster,
    )
    hit, bruised = _sanctioned(layout, k, news.failing)
    return Learned(
        attention=learn.attention(
            state.attention, k.attention_floor, k.attention_decay, refresh
        ),
        trust=learn.trust(
            state.trust, k.trust_rate * k.sight, activity, layout.owners, hit,
            layout.by_outcome, of, k.trust_fall,
        ),
        knowledge=learn.knowledge(
            state.knowledge, k.learning, made.realised * (1.0 / k.planned), k.sharing,
            layout.by_outcome, of,
        ),
        buy_in=learn.buy_in(state.buy_in, k.engagement, k.buy_in_rate, bruised),
    )


def _sanctioned(layout: Layout, k: Coefficients, failing: Floats) -> tuple[Floats, Floats]:
    """Trust lost to sanctions that strayed (C, R), and buy-in lost to those that landed (L, R).

    One column of 0 where nobody can be sanctioned.
    """
    links = layout.chain.contribution
    if not k.penalty.any():
        return np.zeros((layout.contributions, 1)), np.zeros((links.size, 1))
    landed = failing * (k.penalty * k.failure_detection)
    strayed = landed * (1.0 - k.attribution)
    hit = ordered_sum(strayed, layout.by_outcome).take(layout.outcome, axis=0)
    hit -= strayed
    hit *= k.misattribution_hit
    landed *= k.sanction_buy_in_hit
    return hit, landed.take(links, axis=0)
