"""From this month's effort to what is delivered, published and learned, one number at a time.

Names as in `scalar_effort`.
"""

from __future__ import annotations

from math import exp, expm1, log, log1p, sqrt

from scalar_effort import TINY, copy, phase, unit

HUGE = 1e300  # fastmath knows no infinity


@phase
def clarity(n, k, w):
    for i in range(w.legs.size):
        w.legs[i] = 0.0
        for j in range(n.leg_start[i], n.leg_start[i + 1]):
            w.legs[i] += w.given[n.direction_contribution[n.leg_rows[j]]]
    for i in range(w.vectors.size):
        w.vectors[i] = 0.0
        for j in range(n.vector_start[i], n.vector_start[i + 1]):
            w.vectors[i] += w.legs[n.vector_rows[j]]
    w.clarity[:] = 1.0
    for i in range(n.directed.size):
        square = 0.0
        for j in range(n.vectors_of_start[i], n.vectors_of_start[i + 1]):
            square += w.vectors[n.vectors_of_rows[j]] ** 2
        lengths = 0.0
        for p in range(n.parents_of_start[i], n.parents_of_start[i + 1]):
            parent = n.parents_of_rows[p]
            length = 0.0
            for j in range(n.parent_legs_start[parent], n.parent_legs_start[parent + 1]):
                length += w.legs[n.parent_legs_rows[j]] ** 2
            lengths += sqrt(length)
        if lengths > 0.0:
            w.clarity[n.directed[i]] = min(1.0, sqrt(square) / lengths)
    for b in range(n.bodies):
        w.clarity[b] = 1.0 - (1.0 - w.clarity[b]) * (1.0 - k.clarity_lift[b])
    for i in range(n.descending.size):
        above = n.departments_above[i]
        for j in range(n.above_start[i], n.above_start[i + 1]):
            above += w.clarity[n.above_rows[j]]
        w.clarity[n.descending[i]] *= above / n.parents_above[i]


@phase
def clear(n, k, w, s, problem_draw, draw):
    for o in range(n.outcomes):
        before = w.problem[o]
        if problem_draw[o] < k.problem_hazard:
            w.problem[o] = 1.0
        s.undetected[o] += 0.5 * (before + w.problem[o])
    for i in range(n.links):
        o = n.link_outcome[i]
        clear_way = w.clarity[n.link_body[i]] * w.buy_in[i]
        chance = k.agreement_max * (k.agreement_floor + (1.0 - k.agreement_floor) * clear_way)
        chance += k.unit_support * w.supported[o] * (1.0 - chance)
        if n.count[i] == 1.0:
            agreed = 1.0 if draw[i] < chance else 0.0
            fallen = 1.0 if draw[i] < k.relapse[i] else 0.0
        else:
            agreed = unit(chance + sqrt(chance * (1.0 - chance) / n.count[i]) * draw[i])
            fallen = k.relapse[i]
        is_open = 1.0 - w.problem[o]
        w.cleared[i] += (1.0 - w.cleared[i]) * agreed * is_open - w.cleared[i] * fallen


@phase
def deliver(n, k, w, s):
    for i in range(w.slots.size):
        w.slots[i] = 0.0
        for j in range(n.slot_start[i], n.slot_start[i + 1]):
            link = n.slot_rows[j]
            w.slots[i] += n.weight[link] * w.cleared[link]
    for c in range(n.contributions):
        share = 1.0
        for j in range(n.slots_of_start[c], n.slots_of_start[c + 1]):
            share *= w.slots[n.slots_of_rows[j]]
        passed = w.given[c] * share
        delivered = passed * w.effectiveness[c]
        s.chain[c] += w.given[c] - passed
        s.practice[c] += passed - delivered
        w.intensity[c] = k.business_as_usual + delivered / k.planned[c]
        w.activity[c] = min(1.0, w.given[c] / k.planned[c])
        w.counted[c] = min(1.0, w.activity[c] / k.planned_yield)


@phase
def produce(n, k, w, s, real, shock):
    base = k.business_as_usual
    for o in range(n.outcomes):
        first, last = n.of_outcome_start[o], n.of_outcome_start[o + 1]
        rho = n.technology[o]
        middle = 0.0
        low, high = HUGE, 0.0
        for j in range(first, last):
            c = n.of_outcome_rows[j]
            w.logs[c] = log(w.intensity[c])
            middle += k.share[c] * w.logs[c]
            low = min(low, w.intensity[c])
            high = max(high, w.intensity[c])
        level = middle
        if rho != 0.0:
            tilted = 0.0
            for j in range(first, last):
                c = n.of_outcome_rows[j]
                tilted += k.share[c] * expm1(rho * (w.logs[c] - middle))
            level = middle + log1p(tilted) / rho
        mean = min(max(exp(level), low), high)
        short, over = 0.0, 0.0
        for j in range(first, last):
            c = n.of_outcome_rows[j]
            w.scarcity[c] = exp((1.0 - rho) * (level - w.logs[c]))
            short += k.share[c] * max(mean - w.intensity[c], 0.0)
            over += k.share[c] * max(w.intensity[c] - mean, 0.0)
        used = min(1.0, short / max(over, TINY))
        for j in range(first, last):
            c = n.of_outcome_rows[j]
            spare = k.planned[c] * max(w.intensity[c] - mean, 0.0)
            made = k.planned[c] * (min(w.intensity[c], mean) - base) + used * spare
            w.made[c] = made
            s.realised[c] += made
            s.mix[c] += (1.0 - used) * spare
        output = mean - base
        s.output[o] += output
        w.real[o] = k.keep[o] * w.real[o] + k.gain[o] * output + k.volatility[o] * shock[o]
        real[o] = w.real[o]


@phase
def told(k, figure, threshold, width):
    if figure < threshold and figure >= threshold - width:
        return threshold
    return figure


@phase
def publish(n, k, w, figures, s, t, noise):
    """Figures for this month, and those of departments whose turn it is."""
    now = figures[t % n.ring]
    for i in range(n.indicators):
        real = n.validity[i] * w.real[n.indicator_outcome[i]]
        busy = (1.0 - n.validity[i]) * w.counted[n.indicator_contribution[i]]
        now[i] = real + busy + k.noise[i] * noise[i]
    w.fresh[:] = 0.0
    w.failing[:] = 0.0
    w.spent_on_moving[:] = 0.0
    for j in range(n.due_start[t], n.due_start[t + 1]):
        i = n.due_rows[j]
        o, d = n.indicator_outcome[i], n.indicator_department[i]
        plan = n.plan[t + 1 - n.lag[i], o]
        figure = figures[(t - n.lag[i]) % n.ring, i]
        shown = told(k, figure, 1.0 + k.milestone * (plan - 1.0), k.gaming_width[i])
        w.published[i] = shown
        w.standing[i] = plan
        w.fresh[o] = 1.0
        if shown != figure:
            s.moved[d] += 1.0
            w.spent_on_moving[d] += 0.5 * k.gaming_cost * (shown - figure) ** 2
        if shown < plan - k.rating_tolerance:
            w.failing[n.indicator_contribution[i]] += 1.0
    for d in range(n.departments):
        w.gaming_spend[d] = k.gaming_effort * k.capacity[d] * w.spent_on_moving[d]


@phase
def rate(n, k, w, reported, rated):
    """Mean figure, reported gap and band of every outcome."""
    for o in range(n.outcomes):
        figures, plans, counted = 0.0, 0.0, 0.0
        for j in range(n.figures_of_start[o], n.figures_of_start[o + 1]):
            i = n.figures_of_rows[j]
            figures += w.published[i]
            plans += w.standing[i]
            in_time = w.published[i] >= w.standing[i] - k.rating_tolerance
            if in_time and w.standing[i] > 0.0:
                counted += 1.0
        reported[o] = figures / n.indicator_count[o]
        w.gap[o] = plans / n.indicator_count[o] - reported[o]
        share = counted / n.indicator_count[o]
        rated[o] = (
            1.0 * (share >= 0.25) + 1.0 * (share >= 0.5) + 1.0 * (share >= 0.75) + (share >= 1.0)
        )


@phase
def review(n, k, w, s, t, draw):
    """What the centre attends to, and what problems are seen."""
    due = (t + 1) % k.stocktake_period == 0.0
    for i in range(n.cluster_of_start.size - 1):
        behind = 0.0
        for j in range(n.cluster_of_start[i], n.cluster_of_start[i + 1]):
            o = n.cluster_of_rows[j]
            is_behind = w.gap[o] > k.rating_tolerance and k.priority[o] > 0.0
            w.stocktake[o] = 1.0 if due and k.priority[o] > 0.0 else 0.0
            w.escalate[o] = 1.0 if w.fresh[o] > 0.0 and is_behind else 0.0
            behind += k.priority[o] if is_behind else 0.0
        together = 1.0 if behind >= k.cluster_trigger else 0.0
        for j in range(n.cluster_of_start[i], n.cluster_of_start[i + 1]):
            w.cluster[n.cluster_of_rows[j]] = together
    for o in range(n.outcomes):
        rank = k.unit_targets
        if k.unit_targets > 0.0 and k.priority[o] > 0.0 and w.gap[o] > 0.0:
            rank = 0.0
            for other in range(n.outcomes):
                if k.priority[other] > 0.0:
                    rank += w.gap[other] > w.gap[o] or (other < o and w.gap[other] == w.gap[o])
        w.supported[o] = 1.0 if rank < k.unit_targets else 0.0
        missed = (1.0 - k.steady_detection) * (1.0 - k.stocktake_chance * w.stocktake[o])
        missed *= 1.0 - k.cluster_chance * w.cluster[o]
        seen = w.problem[o] if draw[o] < 1.0 - missed else 0.0
        w.problem[o] -= seen
        w.escalated[o] = max(seen, w.escalate[o]) if k.escalation > 0.0 else 0.0
        s.escalated[o] += w.escalated[o]


@phase
def learn(n, k, w):
    for o in range(n.outcomes):
        missed = (1.0 - k.minister_refresh[o]) * (1.0 - k.stocktake_refresh * w.stocktake[o])
        missed *= 1.0 - k.escalation_refresh * w.escalated[o]
        missed *= 1.0 - k.cluster_refresh * w.cluster[o]
        faded = k.attention_floor
        faded += (w.attention[o] - k.attention_floor) * (1.0 - k.attention_decay)
        w.attention[o] = faded + (1.0 - missed) * (1.0 - faded)
    pull = k.trust_rate * k.sight
    for o in range(n.outcomes):
        first, last = n.of_outcome_start[o], n.of_outcome_start[o + 1]
        busy, strayed, best = 0.0, 0.0, 0.0
        for j in range(first, last):
            c = n.of_outcome_rows[j]
            w.landed[c] = w.failing[c] / n.owned[c] * k.penalty[c] * k.failure_detection
            strayed += w.landed[c] * (1.0 - k.attribution)
            busy += w.activity[c]
            best = max(best, w.knowledge[c])
        for j in range(first, last):
            c = n.of_outcome_rows[j]
            others = n.owners[c] - 1.0
            if others > 0.0:
                mean = (busy - w.activity[c]) / others
                hit = k.misattribution_hit * (strayed - w.landed[c] * (1.0 - k.attribution))
                w.trust[c] = unit(w.trust[c] + pull * (mean - w.trust[c]) - hit)
            known = w.knowledge[c]
            done = k.learning * unit(w.made[c] / k.planned[c]) * (1.0 - known)
            w.knowledge[c] = unit(known + done + k.sharing * (best - known))
    for i in range(n.links):
        bruised = k.sanction_buy_in_hit * w.landed[n.link_contribution[i]]
        moved = w.buy_in[i] + k.buy_in_rate * (k.engagement[i] - w.buy_in[i])
        w.buy_in[i] = unit(moved - bruised)


@phase
def count_waiting(n, w, s):
    for o in range(n.outcomes):
        s.waiting[o] += 1.0 - w.mobilised[o]
        if w.real[o] >= 1.0:
            w.reached[o] = 1.0
        s.short[o] += 1.0 - w.reached[o]


@phase
def keep(n, k, w, figures, months, clarity_row, closing):
    """Clarity, and the closing assessment."""
    copy(w.clarity, clarity_row)
    newest = figures[(months - 1) % n.ring]
    for i in range(n.indicators):
        plan = n.plan[months, n.indicator_outcome[i]]
        closing[i] = told(k, newest[i], 1.0 + k.milestone * (plan - 1.0), k.gaming_width[i])
