"""Engagement, relapse, and how far boards and roles settle conflicting direction."""

from __future__ import annotations

import numpy as np

from psasim.coefficients.settings import Settings
from psasim.mechanisms.ordered_sum import Floats
from psasim.mechanisms.review import combine
from psasim.structure.layout import Layout
from psasim.structure.rows import column


def chain(layout: Layout, s: Settings, horizon: Floats) -> dict[str, Floats]:
    """Coefficients of links and bodies; horizon: funding horizon by contribution."""
    links = layout.chain
    engaged = s["engagement_gain"] * s.strength("frontline_engagement")
    covered = column(links.tier_of_body) <= s.field("local_governance", "tiers")
    local = s["local_gain"] * s.strength("local_governance") * covered
    return {
        "buy_in_start": np.asarray(combine(links.alignment, engaged)),
        "engagement": np.asarray(combine(links.alignment, engaged, local[links.body])),
        "relapse": s["relapse"] * (1.0 - horizon[links.contribution]),
        "clarity_lift": np.asarray(combine(local, s["role_gain"] * s.clause("roles"))),
    }
