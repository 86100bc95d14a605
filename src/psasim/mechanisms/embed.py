"""Arrangements take hold by and by (Repenning & Sterman 2001; Fixsen et al. 2005)."""

from __future__ import annotations

from psasim.mechanisms.chance import over_time
from psasim.mechanisms.ordered_sum import Floats


def embedded(before: Floats, difference: Floats, rate: Floats, month: int) -> Floats:
    """A coefficient after some months: before + (1 - (1-eps)^t) (after - before).

    rate: eps, part of what is left that takes hold in a month; at 1 all of it at once.
    """
    return before + over_time(rate, month) * difference
