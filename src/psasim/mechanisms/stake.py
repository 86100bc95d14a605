"""The stake of a contribution: moral hazard in teams (Holmstrom 1982) with reciprocity."""

from __future__ import annotations

import numpy as np

from psasim.mechanisms.ordered_sum import Floats


def reciprocity(horizon: Floats, trust: Floats, sight: Floats) -> Floats:
    """r = delta * trust * v: partners count as far as the future, trust and sight reach."""
    return (horizon * sight) * trust


def responsibility(
    share: Floats, reciprocity: Floats, owners: Floats, incentive: Floats
) -> Floats:
    """R = min(1, s (1 + r (n - 1))) + incentive.

    With r = 0 the 1/n of first best (Holmstrom 1982); with r = 1 and s = 1/n first
    best.  With s = m in a linear public-goods game R reaches 1 exactly at the grim
    trigger's delta = (1-m)/((n-1)m).  The cap of 1 keeps a lead from a hidden bonus.
    """
    mutual = share * (owners - 1.0)
    felt = mutual * reciprocity
    felt += share
    return np.minimum(felt, 1.0) + incentive


def stake(
    value: Floats,
    need: Floats,
    product: Floats,
    mission: Floats,
    attention: Floats,
    responsibility: Floats,
) -> Floats:
    """beta = value * need * product * [w + attention * mobilised * R], per planned unit of effort.

    attention: attention to the outcome, 0 until it is mobilised.
    """
    beta = attention * responsibility
    beta += mission
    beta *= product
    beta *= need
    beta *= value
    return beta
