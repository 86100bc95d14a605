"""What the centre sees, refreshes, supports and teaches."""

from __future__ import annotations

import numpy as np

from psasim.coefficients.settings import Settings
from psasim.mechanisms.chance import MONTHS_A_YEAR, over_time
from psasim.mechanisms.ordered_sum import Floats
from psasim.mechanisms.review import combine, unit_support
from psasim.structure.layout import Layout


def centre(layout: Layout, s: Settings) -> dict[str, Floats]:
    """Detection, refreshes of attention, the delivery unit, and learning."""
    targets = s.field("delivery_unit", "targets")
    taken = np.minimum(targets, layout.outcomes + layout.scenario.other_goals)
    support = unit_support(
        s.field("delivery_unit", "capacity"), taken, s["unit_fixed"], s["unit_slope"]
    )
    stocktakes = s.strength("stocktakes")
    clusters = s.strength("cluster_reviews")
    evaluation = s.strength("evaluation")
    return {
        "attention_decay": s["attention_decay"] * (1.0 - s["official_hold"] * s.board()),
        "steady_detection": combine(
            over_time(s["detection_base"], 1.0 / MONTHS_A_YEAR),
            s["board_detection"] * s.board(),
            s["report_detection"] * s.strength("internal_reporting"),
        ),
        "stocktake_chance": stocktakes * s["stocktake_detection"],
        "stocktake_period": s.field("stocktakes", "period"),
        "stocktake_refresh": stocktakes * s["refresh"],
        "escalation": s.strength("escalation"),
        "cluster_chance": clusters * s["cluster_detection"],
        "cluster_refresh": clusters * s["refresh"],
        "cluster_trigger": s.field("cluster_reviews", "trigger"),
        "delivery_unit": s.strength("delivery_unit"),
        "unit_support": support,
        "unit_targets": targets * (s.strength("delivery_unit") > 0.0),
        "learning": s["learning"] + s["evaluation_gain"] * evaluation,
        "sharing": s["sharing_gain"] * evaluation * s.field("evaluation", "diffusion"),
        "knowledge_start": combine(
            s["knowledge_start"], s["early_evidence"] * s.strength("frontline_engagement")
        ),
        "money": s.total("money", layout.outcomes),
    }
