"""What a department makes of an outcome: how far it is, how much it is needed, how scarce
its own part is."""

from __future__ import annotations

import numpy as np

from psasim.mechanisms.ordered_sum import Floats, unit


def live_figure(
    validity: Floats, real: Floats, activity: Floats, owns: Floats, plan: Floats
) -> Floats:
    """A contribution's own live figure, unlagged, without noise or gaming.

    validity: mean validity of its indicators; real: outcome; activity: effort over
    plan, at most 1; owns: 1 where it has an indicator, else 0; plan: path of the outcome,
    which stands in where it has none.  (contributions, runs), of target.
    """
    counted = owns * (1.0 - validity)
    return (owns * validity) * real + counted * activity + (1.0 - owns) * plan


def perceived_progress(sight: Floats, shared: Floats, own: Floats) -> Floats:
    """yhat = v * (mean live indicator) + (1 - v) * (own live figure), of target."""
    return sight * shared + (1.0 - sight) * own


def need(
    plan: Floats, seen: Floats, urgency: Floats, cap: Floats, margin: Floats, band: Floats
) -> Floats:
    """Urgency when behind plan, letting go at the target (Burgess et al. 2003).

    clip(1 + u (plan - seen), 0, cap) * clip((1 + margin - seen)/band, 0, 1).
    """
    push = np.minimum(np.maximum((1.0 + urgency * plan) - urgency * seen, 0.0), cap)
    steep = 1.0 / band
    return push * unit((1.0 + margin) * steep - steep * seen)


def perceived_product(
    effectiveness: Floats, sight: Floats, scarcity: Floats, cap: Floats
) -> Floats:
    """Marginal product a department expects of its effort.

    scarcity: (M/z)^(1 - rho) of last month; what is unseen is taken as balanced (1).
    """
    return effectiveness * np.minimum(cap, sight * scarcity + (1.0 - sight))
