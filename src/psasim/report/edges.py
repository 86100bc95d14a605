"""Whether packages sit where a measure ends, so that it cannot tell them apart."""

from __future__ import annotations

import numpy as np
import pandas as pd

from psasim.results.headline import TAKEN
from psasim.results.measures import MEASURES
from psasim.results.results import Comparison
from psasim.results.verdict import few, named

EDGE = 0.01
"""Part of a measure's range within which a mean is at its end."""

FEW = 3
"""Measures at most that are named."""


def at_an_end(results: Comparison) -> str:
    """A sentence for each end of the headline at which two packages or more sit, with measures
    that tell them apart; empty where none is."""
    levels, headline = results.levels(), results.headline
    levels = levels.dropna(subset=headline)
    low, high = _ends(headline, results.months)
    edge = EDGE * (high - low) if high - low < np.inf else 0.0
    said = []
    for end, sits in (("floor", levels[headline] <= low + edge),
                      ("ceiling", levels[headline] >= high - edge)):
        packages = levels.index[sits]
        if len(packages) > 1:
            said.append(_told(results, levels, list(packages), end))
    return " ".join(said)


def _told(results: Comparison, levels: pd.DataFrame, packages: list[str], end: str) -> str:
    them = f"all {len(packages)} packages" if len(packages) == len(levels) else few(packages)
    can = _telling(levels, packages, results)
    way = (f"headline= any of these tells more of them apart: {', '.join(can)}." if can
           else "No other measure of how well they do tells them apart either.")
    return (f"Warning: {them} sit at the {end} of {named(results.headline)}, where it cannot tell "
            f"them apart. {way}")


def _telling(levels: pd.DataFrame, packages: list[str], results: Comparison) -> list[str]:
    """Measures with a direction of good that give most of these packages a number of their own."""
    found = {}
    for name in levels:
        item = MEASURES[name]
        low, high = _ends(name, results.months)
        edge = EDGE * (high - low if high - low < np.inf else 1.0)
        values = levels.loc[packages, name]
        if item.good and name not in TAKEN and values.max() - values.min() > edge:
            found[name] = (values / edge).round().nunique()
    return sorted(found, key=lambda name: -found[name])[:FEW]


def _ends(measure: str, months: int) -> tuple[float, float]:
    """Least and greatest value that a measure can have."""
    low, high = MEASURES[measure].ends
    return low, float(months) if MEASURES[measure].unit == "months" else high
