"""The interval of a paired difference."""

from __future__ import annotations

import numpy as np

from psasim.mechanisms.ordered_sum import Floats
from psasim.results.student import student_quantile


def paired_interval(differences: Floats, level: float = 0.95) -> tuple[float, float, float, int]:
    """(mean, low, high, number) of paired differences, by Student's t.

    With one difference the interval is not known (NaN); with none nothing is.
    """
    number = differences.size
    if number == 0:
        return np.nan, np.nan, np.nan, 0
    deviation = float(differences.std(ddof=1)) if number > 1 else np.nan
    mean = float(differences.mean())
    reach = half_width(deviation, number, level)
    return mean, mean - reach, mean + reach, number


def half_width(deviation: float, number: int, level: float = 0.95) -> float:
    """Half the interval of a mean of `number` differences; NaN of fewer than two."""
    if number < 2:
        return np.nan
    return student_quantile(0.5 + level / 2.0, number - 1) * deviation / np.sqrt(number)
