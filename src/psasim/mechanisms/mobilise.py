"""Convening a joint outcome is a volunteer's dilemma (Diekmann 1985)."""

from __future__ import annotations

import numpy as np

from psasim.mechanisms.elementary import exp, log
from psasim.mechanisms.ordered_sum import TINY, Floats


def volunteer_chance(
    cost_benefit: Floats, benefit: Floats, owners: Floats, drawers: Floats
) -> Floats:
    """Chance in a month that one answerable owner convenes the outcome.

    cost_benefit: cost of convening over its benefit at full attention; benefit: relative to
    that, above 0; owners: effective number of answerable owners n >= 1; drawers: number N of
    contributions that draw.  All (outcomes, runs) or broadcastable.

    With N owners drawing at 1 - q^(n/((n-1)N)), q = min(1, ratio min(1, n-1) / benefit),
    nobody acts with probability q^(n/(n-1)), the mixed equilibrium, and nobody ever where
    the cost exceeds the benefit.  A single owner, who has nobody to convene, acts at once.
    """
    ratio = np.minimum(1.0, cost_benefit * np.minimum(1.0, owners - 1.0) / benefit)
    exponent = owners / (np.maximum(owners - 1.0, TINY) * np.maximum(drawers, 1.0))
    return 1.0 - exp(exponent * log(np.maximum(ratio, TINY)))
