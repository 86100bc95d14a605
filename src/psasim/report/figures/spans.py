"""What packages add, and over what range: over futures, or over worlds scenario by scenario."""

from __future__ import annotations

import numpy as np
import pandas as pd

from psasim.experiment.folder.reader import StoredResults
from psasim.report.figures.scale import scale_of, unit_in_words
from psasim.report.names import count, marks
from psasim.results.measures import MEASURES
from psasim.results.places import DECIMALS, ROUNDING
from psasim.results.verdict import extreme, named


def by_future(results: StoredResults, measure: str) -> pd.DataFrame:
    """Differences from the baseline: scenario, package, future, difference; a row a package
    and future, the mean over worlds.

    Futures in which a run of the package or the baseline failed are left out of it.
    """
    runs = results.to_frame(["point", "world", measure])
    runs[measure] = runs[measure].where(np.isfinite(runs[measure]))
    frame = results.factors()[["point", "scenario", "package", "future"]].merge(runs, on="point")
    groups = frame.groupby(["scenario", "future", "world", "package"], sort=False)[measure]
    wide = groups.first().unstack("package")
    packages = [name for name in results.packages if name != results.baseline]
    added = wide[packages].sub(wide[results.baseline], axis=0)
    keys = ["scenario", "future"]
    means = added.groupby(level=keys, sort=False).mean()
    means = means.where(~added.isna().groupby(level=keys, sort=False).any())
    long = means.melt(var_name="package", value_name="difference", ignore_index=False)
    return long.dropna().reset_index()[["scenario", "package", "future", "difference"]]


def spans(differences: pd.DataFrame) -> pd.DataFrame:
    """Over futures: scenario, package, middle (mean), low and high (5th and 95th
    percentile), futures; differences: as of `by_future`."""
    groups = differences.groupby(["scenario", "package"], sort=False)["difference"]
    table = groups.quantile([0.05, 0.95]).unstack()
    table.columns = pd.Index(["low", "high"])
    table.insert(1, "middle", groups.mean())
    return table.assign(futures=groups.size()).reset_index()


def table_of(results: StoredResults) -> pd.DataFrame:
    """Differences in the headline: scenario, package, middle, low, high, futures; over
    futures where there are several, else the mean over worlds and its 95 % interval."""
    measure = results.headline
    if results.futures > 1:
        return spans(by_future(results, measure))
    contrasts = results.contrasts()
    rows = contrasts[contrasts["measure"] == measure]
    if "scenario" not in rows:
        rows = rows.assign(scenario=results.scenario.name)
    table = rows[["scenario", "package", "mean", "lo95", "hi95"]]
    table = table.set_axis(["scenario", "package", "middle", "low", "high"], axis=1)
    return table.assign(futures=1).reset_index(drop=True)


def order_of(table: pd.DataFrame, good: int) -> list[str]:
    """Packages, the best mean over scenarios first; those that tie as they come."""
    mean = table.groupby("package", sort=False)["middle"].mean().round(DECIMALS)
    return list((good * mean).sort_values(ascending=False, kind="stable").index)


def message(results: StoredResults, table: pd.DataFrame) -> str:
    """Who does best, and how surely: over futures, or scenario by scenario."""
    if table["scenario"].nunique() == 1:
        return _over_futures(results, table)
    return _over_scenarios(results, table)


def _over_futures(results: StoredResults, table: pd.DataFrame) -> str:
    measure, baseline = results.headline, results.baseline
    good, scale = MEASURES[measure].good, scale_of(measure)
    top = order_of(table, good)[0]
    row = table.set_index("package").loc[top]
    each = by_future(results, measure)
    own = good * each.loc[each["package"] == top, "difference"]
    low, middle, high = (f"{scale * row[name]:+z.1f}" for name in ("low", "middle", "high"))
    return (f"{top} is {extreme(measure)} in {named(measure)}: {middle} "
            f"{unit_in_words(measure)} against {baseline} on average ({low} to {high} in the "
            f"middle 90% of futures); better than {baseline} in {int((own > ROUNDING).sum())} of "
            f"{count(len(own), 'future')}")


def _over_scenarios(results: StoredResults, table: pd.DataFrame) -> str:
    good, baseline = MEASURES[results.headline].good, results.baseline
    wide = good * table.pivot(index="package", columns="scenario", values="middle")
    wide.loc[baseline] = 0.0
    best = wide >= wide.max() - ROUNDING
    top = best.sum(axis=1).loc[[*order_of(table, good), baseline]].idxmax()
    tied = int((best.loc[top] & (best.sum() > 1)).sum())
    ends = good * table[["low", "high"]]
    signs = pd.DataFrame({"package": table["package"], "up": (ends > 0.0).all(axis=1),
                          "down": (ends < 0.0).all(axis=1)}).groupby("package").any()
    both = int((signs["up"] & signs["down"]).sum())
    said = (f"{top} is {extreme(results.headline)} in "
            f"{named(results.headline)} in {int(best.loc[top].sum())} of "
            f"{count(wide.shape[1], 'scenario')}")
    said += f", tied in {tied}" if tied else ""
    verbs = ("help", "hurt") if both > 1 else ("helps", "hurts")
    who = count(both, "package") if both else "no package"
    return f"{said}; {who} {verbs[0]} in one and {verbs[1]} in another"


def foot(results: StoredResults, table: pd.DataFrame, bars: bool) -> str:
    """What is shown, and of what; table: as of `table_of`; bars: whether ranges are drawn."""
    item, baseline = MEASURES[results.headline], results.baseline
    titles = list(dict.fromkeys(
        results.design.scenarios[point.scenario].title for point in results.points))
    worlds = count(results.worlds, "world")
    drawn = [name for name in results.packages if name != results.baseline]
    if results.futures > 1:
        met = int(table["futures"].max()) if len(table) else 0
        some = f"{met:,} of " if met < results.futures else ""
        over = f"Means over {some}{results.futures:,} futures, settings of what is uncertain"
        span = f"5th to 95th percentile of a future's mean over {worlds}"
    else:
        over, span = f"Means over {worlds}", "95% intervals for the luck of the worlds"
    return (f"{'; '.join(titles)}. Difference from {baseline} in {item.label.lower()}, in the same "
            f"worlds. {over}{f'; bars: {span}' if bars else ''}. In the order of the mean"
            f"{' over scenarios' if len(titles) > 1 else ''}, ties as they were given. "
            f"{marks(drawn, results.baseline)}Levels follow from assumed parameters: "
            "compare packages, not levels.")
