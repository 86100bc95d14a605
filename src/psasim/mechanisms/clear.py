"""Clearances along a delivery chain (Pressman & Wildavsky 1973)."""

from __future__ import annotations

import numpy as np

from psasim.mechanisms.ordered_sum import (
    Bools,
    Floats,
    Groups,
    ordered_product,
    ordered_sum,
    unit,
)


def coherence(resultant: Floats, lengths: Floats) -> Floats:
    """Clarity of direction: |sum of parents' effort vectors| / sum of their lengths; 1 if none."""
    some = lengths > 0.0
    return np.where(some, np.minimum(1.0, resultant / np.where(some, lengths, 1.0)), 1.0)


def agreement_chance(
    highest: Floats, floor: Floats, clarity: Floats, buy_in: Floats, support: Floats
) -> Floats:
    """Chance that a body agrees in a month: p_max [kappa + (1-kappa) clarity buy_in].

    support: the fraction of the rest of the way to certainty the centre's unit moves it.
    """
    never = 1.0 - support
    least, rest = highest * floor * never + support, highest * (1.0 - floor) * never
    return least + rest * (clarity * buy_in)


def agreed_share(chance: Floats, count: Floats, draw: Floats) -> Floats:
    """Part of a kind of body that agrees: 0 or 1 for one body, a mean with its spread for many.

    draw: uniform for one body; standard normal for a kind of `count` bodies, whose
    binomial share is taken as normal.
    """
    spread = np.sqrt((chance - chance * chance) * (1.0 / count))
    agreed = unit(chance + spread * draw)
    return _singles(agreed, count, draw < chance)


def _singles(many: Floats, count: Floats, one: Floats | Bools) -> Floats:
    """`many` with `one` in the rows of single bodies; writes into `many`."""
    np.copyto(many, one, where=count == 1)
    return many


def clear(
    cleared: Floats, agreed: Floats, is_open: Floats, relapse: Floats, count: Floats, draw: Floats
) -> Floats:
    """Cleared part of each link after a month.

    cleared: before; agreed: part of the uncleared that agree; is_open: 0 while an
    undetected problem stops new clearances; relapse: hazard of falling away (a kind
    of many loses its mean).  A line of n single bodies at constant p stands cleared at
    month t with [p/(p+r) (1-(1-p-r)^t)]^n; at r = 0 and t -> infinity, after one try, p^n.
    """
    fallen = _singles(cleared * relapse, count, cleared * (draw < relapse))
    return cleared + (1.0 - cleared) * agreed * is_open - fallen


def cleared_share(
    cleared: Floats, weight: Floats, by_slot: Groups, slots_by_contribution: Groups
) -> Floats:
    """Cleared part of each contribution: product over tiers of the flow-weighted mean.

    weight: flow through a link over the flow of its tier, so that bodies side by side
    are not vetoes one after another; a contribution without a chain is cleared.
    """
    return ordered_product(ordered_sum(weight * cleared, by_slot), slots_by_contribution)
