"""Paired differences between runs in the same worlds, as rows of a table."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from psasim.results.basis import grain, without_value
from psasim.results.measures import MEASURES
from psasim.results.paired import paired_interval
from psasim.results.parts import Part
from psasim.results.places import ROUNDING
from psasim.structure.layout import Layout


def contrast(
    parts: Mapping[str, Part], base: Part, baseline: str, of: str, layouts: Mapping[str, Layout]
) -> pd.DataFrame:
    """Differences of each part from `base`, with their 95 % interval.

    baseline: its name; of: what is compared, `package` or `scenario`; layouts: by name of what
    is compared, the baseline too.  Columns `of`, baseline, measure, unit, mean, lo95, hi95,
    equal (share of worlds without a difference), worlds: those in which both runs are finite.
    No number where a measure has no value.
    """
    rows = []
    for name, part in parts.items():
        both = part.finite & base.finite
        pair_of = layouts[name], layouts[baseline]
        empty = {measure for layout in pair_of for measure in without_value(layout)}
        for measure, values in part.measures.items():
            pair = values[both], base.measures[measure][both]
            size = None
            if MEASURES[measure].counts:
                size = max(grain(measure, layout) for layout in pair_of)
            *interval, number = paired_interval(*pair, size)
            equal = float(np.mean(np.abs(pair[0] - pair[1]) <= ROUNDING)) if number else np.nan
            if measure in empty:
                interval, equal = [np.nan] * 3, np.nan
            unit = MEASURES[measure].unit
            rows.append((name, baseline, measure, unit, *interval, equal, number))
    columns = [of, "baseline", "measure", "unit", "mean", "lo95", "hi95", "equal", "worlds"]
    return pd.DataFrame(rows, columns=columns)
