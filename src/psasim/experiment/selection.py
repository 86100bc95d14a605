"""Selecting the best of several packages in common worlds, with a stated chance of being right.

Kim & Nelson (2001), ACM Transactions on Modeling and Computer Simulation 11, 251-273: after a
first stage, world by world, a package is out once another is ahead by more than luck could
make it.  Their statement: if the best is ahead of all others by `indifference` at least, it is
the one that stays with the stated probability; it holds where worlds are shared.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from psasim.mechanisms.ordered_sum import Floats
from psasim.results.places import ROUNDING

FIRST = 20
"""Worlds of the first stage, from which variances are estimated."""


@dataclass(frozen=True, slots=True, eq=False)
class Selection:
    """Who is left after the worlds there are.

    left: whether each package is; out_at: worlds after which it went, 0 of those left; by: place
    of the package that was furthest ahead of it then, -1; worlds: that were taken;
    decided: whether one is left, or several that are equal in every world; need: worlds at which
    it would be decided at the latest.
    """

    left: NDArray[np.bool_]
    out_at: NDArray[np.intp]
    by: NDArray[np.intp]
    worlds: int
    decided: bool
    need: int


def select(
    values: Floats, indifference: float, probability: float = 0.95, first: int = FIRST
) -> Selection:
    """Who stays of packages with values (packages, worlds), more being better.

    A world counts if it has a number of every package that is left by then, so a package that is
    out need not go on.  Raises `ValueError` for fewer worlds than the first stage takes.
    """
    packages, worlds = values.shape
    opening = np.flatnonzero(np.isfinite(values).all(axis=0))[:first]
    if opening.size < first:
        raise ValueError(f"{opening.size} worlds are fewer than the {first} of the first stage")
    begun = values[:, opening]
    spread = _variances(begun)
    eta = ((2.0 * (1.0 - probability) / max(packages - 1, 1)) ** (-2.0 / (first - 1)) - 1.0) / 2.0
    scaled = 2.0 * eta * (first - 1) * spread / indifference
    need = max(int(scaled.max() / indifference) + 1, first)
    left = np.arange(packages)
    out_at, by = np.zeros(packages, dtype=np.intp), np.full(packages, -1, dtype=np.intp)
    total, taken, world = begun.sum(axis=1), first, int(opening[-1]) + 1
    while True:
        mean = total[left] / taken
        margin = np.maximum(
            scaled[np.ix_(left, left)] / taken - indifference, 0.0) / 2.0
        ahead = mean[None, :] - mean[:, None] - margin
        beaten = (ahead > ROUNDING).any(axis=1)
        out_at[left[beaten]] = taken
        by[left[beaten]] = left[ahead[beaten].argmax(axis=1)]
        left = left[~beaten]
        decided = left.size == 1 or _equal(values[left])
        while world < worlds and not np.isfinite(values[left, world]).all():
            world += 1
        if decided or world == worlds:
            break
        total = total + values[:, world]
        taken, world = taken + 1, world + 1
    kept = np.zeros(packages, dtype=bool)
    kept[left] = True
    return Selection(kept, out_at, by, taken, decided, need)


def _equal(values: Floats) -> bool:
    """Whether packages have the same number in every world that all of them met."""
    met = values[:, np.isfinite(values).all(axis=0)]
    return bool(np.ptp(met, axis=0).max() <= ROUNDING)


def _variances(values: Floats) -> Floats:
    """Of the paired differences, (packages, packages)."""
    about = values - values.mean(axis=1, keepdims=True)
    own = (about**2).sum(axis=1)
    shared = about @ about.T
    found = (own[:, None] + own[None, :] - 2.0 * shared) / (values.shape[1] - 1)
    found[found < 1e-14 * (1.0 + own.max())] = 0.0
    return found


def p_not_best(values: Floats, indifference: float) -> float:
    """p of the package with the best mean being worse than the best by more than `indifference`.

    values: (packages, worlds), in a number of worlds that was fixed beforehand.  On the event
    that the true best is not underrated against any of the k - 1 others (Bonferroni), the bound
    holds whichever comes out best; worlds may be shared (Nelson & Matejcik 1995, Management
    Science 41, 1935-1945, for intervals beside selection).
    """
    from scipy import stats  # slow to load, and not needed for a run

    packages, worlds = values.shape
    if packages < 2 or worlds < 2:
        return float("nan")
    best = int(values.mean(axis=1).argmax())
    behind = values[best] - np.delete(values, best, axis=0)
    error = behind.std(axis=1, ddof=1) / np.sqrt(worlds)
    flat = error <= ROUNDING
    t = (behind.mean(axis=1) + indifference) / np.where(flat, 1.0, error)
    each = np.where(flat, 0.0, stats.t.sf(t, worlds - 1))
    return float(min((packages - 1) * each.max(), 1.0))
