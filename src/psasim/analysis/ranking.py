"""Does the ranking survive?  Places, regret and dominance over futures; where spread comes from."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations

import numpy as np
import pandas as pd

from psasim.analysis.answer import Answer
from psasim.analysis.statistics.intervals import mean_interval, share_of
from psasim.analysis.statistics.standing import dominated, standing
from psasim.experiment.folder.panel import FUTURES, Panel, panel
from psasim.experiment.folder.reader import StoredResults
from psasim.experiment.folder.spread import components
from psasim.mechanisms.ordered_sum import Floats
from psasim.results.measures import MEASURES
from psasim.results.places import ROUNDING
from psasim.results.verdict import few, named, size

MOST = 500
"""Packages beyond which pairs of them take too long."""

FEW_FUTURES = 20
"""Futures below which shares of them say little."""


def ranking(results: StoredResults) -> Answer:
    """A row a package: in what share of futures it is first, alone or tied, its mean place, its
    regret, and in what share it does worse than the baseline.

    With one future the shares are of worlds, and said to be luck alone.
    """
    found, good = panel(results, results.headline), MEASURES[results.headline].good
    several = len(found.futures) > 1
    over = found.by_future if several else found.values[:, 0]
    what = "future" if several else "world"
    table = _table(found, over, good, results.baseline).assign(over=f"{what}s")
    unit = MEASURES[results.headline].unit
    share = f"share of {what}s"
    units = {"first_alone": share, "first_tied": share, "first_lo95": share, "first_hi95": share,
             "worse": share, "worse_lo95": share, "worse_hi95": share,
             **dict.fromkeys(("regret", "regret_lo95", "regret_hi95", "regret_p95", "regret_max"),
                             unit)}
    notes = [found.left_out] if found.left_out else []
    if not several:
        notes.append(f"there is one future, so this is the luck of worlds alone; {FUTURES} would "
                     "say whether the ranking survives what is not known")
    elif len(found.futures) < FEW_FUTURES:
        notes.append(f"{len(found.futures)} futures are few: a share of them is known to a quarter "
                     "or so; 128 or more would tell")
    sources = _sources(found, results)
    return Answer(
        _sentence(results.headline, table, over.shape[1], what), table, found.runs, units,
        tuple(notes), {"dominance": _dominance(found.packages, good * over), "sources": sources},
        table[["package", "first_alone", "first_tied", "regret", "regret_p95", "regret_max",
               "worse"]],
        beside={f"Where the spread of what each adds comes from (standard deviations, {unit})":
                _in_order(sources, table)} if several else {})


def _in_order(sources: pd.DataFrame, table: pd.DataFrame) -> pd.DataFrame:
    """Standard deviations by package, in the order of the ranking."""
    place = {name: row for row, name in enumerate(table["package"])}
    rows = sources.sort_values("package", key=lambda names: names.map(place), kind="stable")
    return rows[["package", "sd_futures", "sd_worlds"]]


def _table(found: Panel, over: Floats, good: int, baseline: str) -> pd.DataFrame:
    how = standing(over, good)
    number = over.shape[1]
    base = over[found.packages.index(baseline)]
    worse = (good * (over - base) < -ROUNDING).sum(axis=1)
    first = np.rint((how.alone + how.tied) * number)
    first_low, first_high = share_of(first, number)
    worse_low, worse_high = share_of(worse, number)
    regret, low, high = mean_interval(how.regret)
    return pd.DataFrame({
        "package": found.packages, "first_alone": how.alone, "first_tied": how.tied,
        "first_lo95": first_low, "first_hi95": first_high, "place": how.place,
        "regret": regret, "regret_lo95": low, "regret_hi95": high,
        "regret_p95": np.quantile(how.regret, 0.95, axis=1), "regret_max": how.regret.max(axis=1),
        "worse": worse / number, "worse_lo95": worse_low, "worse_hi95": worse_high,
        "number": number,
    }).sort_values(["first_alone", "first_tied", "regret"], ascending=[False, False, True],
                   kind="stable", ignore_index=True)


def _dominance(packages: tuple[str, ...], values: Floats) -> pd.DataFrame:
    """Pairs of which one dominates the other, and in what order, 1 or 2; of many packages none."""
    if len(packages) > MOST:
        return pd.DataFrame(columns=["package", "dominates", "order"])
    first, second = (dominated(values, order) for order in (1, 2))
    rows = [
        (packages[other], packages[own], 1 if first[own, other] else 2)
        for own, other in permutations(range(len(packages)), 2) if second[own, other]
    ]
    return pd.DataFrame(rows, columns=["package", "dominates", "order"])


def _sources(found: Panel, results: StoredResults) -> pd.DataFrame:
    """Standard deviation of each package's difference from the baseline between futures, the
    luck of worlds taken off, and between worlds within one."""
    rows = []
    for name in found.packages:
        if name != results.baseline:
            difference = found.of(name) - found.of(results.baseline)
            futures, worlds = components(difference)
            within = worlds if len(found.futures) > 1 else _deviation(difference)
            rows.append((name, MEASURES[results.headline].unit, futures, within,
                         *difference.shape))
    return pd.DataFrame(rows, columns=["package", "unit", "sd_futures", "sd_worlds", "futures",
                                       "worlds"])


def _deviation(values: Floats) -> float:
    return float(values.std(ddof=1)) if values.size > 1 else np.nan


def _sentence(headline: str, table: pd.DataFrame, number: int, what: str) -> str:
    share = table["first_alone"] + table["first_tied"]
    top = table.loc[share.idxmax()]
    first = top["first_alone"] + top["first_tied"]
    tied = f" (in {top['first_tied']:.0%} with others)" if top["first_tied"] else ""
    least = table.loc[table["regret"].idxmin()]
    regret = ("and also has" if least["package"] == top["package"]
              else f"while {least['package']} has")
    others = [str(name) for name in table.loc[share > 0.0, "package"] if name != top["package"]]
    verb = "is" if len(others) == 1 else "are"
    rivals = f"; {few(others)} {verb} first in some" if others else ""
    return (f"By {named(headline)} {top['package']} is first in {first:.0%} of {number} "
            f"{what}{'s' * (number != 1)}{tied}, 95% interval {top['first_lo95']:.0%} to "
            f"{top['first_hi95']:.0%}, {regret} the least mean regret, "
            f"{size(least['regret'], headline)}, at most "
            f"{size(least['regret_max'], headline)}{rivals}.")


def spread_between(results: Sequence[StoredResults]) -> pd.DataFrame:
    """Where spread comes from over several scenarios: each package's standard deviation between
    scenarios, between futures and between worlds, in one unit, the widest first.

    Raises `Unanswerable` where packages did not meet the same futures.
    """
    panels = [panel(part, part.headline) for part in results]
    names = [name for name in panels[0].packages
             if name != results[0].baseline and all(name in found.packages for found in panels)]
    rows = []
    for name in names:
        each = [found.of(name) - found.of(part.baseline)
                for found, part in zip(panels, results, strict=True)]
        means = np.array([values.mean() for values in each])
        parts = np.array([components(values) for values in each])
        rows.append((name, MEASURES[results[0].headline].unit,
                     _deviation(means), *np.sqrt(np.mean(parts**2, axis=0)), len(panels)))
    table = pd.DataFrame(rows, columns=["package", "unit", "sd_scenarios", "sd_futures",
                                        "sd_worlds", "scenarios"])
    return table.sort_values("sd_scenarios", ascending=False, kind="stable", ignore_index=True)


def told_between(table: pd.DataFrame) -> str:
    """For how many packages it matters more which scenario than which future."""
    more = (table["sd_scenarios"] > table["sd_futures"].fillna(0.0)).sum()
    row = table.iloc[0]
    return (f"What a package adds hangs more on the scenario than on the future for {more} of "
            f"{len(table)} packages; most for {row['package']} (standard deviation "
            f"{row['sd_scenarios']:.3f} between {row['scenarios']} scenarios).")
