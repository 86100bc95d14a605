"""The month: the only schedule, whoever decides.

`step` calls the mechanisms in the order of the model.  Month t reads the state at the
end of month t-1, except along that order.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from psasim.coefficients import Coefficients
from psasim.decisions import Decisions, Desk, Outlook, Requests, Returns, Review
from psasim.layout import Layout
from psasim.mechanisms import learn, overhead, perceive, produce, publish, review
from psasim.mechanisms import stake as stakes
from psasim.mechanisms.allocate import adjust, allocate
from psasim.mechanisms.clear import agreement_chance, clear, coherence, cleared_share
from psasim.mechanisms.mobilise import volunteer_chance
from psasim.mechanisms.rate import counted_share, fco_band
from psasim.mechanisms.ordered_sum import Floats, either, ordered_any, ordered_max, ordered_sum
from psasim.state import Flows, Shocks, State


def start(layout: Layout, k: Coefficients, runs: int) -> State:
    """State before the first month: departments at work for their own missions only."""
    outcomes = np.zeros((layout.outcomes, runs))
    contributions = np.zeros((layout.contributions, runs))
    indicators = np.zeros((layout.indicators, runs))
    known = k.knowledge_start + contributions
    product = learn.effectiveness(k.effectiveness_base, known, 0.0)
    mission = _mission(k, 1)
    stake = stakes.stake(k.value[layout.outcome], 1.0, product, mission, 0.0, 0.0)
    usable = np.maximum(k.capacity - k.fixed_overhead, 0.0) + np.zeros((1, runs))
    effort = allocate(
        layout.tasks(stake, k.own_value + np.zeros((1, runs))), k.task_size, k.capacity, usable,
        k.substitution, layout.by_department, layout.task_department,
    )
    given = effort.take(layout.task_of_contribution, axis=0)
    return State(
        month=0,
        real=outcomes,
        figures=(indicators,) * (layout.longest_lag + 1),
        effort=effort,
        activity=np.minimum(1.0, given / k.planned),
        scarcity=contributions + 1.0,
        mobilised=outcomes,
        problem=outcomes,
        escalated=outcomes,
        supported=outcomes,
        attention=k.attention_start + outcomes,
        trust=k.trust_start + contributions,
        knowledge=known,
        buy_in=k.buy_in_start + np.zeros((layout.chain.body.size, runs)),
        cleared=np.zeros((layout.chain.body.size, runs)),
        published=indicators,
        standing=indicators,
        gap=outcomes,
        gaming_spend=np.zeros((layout.departments, runs)),
    )


def step(
    state: State, layout: Layout, k: Coefficients, shocks: Shocks, decisions: Decisions
) -> tuple[State, Flows]:
    """One month: (state at its end, what it did)."""
    month = state.month + 1
    mobilised = _mobilise(state, layout, k, shocks)
    spent, gamed, usable = _overhead(state, layout, k, mobilised)
    effectiveness = learn.effectiveness(
        k.effectiveness_base,
        state.knowledge,
        (k.unit_support * state.supported).take(layout.outcome, axis=0),
    )
    outlook = _outlook(state, layout, k, mobilised, usable, effectiveness)
    chosen = decisions.allocate(outlook)
    effort = adjust(
        state.effort, chosen, k.inertia, usable, layout.by_department, layout.task_department
    )
    given = effort.take(layout.task_of_contribution, axis=0)
    problem = review.arise(state.problem, k.problem_hazard, shocks.problem)
    cleared, clarity = _clear(state, layout, k, shocks, given, problem, decisions)
    made = _produce(state, layout, k, shocks, given, cleared, effectiveness)
    activity = np.minimum(1.0, given / k.planned)
    news = _publish(state, layout, k, shocks, made.real, activity, decisions)
    handled = decisions.review(_desk(month, k, news))
    seen = _detect(month, layout, k, shocks, problem, handled)
    escalated = np.maximum(seen, handled.escalate) * (k.escalation > 0.0)
    learned = _learn(state, layout, k, made, activity, news, handled, escalated)
    own = effort.take(layout.task_of_own, axis=0)
    flows = Flows(
        overhead=spent,
        gaming=gamed,
        slack=usable - ordered_sum(effort, layout.by_department),
        own=own,
        chain=made.chain,
        practice=made.practice,
        mix=made.mix,
        realised=made.realised,
        output=made.output,
        clarity=clarity,
        moved=news.moved,
        undetected=0.5 * (state.problem + problem),
        escalated=escalated,
        reported=news.reported,
        rated=_rated(layout, k, news),
    )
    return State(
        month=month,
        real=made.real,
        figures=news.figures,
        effort=effort,
        activity=activity,
        scarcity=made.scarcity,
        mobilised=mobilised,
        problem=problem - seen,
        escalated=escalated,
        supported=handled.support,
        attention=learned.attention,
        trust=learned.trust,
        knowledge=learned.knowledge,
        buy_in=learned.buy_in,
        cleared=cleared,
        published=news.published,
        standing=news.standing,
        gap=news.gap,
        gaming_spend=news.gaming_spend,
    ), flows


def _mission(k: Coefficients, month: int) -> Floats:
    """Own-mission value, as Cabinet agreed it from the month of agreement on."""
    return np.where(month > k.agreed_month, k.mission_after, k.mission_before)


def _mobilise(state: State, layout: Layout, k: Coefficients, shocks: Shocks) -> Floats:
    """1. Outcomes that somebody has convened, 0 or 1."""
    chance = volunteer_chance(
        k.mobilising_ratio, state.attention, k.effective_owners, k.drawers
    )
    answers = k.accountability > 0.0
    volunteers = (shocks.volunteer < chance.take(layout.outcome, axis=0)) & answers
    return np.maximum(state.mobilised, ordered_any(volunteers, layout.by_outcome))


def _overhead(
    state: State, layout: Layout, k: Coefficients, mobilised: Floats
) -> tuple[Floats, Floats, Floats]:
    """4. What coordination, reports and last month's gaming leave of capacity."""
    called = (
        k.convened_overhead * mobilised.take(layout.outcome, axis=0)
        + k.escalation_cost * state.escalated.take(layout.outcome, axis=0)
    )
    total = k.fixed_overhead + ordered_sum(called, layout.contributions_by_department)
    return overhead.capacity_left(k.capacity, total, state.gaming_spend)


def _outlook(
    state: State,
    layout: Layout,
    k: Coefficients,
    mobilised: Floats,
    usable: Floats,
    effectiveness: Floats,
) -> Outlook:
    """2 and 3. What departments perceive, and what each contribution is worth to them."""
    of = layout.outcome
    month = state.month + 1
    plan_of_outcome = produce.plan_path(state.month, k.log_keep, k.target_month)
    plan = plan_of_outcome.take(of, axis=0)
    own = perceive.live_figure(
        k.own_validity, state.real.take(of, axis=0),
        publish.counted_activity(state.activity, k.planned_yield), layout.owns, plan,
    )
    mean = ordered_sum(layout.measure_weight * own, layout.by_outcome)
    shared = either(layout.measured, mean, plan_of_outcome).take(of, axis=0)
    seen = perceive.perceived_progress(k.sight, shared, own)
    need = perceive.need(plan, seen, k.urgency, k.urgency_cap, k.stop_margin, k.stop_band)
    product = perceive.perceived_product(effectiveness, k.sight, state.scarcity, k.mix_cap)
    mutual = stakes.reciprocity(k.horizon, state.trust, k.sight)
    responsibility = stakes.responsibility(
        k.accountability, mutual, layout.owners, k.influence, k.incentive
    )
    mission = _mission(k, month)
    attention = (state.attention * mobilised).take(of, axis=0)
    stake = stakes.stake(
        k.value.take(of, axis=0), need, product, mission, attention, responsibility
    )
    return Outlook(
        month=month,
        stake=layout.tasks(stake, k.own_value),
        size=k.task_size,
        effort=state.effort,
        capacity=k.capacity,
        usable=usable,
        substitution=k.substitution,
        plan=plan,
        seen=seen,
        need=need,
        product=product,
        responsibility=responsibility,
        mission=mission,
        trust=state.trust,
        sight=k.sight,
        attention=state.attention,
        mobilised=mobilised,
    )


def _clear(
    state: State,
    layout: Layout,
    k: Coefficients,
    shocks: Shocks,
    given: Floats,
    problem: Floats,
    decisions: Decisions,
) -> tuple[Floats, Floats]:
    """6. Cleared part of each link, and clarity of direction of each body."""
    chain = layout.chain
    clarity = _clarity(layout, k, given)
    support = (k.unit_support * state.supported).take(chain.outcome, axis=0)
    chance = agreement_chance(
        k.agreement_max, k.agreement_floor, clarity.take(chain.body, axis=0), state.buy_in,
        support,
    )
    agreed = decisions.agree(
        Requests(state.month + 1, chance, state.buy_in, chain.count, shocks.body, clarity)
    )
    is_open = 1.0 - problem.take(chain.outcome, axis=0)
    return clear(
        state.cleared, agreed, is_open, k.relapse, chain.count, shocks.body
    ), clarity


def _clarity(layout: Layout, k: Coefficients, given: Floats) -> Floats:
    """Clarity of direction of each body: its parents' coherence, passed on from above."""
    asked = layout.chain.directions
    legs = ordered_sum(given.take(asked.contribution, axis=0), asked.by_leg)
    vectors = ordered_sum(legs, asked.legs_by_vector)
    resultant = np.sqrt(ordered_sum(vectors * vectors, asked.vectors_by_body))
    lengths = np.sqrt(ordered_sum(legs * legs, asked.legs_by_parent))
    clarity = np.ones((layout.chain.tier_of_body.size, given.shape[1]))
    clarity[asked.bodies] = coherence(resultant, ordered_sum(lengths, asked.parents_by_body))
    clarity = review.combine(clarity, k.clarity_lift)
    for tier in layout.chain.descents:
        above = ordered_sum(clarity.take(tier.parents, axis=0), tier.by_body)
        clarity[tier.bodies] *= (tier.departments + above) / tier.number
    return clarity


class _Made(NamedTuple):
    """What a month produced; (C) but output and real (O)."""

    chain: Floats
    practice: Floats
    mix: Floats
    realised: Floats
    scarcity: Floats
    output: Floats
    real: Floats


def _produce(
    state: State,
    layout: Layout,
    k: Coefficients,
    shocks: Shocks,
    given: Floats,
    cleared: Floats,
    effectiveness: Floats,
) -> _Made:
    """7. Delivered effort, what is lost on the way, and the outcome."""
    chain = layout.chain
    share = cleared_share(cleared, chain.weight, chain.by_slot, chain.slots_by_contribution)
    passed = given * share
    delivered = passed * effectiveness
    base = k.business_as_usual
    intensity = base + delivered / k.planned
    groups, of = layout.by_outcome, layout.outcome
    made = produce.aggregate(intensity, k.share, layout.technology, groups, of)
    realised, mix = produce.split(
        intensity, made.aggregate, k.share, k.planned, base, groups, of
    )
    output = made.aggregate - base
    return _Made(
        chain=given - passed,
        practice=passed - delivered,
        mix=mix,
        realised=realised,
        scarcity=made.scarcity,
        output=output,
        real=produce.advance(
            state.real, k.keep, k.gain, output, k.volatility * shocks.outcome
        ),
    )


class _News(NamedTuple):
    """What is published; (I) but gap, fresh, reported (O), failing (C), moved, spend (D)."""

    figures: tuple[Floats, ...]
    published: Floats
    standing: Floats
    gap: Floats
    fresh: Floats
    reported: Floats
    failing: Floats
    moved: Floats
    gaming_spend: Floats


def _figures(
    state: State, layout: Layout, k: Coefficients, shocks: Shocks, real: Floats, activity: Floats
) -> tuple[Floats, ...]:
    """What the indicators show for this month, before the figures of earlier months."""
    now = publish.indicator(
        layout.validity,
        real.take(layout.indicator_outcome, axis=0),
        publish.counted_activity(activity, k.planned_yield).take(
            layout.indicator_contribution, axis=0
        ),
        k.noise * shocks.noise,
    )
    return (now, *state.figures[:-1])


def _publish(
    state: State,
    layout: Layout,
    k: Coefficients,
    shocks: Shocks,
    real: Floats,
    activity: Floats,
    decisions: Decisions,
) -> _News:
    """8. Figures of departments whose turn it is, some of them moved to the threshold."""
    month = state.month + 1
    figures = _figures(state, layout, k, shocks, real, activity)
    runs = real.shape[1]
    published, standing = state.published.copy(), state.standing.copy()
    fresh = np.zeros((layout.indicators, runs))
    moved, cost, failing = np.zeros_like(fresh), np.zeros_like(fresh), np.zeros_like(fresh)
    turn = ((month - k.phase) % k.publishing_interval == 0.0).take(
        layout.indicator_department, axis=0
    )
    for lag, rows in layout.lags:
        rows = rows[turn[rows].any(axis=1)] if month > lag else rows[:0]
        if not rows.size:
            continue
        due = 1.0 * turn[rows]
        plan = produce.plan_path(month - lag, k.log_keep, k.target_month)
        plan = plan.take(layout.indicator_outcome[rows], axis=0)
        figure = figures[lag].take(rows, axis=0)
        threshold = 1.0 + k.milestone * (plan - 1.0)
        width = k.gaming_width.take(rows, axis=0)
        told = decisions.game(Returns(month, rows, figure, threshold, width))
        published[rows] = either(due, told, published[rows])
        standing[rows] = either(due, plan, standing[rows])
        fresh[rows] = due
        moved[rows] = due * (told != figure)
        failing[rows] = due * (told < plan - k.rating_tolerance)
        cost[rows] = due * publish.gaming_loss(figure, told, k.gaming_cost)
    number = np.maximum(layout.indicator_count, 1.0)
    reported = ordered_sum(published, layout.indicators_by_outcome) / number
    planned = ordered_sum(standing, layout.indicators_by_outcome) / number
    by_department = layout.indicators_by_department
    return _News(
        figures=figures,
        published=published,
        standing=standing,
        gap=planned - reported,
        fresh=ordered_max(fresh, layout.indicators_by_outcome),
        reported=reported,
        failing=ordered_sum(failing, layout.indicators_by_contribution)
        / np.maximum(layout.indicators_owned, 1.0),
        moved=ordered_sum(moved, by_department),
        gaming_spend=k.gaming_effort * k.capacity * ordered_sum(cost, by_department),
    )


def closing_figures(state: State, layout: Layout, k: Coefficients, decisions: Decisions) -> Floats:
    """Figures the closing assessment will publish *for* the last month, (I, R)."""
    rows = np.arange(layout.indicators)
    plan = produce.plan_path(state.month, k.log_keep, k.target_month)
    plan = plan.take(layout.indicator_outcome, axis=0)
    threshold = 1.0 + k.milestone * (plan - 1.0)
    return decisions.game(
        Returns(state.month, rows, state.figures[0], threshold, k.gaming_width)
    )


def _rated(layout: Layout, k: Coefficients, news: _News) -> Floats:
    """FCO band of each outcome; a figure not yet out does not count."""
    counts = (news.published >= news.standing - k.rating_tolerance) & (news.standing > 0.0)
    return fco_band(counted_share(counts, layout.indicators_by_outcome, layout.indicator_count))


def _desk(month: int, k: Coefficients, news: _News) -> Desk:
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


def _detect(
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


class _Learned(NamedTuple):
    """attention (O), trust and knowledge (C), buy_in (L)."""

    attention: Floats
    trust: Floats
    knowledge: Floats
    buy_in: Floats


def _learn(
    state: State,
    layout: Layout,
    k: Coefficients,
    made: _Made,
    activity: Floats,
    news: _News,
    handled: Review,
    escalated: Floats,
) -> _Learned:
    """10. Attention, trust, knowledge and buy-in at the end of the month."""
    of = layout.outcome
    refresh = review.combine(
        k.minister_refresh,
        k.stocktake_refresh * handled.stocktake,
        k.escalation_refresh * escalated,
        k.cluster_refresh * handled.cluster,
    )
    landed = news.failing * k.penalty * k.failure_detection
    strayed = landed * (1.0 - k.attribution)
    all_strayed = ordered_sum(strayed, layout.by_outcome).take(of, axis=0)
    hit = k.misattribution_hit * (all_strayed - strayed)
    bruised = (k.sanction_buy_in_hit * landed).take(layout.chain.contribution, axis=0)
    return _Learned(
        attention=learn.attention(
            state.attention, k.attention_floor, k.attention_decay, refresh
        ),
        trust=learn.trust(
            state.trust, k.trust_rate * k.sight, activity, layout.owners, hit,
            layout.by_outcome, of,
        ),
        knowledge=learn.knowledge(
            state.knowledge, k.learning, made.realised / k.planned, k.sharing,
            layout.by_outcome, of,
        ),
        buy_in=learn.buy_in(state.buy_in, k.engagement, k.buy_in_rate, bruised),
    )
