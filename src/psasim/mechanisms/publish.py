"""Indicators and the gaming of thresholds (Bevan & Hood 2006; closed form T6)."""

from __future__ import annotations

import numpy as np

from psasim.mechanisms.ordered_sum import Floats, either


def activity(effort: Floats, planned: Floats) -> Floats:
    """Effort over planned effort, at most 1; (contributions, runs)."""
    return np.minimum(effort * (1.0 / planned), 1.0)


def counted_activity(activity: Floats, planned_yield: Floats) -> Floats:
    """Activity as a poor indicator counts it: as if all of it moved the outcome.

    activity: effort over planned effort, at most 1; planned_yield: phi, the realised part
    of planned effort that just meets the target.  min(1, activity / phi): what the plan
    assumed would meet the target shows as target met, whatever becomes of it.
    """
    return np.minimum(activity * (1.0 / planned_yield), 1.0)


def indicator(validity: Floats, real: Floats, activity: Floats, noise: Floats) -> Floats:
    """Figure an indicator shows: validity y + (1 - validity) activity + noise, of target."""
    figure = validity * real
    figure += (1.0 - validity) * activity
    figure += noise
    return figure


def gaming_width(bonus: Floats, cost: Floats, audit: Floats, fine: Floats) -> Floats:
    """How far below a threshold it pays to report it met: sqrt(2 max(0, (1-q)B - qF)/k)."""
    return np.sqrt(2.0 * np.maximum(0.0, (1.0 - audit) * bonus - audit * fine) / cost)


def game(figure: Floats, threshold: Floats, width: Floats) -> Floats:
    """Published figure: the threshold where T - w <= figure < T, else the figure itself.

    With figures of uniform density 1 below T the spike at T has mass w and mean
    inflation w^2/2.
    """
    moved = (figure < threshold) & (figure >= threshold - width)
    return either(1.0 * moved, threshold, figure)


def gaming_loss(figure: Floats, published: Floats, cost: Floats) -> Floats:
    """Cost of moving a figure: k/2 times the distance squared."""
    moved = published - figure
    return 0.5 * cost * moved * moved
