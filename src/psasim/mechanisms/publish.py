"""Indicators and the gaming of thresholds (Bevan & Hood 2006; closed form T6)."""

from __future__ import annotations

import numpy as np

from psasim.mechanisms.ordered_sum import Floats, either


def activity(effort: Floats, planned: Floats) -> Floats:
    """Effort over planned effort, at most 1; (contributions, runs)."""
    return np.minimum(effort * (1.0 / planned), 1.0)


def count_on(counted: Floats, keep: Floats, gain: Floats, activity: Floats) -> Floats:
    """A poor indicator's count after a month: a stock, as if all activity moved the outcome.

    (1-mu) c + G activity; counted: c, of target; keep: 1-mu; gain: G for the effort that the
    plan assumes; activity: effort over planned effort, at most 1.  Activity of phi, the yield
    the plan assumes, makes it the plan's path, whatever becomes of the outcome.
    """
    after = keep * counted
    after += gain * activity
    return after


def shown_count(counted: Floats, open_ended: Floats) -> Floats:
    """What a figure shows of a count: at most the target, unless it is open-ended (1)."""
    capped = np.minimum(counted, 1.0)
    if not np.any(open_ended):
        return capped
    return capped + open_ended * (counted - capped)


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
