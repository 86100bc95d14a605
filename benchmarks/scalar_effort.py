"""From last month to this month's effort, one number at a time, as `psasim.month` has it.

n: index lists; k: coefficients; w: state and scratch of one run; s: its sums over the
months; t: months done (`scalar_tables`).  Each may do what only a scalar loop can: skip
what is settled, fuse what is adjacent, stop as soon as one department is solved.
"""

from __future__ import annotations

from math import exp, log

from scalar_flags import compiled

TINY = 1e-300
HIGHEST_RATIO = 0.98

phase = compiled(inline="always")  # inlined, a phase costs no call


@phase
def unit(value):
    return min(max(value, 0.0), 1.0)


@phase
def copy(rows, into):
    for i in range(rows.size):
        into[i] = rows[i]


@phase
def begin(n, k, w, figures):
    """The start: departments at work for their own missions only."""
    for rows in (w.real, w.mobilised, w.problem, w.escalated, w.supported, w.gap, w.reached):
        rows[:] = 0.0
    figures[:] = 0.0
    w.published[:] = 0.0
    w.standing[:] = 0.0
    w.cleared[:] = 0.0
    w.gaming_spend[:] = 0.0
    w.scarcity[:] = 1.0
    w.attention[:] = k.attention_start
    w.trust[:] = k.trust_start
    w.knowledge[:] = k.knowledge_start
    copy(k.buy_in_start, w.buy_in)
    for c in range(n.contributions):
        product = k.effectiveness_base + (1.0 - k.effectiveness_base) * k.knowledge_start
        mission = k.mission_after[c] if k.agreed_month <= 1.0 else k.mission_before[c]
        w.stake[n.task_of_contribution[c]] = k.value[n.outcome[c]] * product * mission
    for d in range(n.departments):
        w.stake[n.task_of_own[d]] = k.own_value[d]
        w.usable[d] = max(k.capacity[d] - k.fixed_overhead[d], 0.0)
        w.effort[n.tasks_of_start[d] : n.tasks_of_start[d + 1]] = 0.0
        allocate(n, k, w, d, 1.0)
    for c in range(n.contributions):
        activity = min(1.0, w.effort[n.task_of_contribution[c]] / k.planned[c])
        w.counted[c] = min(1.0, activity / k.planned_yield)


@phase
def mobilise(n, k, w, draw):
    for o in range(n.outcomes):
        if w.mobilised[o] > 0.0:
            continue
        ratio = max(min(HIGHEST_RATIO, k.mobilising_ratio[o] / w.attention[o]), TINY)
        chance = 1.0 - exp(k.volunteer_exponent[o] * log(ratio))
        for j in range(n.of_outcome_start[o], n.of_outcome_start[o + 1]):
            c = n.of_outcome_rows[j]
            if k.accountability[c] > 0.0 and draw[c] < chance:
                w.mobilised[o] = 1.0
                break


@phase
def overhead(n, k, w, s):
    for d in range(n.departments):
        total = k.fixed_overhead[d]
        for j in range(n.of_department_start[d], n.of_department_start[d + 1]):
            c = n.of_department_rows[j]
            o = n.outcome[c]
            total += k.convened_overhead[c] * w.mobilised[o] + k.escalation_cost * w.escalated[o]
        spent = min(k.capacity[d], total)
        gamed = min(k.capacity[d] - spent, w.gaming_spend[d])
        w.usable[d] = k.capacity[d] - spent - gamed
        s.overhead[d] += spent
        s.gaming[d] += gamed


@phase
def perceive(n, k, w, t):
    """Stakes of contributions, from what departments see."""
    for c in range(n.contributions):
        o = n.outcome[c]
        live = k.own_validity[c] * w.real[o] + (1.0 - k.own_validity[c]) * w.counted[c]
        w.own[c] = live if n.owns[c] > 0.0 else k.ambition * n.plan[t, o]
    for o in range(n.outcomes):
        mean = 0.0
        for j in range(n.of_outcome_start[o], n.of_outcome_start[o + 1]):
            c = n.of_outcome_rows[j]
            mean += n.measure_weight[c] * w.own[c]
        w.shared[o] = mean if n.measured[o] > 0.0 else k.ambition * n.plan[t, o]
    agreed = t + 1 >= k.agreed_month
    for c in range(n.contributions):
        o = n.outcome[c]
        support = k.unit_support * w.supported[o]
        known = w.knowledge[c] + support * (1.0 - w.knowledge[c])
        works = k.effectiveness_base + (1.0 - k.effectiveness_base) * known
        w.effectiveness[c] = works
        seen = k.sight * w.shared[o] + (1.0 - k.sight) * w.own[c]
        push = min(max(1.0 + k.urgency * (k.ambition * n.plan[t, o] - seen), 0.0), k.urgency_cap)
        need = push * unit((1.0 + k.stop_margin - seen) / k.stop_band)
        product = works * min(k.mix_cap, k.sight * w.scarcity[c] + (1.0 - k.sight))
        mutual = k.horizon[c] * w.trust[c] * k.sight
        share = k.accountability[c] * (1.0 + mutual * (n.owners[c] - 1.0))
        answers = min(1.0, share + k.influence[c]) + k.incentive[c]
        mission = k.mission_after[c] if agreed else k.mission_before[c]
        bracket = mission + w.attention[o] * w.mobilised[o] * answers
        w.stake[n.task_of_contribution[c]] = k.value[o] * need * product * bracket


@phase
def allocate(n, k, w, d, inertia):
    """Exact allocation of one department, moved to with inertia; what it leaves unused."""
    first, last = n.tasks_of_start[d], n.tasks_of_start[d + 1]
    free = 1.0 - k.substitution
    usable = w.usable[d]
    theta = 0.0
    number = -1
    while usable > 0.0:
        weight, total, active = 0.0, 0.0, 0
        for j in range(first, last):
            if w.stake[j] > theta:
                weight += k.task_size[j]
                total += k.task_size[j] * w.stake[j]
                active += 1
        if active == number:
            break
        number = active
        common = k.substitution * total / (k.capacity[d] * free + k.substitution * weight)
        theta = max(common, (total - free * usable) / max(weight, TINY))
    spent = 0.0
    for j in range(first, last):
        chosen = 0.0
        if usable > 0.0:
            chosen = k.task_size[j] * max(w.stake[j] - theta, 0.0) / free
        w.effort[j] += inertia * (chosen - w.effort[j])
        spent += w.effort[j]
    scale = min(1.0, usable / max(spent, TINY))
    for j in range(first, last):
        w.effort[j] *= scale
    return usable - spent * scale


@phase
def work(n, k, w, s):
    """Effort of every department."""
    for d in range(n.departments):
        s.slack[d] += allocate(n, k, w, d, k.inertia)
        s.own[d] += w.effort[n.task_of_own[d]]
    for c in range(n.contributions):
        w.given[c] = w.effort[n.task_of_contribution[c]]
