"""Paired differences between runs in the same worlds, as rows of a table."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from psasim.results.measures import MEASURES
from psasim.results.paired import paired_interval
from psasim.results.parts import Part
from psasim.results.places import ROUNDING


def contrast(parts: Mapping[str, Part], base: Part, baseline: str, of: str) -> pd.DataFrame:
    """Differences of each part from `base`, with their 95 % interval.

    baseline: its name; of: what is compared, `package` or `scenario`.  Columns `of`,
    baseline, measure, unit, mean, lo95, hi95, equal (share of worlds without a difference),
    worlds: those in which both runs are finite.
    """
    rows = []
    for name, part in parts.items():
        both = part.finite & base.finite
        for measure, values in part.measures.items():
            difference = values[both] - base.measures[measure][both]
            *interval, number = paired_interval(difference)
            equal = float(np.mean(np.abs(difference) <= ROUNDING)) if number else np.nan
            unit = MEASURES[measure].unit
            rows.append((name, baseline, measure, unit, *interval, equal, number))
    columns = [of, "baseline", "measure", "unit", "mean", "lo95", "hi95", "equal", "worlds"]
    return pd.DataFrame(rows, columns=columns)
