"""The interval of a paired difference."""

from __future__ import annotations

import numpy as np

from psasim.mechanisms.ordered_sum import Floats
from psasim.results.shares import Share, share_difference
from psasim.results.student import student_quantile


def paired_interval(
    values: Floats, base: Floats, grain: float | None = None, level: float = 0.95
) -> tuple[float, float, float, int]:
    """(mean, low, high, number) of values less base, world by world.

    By Student's t; of shares of targets, where `grain` is what one target adds, as
    `psasim.results.shares` has it.  With one world the interval is not known (NaN); with none
    nothing is.
    """
    differences = values - base
    number = differences.size
    if number == 0:
        return np.nan, np.nan, np.nan, 0
    mean, deviation = float(differences.mean()), _deviation(differences)
    if grain is None:
        reach = half_width(deviation, number, level)
        return mean, mean - reach, mean + reach, number
    one, other = (
        Share.of(float(each.mean()), _deviation(each), number, grain) for each in (values, base))
    return mean, *share_difference(one, other, deviation, level), number


def _deviation(values: Floats) -> float:
    return float(values.std(ddof=1)) if values.size > 1 else np.nan


def half_width(deviation: float, number: int, level: float = 0.95) -> float:
    """Half the interval of a mean of `number` differences; NaN of fewer than two."""
    if number < 2:
        return np.nan
    return student_quantile(0.5 + level / 2.0, number - 1) * deviation / np.sqrt(number)
