"""Two published rating rules: the FCO's bands (2004) and the CSR 2007 shares."""

from __future__ import annotations

import numpy as np

from psasim.mechanisms.ordered_sum import Bools, Floats, Groups, ordered_sum

FCO_EDGES = (0.25, 0.5, 0.75, 1.0)
"""Shares of sub-targets on course from which the FCO's bands of 2004 begin (HC 745 2003-04)."""

CSR07_STRONG = 0.5
"""Share of indicators that improved above which CSR 2007 called progress strong."""


def counted_share(counts: Bools, groups: Groups, number: Floats) -> Floats:
    """Share of an outcome's indicators that count; (indicators, runs) -> (outcomes, runs).

    number: indicators of each outcome, (outcomes, 1); outcomes without any give 0.  A
    quotient of whole numbers, so that an edge such as 3/4 is met exactly.
    """
    return ordered_sum(counts.astype(np.float64), groups) / np.maximum(number, 1.0)


def fco_band(share: Floats) -> Floats:
    """FCO PSA 4: bands by the share of sub-targets on course; 4 is top, 0 none."""
    return sum((1.0 * (share >= edge) for edge in FCO_EDGES), np.zeros_like(share))


def csr07_band(share: Floats) -> Floats:
    """CSR 2007: 2 "strong" if more than half of the indicators improved, 1 "some", 0 none."""
    return 1.0 * (share > 0.0) + (share > CSR07_STRONG)
