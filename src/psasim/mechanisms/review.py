"""Problems, who sees them and when (stocktakes), and the centre's limited support."""

from __future__ import annotations

import numpy as np

from psasim.mechanisms.elementary import expm1
from psasim.mechanisms.ordered_sum import Floats, Groups, Ints, ordered_sum


def arise(problem: Floats, hazard: Floats, draw: Floats) -> Floats:
    """Undetected problems, 0 or 1, after new ones arise (mid-month)."""
    return np.maximum(problem, draw < hazard)


def combine(*chances: Floats) -> Floats:
    """Effects on one coefficient, none hiding another: 1 - prod(1 - x)."""
    missed = 1.0 - chances[0]
    for chance in chances[1:]:
        missed = missed * (1.0 - chance)
    return 1.0 - missed


def detect(problem: Floats, chance: Floats, draw: Floats) -> Floats:
    """Problems seen at the end of the month, 0 or 1.

    With stocktakes alone, every tau months and seeing at d, a problem goes undetected
    for tau/2 + tau (1-d)/d months on average (T7).
    """
    return problem * (draw < chance)


def unit_support(capacity: Floats, targets: Floats, fixed: Floats, slope: Floats) -> Floats:
    """Support a unit gives each of its targets: 1 - exp(-slope (capacity/N - fixed)+).

    The fixed time each target takes makes a unit that is spread thin useless (T9).
    """
    return -expm1(-slope * np.maximum(0.0, capacity / targets - fixed))


def largest(gap: Floats, number: Floats) -> Floats:
    """1 for the `number` rows with the largest gap above 0, ties by key; (outcomes, runs)."""
    if not np.any(number > 0):
        return np.zeros_like(gap)
    whole = np.minimum(np.ceil(number), gap.shape[0]).astype(np.intp)
    last = np.broadcast_to(gap.shape[0] - np.maximum(whole, 1), (1, gap.shape[1]))
    least = np.take_along_axis(np.partition(gap, np.unique(last), axis=0), last, axis=0)
    chosen = (gap >= np.where(whole > 0, least, np.inf)) & (gap > 0.0)
    if np.any(np.count_nonzero(chosen, axis=0, keepdims=True) > whole):
        above, equal = gap > least, gap == least
        left = whole - np.count_nonzero(above, axis=0, keepdims=True)
        chosen &= above | (np.add.accumulate(equal, axis=0, dtype=np.intp) <= left)
    return chosen.astype(np.float64)


def behind_together(
    behind: Floats, trigger: Floats, groups: Groups, cluster: Ints
) -> Floats:
    """1 for the outcomes of a cluster in which at least `trigger` are reported behind plan.

    behind: 0 or 1 (outcomes, runs); groups, cluster: outcomes by cluster.
    """
    number = ordered_sum(behind, groups)
    return 1.0 * (number >= trigger).take(cluster, axis=0)
