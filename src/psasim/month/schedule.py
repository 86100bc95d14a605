"""The month: the only schedule, whoever decides.

`step` calls the mechanisms in the order of the model.  Month t reads the state at the
end of month t-1, except along that order.
"""

from __future__ import annotations

import numpy as np

from psasim.coefficients import Coefficients
from psasim.mechanisms import learn, publish, review
from psasim.mechanisms import stake as stakes
from psasim.mechanisms.ordered_sum import ordered_sum
from psasim.month.aftermath import desk, detect, given_support, learned, next_aim
from psasim.month.commitment import mission_value, mobilise, outlook, overheads, reorganised
from psasim.month.decisions import Decisions, without_a_past
from psasim.month.delivery import clear_chain, produce_outcomes
from psasim.month.publication import publish_figures, rated
from psasim.month.state import Flows, Shocks, State
from psasim.structure.layout import Layout


def start(layout: Layout, k: Coefficients, runs: int) -> State:
    """State before the first month: departments at work for their own missions only."""
    outcomes = np.zeros((layout.outcomes, runs))
    contributions = np.zeros((layout.contributions, runs))
    indicators = np.zeros((layout.indicators, runs))
    known = k.knowledge_start + contributions
    product = learn.effectiveness(k.effectiveness_base, known, outcomes, layout.outcome)
    stake = stakes.stake(
        k.value[layout.outcome], 1.0 + contributions, product, mission_value(k, 1),
        contributions, contributions,
    )
    usable = np.maximum(k.capacity - k.fixed_overhead, 0.0) + np.zeros((1, runs))
    taken = np.minimum(k.capacity, k.fixed_overhead)
    effort = without_a_past(
        layout, layout.tasks(stake, k.own_value + np.zeros((1, runs))), k.task_size, k.capacity,
        usable, k.substitution, taken,
    )
    begun = k.start + outcomes
    return State(
        month=0,
        real=begun,
        figures=(indicators,) * (layout.longest_lag + 1),
        effort=effort,
        counted=begun.take(layout.outcome, axis=0),
        scarcity=contributions + 1.0,
        mobilised=layout.convened + outcomes,
        problem=outcomes,
        escalated=outcomes,
        supported=outcomes,
        attention=k.attention_start + outcomes,
        trust=k.trust_start + contributions,
        knowledge=known,
        buy_in=k.buy_in_start + np.zeros((layout.chain.body.size, runs)),
        cleared=np.zeros((layout.chain.body.size, runs)),
        published=indicators,
        standing=np.zeros((layout.indicators, k.phase.shape[1])),
        gap=outcomes,
        ratcheted=outcomes,
        reported=outcomes,
        out=np.zeros((layout.outcomes, k.phase.shape[1])),
        gaming_spend=np.zeros((layout.departments, runs)),
    )


def step(
    state: State, layout: Layout, k: Coefficients, shocks: Shocks, decisions: Decisions
) -> tuple[State, Flows]:
    """One month: (state at its end, what it did)."""
    month = state.month + 1
    k = k.at(month)
    state = reorganised(state, k)
    mobilised = mobilise(state, layout, k, shocks)
    spent, gamed, usable = overheads(state, layout, k, mobilised)
    support = given_support(state, k)
    effectiveness = learn.effectiveness(
        k.effectiveness_base, state.knowledge, support, layout.outcome
    )
    view = outlook(state, layout, k, mobilised, usable, spent + gamed, effectiveness)
    effort = decisions.allocate(view)
    given = effort.take(layout.task_of_contribution, axis=0)
    problem = review.arise(state.problem, k.problem_hazard, shocks.problem)
    cleared, clarity = clear_chain(
        state, layout, k, shocks, effort, support, decisions
    )
    made = produce_outcomes(
        state, layout, k, shocks, given, cleared, effectiveness, problem, view.distorted
    )
    activity = publish.activity(given, k.planned)
    counted = publish.count_on(
        state.counted, k.keep.take(layout.outcome, axis=0),
        k.count_gain.take(layout.outcome, axis=0), activity,
    )
    news = publish_figures(state, layout, k, shocks, made.real, counted, decisions)
    handled = decisions.review(desk(month, k, news))
    seen = detect(month, layout, k, shocks, problem, handled)
    escalated = k.escalation * np.maximum(seen, handled.escalate)
    after = learned(state, layout, k, made, activity, news, handled, escalated)
    own = effort.take(layout.task_of_own, axis=0)
    flows = Flows(
        overhead=spent,
        gaming=gamed,
        slack=usable - ordered_sum(effort, layout.by_department),
        own=own,
        distortion=made.distortion,
        chain=made.chain,
        practice=made.practice,
        mix=made.mix,
        realised=made.realised,
        output=made.output,
        clarity=clarity,
        moved=news.moved,
        undetected=0.5 * (state.problem + problem),
        escalated=escalated,
        reported=np.where(news.out > 0.0, news.reported, np.nan),
        rated=rated(layout, k, news),
    )
    return State(
        month=month,
        real=made.real,
        figures=news.figures,
        effort=effort,
        counted=counted,
        scarcity=made.scarcity,
        mobilised=mobilised,
        problem=problem - seen,
        escalated=escalated,
        supported=k.delivery_unit * handled.support,
        attention=after.attention,
        trust=after.trust,
        knowledge=after.knowledge,
        buy_in=after.buy_in,
        cleared=cleared,
        published=news.published,
        standing=news.standing,
        gap=news.gap,
        ratcheted=next_aim(month, state, k, news),
        reported=news.reported,
        out=news.out,
        gaming_spend=news.gaming_spend,
    ), flows
