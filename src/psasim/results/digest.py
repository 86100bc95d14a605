"""One number that tells whether two sets of runs have the same bits.

Every run's measures, in the order of their declaration, are mixed into 64 bits with the
numbers of its point and world; the digest is the sum over runs modulo 2^64.  So it is the
same in whatever order, batch, part or program runs are computed, and one last bit of one
measure changes it.  It guards against differences, not against forgery.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from psasim.mechanisms.ordered_sum import Floats
from psasim.month.draws import STEP, mix

_MASK = (1 << 64) - 1


class Digest:
    """A digest that runs are added to; `str` gives its 16 hexadecimal digits."""

    def __init__(self) -> None:
        self._total = 0

    def add(self, point: ArrayLike, world: ArrayLike, measures: Sequence[Floats]) -> None:
        """Add runs: numbers of their points and worlds, (runs,), and each measure, (runs,).

        A measure that is not a number counts as one and the same, whatever its bits.
        """
        run = _words(point) * STEP + _words(world) + STEP
        mixed = mix(run)
        for values in measures:
            mixed ^= _bits(values)
            mixed += STEP
            mix(mixed)
        self._total = (self._total + int(np.add.reduce(mixed, dtype=np.uint64))) & _MASK

    def __str__(self) -> str:
        return f"{self._total:016x}"


def _words(numbers: ArrayLike) -> NDArray[np.uint64]:
    return np.atleast_1d(np.asarray(numbers)).astype(np.uint64)


def _bits(values: Floats) -> NDArray[np.uint64]:
    held = np.where(np.isnan(values), np.nan, values)
    return held.view(np.uint64)
