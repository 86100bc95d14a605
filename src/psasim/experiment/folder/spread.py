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
from psasim.results.measures import MEASURES
from psasim.results.results import HEADLINE

COLUMNS = (
    "package", "baseline", "measure", "unit", "mean", "p05_sets", "p95_sets", "sd_sets",
    "sd_worlds", "better", "rank_median", "rank_p05", "rank_p95", "first", "worst", "worst_future",
    "sets", "worlds",
)

ROUNDING = 1e-12
"""What a mean of equal numbers may be off by."""


def spread(results: StoredResults, measures: tuple[str, ...] = HEADLINE) -> pd.DataFrame:
    """One row a package and measure, for results of one scenario and several sets.

    mean: difference from the baseline; p05_sets, p95_sets: quantiles over sets of a set's
    mean over worlds; sd_sets: between sets, the luck of worlds taken off; sd_worlds:
    between worlds within a set; better: share of sets whose mean is on the good side (NaN
    where neither side is); rank_*, first: place among all packages, 1 the best, by set, and
    share of sets in which it is first; worst, worst_future: the set that is worst for it.
    Sets in which a run of the package or the baseline failed are left out.
    """
    differences, futures = _differences(results, measures)
    rows: list[tuple] = []
    for place, measure in enumerate(measures):
        good = MEASURES[measure].good
        means = {name: each[place].mean(axis=1) for name, each in differences.items()}
        ranks = _ranks(means, good)
        for name, each in differences.items():
            if name != results.baseline:
                rows.append((
                    name, results.baseline, measure, MEASURES[measure].unit,
                    *_row(each[place], good), *_places(ranks[name]),
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
    runs = results.to_frame(["point", "world", *measures])
    values = {
        point: group[list(measures)].to_numpy().T for point, group in runs.groupby("point")
    }
    of = partners(results.points, results.baseline)
    found: dict[str, list[Floats]] = {name: [] for name in results.packages}
    futures: dict[str, list[int]] = {name: [] for name in results.packages}
    for point in results.points:
        if point.number in of:
            found[point.package].append(values[point.number] - values[of[point.number]])
            futures[point.package].append(point.future)
    return {name: np.stack(each, axis=1) for name, each in found.items() if each}, futures


def _row(values: Floats, good: int) -> Iterator[float]:
    """mean, p05_sets, p95_sets, sd_sets, sd_worlds, better."""
    fine = values[np.isfinite(values).all(axis=1)]
    if not fine.size:
        yield from (np.nan,) * 6
        return
    by_set = fine.mean(axis=1)
    yield float(by_set.mean())
    yield from (float(q) for q in np.quantile(by_set, [0.05, 0.95]))
    yield from components(fine)
    yield float((good * by_set > ROUNDING).mean()) if good else np.nan


def _ranks(means: dict[str, Floats], good: int) -> dict[str, Floats]:
    """Rank by package and set, 1 the best, which equals share; none where neither side is
    good, or where packages did not meet the same sets."""
    lengths = {each.size for each in means.values()}
    if not good or len(lengths) > 1:
        return {name: np.full(1, np.nan) for name in means}
    table = pd.DataFrame(means).dropna().round(12)
    ranked = table.rank(axis=1, ascending=good < 0, method="min")
    return {name: ranked[name].to_numpy() for name in ranked}


def _places(ranks: Floats) -> Iterator[float]:
    """rank_median, rank_p05, rank_p95, first."""
    if not np.isfinite(ranks).any():
        yield from (np.nan,) * 4
        return
    yield from (float(q) for q in np.quantile(ranks, [0.5, 0.05, 0.95]))
    yield float((ranks == 1.0).mean())


def _worst(means: Floats, good: int, futures: list[int]) -> tuple[float, int | None]:
    """The worst mean of a set and the set's number; none where neither side is good."""
    if not good or not np.isfinite(means).any():
        return np.nan, None
    place = int(np.nanargmin(good * means))
    return float(means[place]), futures[place]


def _counts(values: Floats) -> tuple[int, int]:
    return int(np.isfinite(values).all(axis=1).sum()), values.shape[1]
