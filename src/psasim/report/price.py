"""What gains cost: the packages that no other beats on gain, capacity and money at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from psasim.results.headline import TAKEN, TAKES
from psasim.results.measures import MEASURES
from psasim.results.verdict import better


def unbeaten(
    measured: pd.DataFrame, headline: str, takes: Sequence[str] = TAKES
) -> pd.DataFrame:
    """Packages that are shown to gain and that no other beats, the greatest gain first: a row
    each, with the means of the headline and of what is taken; none where the headline is a cost.

    measured: as of `contrasts`, by measure and package; takes: measures of it.
    """
    kept = list(dict.fromkeys((headline, *takes)))
    if headline in TAKEN:
        return pd.DataFrame(columns=kept)
    good, rows = MEASURES[headline].good, measured.loc[headline]
    wide = measured["mean"].unstack("measure").loc[rows.index[better(rows, good)], kept]
    wide = wide.loc[(-good * wide[headline]).sort_values(kind="stable").index]
    goods = (good * wide[headline], *(-wide[name] for name in takes))
    return wide.loc[[name for name in wide.index if not _beaten(name, *goods)]]


def _beaten(name: str, *goods: pd.Series) -> bool:
    """Whether another is no worse in any of the goods and better in one."""
    no_worse = np.logical_and.reduce([good >= good[name] for good in goods])
    gains = np.logical_or.reduce([good > good[name] for good in goods])
    return bool((no_worse & gains).any())
