"""Places among packages: the best is first, and equals share a place.

Packages meet the same worlds, so a lever that changes nothing gives the very same number: such
ties are exact but for the rounding of a mean.  Nothing else is called a tie; whether two
packages that differ can be told apart is for the interval of their difference to say.
"""

from __future__ import annotations

import numpy as np

from psasim.mechanisms.ordered_sum import Floats

DECIMALS = 12
"""Decimals to which means of equal numbers are equal."""

ROUNDING = 10.0**-DECIMALS


def places(values: Floats, good: int) -> tuple[Floats, Floats]:
    """Place of each row of `values` (packages, sets) in each column, 1 the best, and how many
    rows share it, itself included; good: the direction of good, 1 or -1."""
    order = np.argsort(-good * values, axis=0, kind="stable")
    ranked = np.take_along_axis(values, order, axis=0)
    apart = np.abs(np.diff(ranked, axis=0)) > ROUNDING
    rows = np.arange(len(values))[:, None]
    starts = np.concatenate([np.ones((1, values.shape[1]), dtype=bool), apart])
    ends = np.concatenate([apart, np.ones((1, values.shape[1]), dtype=bool)])
    first = np.maximum.accumulate(np.where(starts, rows, 0), axis=0)
    last = np.minimum.accumulate(np.where(ends, rows, len(values))[::-1], axis=0)[::-1]
    place, sharing = np.empty(values.shape), np.empty(values.shape)
    np.put_along_axis(place, order, first + 1.0, axis=0)
    np.put_along_axis(sharing, order, last - first + 1.0, axis=0)
    return place, sharing
