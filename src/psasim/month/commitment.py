"""What departments commit: phases 1 to 4, from convening an outcome to what it is worth."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from psasim.coefficients import Coefficients
from psasim.mechanisms import overhead, perceive
from psasim.mechanisms import stake as stakes
from psasim.mechanisms.distort import distorted_share
from psasim.mechanisms.mobilise import volunteer_chance
from psasim.mechanisms.ordered_sum import Floats, either, ordered_any, ordered_sum
from psasim.mechanisms.publish import shown_count
from psasim.mechanisms.reorganise import kept_through, settling
from psasim.month.decisions import Outlook
from psasim.month.state import Shocks, State
from psasim.structure.layout import Layout


def mission_value(k: Coefficients, month: int) -> Floats:
    """Own-mission value, as Cabinet agreed it from the month of agreement on."""
    return np.where(month >= k.agreed_month, k.mission_after, k.mission_before)


def reorganised(state: State, k: Coefficients) -> State:
    """The state once a reorganisation, if this is its month, has unsettled it."""
    if not k.reorganisation_loss.any():
        return state
    kept = kept_through(state.month + 1, k.reorganised_month, k.reorganisation_loss)
    return replace(state, trust=state.trust * kept, cleared=state.cleared * kept)


def mobilise(state: State, layout: Layout, k: Coefficients, shocks: Shocks) -> Floats:
    """1. Outcomes that somebody has convened, 0 or 1."""
    if state.mobilised.all():
        return state.mobilised
    chance = volunteer_chance(
        k.mobilising_ratio, (state.attention + k.mission_mean) * (1.0 / (1.0 + k.mission_level)),
        k.effective_owners, k.drawers,
    )
    answers = k.accountability > 0.0
    volunteers = (shocks.volunteer < chance.take(layout.outcome, axis=0)) & answers
    return np.maximum(state.mobilised, ordered_any(volunteers, layout.by_outcome))


def overheads(
    state: State, layout: Layout, k: Coefficients, mobilised: Floats
) -> tuple[Floats, Floats, Floats]:
    """4. What coordination, reports and last month's gaming leave of capacity."""
    called = mobilised.take(layout.outcome, axis=0) * k.convened_overhead
    if k.escalation.any():
        called += state.escalated.take(layout.outcome, axis=0) * k.escalation_cost
    total = k.fixed_overhead + ordered_sum(called, layout.contributions_by_department)
    if k.reorganisation_cost.any():
        month = state.month + 1
        total = total + k.capacity * settling(
            month, k.reorganised_month, k.reorganisation_cost, k.reorganisation_recovery
        )
    return overhead.capacity_left(k.capacity, total, state.gaming_spend)


def outlook(
    state: State,
    layout: Layout,
    k: Coefficients,
    mobilised: Floats,
    usable: Floats,
    taken: Floats,
    effectiveness: Floats,
) -> Outlook:
    """2 and 3. What departments perceive, and what each contribution is worth to them."""
    of = layout.outcome
    month = state.month + 1
    plan_of_outcome = k.path(state.month)
    told = either(state.out, state.reported, plan_of_outcome).take(of, axis=0)
    plan = plan_of_outcome.take(of, axis=0)
    own = perceive.live_figure(
        k.own_validity, state.real.take(of, axis=0),
        shown_count(state.counted, layout.openness), layout.owns, told,
    )
    mean = ordered_sum(layout.measure_weight * own, layout.by_outcome)
    shared = either(layout.measured, mean, plan_of_outcome).take(of, axis=0)
    seen = perceive.perceived_progress(k.sight, shared, own)
    margin = k.stop_margin
    if k.raised.any() or k.ratchet.any():
        raised = (k.raised + state.ratcheted).take(of, axis=0)
        aim = perceive.believed_aim(raised, plan, seen)
        plan, margin = aim * plan, margin + (aim - 1.0)
    need = perceive.need(plan, seen, k.urgency, k.urgency_cap, margin, k.stop_band)
    product = perceive.perceived_product(effectiveness, k.sight, state.scarcity, k.mix_cap)
    mutual = stakes.reciprocity(k.horizon, state.trust, k.sight)
    responsibility = stakes.responsibility(
        k.accountability, mutual, layout.owners, k.incentive
    )
    mission = k.will * mission_value(k, month)
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
        taken=taken,
        substitution=k.substitution,
        inertia=k.inertia,
        release=k.release,
        plan=plan,
        seen=seen,
        need=need,
        product=product,
        responsibility=responsibility,
        mission=mission,
        distorted=_distorted(k, mission, attention, responsibility),
        trust=state.trust,
        sight=k.sight,
        attention=state.attention,
        mobilised=mobilised,
        reported=state.reported,
        out=state.out,
        published=state.published,
    )


def _distorted(
    k: Coefficients, mission: Floats, attention: Floats, responsibility: Floats
) -> Floats:
    """Part of effort that goes to figures (C, R); one column of 0 where none can."""
    if not k.figure_pull.any():
        return np.zeros((len(k.figure_pull), 1))
    return distorted_share(k.figure_pull, mission, attention, responsibility)
