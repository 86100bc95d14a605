"""Targets that follow results, and who holds back for it (Weitzman 1980)."""

from __future__ import annotations

import numpy as np

from psasim.mechanisms.ordered_sum import Floats


def ratcheted(incentive: Floats, ratchet: Floats, discount: Floats) -> Floats:
    """Incentive that is left where next year's target follows this year's result.

    b/(1 + lambda/rho): whoever does better by one gains b now and is asked for lambda more
    in every year after, worth lambda/rho of it today.  At lambda = 0, and as rho -> infinity,
    b.  ratchet: lambda in [0, 1]; discount: rho, a year.
    """
    return incentive / (1.0 + ratchet / discount)


def raised_aim(held: Floats, ratchet: Floats, ahead: Floats) -> Floats:
    """Raise of the aim after a year: by lambda of what was reported ahead of plan."""
    return held + ratchet * np.maximum(ahead, 0.0)
