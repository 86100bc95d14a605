"""Spread between worlds and spread between parameter sets, told apart.

A package's difference from the baseline, in set s and world w, is taken as mean + set(s) +
world(w) + rest(s, w).  Worlds are the same for all sets, so what a set adds is estimated
free of them (two-way analysis of variance, random effects).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from psasim.experiment.folder.reader import StoredResults
from psasim.experiment.folder.summary import partners
from psasim.mechanisms.ordered_sum import Floats
from psasim.results.headline import summary_of
from psasim.results.measures import MEASURES
from psasim.results.places import ROUNDING, places

COLUMNS = (
    "package", "baseline", "measure", "unit", "mean", "p05_sets", "p95_sets", "sd_sets",
    "sd_worlds", "better", "equal", "rank_median", "rank_p05", "rank_p95", "first_alone",
    "first_tied", "worst", "worst_future", "sets", "worlds",
)


def spread(results: StoredResults, measures: tuple[str, ...] = ()) -> pd.DataFrame:
    """One row a package and measure (none named: those of a summary), for results of one
    scenario and several sets.

    mean: difference from the baseline; p05_sets, p95_sets: quantiles over sets of a set's
    mean over worlds; sd_sets: between sets, the luck of worlds taken off; sd_worlds:
    between worlds within a set; better, equal: share of sets whose mean is on the good side
    (NaN where neither side is), and 0; rank_*: place among all packages, the baseline too, by
    set, 1 the best, which equals share; first_alone, first_tied: share of sets in which no
    other is as good, and in which another is and none is better; worst, worst_future: the set
    that is worst for it.  Sets in which a run of the package or the baseline failed are left
    out.
    """
    measures = measures or summary_of(results.headline)
    differences, futures = _differences(results, measures)
    rows: list[tuple] = []
    for place, measure in enumerate(measures):
        good = MEASURES[measure].good
        means = {name: each[place].mean(axis=1) for name, each in differences.items()}
        found = _places(means, good)
        for name, each in differences.items():
            if name != results.baseline:
                rows.append((
                    name, results.baseline, measure, MEASURES[measure].unit,
                    *_row(each[place], good), *_standing(*found[name]),
                    *_worst(means[name], good, futures[name]), *_counts(each[place]),
                ))
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype({"worst_future": "Int64"})


def components(values: Floats) -> tuple[float, float]:
    """Standard deviations between sets, and between worlds within a set, of values
    (sets, worlds); NaN where there are fewer than two of either."""
    sets, worlds = values.shape
    if sets < 2 or worlds < 2:
        return np.nan, np.nan
    by_set = values.mean(axis=1, keepdims=True)
    rest = values - by_set - values.mean(axis=0, keepdims=True) + values.mean()
    noise = (rest**2).sum() / ((sets - 1) * (worlds - 1))
    between = by_set.var(ddof=1) - noise / worlds
    within = values.var(axis=1, ddof=1).mean()
    return float(np.sqrt(max(between, 0.0))), float(np.sqrt(within))


def _differences(
    results: StoredResults, measures: tuple[str, ...]
) -> tuple[dict[str, Floats], dict[str, list[int]]]:
    """From the baseline of the same set and world, (measures, sets, worlds) by package, and
    the numbers of the sets."""
    each = np.stack([results.values(measure) for measure in measures])
    values = {point.number: each[:, row] for row, point in enumerate(results.points)}
    of = partners(results.points, results.baseline)
    found: dict[str, list[Floats]] = {name: [] for name in results.packages}
    futures: dict[str, list[int]] = {name: [] for name in results.packages}
    for point in results.points:
        if point.number in of:
            found[point.package].append(values[point.number] - values[of[point.number]])
            futures[point.package].append(point.future)
    return {name: np.stack(each, axis=1) for name, each in found.items() if each}, futures


def _row(values: Floats, good: int) -> Iterator[float]:
    """mean, p05_sets, p95_sets, sd_sets, sd_worlds, better, equal."""
    fine = values[np.isfinite(values).all(axis=1)]
    if not fine.size:
        yield from (np.nan,) * 7
        return
    by_set = fine.mean(axis=1)
    yield float(by_set.mean())
    yield from (float(q) for q in np.quantile(by_set, [0.05, 0.95]))
    yield from components(fine)
    yield float((good * by_set > ROUNDING).mean()) if good else np.nan
    yield float((np.abs(by_set) <= ROUNDING).mean())


def _places(means: dict[str, Floats], good: int) -> dict[str, tuple[Floats, Floats]]:
    """Place by package and set, and how many share it; none where neither side is good, or
    where packages did not meet the same sets."""
    if not good or len({each.size for each in means.values()}) > 1:
        return {name: (np.empty(0), np.empty(0)) for name in means}
    table = np.stack(list(means.values()))
    met = np.isfinite(table).all(axis=0)
    return dict(zip(means, zip(*places(table[:, met], good), strict=True), strict=True))


def _standing(place: Floats, sharing: Floats) -> Iterator[float]:
    """rank_median, rank_p05, rank_p95, first_alone, first_tied."""
    if not place.size:
        yield from (np.nan,) * 5
        return
    yield from (float(q) for q in np.quantile(place, [0.5, 0.05, 0.95]))
    first = place == 1.0
    yield float((first & (sharing == 1.0)).mean())
    yield float((first & (sharing > 1.0)).mean())


def _worst(means: Floats, good: int, futures: list[int]) -> tuple[float, int | None]:
    """The worst mean of a set and the set's number; none where neither side is good."""
    if not good or not np.isfinite(means).any():
        return np.nan, None
    place = int(np.nanargmin(good * means))
    return float(means[place]), futures[place]


def _counts(values: Floats) -> tuple[int, int]:
    return int(np.isfinite(values).all(axis=1).sum()), values.shape[1]
