"""What packages add to each outcome, as far as outcomes were kept."""

from __future__ import annotations

import numpy as np
import pandas as pd

from psasim.analysis.statistics.intervals import holm, mean_interval, p_of_zero
from psasim.errors import InputError
from psasim.experiment.folder.details import by_world, names_of
from psasim.experiment.folder.query import rows
from psasim.experiment.folder.reader import StoredResults
from psasim.experiment.folder.store import DETAILS
from psasim.mechanisms.ordered_sum import Floats
from psasim.results.details import OUTCOME

COLUMNS = ["package", "baseline", "outcome", "unit", "mean", "lo95", "hi95", "p_holm", "worlds"]
KEPT = "the run's command with keep=details keeps the outcomes of every run"
_LAST = """
SELECT package, outcome, world, value FROM trajectories_raw
WHERE quantity = 'real' AND month = {month} ORDER BY package, outcome, world
"""


def by_outcome(
    results: StoredResults, against: str | None = None
) -> tuple[pd.DataFrame, str]:
    """Differences from package `against`, by default the baseline, in each outcome's real value
    at the end (of target), and what to say of it.

    Paired world by world where every run's were kept; with several futures a world's difference
    is the mean over them.  Of means alone there is no interval; where none were kept the table is
    empty.
    """
    against = results.baseline if against is None else against
    if results.keeps(DETAILS):
        return _detailed(results, against), ""
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


def _detailed(results: StoredResults, against: str) -> pd.DataFrame:
    packages = [name for name in results.packages if name != against]
    found = by_world(results, OUTCOME, ["real"], packages, less=against)
    names = names_of(results, OUTCOME)
    return _table(against, names, {name: each[:, 0] for name, (_, each) in found.items()})


def _paired(results: StoredResults, final: pd.DataFrame, against: str) -> pd.DataFrame:
    wide = final.pivot(index=["package", "outcome"], columns="world", values="value")
    base = wide.loc[against]
    there = set(wide.index.get_level_values(0))
    return _table(against, list(base.index), {
        name: (wide.loc[name].reindex(base.index) - base).to_numpy()
        for name in results.packages if name != against and name in there
    })


def _table(against: str, names: list[str], differences: dict[str, Floats]) -> pd.DataFrame:
    """A row a package and outcome, of differences (outcomes, worlds) by package."""
    found: list[tuple] = []
    for name, each in differences.items():
        values = each[:, np.isfinite(each).all(axis=0)]
        p = p_of_zero(values)
        found += [
            (name, against, outcome, "of target", *row, values.shape[1])
            for outcome, *row in zip(names, *mean_interval(values), p, strict=True)
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
