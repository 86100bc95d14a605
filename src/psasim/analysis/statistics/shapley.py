"""How a package's gain is shared among its levers: Shapley (1953).

A lever's share is what it adds to those already there, averaged over all orders in which they
could come.  The shares sum to the gain, in every world.
"""

from __future__ import annotations

from math import factorial

import numpy as np

from psasim.mechanisms.ordered_sum import Floats


def shapley(values: Floats) -> Floats:
    """Shares (levers, worlds) from the values of every subset, (2, ..., 2, worlds): an axis a
    lever, 0 without it and 1 with it."""
    levers = values.ndim - 1
    sizes = sum(np.indices((2,) * (levers - 1))) if levers > 1 else np.zeros(())
    weights = np.array([factorial(s) * factorial(levers - 1 - s) / factorial(levers)
                        for s in range(levers)])
    weight = weights[np.asarray(sizes, dtype=int)]
    shares = []
    for axis in range(levers):
        added = np.take(values, 1, axis=axis) - np.take(values, 0, axis=axis)
        shares.append((weight[..., None] * added).reshape(-1, values.shape[-1]).sum(axis=0))
    return np.stack(shares)


def from_both_ends(first: Floats, last: Floats) -> Floats:
    """Shares (levers, worlds) from what each lever adds as the first, and as the last.

    Their mean is the Shapley share where levers need each other in pairs at most; what is left
    of the gain is of three or more together.
    """
    return (first + last) / 2.0
