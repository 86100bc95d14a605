"""What the centre sees, refreshes, supports and teaches."""

from __future__ import annotations

from psasim.coefficients.settings import Settings
from psasim.mechanisms.elementary import expm1, log1p
from psasim.mechanisms.ordered_sum import Floats
from psasim.mechanisms.review import combine, unit_support
from psasim.structure.layout import Layout


def centre(layout: Layout, s: Settings) -> dict[str, Floats]:
    """Detection, refreshes of attention, the delivery unit, and learning."""
    monthly = -expm1(log1p(-s["detection_base"]) / 12.0)
    targets = s.field("delivery_unit", "targets")
    support = unit_support(
        s.field("delivery_unit", "capacity"), targets, s["unit_fixed"], s["unit_slope"]
    )
    stocktakes = s.strength("stocktakes")
    clusters = s.strength("cluster_reviews")
    evaluation = s.strength("evaluation")
    return {
        "attention_decay": s["attention_decay"] * (1.0 - s["official_hold"] * s.board()),
        "steady_detection": combine(
            monthly,
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
