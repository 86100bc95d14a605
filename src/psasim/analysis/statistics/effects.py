"""Main effects and interactions of levers that are low or high, from common worlds.

Every world meets every row, so each world gives the whole set of effects; their mean and
interval are over worlds.  An effect is the mean at the high level less that at the low one; an
interaction is half of what the one lever's effect gains when the other goes from low to high
(Box, Hunter & Hunter 2005, ch. 5).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from psasim.analysis.statistics.intervals import holm, mean_interval, p_of_zero
from psasim.mechanisms.ordered_sum import Floats

ALIKE = 1e-9
"""Correlation from which columns are the same, and below which they are apart."""


@dataclass(frozen=True, slots=True, eq=False)
class Effects:
    """A term a row: the levers it is of, one or two, and those it cannot be told from.

    mean, low, high: of the effect; p: Holm-adjusted over all terms; clear: whether pairs could be
    told from single levers and from one another, and so are among the terms.
    """

    terms: tuple[tuple[str, ...], ...]
    alias: tuple[tuple[tuple[str, ...], ...], ...]
    mean: Floats
    low: Floats
    high: Floats
    p: Floats
    clear: bool


def effects(names: Sequence[str], signs: Floats, values: Floats, level: float = 0.95) -> Effects:
    """Effects of levers `names` from signs (rows, levers), -1 low and 1 high, and values (rows,
    worlds)."""
    terms: list[tuple[str, ...]] = [(name,) for name in names]
    pairs = list(combinations(range(len(names)), 2))
    columns = [signs[:, i] for i in range(len(names))]
    groups: list[list[tuple[str, ...]]] = [[term] for term in terms]
    clear = _told_apart(signs, pairs)
    if clear:
        for one, two in pairs:
            _place((names[one], names[two]), signs[:, one] * signs[:, two], columns, groups)
    per_world = np.stack([
        2.0 * (column[:, None] * values).sum(axis=0) / len(signs) for column in columns])
    mean, low, high = mean_interval(per_world, level)
    return Effects(
        tuple(group[0] for group in groups), tuple(tuple(group[1:]) for group in groups),
        mean, low, high, holm(p_of_zero(per_world)), clear)


def _place(
    term: tuple[str, ...], column: Floats, columns: list[Floats],
    groups: list[list[tuple[str, ...]]],
) -> None:
    """Add a term's column, or the term to those that it cannot be told from."""
    if abs(column.sum()) > ALIKE * len(column):
        return  # constant in this fraction: part of the mean
    for known, group in zip(columns, groups, strict=True):
        if abs(known @ column) > (1 - ALIKE) * len(column):
            group.append(term)
            return
    columns.append(column)
    groups.append([term])


def _told_apart(signs: Floats, pairs: list[tuple[int, int]]) -> bool:
    """Whether each pair is either quite apart from any other term or quite the same."""
    rows = len(signs)
    if not pairs or len(pairs) > 2000:
        return False
    products = np.stack([signs[:, i] * signs[:, j] for i, j in pairs], axis=1)
    shared = np.abs(np.hstack([signs, products]).T @ products) / rows
    return bool(np.all((shared < ALIKE) | (shared > 1 - ALIKE)))


def pairs_pass_for_levers(signs: Floats) -> bool:
    """Whether a pair of levers is correlated with a single one."""
    rows, levers = signs.shape
    return any(
        np.abs(signs.T @ (signs[:, i] * signs[:, j])).max() > ALIKE * rows
        for i, j in combinations(range(levers), 2)
    )
