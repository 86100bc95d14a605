"""What departments have, value and see."""

from __future__ import annotations

import numpy as np

from psasim.coefficients.settings import Settings
from psasim.declared.levers import LEVERS
from psasim.mechanisms.allocate import release_rates
from psasim.mechanisms.elementary import exp
from psasim.mechanisms.ordered_sum import Floats, ordered_sum
from psasim.mechanisms.review import combine
from psasim.structure.layout import Layout
from psasim.structure.rows import column


def departments(layout: Layout, s: Settings, priority: Floats) -> dict[str, Floats]:
    """Capacity, own agendas, missions, horizons, sight and what is taken up front."""
    items = layout.scenario.departments
    capacity = column([d.capacity for d in items])
    now = column([1.0 - 1.0 / d.years_funded for d in items])
    longer = 1.0 - 1.0 / s.field("funding_horizon", "years")
    horizon = now + s.strength("funding_horizon") * np.maximum(longer - now, 0.0)
    common = combine(
        s.strength("process_alignment"), s.clause("reporting"), s.strength("external_challenge")
    )
    reports = s["report_cost"] * layout.indicators_owned
    return {
        **_tasks(layout, s, capacity),
        **_missions(layout, s),
        "capacity": capacity,
        "reorganised_month": s.field("reorganisation", "month"),
        "reorganisation_loss": s.strength("reorganisation") * s["reorganisation_loss"],
        "reorganisation_cost": s.strength("reorganisation") * s["reorganisation_cost"],
        "own_value": column([d.own_value for d in items]),
        "horizon": horizon[layout.department],
        "sight": combine(s["sight_base"], s.opened(), s["report_sight"] * s.clause("reporting")),
        "reading_offset": column([d.reading_offset for d in items]) * (1.0 - common),
        "disagreement": 1.0 - common,
        "phase": _whole_months(
            column([d.phase for d in items]) * (1.0 - s.strength("process_alignment"))
        ),
        "fixed_overhead": s["base_overhead"] * capacity
        + ordered_sum(
            reports + _lever_overhead(layout, s, reports) * priority[layout.outcome],
            layout.contributions_by_department,
        ),
        "standing_overhead": s["base_overhead"] * capacity
        + ordered_sum(reports + s["goal_cost"] * layout.leads, layout.contributions_by_department),
    }


def _whole_months(phase: Floats) -> Floats:
    """Months rounded up, a whole number that rounding has missed taken for itself."""
    return np.ceil(np.round(phase, 9)) + 0.0


def _tasks(layout: Layout, s: Settings, capacity: Floats) -> dict[str, Floats]:
    """Planned effort of contributions and size of own agendas, a part of which may be pooled."""
    share = column([c.share for c in layout.scenario.contributions])
    effort = column([o.planned_effort for o in layout.scenario.outcomes])
    planned = share * effort[layout.outcome]
    shares_outcomes = ordered_sum(
        np.where(layout.owners > 1.0, 1.0, 0.0), layout.contributions_by_department
    )
    pooled = s["flypaper"] * s.strength("pooled_budget") * s.field("pooled_budget", "share")
    own = s["own_size"] * capacity * (1.0 - pooled * (shares_outcomes > 0.0))
    release = release_rates(
        s["release"], s["inertia"], layout.technology[layout.outcome], s["substitution"]
    )
    free = np.maximum(s["inertia"], s["release"]) + np.zeros_like(capacity)
    return {
        "share": share,
        "planned": planned,
        "task_size": layout.tasks(planned, own),
        "release": layout.tasks(release, free),
    }


def _missions(layout: Layout, s: Settings) -> dict[str, Floats]:
    """Own-mission values, lognormal about their level, before and after Cabinet agrees."""
    score = column([c.mission for c in layout.scenario.contributions])
    spread = s["mission_spread"]
    mission = s["mission_level"] * exp(spread * score - 0.5 * spread * spread)
    owners = ordered_sum(np.ones_like(score), layout.by_outcome)
    of_outcome = ordered_sum(mission, layout.by_outcome) / owners
    mean = of_outcome[layout.outcome]
    agreed = mission + s.strength("collective_priorities") * (mean - mission)
    return {
        "mission_mean": of_outcome,
        "mission_before": mission,
        "mission_after": agreed,
        "agreed_month": s.field("collective_priorities", "month"),
    }


def _lever_overhead(layout: Layout, s: Settings, reports: Floats) -> Floats:
    """Capacity the levers take from each contribution they cover, and reports to audiences."""
    joint = np.where(layout.owners > 1.0, 1.0, 0.0)
    audiences = s.strength("internal_reporting") + s.strength("public_reporting") + joint * (
        s.strength("data_sharing") + s.clause("reporting")
    )
    taken = reports * audiences
    for name, lever in LEVERS.items():
        covered = joint if lever.joint else 1.0
        taken = taken + lever.capacity * s.extent(name, layout.outcomes) * covered
    return taken
