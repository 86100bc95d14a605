"""Means and paired differences of stored runs, in one pass and in bounded memory.

The unit of an interval is a world: where a design has several futures (settings of what is
uncertain), the differences of a world are averaged over the futures first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from psasim.experiment.design.points import Point
from psasim.mechanisms.ordered_sum import Floats
from psasim.results.basis import grain
from psasim.results.measures import MEASURES
from psasim.results.paired import half_width
from psasim.results.places import ROUNDING
from psasim.results.shares import Share, share_difference
from psasim.structure.layout import Layout

SHARES = [row for row, item in enumerate(MEASURES.shipped.values()) if item.counts]
"""Rows of the shares of targets, which are psasim's own."""


@dataclass(slots=True, eq=False)
class Moments:
    """Number, mean and sum of squares about the mean of what was added, and how many of it
    were 0, per measure."""

    number: int
    mean: Floats
    squares: Floats
    zeros: Floats

    @classmethod
    def none(cls, measures: int = len(MEASURES.shipped)) -> Moments:
        return cls(0, *(np.zeros(measures) for _ in range(3)))

    def add(self, values: Floats) -> None:
        """Take in values (measures, n), by the update of Chan, Golub and LeVeque (1983)."""
        new = values.shape[1]
        if not new:
            return
        mean = values.mean(axis=1)
        squares = ((values - mean[:, None]) ** 2).sum(axis=1)
        total = self.number + new
        shift = mean - self.mean
        self.squares = self.squares + squares + shift**2 * (self.number * new / total)
        self.mean = self.mean + shift * (new / total)
        self.number = total
        self.zeros = self.zeros + (np.abs(values) <= ROUNDING).sum(axis=1)

    @property
    def deviation(self) -> Floats:
        """Standard deviation, NaN of fewer than two."""
        if self.number < 2:
            return np.full(self.mean.shape, np.nan)
        return np.sqrt(self.squares / (self.number - 1))


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Runs of one part: values (points, measures, worlds), NaN where a run failed; refused:
    whether the model refused the settings, (points,)."""

    points: range
    values: Floats
    refused: NDArray[np.bool_]

    @classmethod
    def of_table(
        cls, table: pa.Table, points: range, worlds: int, measures: Sequence[str]
    ) -> Rows:
        """Those of a part's table that are in its first `worlds` worlds."""
        columns = [table[name].to_numpy() for name in measures]
        values = np.stack(columns, axis=1).reshape(len(points), -1, len(measures))
        status = table["status"].to_numpy().reshape(values.shape[:2])
        values[status != "ok"] = np.nan
        values = np.ascontiguousarray(values[:, :worlds].transpose(0, 2, 1))
        return cls(points, values, (status == "refused").all(axis=1))


class Summary:
    """Levels and paired differences by package, added up world block after world block.

    measures: names of the rows; levels: over the runs that did not fail; differences: from
    the baseline, by world; pairs: what the differences of shares of targets are taken of, the
    package's and the baseline's; runs, failed: by package, without those whose settings are
    refused; unpaired: runs left out as they or their pair failed, were refused, or are not there.
    """

    def __init__(
        self, points: Iterable[Point], baseline: str, measures: Sequence[str]
    ) -> None:
        self.baseline = baseline
        self.measures = tuple(measures)
        rows = len(self.measures)
        self._package = {point.number: point.package for point in points}
        names = list(dict.fromkeys(self._package.values()))
        self._partner = partners(points, baseline)
        self.bases = frozenset(self._partner.values())
        self.levels = {name: Moments.none(rows) for name in names}
        self.differences = {name: Moments.none(rows) for name in names if name != baseline}
        self.pairs = {name: (Moments.none(len(SHARES)), Moments.none(len(SHARES)))
                      for name in self.differences}
        self.runs = dict.fromkeys(names, 0)
        self.failed = dict.fromkeys(names, 0)
        self.unpaired = dict.fromkeys(self.differences, 0)

    def add(self, bases: Iterable[Rows], parts: Iterable[Rows]) -> None:
        """Take in the parts of a block of worlds; bases: those that hold baseline points."""
        base = {
            number: values
            for rows in bases for number, values in zip(rows.points, rows.values, strict=True)
            if number in self.bases
        }
        sums: dict[str, tuple[Floats, Floats, Floats]] = {}
        for rows in parts:
            for number, values, refused in zip(
                rows.points, rows.values, rows.refused, strict=True
            ):
                if number in self._package:
                    if not refused:
                        self._level(self._package[number], values)
                    self._difference(number, values, base, sums)
        for name, (total, under, count) in sums.items():
            met = count > 0
            difference, of_base = total[:, met] / count[met], under[:, met] / count[met]
            self.differences[name].add(difference)
            one, other = self.pairs[name]
            one.add(of_base + difference[SHARES])
            other.add(of_base)

    def _level(self, name: str, values: Floats) -> None:
        fine = np.isfinite(values).all(axis=0)
        self.levels[name].add(values[:, fine])
        self.runs[name] += fine.size
        self.failed[name] += int((~fine).sum())

    def _difference(
        self, number: int, values: Floats, base: Mapping[int, Floats],
        sums: dict[str, tuple[Floats, Floats, Floats]],
    ) -> None:
        name = self._package[number]
        if name == self.baseline:
            return
        partner = self._partner.get(number)
        if partner is None:
            self.unpaired[name] += values.shape[1]
            return
        difference = values - base[partner]
        fine = np.isfinite(difference).all(axis=0)
        self.unpaired[name] += int((~fine).sum())
        total, under, count = sums.setdefault(name, (
            np.zeros_like(values), np.zeros((len(SHARES), fine.size)), np.zeros(fine.size)))
        total += np.where(fine, difference, 0.0)
        under += np.where(fine, base[partner][SHARES], 0.0)
        count += fine

    def intervals(self, name: str, layout: Layout) -> tuple[Floats, Floats]:
        """(low, high) of a package's mean difference, 95 %, a row a measure."""
        moments = self.differences[name]
        reach = np.array([half_width(float(d), moments.number) for d in moments.deviation])
        low, high = moments.mean - reach, moments.mean + reach
        for row, measure in enumerate(SHARES):
            one, other = (
                Share.of(float(m.mean[row]), float(m.deviation[row]), m.number,
                         grain(self.measures[measure], layout))
                for m in self.pairs[name])
            spread = float(moments.deviation[measure])
            low[measure], high[measure] = share_difference(one, other, spread)
        return low, high


def partners(points: Iterable[Point], baseline: str) -> dict[int, int]:
    """By point, the point of the baseline in the same scenario and future."""
    futures: dict[tuple[str, int], int] = {}
    for point in points:
        if point.package == baseline:
            futures.setdefault((point.scenario, point.future), point.number)
    return {
        point.number: futures[point.scenario, point.future]
        for point in points if (point.scenario, point.future) in futures
    }
