"""Adds worlds until the answer is as precise as was asked.

The rule looks at a geometric sequence of numbers of worlds, and stops at the first at
which every paired interval is narrow enough (Chow and Robbins, 1965), and the best package is
known (Kim & Nelson 2001), as far as either is asked for.  Looking often and
early at intervals makes them cover less than they say; few looks, the first of them not
early, keep what is lost below a point (docs/experiments.md has it measured).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

import numpy as np

from psasim.experiment.folder.panel import contest
from psasim.experiment.folder.reader import StoredResults, stored
from psasim.experiment.folder.store import Store
from psasim.experiment.folder.summary import Summary
from psasim.experiment.precision import Best, Precision
from psasim.experiment.selection import FIRST, select
from psasim.results.measures import MEASURES
from psasim.results.paired import half_width
from psasim.structure.layout import Layout

FEWEST = 64
"""Worlds before the first look: enough for an estimate of the spread to be trusted."""

UNVARIED = 300
"""Worlds before differences that are all alike are believed to be so: by the rule of
three, fewer than one world in a hundred then differs, with 95 % confidence."""

GROWTH = 1.5
"""Each look is at so many times the worlds of the one before."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """worlds: at which the rule stopped; widest: interval of the chosen measures, in
    widths asked for; 1 or less is precise enough; contending: packages that may be the best
    where that is asked and not decided; shared: worlds that all packages met."""

    worlds: int
    widest: float
    contending: tuple[str, ...] = ()
    shared: int = 0

    @property
    def precise(self) -> bool:
        return self.widest <= 1.0 and not self.contending


def looks(first: int, most: int, block: int) -> Iterator[int]:
    """Numbers of worlds at which the rule looks: whole blocks, the cap last."""
    number = max(first, FEWEST)
    while True:
        number = -(-number // block) * block
        yield min(number, most)
        if number >= most:
            return
        number = int(np.ceil(number * GROWTH))


def width(deviation: float, number: int) -> float:
    """The 95 % interval of a mean of `number` differences, from end to end."""
    if deviation == 0.0 and number < UNVARIED:
        return np.inf
    return 2.0 * half_width(deviation, number)


Compute = Callable[[int, Collection[int] | None], None]


def to_precision(store: Store, precision: Precision, first: int, compute: Compute) -> Verdict:
    """Look, and compute more worlds, until precise or at the cap.

    compute: makes the store hold so many worlds of some points, None for all.  Once intervals are
    narrow, as far as that is asked for, packages that are out of the contest for the best meet no
    more worlds.  What is decided depends on the first worlds of each look alone, not on what the
    store held before.
    """
    summaries: list[Summary] = []
    only: frozenset[int] | None = None
    seen, verdict = 0, Verdict(0, np.inf)
    for number in looks(first, precision.most, store.manifest.shape.worlds):
        compute(number, only)
        shared, widest = (number if only is None else verdict.shared), verdict.widest
        scenarios = stored(store, shared, longest=number).by_scenario()
        if only is None:
            summaries = summaries or [
                Summary(s.points, s.baseline, s.measures) for s in scenarios]
            for summary, results in zip(summaries, scenarios, strict=True):
                results.add_to(summary, seen)
            widest = max(_widest(summary, results.layout, precision)
                         for summary, results in zip(summaries, scenarios, strict=True))
            seen = number
        left = {} if precision.best is None else {
            results.scenario.name: contenders(results, precision.best) for results in scenarios}
        contending = [name for names in left.values() for name in names]
        verdict = Verdict(number, widest, tuple(dict.fromkeys(contending)), shared)
        if verdict.precise:
            break
        if widest <= 1.0:
            only = frozenset(point.number for results in scenarios for point in results.points
                             if point.package in left[results.scenario.name])
    return verdict


def contenders(results: StoredResults, best: Best) -> list[str]:
    """Packages that may yet be the best; none once it is known, or all that are left are equal
    in every world.

    World by world on the first ones, so that later looks decide alike.  Raises
    `psasim.errors.Unanswerable` where packages did not meet the same futures.
    """
    found = contest(results, best.headline)
    values = MEASURES[best.headline].good * found.values
    if np.isfinite(values).all(axis=0).sum() < FIRST:
        return list(found.packages)
    chosen = select(values, best.indifference, best.probability)
    if chosen.decided:
        return []
    return [name for name, left in zip(found.packages, chosen.left, strict=True) if left]


def _widest(summary: Summary, layout: Layout, precision: Precision) -> float:
    if precision.width is None:
        return 0.0
    rows = [summary.measures.index(name) for name in precision.measures]
    widest = 0.0
    for name, moments in summary.differences.items():
        low, high = summary.intervals(name, layout)
        alike = (moments.deviation[rows] == 0.0) & (moments.number < UNVARIED)
        widths = np.where(alike, np.inf, (high - low)[rows])
        widest = max(widest, float(np.nan_to_num(widths, nan=np.inf).max()))
    return widest / precision.width
