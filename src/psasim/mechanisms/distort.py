"""Effort that goes to the figure rather than the outcome (Holmstrom & Milgrom 1991; Baker 1992)."""

from __future__ import annotations

import numpy as np

from psasim.mechanisms.ordered_sum import TINY, Floats


def temptation(worth: Floats, audit: Floats, fine: Floats) -> Floats:
    """Part of the gain from a better figure that is left after audit: max(0, 1 - q - q F/B).

    worth: B, gain from a figure in units of the base worth; audit: q, chance that it is
    found; fine: F, in units of the base worth.  0 where nothing is to be gained.
    """
    return np.maximum(0.0, 1.0 - audit - audit * fine / np.maximum(worth, TINY)) * (worth > 0.0)


def distorted_share(
    pull: Floats, mission: Floats, attention: Floats, responsibility: Floats
) -> Floats:
    """Part x/(1+x) of effort that goes to the figure, x = a D/(w + a R).

    pull: D = (1 - V) T I/k, what the figure misses of the outcome, times the temptation,
    times the incentive on it, over the cost of moving figures; w + a R: worth of the
    outcome to its owner.  0 where the figure is valid, nothing hangs on it, or moving it
    does not pay.  (contributions, runs).
    """
    drawn = attention * pull
    worth = attention * responsibility
    worth += mission + drawn
    return drawn / np.maximum(worth, TINY)
