"""What packages add to each outcome, as far as monthly outcomes were kept."""

from __future__ import annotations

import numpy as np
import pandas as pd

from psasim.analysis.statistics.intervals import holm, mean_interval, p_of_zero
from psasim.errors import InputError
from psasim.experiment.folder.query import rows
from psasim.experiment.folder.reader import StoredResults

COLUMNS = ["package", "baseline", "outcome", "unit", "mean", "lo95", "hi95", "p_holm", "worlds"]
KEPT = ("trajectories=raw keeps the monthly outcomes of every run, of packages in one scenario and "
        "future")
_LAST = """
SELECT package, outcome, world, value FROM trajectories_raw
WHERE quantity = 'real' AND month = {month} ORDER BY package, outcome, world
"""


def by_outcome(
    results: StoredResults, against: str | None = None
) -> tuple[pd.DataFrame, str]:
    """Differences from package `against`, by default the baseline, in each outcome's real value
    at the end (of target), and what to say of it.

    Paired world by world where every run's were kept.  Of means alone there is no interval;
    where none were kept the table is empty.
    """
    against = results.baseline if against is None else against
    try:
        final = rows(results.sql(_LAST.format(month=results.months)))
        if against in set(final["package"]):
            return _paired(results, final, against), ""
    except InputError:
        pass
    try:
        bands = results.trajectories()
    except InputError:
        return pd.DataFrame(columns=COLUMNS), f"outcome by outcome nothing was kept; {KEPT}"
    last = bands[(bands["quantity"] == "real") & (bands["month"] == results.months)]
    wide = last.pivot(index="outcome", columns="package", values="mean")
    if against not in wide:
        return pd.DataFrame(columns=COLUMNS), f"no run of {against} is finite"
    said = f"differences by outcome have no interval here; {KEPT}"
    return _of_means(results, wide, against), said


def _paired(results: StoredResults, final: pd.DataFrame, against: str) -> pd.DataFrame:
    wide = final.pivot(index=["package", "outcome"], columns="world", values="value")
    base = wide.loc[against]
    found: list[tuple] = []
    for name in results.packages:
        if name == against or name not in wide.index.get_level_values(0):
            continue
        difference = wide.loc[name].reindex(base.index) - base
        values = difference.loc[:, difference.notna().all()].to_numpy()
        p = p_of_zero(values)
        found += [
            (name, against, outcome, "of target", *row, values.shape[1])
            for outcome, *row in zip(base.index, *mean_interval(values), p, strict=True)
        ]
    table = pd.DataFrame(found, columns=COLUMNS)
    table["p_holm"] = holm(table["p_holm"].to_numpy(dtype=float))
    return table


def _of_means(results: StoredResults, wide: pd.DataFrame, against: str) -> pd.DataFrame:
    found = [
        (name, against, outcome, "of target", wide.loc[outcome, name] - base,
         np.nan, np.nan, np.nan, results.banded().worlds)
        for name in wide if name != against
        for outcome, base in wide[against].items()
    ]
    return pd.DataFrame(found, columns=COLUMNS)
