"""Intervals of means over worlds and of shares of futures, and tests of many at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from psasim.mechanisms.ordered_sum import Floats
from psasim.results.places import ROUNDING
from psasim.results.student import student_quantile


def mean_interval(values: Floats, level: float = 0.95) -> tuple[Floats, Floats, Floats]:
    """(mean, low, high) over the last axis, by Student's t; no interval of fewer than two."""
    number = values.shape[-1]
    mean = values.mean(axis=-1) if number else np.full(values.shape[:-1], np.nan)
    if number < 2:
        return mean, np.full(mean.shape, np.nan), np.full(mean.shape, np.nan)
    reach = student_quantile(0.5 + level / 2.0, number - 1) * _error(values)
    return mean, mean - reach, mean + reach


def p_of_zero(values: Floats) -> Floats:
    """Two-sided p of a mean of 0 over the last axis, by Student's t; NaN of fewer than two.

    Numbers that are equal in every world are 0 or they are not.
    """
    number = values.shape[-1]
    if number < 2:
        return np.full(values.shape[:-1], np.nan)
    mean, error = values.mean(axis=-1), _error(values)
    flat = error <= ROUNDING
    t = np.abs(mean) / np.where(flat, 1.0, error)
    return np.where(flat, np.where(np.abs(mean) <= ROUNDING, 1.0, 0.0),
                    2.0 * stats.t.sf(t, number - 1))


def _error(values: Floats) -> Floats:
    return values.std(axis=-1, ddof=1) / np.sqrt(values.shape[-1])


def holm(p: Floats) -> Floats:
    """p of each of many tests, adjusted so that one false find in all is as rare as said.

    Holm (1979), Scandinavian Journal of Statistics 6, 65-70; NaN stays and is not counted.
    """
    known = np.flatnonzero(~np.isnan(p))
    adjusted = np.full(p.shape, np.nan)
    order = known[np.argsort(p[known], kind="stable")]
    factor = np.arange(order.size, 0, -1)
    adjusted[order] = np.minimum(np.maximum.accumulate(factor * p[order]), 1.0)
    return adjusted


def share_of(count: NDArray | int, number: int, level: float = 0.95) -> tuple[Floats, Floats]:
    """(low, high) of a share of independent futures: Wilson (1927); NaN of none."""
    if number == 0:
        return np.full(np.shape(count), np.nan), np.full(np.shape(count), np.nan)
    z2 = stats.norm.ppf(0.5 + level / 2.0) ** 2
    share = np.asarray(count) / number
    middle = (share + z2 / (2 * number)) / (1 + z2 / number)
    reach = np.sqrt(z2 * (share * (1 - share) + z2 / (4 * number)) / number) / (1 + z2 / number)
    return np.clip(middle - reach, 0.0, 1.0), np.clip(middle + reach, 0.0, 1.0)
