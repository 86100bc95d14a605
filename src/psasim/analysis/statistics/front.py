"""Pareto sets: what no other beats on every count at once, and how sure that is."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from psasim.analysis.statistics.intervals import mean_interval
from psasim.mechanisms.ordered_sum import Floats
from psasim.results.places import ROUNDING
from psasim.results.student import student_quantile

RESAMPLES = 400


def on_front(goods: Floats) -> NDArray[np.bool_]:
    """Rows of goods (packages, counts), more being better, that no other row beats: no worse in
    any count and better in one."""
    more = goods[None, :, :] - goods[:, None, :]
    beats = np.all(more >= -ROUNDING, axis=2) & np.any(more > ROUNDING, axis=2)
    return ~np.any(beats, axis=1)


def front_share(goods: Floats, seed: int = 1) -> Floats:
    """Share of resamples of the worlds in which each package is on the front.

    goods: (packages, counts, worlds); worlds are drawn with replacement (Efron 1979), the same
    for all packages.  How stable the front is, not the chance that it is right.
    """
    rng = np.random.default_rng(seed)
    worlds = goods.shape[-1]
    kept = np.zeros(len(goods))
    for _ in range(RESAMPLES):
        kept += on_front(goods[:, :, rng.integers(worlds, size=worlds)].mean(axis=2))
    return kept / RESAMPLES


def surely_beaten(goods: Floats, level: float = 0.95) -> NDArray[np.intp]:
    """By package, the one that beats it on every count beyond luck; -1 where none is shown to.

    goods: (packages, counts, worlds).  All statements hold together with probability `level`:
    each count is tested at a share of the error by the number of ordered pairs (Bonferroni), and
    all counts must pass (intersection-union, Berger 1982), where equal in every world passes.
    """
    packages, _, worlds = goods.shape
    found = np.full(packages, -1, dtype=np.intp)
    if packages < 2 or worlds < 2:
        return found
    each = 1.0 - (1.0 - level) / (packages * (packages - 1))
    factor = student_quantile(each, worlds - 1)
    for place in range(packages):
        more = goods - goods[place]
        mean = more.mean(axis=2)
        error = more.std(axis=2, ddof=1) / np.sqrt(worlds)
        equal = (np.abs(more) <= ROUNDING).all(axis=2)
        above = mean - factor * np.where(error <= ROUNDING, 0.0, error) > ROUNDING
        beats = (above | equal).all(axis=1) & above.any(axis=1)
        if beats.any():
            found[place] = int(np.flatnonzero(beats)[mean[beats, 0].argmax()])
    return found


def intervals(goods: Floats) -> tuple[Floats, Floats, Floats]:
    """(mean, low, high) of each count of each package, (packages, counts)."""
    return mean_interval(goods)
