"""Chances over other spans of time than the one they are given for."""

from __future__ import annotations

import numpy as np

from psasim.mechanisms.elementary import expm1, log1p
from psasim.mechanisms.ordered_sum import Floats

MONTHS_A_YEAR = 12.0


def over_time(chance: Floats, spans: Floats | float) -> Floats:
    """Chance that something happens within `spans` spans if `chance` is that within one.

    1 - (1 - p)^n, 1 where p = 1; chance in [0, 1].
    """
    certain = chance >= 1.0
    return np.where(certain, 1.0, -expm1(spans * log1p(-np.where(certain, 0.0, chance))))
