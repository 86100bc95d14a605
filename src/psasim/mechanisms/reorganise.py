"""What a reorganisation costs: what was settled, and time to settle again.

White & Dunleavy (2010), Making and Breaking Whitehall Departments.
"""

from __future__ import annotations

import numpy as np

from psasim.mechanisms.elementary import exp, log1p
from psasim.mechanisms.ordered_sum import Floats


def kept_through(month: int, when: Floats, loss: Floats) -> Floats:
    """Part of trust and of clearances that is left at the start of a month: 1 - omega in the
    month of the reorganisation, 1 in others."""
    return 1.0 - loss * (month == when)


def settling(month: int, when: Floats, cost: Floats, recovery: Floats) -> Floats:
    """Part of capacity that settling in takes: c (1-r)^s, s months after; sums to c/r."""
    since = month - when
    return cost * (since >= 0.0) * exp(np.maximum(since, 0.0) * log1p(-recovery))
