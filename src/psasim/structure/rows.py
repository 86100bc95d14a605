"""Small tools for arrays of rows."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from psasim.mechanisms.ordered_sum import Floats, Ints


def column(values: object) -> Floats:
    """A column (rows, 1) of floats."""
    return np.asarray(values, dtype=np.float64).reshape(-1, 1)


def spans(labels: Ints | Sequence[int], count: int) -> tuple[slice, ...]:
    """Slice of the sorted `labels` that holds each number below `count`."""
    edges = [int(edge) for edge in np.searchsorted(labels, np.arange(count + 1))]
    return tuple(slice(edges[i], edges[i + 1]) for i in range(count))
