"""Where among futures cases lie close together: boxes, found on some futures and judged on others.

The patient rule induction method (Friedman & Fisher 1999, Statistics and Computing 9, 123-143)
as used for scenario discovery (Bryant & Lempert 2010, Technological Forecasting and Social
Change 77, 34-49): a box that holds all is peeled, a little at a time, from the side that raises the
share of cases most; of the boxes on the way one is taken, and what it does not need is let go.
Whether it holds is told by futures it has not seen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from psasim.analysis.statistics.intervals import share_of
from psasim.mechanisms.ordered_sum import Floats

PEEL = 0.08
"""Share of what is in the box that is peeled off at most, one step."""

FEWEST = 5
"""Futures that a box holds at least."""

MOST_FACTORS = 3
"""Factors a rule is of at most; more are not read."""

Bools = NDArray[np.bool_]
Limits = Mapping[int, tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Box:
    """Least and greatest value by place of the factor; infinite where a side is open."""

    limits: Limits = field(default_factory=dict)

    def holds(self, given: Floats) -> Bools:
        """Which rows of given (rows, factors) are in it."""
        inside = np.ones(len(given), dtype=bool)
        for factor, (low, high) in self.limits.items():
            inside &= (given[:, factor] >= low) & (given[:, factor] <= high)
        return inside

    def within(self, factor: int, low: float, high: float) -> Box:
        """The box with a factor's limits drawn in to these."""
        before = self.limits.get(factor, (-np.inf, np.inf))
        return Box({**self.limits, factor: (max(before[0], low), min(before[1], high))})


@dataclass(frozen=True, slots=True)
class Judged:
    """A box on futures it was not fitted to.

    density: share of cases among those in it; coverage: share of all cases that it holds; base:
    share of cases among all; each with its 95 % interval; p: of as many cases in a box that means
    nothing; futures, inside, cases: how many there were, in it, and that were cases.
    """

    density: tuple[float, float, float]
    coverage: tuple[float, float, float]
    base: float
    p: float
    futures: int
    inside: int
    cases: int


def find(given: Floats, cases: Bools) -> Box:
    """The box for cases among the rows of given (rows, factors); one without limits if none."""
    boxes, box = [Box()], Box()
    while True:
        peeled = _peel(box, given, cases)
        if peeled is None:
            break
        box = peeled
        boxes.append(box)
    best = max(boxes, key=lambda box: _worth(box, given, cases))
    return _pruned(best, given, cases)


def judge(box: Box, given: Floats, cases: Bools) -> Judged:
    """What a box is worth on these rows, which are to be others than those it was found on."""
    inside = box.holds(given)
    held, count, total = int((inside & cases).sum()), int(inside.sum()), int(cases.sum())
    p = float(stats.hypergeom.sf(held - 1, len(cases), total, count))
    return Judged(_share(held, count), _share(held, total), total / max(len(cases), 1), p,
                  len(cases), count, total)


def _share(part: int, whole: int) -> tuple[float, float, float]:
    low, high = share_of(part, whole)
    return (part / whole if whole else np.nan), float(low), float(high)


def _peel(box: Box, given: Floats, cases: Bools) -> Box | None:
    """The box without the slice whose loss raises the share of cases most; None at the end."""
    inside = box.holds(given)
    rows, own = given[inside], cases[inside]
    best: tuple[float, int] = (0.0, 0)
    peeled = None
    for factor in range(given.shape[1]):
        column = rows[:, factor]
        for ends in (_from_below(column), _from_above(column)):
            if ends is None:
                continue
            kept = own[(column >= ends[0]) & (column <= ends[1])]
            if kept.size >= FEWEST and (float(kept.mean()), kept.size) > best:
                best, peeled = (float(kept.mean()), kept.size), box.within(factor, *ends)
    return None if own.all() else peeled


def _from_below(column: Floats) -> tuple[float, float] | None:
    """Limits without the least values; of few levels a whole level goes."""
    place = max(int(PEEL * column.size), 1) - 1
    cut = np.partition(column, place)[place]
    above = column[column > cut]
    return (float(cut + above.min()) / 2.0, np.inf) if above.size else None


def _from_above(column: Floats) -> tuple[float, float] | None:
    mirrored = _from_below(-column)
    return None if mirrored is None else (-np.inf, -mirrored[0])


def _worth(box: Box, given: Floats, cases: Bools) -> tuple[float, int]:
    """Harmonic mean of density and coverage, and the fewer factors the better."""
    inside = box.holds(given)
    held = int((inside & cases).sum())
    return 2.0 * held / max(int(inside.sum()) + int(cases.sum()), 1), -len(box.limits)


def _pruned(box: Box, given: Floats, cases: Bools) -> Box:
    """Without the factors that add least, while that costs little or they are too many."""
    while box.limits:
        without = [Box({f: ends for f, ends in box.limits.items() if f != gone})
                   for gone in box.limits]
        least = max(without, key=lambda item: _worth(item, given, cases))
        if len(box.limits) <= MOST_FACTORS and _adds(box, least, given, cases):
            break
        box = least
    return box


def _adds(box: Box, less: Box, given: Floats, cases: Bools) -> bool:
    """Whether the share of cases in `box` is beyond chance, given the wider one (Bryant and
    Lempert's quasi-p-value)."""
    wide, narrow = less.holds(given), box.holds(given)
    held, count = int((narrow & cases).sum()), int(narrow.sum())
    return bool(stats.binom.sf(held - 1, count, cases[wide].mean()) < 0.05)
