"""Two published rating rules: the FCO's bands (2004) and the CSR 2007 shares."""

from __future__ import annotations

import numpy as np

from psasim.mechanisms.ordered_sum import Bools, Floats, Groups, ordered_sum


def counted_share(counts: Bools, groups: Groups, number: Floats) -> Floats:
    """Share of an outcome's indicators that count; (indicators, runs) -> (outcomes, runs).

    number: indicators of each outcome, (outcomes, 1); outcomes without any give 0.
    """
    return ordered_sum(counts.astype(np.float64), groups) * (1.0 / np.maximum(number, 1.0))


def fco_band(share: Floats) -> Floats:
    """FCO PSA 4: bands at shares 1, .75, .5, .25 of sub-targets on course; 4 is top, 0 none."""
    return 1.0 * (share >= 0.25) + (share >= 0.5) + (share >= 0.75) + (share >= 1.0)


def csr07_band(share: Floats) -> Floats:
    """CSR 2007: 2 "strong" if more than half of the indicators improved, 1 "some", 0 none."""
    return 1.0 * (share > 0.0) + (share > 0.5)
