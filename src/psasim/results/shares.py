"""Intervals of a share of targets, and of the paired difference of two, near 0 and 1 too.

Student's interval knows no ends: near 0 or 1 it reaches beyond them, and covers far less than
it says once all worlds are alike.  Here a level has Wilson's interval (1927), with the number
of worlds that a share of one target would need for as much spread (the effective number, as
for proportions of clustered samples: Korn & Graubard 1998; Franco et al. 2019, Journal of Survey
Statistics and Methodology 7).  A difference squares and adds the two, less what the worlds
share (Newcombe 1998, Statistics in Medicine 17, 2635-2650, method 10, with its correction for
continuity; for correlated estimates in general Zou & Donner 2008).  Neither passes its ends.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from psasim.results.student import student_quantile


@dataclass(frozen=True, slots=True)
class Share:
    """A share over so many worlds: its mean and standard deviation; grain: what one target
    adds to it."""

    mean: float
    deviation: float
    number: int
    grain: float

    @classmethod
    def of(cls, mean: float, deviation: float, number: int, grain: float) -> Share:
        """With what rounding adds taken off: a mean beyond an end, a spread of equal numbers."""
        spread = deviation if deviation > 1e-9 else 0.0
        return cls(min(max(mean, 0.0), 1.0), spread, number, grain)


def share_interval(share: Share, level: float = 0.95) -> tuple[float, float]:
    """(low, high) of a level; NaN of fewer than two worlds."""
    if share.number < 2:
        return np.nan, np.nan
    q2, mean, number = _quantile(share, level) ** 2, share.mean, share.number
    variance = mean * (1.0 - mean)
    if share.deviation > 0.0 and variance > 0.0:
        number_like = variance * number / share.deviation**2
        c = q2 / number_like
        middle = (mean + c / 2.0) / (1.0 + c)
        reach = np.sqrt(variance * c + c * c / 4.0) / (1.0 + c)
        return float(middle - reach), float(middle + reach)
    # All worlds alike: so many may differ yet, by one target or, at an end, by all of them.
    differ = q2 / (number + q2)
    reach = differ * (1.0 if variance == 0.0 else share.grain)
    return max(mean - reach, 0.0), min(mean + reach, 1.0)


def share_difference(
    one: Share, other: Share, deviation: float, level: float = 0.95
) -> tuple[float, float]:
    """(low, high) of the mean of one less the other in the same worlds; deviation: of the
    paired differences."""
    if one.number < 2:
        return np.nan, np.nan
    (low, high), (base_low, base_high) = share_interval(one, level), share_interval(other, level)
    difference = one.mean - other.mean
    shared = _correlation(one, other, deviation)
    down = _add(one.mean - low, base_high - other.mean, shared)
    up = _add(high - one.mean, other.mean - base_low, shared)
    return difference - down, difference + up


def _correlation(one: Share, other: Share, deviation: float) -> float:
    """Between the two over worlds, towards 0 by half a target's move in one world."""
    if not one.deviation or not other.deviation:
        return 0.0
    covariance = (one.deviation**2 + other.deviation**2 - deviation**2) / 2.0
    if covariance > 0.0:
        covariance = max(covariance - one.grain**2 / (2.0 * one.number), 0.0)
    return min(max(covariance / (one.deviation * other.deviation), -1.0), 1.0)


def _add(a: float, b: float, shared: float) -> float:
    return float(np.sqrt(max(a * a - 2.0 * shared * a * b + b * b, 0.0)))


def _quantile(share: Share, level: float) -> float:
    return student_quantile(0.5 + level / 2.0, share.number - 1)
