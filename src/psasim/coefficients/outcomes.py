"""Paths, shocks and priority of outcomes, and the attention ministers have for each."""

from __future__ import annotations

import numpy as np

from psasim.coefficients.settings import Settings
from psasim.mechanisms.elementary import log1p
from psasim.mechanisms.ordered_sum import Floats
from psasim.mechanisms.produce import plan_path, yield_gain
from psasim.mechanisms.review import unit_support
from psasim.structure.layout import Layout
from psasim.structure.rows import column


def priority(layout: Layout, s: Settings) -> Floats:
    """1 for the most valuable goals, which stay priorities; 1 - strength for the rest."""
    ranked = sorted((-o.value, o.key, row) for row, o in enumerate(layout.scenario.outcomes))
    rank = np.empty((layout.outcomes, 1))
    rank[[row for *_, row in ranked], 0] = np.arange(layout.outcomes)
    kept = rank < s.field("number_of_goals", "goals")
    return np.where(kept, 1.0, 1.0 - s.strength("number_of_goals"))


def outcomes(layout: Layout, s: Settings, priority: Floats) -> dict[str, Floats]:
    """What an outcome does by itself, and what the centre makes of it."""
    items = layout.scenario.outcomes
    drift = _given([o.drift for o in items], s["drift"])
    log_keep = log1p(-drift)
    target = column([o.target_month for o in items])
    stretch = column([o.stretch for o in items])
    begun = column([o.start for o in items])
    goals = np.add.accumulate(priority, axis=0)[-1:] + layout.scenario.other_goals
    time = s.field("ministerial_attention", "capacity")
    refresh = s["minister_gain"] * unit_support(
        time, goals, s["minister_fixed"], np.ones((1, 1))
    )
    raised = s.strength("delivery_agreement") * (s.field("delivery_agreement", "ambition") - 1.0)
    return {
        "raised": raised,
        "ratchet": s.strength("ratchet"),
        "value": column([o.value for o in items]),
        "log_keep": log_keep,
        "keep": 1.0 - drift,
        "start": begun,
        "paths": plan_path(
            np.arange(target.max() + 1.0).reshape(-1, 1, 1), log_keep, target, begun
        ),
        "gain": yield_gain(log_keep, target, stretch * s["planned_yield"]),
        "count_gain": yield_gain(log_keep, target, s["planned_yield"]),
        "target_month": target,
        "volatility": _given([o.volatility for o in items], s["volatility"]),
        "noise": _given([i.noise for i in layout.scenario.indicators], s["indicator_noise"]),
        "priority": priority,
        "minister_refresh": s.strength("ministerial_attention") * refresh * priority,
    }


def _given(values: list[float | None], otherwise: Floats) -> Floats:
    """A scenario's own values, the parameter where it gives none."""
    given = column([np.nan if v is None else v for v in values])
    return np.where(np.isnan(given), otherwise, given)
