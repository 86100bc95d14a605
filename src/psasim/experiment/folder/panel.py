"""Runs of a measure as arrays: by package, future and world."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from psasim.errors import Unanswerable
from psasim.experiment.design.points import Point
from psasim.experiment.folder.reader import StoredResults
from psasim.experiment.folder.summary import partners
from psasim.mechanisms.ordered_sum import Floats

FUTURES = ("uncertainties: {design: latin_hypercube, points: 128, over: all} in the experiment "
           "(docs/designs.md)")
"""What gives futures."""


@dataclass(frozen=True, slots=True, eq=False)
class Paired:
    """Differences from a package in the same future and world, (points, worlds), NaN where one
    of the two has no number."""

    points: Sequence[Point]
    values: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """values (packages, futures, worlds) of packages that met the same futures, all finite;
    left_out: futures and worlds without a number of every package."""

    packages: tuple[str, ...]
    futures: tuple[int, ...]
    values: Floats
    left_out: str

    @property
    def by_future(self) -> Floats:
        """Means over worlds, (packages, futures)."""
        return self.values.mean(axis=2)

    @property
    def by_world(self) -> Floats:
        """Means over futures, (packages, worlds)."""
        return self.values.mean(axis=1)

    @property
    def runs(self) -> int:
        return int(self.values.size)

    def of(self, package: str) -> Floats:
        """(futures, worlds)."""
        return self.values[self.packages.index(package)]


def paired(results: StoredResults, measure: str, less: str | None = None) -> Paired:
    """Differences of every point from package `less`, the baseline unless another is named."""
    less = results.baseline if less is None else less
    values, points = results.values(measure), results.points
    place = {point.number: row for row, point in enumerate(points)}
    partner = partners(points, less)
    rows = [row for row, point in enumerate(points)
            if point.package != less and point.number in partner]
    other = [place[partner[points[row].number]] for row in rows]
    return Paired([points[row] for row in rows], values[rows] - values[other])


@dataclass(frozen=True, slots=True, eq=False)
class Contest:
    """values (packages, worlds): means over futures, NaN where one has no number; left_out: what
    of futures; runs: that have a number."""

    packages: tuple[str, ...]
    futures: int
    values: Floats
    left_out: str
    runs: int


def panel(results: StoredResults, measure: str) -> Panel:
    """A measure under every package in every future.

    Raises `Unanswerable` where packages did not meet the same futures, or only one was run.
    """
    packages, futures, order = _crossed(results)
    return _whole(packages, futures, results.values(measure)[order])


def contest(results: StoredResults, measure: str) -> Contest:
    """A measure in all worlds that each package met, of which those that are out of the contest
    for the best may have met fewer.  Raises as `panel`."""
    packages, futures, order = _crossed(results)
    values = results.values(measure, results.longest)[order]
    met = np.isfinite(values).any(axis=2).all(axis=0)
    lost = int((~met).sum())
    kept = values[:, met].mean(axis=1) if met.any() else np.full(values[:, 0].shape, np.nan)
    said = f"{lost} of {met.size} futures are left out, as a package has no number there"
    return Contest(packages, len(futures) - lost, kept, said if lost else "",
                   int(np.isfinite(values[:, met]).sum()))


def _crossed(
    results: StoredResults
) -> tuple[tuple[str, ...], tuple[int, ...], NDArray[np.intp]]:
    """Packages, futures, and the place of each point, (packages, futures)."""
    points = results.points
    futures = tuple(dict.fromkeys(point.future for point in points))
    packages = tuple(results.packages)
    if len(packages) < 2:
        raise Unanswerable(f"only {results.baseline} was run; name packages to compare, presets: "
                           "[new_psa, existing_psa] in the experiment")
    if len(points) != len(futures) * len(packages):
        raise Unanswerable(
            "packages did not meet the same futures (a design over whole points, or one that is "
            "not finished): let packages cross with futures, presets: [...] and " + FUTURES)
    rows = {(point.package, point.future): row for row, point in enumerate(points)}
    return packages, futures, np.array([[rows[package, future] for future in futures]
                                        for package in packages])


def _whole(packages: tuple[str, ...], futures: tuple[int, ...], values: Floats) -> Panel:
    """Without futures in which a package has no number at all, then without worlds in which one
    has none."""
    there = np.isfinite(values)
    met = there.any(axis=2).all(axis=0)
    worlds = there[:, met].all(axis=(0, 1)) if met.any() else np.zeros(values.shape[2], bool)
    if not worlds.any():
        raise Unanswerable("no world has a number under every package in every future; psasim "
                           "results DIR names the runs that failed")
    said = [f"{count} of {of.size} {what} are left out, as a package has no number there"
            for of, what in ((met, "futures"), (worlds, "worlds"))
            if (count := int((~of).sum()))]
    kept = values[:, met][:, :, worlds]
    return Panel(packages, tuple(np.array(futures)[met].tolist()), kept, "; ".join(said))
