"""(layout, parameters, governance) -> the frozen arrays a month works with.

Here, and only here, levers act: each moves the coefficients it declares from off to
on by its strength.  Where two levers act on one coefficient they combine as
1 - prod(1 - x), so that none hides another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np

from psasim.errors import InputError
from psasim.layout import Layout, column
from psasim.levers import LEVERS, Governance
from psasim.mechanisms.accountability import (
    accountability_shares,
    answer_in_full,
    effective_owners,
)
from psasim.mechanisms.allocate import inertia_bound
from psasim.mechanisms.ordered_sum import Floats, ordered_sum
from psasim.mechanisms.overhead import coordination_links
from psasim.mechanisms.produce import yield_gain
from psasim.mechanisms.publish import gaming_width
from psasim.mechanisms.review import combine, unit_support
from psasim.parameters import Parameters


@dataclass(frozen=True, slots=True, eq=False)
class Coefficients:
    """Arrays (rows, 1) for one design point, (rows, runs) for several side by side.

    Rows: O outcomes, C contributions, D departments, I indicators, L links, B bodies,
    T tasks; those marked 1 have a single row.
    """

    # Outcomes (O)
    value: Floats
    log_keep: Floats
    keep: Floats
    gain: Floats
    target_month: Floats
    volatility: Floats
    priority: Floats
    effective_owners: Floats
    drawers: Floats
    mobilising_ratio: Floats
    minister_refresh: Floats
    # Contributions (C)
    share: Floats
    planned: Floats
    accountability: Floats
    influence: Floats
    incentive: Floats
    penalty: Floats
    attribution: Floats
    mission_before: Floats
    mission_after: Floats
    horizon: Floats
    sight: Floats
    standing_overhead: Floats
    lever_overhead: Floats
    convened_overhead: Floats
    # Departments (D) and tasks (T)
    capacity: Floats
    own_value: Floats
    base_overhead: Floats
    task_size: Floats
    reading_offset: Floats
    phase: Floats
    # Indicators (I)
    noise: Floats
    gaming_width: Floats
    milestone: Floats
    # Chain (L, B)
    engagement: Floats
    relapse: Floats
    clarity_lift: Floats
    # Single rows (1)
    agreed_month: Floats
    substitution: Floats
    inertia: Floats
    urgency: Floats
    urgency_cap: Floats
    stop_margin: Floats
    stop_band: Floats
    mix_cap: Floats
    business_as_usual: Floats
    attention_start: Floats
    attention_floor: Floats
    attention_decay: Floats
    trust_start: Floats
    trust_rate: Floats
    misattribution_hit: Floats
    knowledge_start: Floats
    learning: Floats
    sharing: Floats
    effectiveness_base: Floats
    agreement_max: Floats
    agreement_floor: Floats
    buy_in_rate: Floats
    sanction_buy_in_hit: Floats
    problem_hazard: Floats
    publishing_interval: Floats
    gaming_cost: Floats
    gaming_effort: Floats
    rating_tolerance: Floats
    audit: Floats
    steady_detection: Floats
    failure_detection: Floats
    stocktake_chance: Floats
    stocktake_period: Floats
    stocktake_refresh: Floats
    escalation_refresh: Floats
    escalation_cost: Floats
    cluster_chance: Floats
    cluster_refresh: Floats
    cluster_trigger: Floats
    unit_support: Floats
    unit_targets: Floats
    # Fixed over a run, not used by the month
    money: Floats
    goals: Floats
    mission_dispersion: Floats
    share_concentration: Floats


def _lead_marker(layout: Layout, kind: str) -> Floats:
    """1/(number of leads) for leads, else 0; `two` adds the partner with the largest share."""
    contributions = layout.scenario.contributions
    leads = np.array([c.lead for c in contributions])
    if kind == "all":
        leads[:] = True
    if kind == "two":
        for o in range(layout.outcomes):
            rows = np.flatnonzero(layout.outcome == o)
            partners = [r for r in rows if not leads[r]]
            if partners and leads[rows].sum() < 2:
                leads[max(partners, key=lambda r: (contributions[r].share, -r))] = True
    number = ordered_sum(column(leads), layout.by_outcome)
    return column(leads) / number[layout.outcome]


def _priority(layout: Layout, governance: Governance) -> Floats:
    """1 for the goals that stay priorities, 1 - strength for the rest."""
    values = [(-o.value, o.key, i) for i, o in enumerate(layout.scenario.outcomes)]
    kept = {i for *_, i in sorted(values)[: int(governance.field("number_of_goals", "goals"))]}
    rest = 1.0 - governance.strength("number_of_goals")
    return column([1.0 if i in kept else rest for i in range(layout.outcomes)])


def _charge(lever: str, governance: Governance) -> float:
    """Capacity a lever takes from each contribution it covers, a month."""
    amount = LEVERS[lever].capacity * governance.strength(lever)
    if lever == "official_leadership":
        return amount * governance.field(lever, "frequency") / 12.0
    if lever == "stocktakes":
        return amount * 6.0 / governance.field(lever, "period")
    return amount


def _accountability(layout: Layout, p: Parameters, g: Governance, priority: Floats) -> dict:
    """Shares, influence, links and the volunteers who wait for one another."""
    kind = str(g["lead"]["kind"])
    joint, lead = g.strength("joint_targets"), g.strength("lead")
    lead = 0.0 if kind == "none" else lead
    leading = _lead_marker(layout, "single" if kind in ("none", "all") else kind)
    one = np.ones((1, 1))
    joint_, lead_ = joint * one, lead * one
    concentration = 0.0 if kind == "all" else p["lead_concentration"]
    share = accountability_shares(joint_, lead_, leading, layout.owners, concentration * one)
    if kind == "all":
        share = answer_in_full(share, lead_)
    held = ordered_sum(share * (leading > 0), layout.by_outcome)[layout.outcome]
    others = layout.owners - 1.0
    pushing = lead if kind != "all" else 0.0
    influence = np.where(leading > 0, 0.0, p["influence"] * pushing * held)
    leads = ordered_sum(
        np.where((leading > 0) | (kind == "all"), 1.0, 0.0), layout.by_outcome
    )
    owners = ordered_sum(np.ones_like(share), layout.by_outcome)
    marker = _lead_marker(layout, "all") if kind == "all" else leading
    links = coordination_links(joint_, lead_, marker, layout.owners)
    links = links * (1.0 - g.strength("process_alignment"))
    push = p["influence_cost"] * pushing * leading * others
    answers = share > 0.0
    goal = p["goal_cost"] * answers
    weight = priority[layout.outcome]
    return {
        "accountability": share * weight,
        "influence": influence * weight,
        "convened_overhead": (p["link_cost"] * links + push + goal) * weight,
        "effective_owners": effective_owners(joint_, lead_, owners, leads),
        "drawers": ordered_sum(np.where(answers, 1.0, 0.0), layout.by_outcome),
        "mobilising_ratio": p["mobilising_ratio"]
        * (1.0 - p["role_gain"] * _agreement(g, "roles"))
        * np.ones((layout.outcomes, 1)),
        "share_concentration": ordered_sum(share * share, layout.by_outcome),
    }


def _agreement(g: Governance, field: str) -> float:
    """Strength of one clause of the delivery agreement."""
    return g.strength("delivery_agreement") * g.field("delivery_agreement", field)


def _incentives(layout: Layout, p: Parameters, g: Governance, accountability: Floats) -> dict:
    """Penalties, rewards and publicity, as stakes and as temptations to game."""
    owns = np.where(layout.indicators_owned > 0.0, 1.0, 0.0)
    penalty = combine(
        g.strength("sanctions") * g.field("sanctions", "size"), _agreement(g, "consequences")
    )
    reward = g.strength("rewards") * g.field("rewards", "size")
    publicity = p["publicity"] * combine(
        g.strength("public_reporting"), _agreement(g, "published")
    )
    opened = _opened(g)
    attribution = combine(p["attribution_base"], opened, p["role_gain"] * _agreement(g, "roles"))
    stocktakes = min(1.0, 12.0 / g.field("stocktakes", "period")) * g.strength("stocktakes")
    detection = combine(p["detection_base"], stocktakes * p["stocktake_detection"])
    audit = combine(p["audit_base"], p["audit_gain"] * g.strength("external_challenge"))
    incentive = owns * (attribution * detection * (penalty + reward) + publicity)
    bonus = p["gaming_stake"] * (accountability + penalty + reward + publicity)
    width = gaming_width(
        bonus[layout.indicator_contribution],
        np.full((1, 1), p["gaming_cost"]),
        np.full((1, 1), audit),
        np.full((1, 1), p["fine"] * p["gaming_stake"]),
    )
    return {
        "incentive": incentive,
        "penalty": owns * penalty,
        "attribution": attribution * np.ones_like(owns),
        "failure_detection": detection,
        "audit": audit,
        "gaming_width": width,
        "milestone": _agreement(g, "milestones") * np.ones((layout.indicators, 1)),
    }


def _opened(g: Governance) -> float:
    """Part of partners' hidden figures that data sharing opens; needs means and will."""
    means = g.field("data_sharing", "technical")
    will = g.field("data_sharing", "willingness")
    return g.strength("data_sharing") * min(means, will)


def _departments(layout: Layout, p: Parameters, g: Governance) -> dict:
    """Capacity, own agendas, what owners value, and how far ahead funding reaches."""
    items = layout.scenario.departments
    capacity = column([d.capacity for d in items])
    score = column([c.mission for c in layout.scenario.contributions])
    spread = p["mission_spread"]
    mission = p["mission_level"] * np.exp(spread * score - 0.5 * spread * spread)
    owners = ordered_sum(np.ones_like(mission), layout.by_outcome)
    mean = (ordered_sum(mission, layout.by_outcome) / owners)[layout.outcome]
    agreed = mission + g.strength("collective_priorities") * (mean - mission)
    contributes = np.zeros(layout.departments, dtype=bool)
    contributes[layout.department[layout.owners[:, 0] > 1]] = True
    fenced = g.strength("pooled_budget") * g.field("pooled_budget", "share")
    own = p["own_size"] * capacity * np.where(column(contributes) > 0, 1.0 - fenced, 1.0)
    now = column([1.0 - 1.0 / d.years_funded for d in items])
    longer = 1.0 - 1.0 / g.field("funding_horizon", "years")
    horizon = now + g.strength("funding_horizon") * np.maximum(longer - now, 0.0)
    share = column([c.share for c in layout.scenario.contributions])
    effort = column([o.planned_effort for o in layout.scenario.outcomes])
    planned = share * effort[layout.outcome]
    common = combine(
        g.strength("process_alignment"),
        _agreement(g, "reporting"),
        g.strength("external_challenge"),
    )
    return {
        "capacity": capacity,
        "own_value": column([d.own_value for d in items]),
        "base_overhead": p["base_overhead"] * capacity,
        "share": share,
        "planned": planned,
        "task_size": layout.tasks(planned, own),
        "mission_before": mission,
        "mission_after": agreed,
        "mission_dispersion": ordered_sum((agreed - mean) ** 2, layout.by_outcome) / owners,
        "agreed_month": g.field("collective_priorities", "month"),
        "horizon": horizon[layout.department],
        "reading_offset": column([d.reading_offset for d in items]) * (1.0 - common),
        "phase": column([d.phase for d in items]),
        "sight": combine(
            p["sight_base"], _opened(g), p["report_sight"] * _agreement(g, "reporting")
        )
        * np.ones_like(share),
    }


def _overheads(layout: Layout, p: Parameters, g: Governance, priority: Floats) -> dict:
    """Reports to every audience, and what the levers take from those they cover."""
    audiences = (
        g.strength("internal_reporting")
        + g.strength("public_reporting")
        + g.strength("data_sharing")
        + _agreement(g, "reporting")
    )
    joint = layout.owners > 1.0
    everywhere = np.ones_like(layout.owners)
    lever = np.zeros_like(layout.owners)
    for name in LEVERS:
        covered = joint if LEVERS[name].live == _JOINT else everywhere
        lever = lever + _charge(name, g) * covered
    reports = p["report_cost"] * layout.indicators_owned
    return {
        "standing_overhead": reports,
        "lever_overhead": (reports * audiences + lever) * priority[layout.outcome],
    }


_JOINT = LEVERS["joint_targets"].live


def _outcomes(layout: Layout, p: Parameters, g: Governance, priority: Floats) -> dict:
    """Paths, shocks, and the attention ministers have for each goal."""
    items = layout.scenario.outcomes
    drift = column([p["drift"] if o.drift is None else o.drift for o in items])
    shock = column([p["volatility"] if o.volatility is None else o.volatility for o in items])
    target = column([o.target_month for o in items])
    log_keep = np.log1p(-drift)
    goals = max(1.0, float(priority.sum()))
    time = g.field("ministerial_attention", "capacity") / goals - p["minister_fixed"]
    refresh = p["minister_gain"] * -np.expm1(-max(0.0, time))
    noise = [p["indicator_noise"] if i.noise is None else i.noise for i in layout.scenario.indicators]
    return {
        "value": column([o.value for o in items]),
        "log_keep": log_keep,
        "keep": 1.0 - drift,
        "gain": yield_gain(log_keep, target, np.full((1, 1), p["planned_yield"])),
        "target_month": target,
        "volatility": shock,
        "priority": priority,
        "goals": goals,
        "minister_refresh": g.strength("ministerial_attention") * refresh * priority,
        "noise": column(noise),
    }


def _chain(layout: Layout, p: Parameters, g: Governance, horizon: Floats) -> dict:
    """Engagement, relapse, and how far boards and roles settle conflicting direction."""
    chain = layout.chain
    missing = 1.0 - chain.alignment
    gained = p["engagement_gain"] * g.strength("frontline_engagement")
    tier = np.ones((len(layout.scenario.bodies), 1))
    tier[chain.body] = chain.tier.reshape(-1, 1)
    covered = tier <= g.field("local_governance", "tiers")
    local = p["local_gain"] * g.strength("local_governance") * covered
    return {
        "engagement": 1.0 - missing * (1.0 - gained),
        "relapse": p["relapse"] * (1.0 - horizon[chain.contribution]),
        "clarity_lift": combine(local, p["role_gain"] * _agreement(g, "roles")),
    }


def _centre(layout: Layout, p: Parameters, g: Governance) -> dict:
    """What the centre sees, refreshes and supports."""
    board = g.strength("official_leadership")
    for field in ("seniority", "follow_up"):
        board *= g.field("official_leadership", field)
    board *= g.field("official_leadership", "frequency") / 12.0
    monthly = -np.expm1(np.log1p(-p["detection_base"]) / 12.0)
    targets = min(g.field("delivery_unit", "targets"), float(layout.outcomes))
    support = unit_support(
        np.float64(g.field("delivery_unit", "capacity")),
        np.float64(targets),
        np.float64(p["unit_fixed"]),
        np.float64(p["unit_slope"]),
    )
    stocktakes = g.strength("stocktakes")
    clusters = g.strength("cluster_reviews")
    evaluation = g.strength("evaluation")
    return {
        "attention_decay": p["attention_decay"] * (1.0 - p["official_hold"] * board),
        "steady_detection": combine(
            monthly,
            p["board_detection"] * board,
            p["report_detection"] * g.strength("internal_reporting"),
        ),
        "stocktake_chance": stocktakes * p["stocktake_detection"],
        "stocktake_period": g.field("stocktakes", "period"),
        "stocktake_refresh": stocktakes * p["refresh"],
        "escalation_refresh": g.strength("escalation") * p["refresh"],
        "escalation_cost": g.strength("escalation") * p["escalation_cost"],
        "cluster_chance": clusters * p["cluster_detection"],
        "cluster_refresh": clusters * p["refresh"],
        "cluster_trigger": g.field("cluster_reviews", "trigger"),
        "unit_support": g.strength("delivery_unit") * support,
        "unit_targets": targets,
        "learning": p["learning"] + p["evaluation_gain"] * evaluation,
        "sharing": p["sharing_gain"] * evaluation * g.field("evaluation", "diffusion"),
        "knowledge_start": combine(
            p["knowledge_start"], p["early_evidence"] * g.strength("frontline_engagement")
        ),
        "money": sum(LEVERS[name].money * g.strength(name) for name in LEVERS),
    }


def _check_inertia(layout: Layout, p: Parameters) -> None:
    lowest = min(o.technology for o in layout.scenario.outcomes)
    bound = inertia_bound(lowest, p["substitution"])
    if p["inertia"] > bound:
        raise InputError(
            f"parameters.inertia = {p['inertia']:g} is above {bound:.3g} (per month), the largest "
            f"that keeps effort from alternating at technology {lowest:g} and substitution "
            f"{p['substitution']:g}; lower parameters.inertia"
        )


def build_coefficients(layout: Layout, p: Parameters, g: Governance) -> Coefficients:
    """Coefficients of one design point; raises `InputError` if inertia could alternate."""
    _check_inertia(layout, p)
    priority = _priority(layout, g)
    accountable = _accountability(layout, p, g, priority)
    departments = _departments(layout, p, g)
    values = {
        **accountable,
        **departments,
        **_incentives(layout, p, g, accountable["accountability"]),
        **_overheads(layout, p, g, priority),
        **_outcomes(layout, p, g, priority),
        **_chain(layout, p, g, departments["horizon"]),
        **_centre(layout, p, g),
    }
    names = [item.name for item in fields(Coefficients)]
    arrays = {}
    for name in names:
        array = np.atleast_2d(np.asarray(values.get(name, p.get(name)), dtype=np.float64))
        array.setflags(write=False)
        arrays[name] = array
    return Coefficients(**arrays)


def side_by_side(points: Sequence[Coefficients], runs: Sequence[int]) -> Coefficients:
    """Coefficients of several design points, point i repeated for runs[i] columns."""
    arrays = {
        item.name: np.repeat(
            np.concatenate([getattr(point, item.name) for point in points], axis=1), runs, axis=1
        )
        for item in fields(Coefficients)
    }
    return Coefficients(**arrays)
