"""Coordination is the first call on capacity."""

from __future__ import annotations

import numpy as np

from psasim.mechanisms.ordered_sum import Floats


def coordination_links(joint: Floats, lead: Floats, marker: Floats, owners: Floats) -> Floats:
    """Links one contribution keeps up: n-1 in a mesh; 1 for a partner, n-1 for a lead.

    (1-L) J (n-1) + L [n-1 for leads, 1 for others]; a sole owner keeps none.
    """
    others = owners - 1.0
    led = np.where(marker > 0.0, others, np.minimum(1.0, others))
    return (1.0 - lead) * joint * others + lead * led


def capacity_left(
    capacity: Floats, overhead: Floats, gaming: Floats
) -> tuple[Floats, Floats, Floats]:
    """Overhead and gaming that fit in capacity, and what is usable after both.

    gaming: capacity last month's moved figures cost.  (departments, runs).
    """
    spent = np.minimum(capacity, overhead)
    gamed = np.minimum(capacity - spent, gaming)
    return spent, gamed, capacity - spent - gamed
