"""Clearances along a delivery chain (Pressman & Wildavsky 1973)."""

from __future__ import annotations

import numpy as np

from psasim.mechanisms.ordered_sum import (
    TINY,
    Floats,
    Groups,
    Ints,
    ordered_product,
    ordered_sum,
    unit,
)


def coherence(resultant: Floats, lengths: Floats) -> Floats:
    """Clarity of direction: |sum of parents' effort vectors| / sum of their lengths; 1 if none."""
    some = lengths > 0.0
    return np.where(some, np.minimum(1.0, resultant / np.where(some, lengths, 1.0)), 1.0)


def drawn_along(own: Floats, joint: Floats) -> Floats:
    """Own agenda that rides along with a unit of what a department asks of its bodies.

    own, joint: its effort on its own agenda and on all its contributions; where it asks
    nothing the ratio does not matter.  (departments, runs).
    """
    return own / np.maximum(joint, TINY)


def agreement_chance(
    highest: Floats,
    floor: Floats,
    clarity: Floats,
    buy_in: Floats,
    support: Floats,
    outcome: Ints,
) -> Floats:
    """Chance that a body agrees in a month: p_max [kappa + (1-kappa) clarity buy_in].

    clarity, buy_in: (links, runs); support: the fraction of the rest of the way to
    certainty the centre's unit moves it, (outcomes, runs); outcome: outcome of each link.
    """
    alone = 1.0 - support
    chance = clarity * buy_in
    chance *= (highest * (1.0 - floor) * alone).take(outcome, axis=0)
    chance += (highest * floor * alone + support).take(outcome, axis=0)
    return chance


def agreed_share(chance: Floats, count: Floats, draw: Floats) -> Floats:
    """Part of a kind of body that agrees: 0 or 1 for one body, a mean with its spread for many.

    draw: uniform for one body; standard normal for a kind of `count` bodies, whose
    binomial share is taken as normal.
    """
    agreed = chance * chance
    np.subtract(chance, agreed, out=agreed)
    agreed *= 1.0 / count
    np.sqrt(agreed, out=agreed)
    agreed *= draw
    agreed += chance
    unit(agreed, out=agreed)
    one = _singles(count)
    agreed[one] = draw[one] < chance[one]
    return agreed


def _singles(count: Floats) -> Ints:
    """Links to a single body."""
    return np.flatnonzero(count == 1.0)


def clear(
    cleared: Floats, agreed: Floats, relapse: Floats, count: Floats, draw: Floats
) -> Floats:
    """Cleared part of each link after a month.

    cleared: before; agreed: part of the uncleared that agree; relapse: hazard of falling
    away (a kind of many loses its mean); each with a row for every link.  A line of n single
    bodies at constant p stands cleared at month t with [p/(p+r) (1-(1-p-r)^t)]^n; at r = 0 and
    t -> infinity, after one try, p^n.
    """
    kept = cleared * (1.0 - relapse)
    one = _singles(count)
    kept[one] = cleared[one] * (draw[one] >= relapse[one])
    after = 1.0 - cleared
    after *= agreed
    after += kept
    return after


def cleared_share(
    cleared: Floats, weight: Floats, by_slot: Groups, slots_by_contribution: Groups
) -> Floats:
    """Cleared part of each contribution: product over tiers of the flow-weighted mean.

    weight: flow through a link over the flow of its tier, so that bodies side by side
    are not vetoes one after another; a contribution without a chain is cleared.
    """
    return ordered_product(ordered_sum(weight * cleared, by_slot), slots_by_contribution)
