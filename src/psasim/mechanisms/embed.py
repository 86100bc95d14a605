"""Arrangements take hold by and by (Repenning & Sterman 2001; Fixsen et al. 2005)."""

from __future__ import annotations

from psasim.mechanisms.chance import over_time
from psasim.mechanisms.ordered_sum import Floats


def part_held(rate: Floats, month: int) -> Floats:
    """Part of an arrangement that has taken hold after some months: 1 - (1-eps)^t.

    rate: eps, part of what is left that takes hold in a month; at 1 all of it at once.
    """
    return over_time(rate, month)


def embedded(before: Floats, difference: Floats, held: Floats) -> Floats:
    """A coefficient on its way: before + held (after - before)."""
    return before + held * difference
