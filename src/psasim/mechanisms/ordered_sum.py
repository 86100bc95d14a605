"""Sums across entities in one fixed order, the same for one run and for many.

`np.sum(axis=0)`, `einsum` and BLAS products round differently with the batch;
`np.add.reduceat` does not, except that it gives an empty group its neighbour's value.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]


class Groups(NamedTuple):
    """Rows of an array by group.

    count: number of groups; starts: first row of each non-empty group; rows: the
    non-empty groups, None if all are; order: permutation that sorts rows by group,
    None if they are sorted already.
    """

    count: int
    starts: Ints
    rows: Ints | None
    order: Ints | None


def group_rows(labels: ArrayLike, count: int) -> Groups:
    """Groups for `labels`, the group number of each row; order within a group is kept."""
    label = np.asarray(labels, dtype=np.intp)
    order = np.argsort(label, kind="stable")
    present, starts = np.unique(label[order], return_index=True)
    is_sorted = bool(np.all(order == np.arange(label.size)))
    return Groups(
        count,
        starts.astype(np.intp),
        None if present.size == count else present.astype(np.intp),
        None if is_sorted else order,
    )


def _reduce(ufunc: np.ufunc, values: NDArray, groups: Groups, empty: float) -> NDArray:
    if groups.starts.size == 0:
        return np.full((groups.count, *values.shape[1:]), empty, values.dtype)
    if groups.order is not None:
        values = values.take(groups.order, axis=0)
    reduced = ufunc.reduceat(values, groups.starts, axis=0)
    if groups.rows is None:
        return reduced
    out = np.full((groups.count, *reduced.shape[1:]), empty, reduced.dtype)
    out[groups.rows] = reduced
    return out


def ordered_sum(values: NDArray, groups: Groups) -> NDArray:
    """Sum of rows by group: (rows, runs) -> (groups, runs); empty groups give exact zeros."""
    return _reduce(np.add, values, groups, 0.0)


def ordered_max(values: NDArray, groups: Groups) -> NDArray:
    """Largest row by group; empty groups give -inf."""
    return _reduce(np.maximum, values, groups, -np.inf)


def ordered_min(values: NDArray, groups: Groups) -> NDArray:
    """Smallest row by group; empty groups give inf."""
    return _reduce(np.minimum, values, groups, np.inf)


def unit(values: NDArray) -> NDArray:
    """Values cut to [0, 1]; two ufuncs, faster than `np.clip`."""
    return np.minimum(np.maximum(values, 0.0), 1.0)
