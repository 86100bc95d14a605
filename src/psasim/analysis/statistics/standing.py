"""How packages stand over futures: places, regret, who is never behind whom."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from psasim.mechanisms.ordered_sum import Floats
from psasim.results.places import ROUNDING, places


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """By package: share of futures in which it is first, alone or with others; its mean place;
    its regret, what it falls short of the best of each future: (packages, futures)."""

    alone: Floats
    tied: Floats
    place: Floats
    regret: Floats


def standing(values: Floats, good: int) -> Standing:
    """Of values (packages, futures); good: the direction of good, 1 or -1."""
    place, sharing = places(values, good)
    first = place == 1.0
    return Standing((first & (sharing == 1.0)).mean(axis=1), (first & (sharing > 1.0)).mean(axis=1),
                    place.mean(axis=1), (good * values).max(axis=0) - good * values)


def dominated(values: Floats, order: int) -> NDArray[np.bool_]:
    """(packages, packages): whether the row's package is dominated by the column's.

    values: (packages, futures), more being better.  First order: in whichever future, ranked
    from worst to best, the other is no worse; second: the mean of its worst k futures is no
    worse for any k (Hadar & Russell 1969, American Economic Review 59, 25-34).
    """
    ranked = np.sort(values, axis=1)
    if order == 2:
        ranked = np.cumsum(ranked, axis=1)
    found = np.zeros((len(values), len(values)), dtype=bool)
    for place, own in enumerate(ranked):
        more = ranked - own
        found[place] = np.all(more >= -ROUNDING, axis=1) & np.any(more > ROUNDING, axis=1)
    return found
