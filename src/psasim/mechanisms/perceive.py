"""What a department makes of an outcome: how far it is, how much it is needed, how scarce
its own part is."""

from __future__ import annotations

import numpy as np

from psasim.mechanisms.ordered_sum import Floats, unit


def live_figure(
    validity: Floats, real: Floats, counted: Floats, owns: Floats, told: Floats
) -> Floats:
    """A contribution's own live figure, unlagged, without noise or gaming.

    validity: mean validity of its indicators; real: outcome; counted: what its
    figures show of its count; owns: 1 where it has an indicator, else 0; told: what it has
    been told, the published figure, which stands in where it has none.  (contributions,
    runs), of target.
    """
    figure = (owns * validity) * real
    figure += (owns * (1.0 - validity)) * counted
    figure += (1.0 - owns) * told
    return figure


def perceived_progress(sight: Floats, shared: Floats, own: Floats) -> Floats:
    """yhat = v * (mean live indicator) + (1 - v) * (own live figure), of target."""
    seen = sight * shared
    seen += (1.0 - sight) * own
    return seen


def need(
    plan: Floats, seen: Floats, urgency: Floats, cap: Floats, margin: Floats, band: Floats
) -> Floats:
    """Urgency when behind plan, letting go at the target (Burgess et al. 2003).

    clip(1 + u (plan - seen), 0, cap) * clip((1 + margin - seen)/band, 0, 1).
    """
    push = seen * -urgency
    push += 1.0 + urgency * plan
    steep = 1.0 / band
    wanted = seen * -steep
    wanted += (1.0 + margin) * steep
    return np.minimum(np.maximum(push, 0.0), cap) * unit(wanted)


def believed_aim(raised: Floats, plan: Floats, seen: Floats) -> Floats:
    """Level of the outcome that owners work to: 1 + raised, where it is believed.

    Goals raise effort while they are accepted (Locke & Latham 1990) and stop to once they
    are out of reach (Erez & Zidon 1984): a raise is believed less by as much as the outcome
    is seen behind plan.  raised: agreed level less the target; at 0 or below it is believed.
    """
    belief = unit(1.0 - np.maximum(plan - seen, 0.0))
    return 1.0 + np.minimum(raised, 0.0) + np.maximum(raised, 0.0) * belief


def perceived_product(
    effectiveness: Floats, sight: Floats, scarcity: Floats, cap: Floats
) -> Floats:
    """Marginal product a department expects of its effort.

    scarcity: (M/z)^(1 - rho) of last month; what is unseen is taken as balanced (1).
    """
    product = sight * scarcity
    product += 1.0 - sight
    return np.minimum(product, cap) * effectiveness
