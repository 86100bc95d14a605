"""Penalties, rewards and publicity: as stakes, and as temptations to move a figure."""

from __future__ import annotations

import numpy as np

from psasim.coefficients.settings import Settings
from psasim.mechanisms.chance import MONTHS_A_YEAR, over_time
from psasim.mechanisms.crowd import will_left
from psasim.mechanisms.distort import temptation
from psasim.mechanisms.ordered_sum import Floats
from psasim.mechanisms.publish import gaming_width
from psasim.mechanisms.ratchet import ratcheted
from psasim.mechanisms.review import combine
from psasim.structure.layout import Layout


def incentives(layout: Layout, s: Settings, accountability: Floats) -> dict[str, Floats]:
    """What follows from a figure for the contribution that owns it."""
    owns = np.where(layout.indicators_owned > 0.0, 1.0, 0.0)
    penalty = combine(
        s.strength("sanctions") * s.field("sanctions", "size"),
        s.clause("consequences"),
    )
    reward = s.strength("rewards") * s.field("rewards", "size")
    publicity = s["publicity"] * combine(s.strength("public_reporting"), s.clause("published"))
    attribution = np.where(
        layout.owners > 1.0,
        combine(s["attribution_base"], s.opened(), s["role_gain"] * s.clause("roles")),
        1.0,
    )
    stocktakes = MONTHS_A_YEAR / s.field("stocktakes", "period")
    detection = combine(
        s["detection_base"],
        s.strength("stocktakes") * over_time(s["stocktake_detection"], stocktakes),
        over_time(s["report_detection"] * s.strength("internal_reporting"), MONTHS_A_YEAR),
    )
    audit = combine(s["audit_base"], s["audit_gain"] * s.strength("external_challenge"))
    worth = accountability + penalty + reward + publicity
    bonus = s["gaming_stake"] * worth
    validity = layout.own_validity + s["challenge_gain"] * s.strength("external_challenge") * (
        1.0 - layout.own_validity
    )
    incentive = ratcheted(
        owns * (attribution * detection * (penalty + reward) + publicity),
        s.strength("ratchet"), s["discount"],
    )
    width = gaming_width(
        bonus[layout.indicator_contribution],
        s["gaming_cost"],
        audit,
        s["fine"] * s["gaming_stake"],
    )
    return {
        "incentive": incentive,
        "figure_pull": (1.0 - validity) * temptation(worth, audit, s["fine"]) * incentive
        / s["gaming_cost"],
        "will": will_left(owns * (penalty + reward), s["crowding"], s["crowding_scale"]),
        "penalty": owns * penalty,
        "attribution": attribution,
        "failure_detection": over_time(
            detection, s["publishing_interval"] / MONTHS_A_YEAR
        ),
        "gaming_width": width,
        "milestone": s.clause("milestones"),
        "own_validity": validity,
    }
