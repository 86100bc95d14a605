"""What drives an answer, without a model of how: any rows, any shape, tested by shuffling."""

from __future__ import annotations

import numpy as np
from scipy import stats

from psasim.mechanisms.ordered_sum import Floats

PERMUTATIONS = 999
AT_ONCE = 1000
MOST_ROWS = 2000
"""Rows that are shuffled; more would tell hardly anything weaker."""


def ratio_of(given: Floats, values: Floats) -> Floats:
    """Share of the variance of values (..., rows) that lies between classes of a factor's given
    values (rows,): Pearson's (1905) correlation ratio, an estimate of S1."""
    classes = _classes(given)
    count = classes.sum(axis=1)
    means = (values @ classes.T) / count
    grand = values.mean(axis=-1, keepdims=True)
    total = ((values - grand) ** 2).sum(axis=-1)
    between = (count * (means - grand) ** 2).sum(axis=-1)
    return np.where(total > 0.0, between / np.where(total > 0.0, total, 1.0), 0.0)


def p_of_chance(given: Floats, values: Floats, seed: int = 1) -> Floats:
    """p of each factor (rows, factors) having no part in values (rows,), by shuffling rows.

    So many shuffles that the least p stands against all factors (Holm), of the first `MOST_ROWS`.
    """
    rng = np.random.default_rng(seed)
    given, values = given[:MOST_ROWS], values[:MOST_ROWS]
    times = max(PERMUTATIONS, 40 * given.shape[1] - 1)
    seen = np.array([float(ratio_of(factor, values)) for factor in given.T])
    reached = np.zeros(given.shape[1])
    for start in range(0, times, AT_ONCE):
        count = min(AT_ONCE, times - start)
        shuffled = rng.permuted(np.broadcast_to(values, (count, values.size)), axis=1)
        for place, factor in enumerate(given.T):
            reached[place] += (ratio_of(factor, shuffled) >= seen[place] - 1e-12).sum()
    return (1 + reached) / (times + 1)


def _classes(given: Floats) -> Floats:
    """Membership (classes, rows): one a value where they are few, else parts of equal size."""
    levels, place = np.unique(given, return_inverse=True)
    most = int(np.clip(given.size // 10, 2, 10))
    if levels.size > most:
        rank = np.argsort(np.argsort(given, kind="stable"), kind="stable")
        place = rank * most // given.size
    return (place == np.unique(place)[:, None]).astype(float)


def p_of_luck(values: Floats) -> float:
    """p of the rows of values (rows, worlds) differing by the luck of the worlds alone.

    F of a two-way analysis of variance, worlds being common; NaN of one row or one world.
    """
    rows, worlds = values.shape
    if rows < 2 or worlds < 2:
        return float("nan")
    row = values.mean(axis=1, keepdims=True)
    rest = values - row - values.mean(axis=0, keepdims=True) + values.mean()
    between = worlds * ((row - values.mean()) ** 2).sum() / (rows - 1)
    within = (rest**2).sum() / ((rows - 1) * (worlds - 1))
    if within <= 1e-24 * max(between, 1e-300):
        return 0.0 if between > 1e-20 else 1.0
    return float(stats.f.sf(between / within, rows - 1, (rows - 1) * (worlds - 1)))
