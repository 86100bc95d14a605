"""Numbers in a sentence, in the unit a reader thinks in."""

from __future__ import annotations

import numpy as np
import pandas as pd

from psasim.results.measures import MEASURES


def level(value: float, measure: str) -> str:
    """`43.1%` of a part of 1, `12.3 months`."""
    item = MEASURES[measure]
    if np.isnan(value):
        return "no value"
    if item.part:
        return f"{value:.1%}"
    return f"{value:.3g} ({item.unit})" if item.unit == "index" else f"{value:.3g} {item.unit}"


def difference(value: float, measure: str, unit: bool = True) -> str:
    """`+44.4 percentage points`, `-3.2 months`."""
    item = MEASURES[measure]
    if np.isnan(value):
        return "no value"
    if item.part:
        return f"{100.0 * value:+z.1f}{' percentage points' if unit else ''}"
    return f"{value:+z.2f}{f' {item.unit}' if unit and item.unit != 'index' else ''}"


def interval(row: pd.Series, measure: str) -> str:
    """`+39.9 to +48.9`; row: with lo95 and hi95."""
    return (f"{difference(row['lo95'], measure, unit=False)} to "
            f"{difference(row['hi95'], measure, unit=False)}")


def told(row: pd.Series, measure: str) -> str:
    """`+44.4 (+39.9 to +48.9)`, as in a cell of a table."""
    if np.isnan(row["mean"]):
        return "not available"
    mean = difference(row["mean"], measure, unit=False)
    if row["equal"] == 1.0:
        return f"{mean} in every world"
    ends = interval(row, measure)
    return mean if np.isnan(row["lo95"]) or ends == f"{mean} to {mean}" else f"{mean} ({ends})"


def unit(measure: str) -> str:
    """`percentage points`, or the unit itself."""
    return "percentage points" if MEASURES[measure].part else MEASURES[measure].unit


def called(measure: str) -> str:
    """`attainment`, within a sentence."""
    label = MEASURES[measure].label
    return f"{label[:1].lower()}{label[1:]}"
