"""What one package adds to another over futures: a table, its words, and its picture."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from psasim.analysis.finished import FinishedResults
from psasim.analysis.statistics.intervals import mean_interval
from psasim.experiment.folder.panel import paired
from psasim.report.lettering import across, head, key, ticks
from psasim.report.style import MUTED, finish
from psasim.results.measures import MEASURES
from psasim.results.places import ROUNDING

MOST = 0.9
"""Share of futures from which a direction is called that of the setting."""
COLOURS = ("#0173b2", "#d55e00", "#029e73", "#cc78bc")


def differences(
    results: FinishedResults, pairs: Iterable[tuple[str, str]], measures: Sequence[str]
) -> pd.DataFrame:
    """A row a scenario, pair (package, less) and measure.

    mean, lo95, hi95: over all runs, the interval for the luck of worlds; p05, p50, p95: of the
    means of futures; better, worse: numbers of futures on either side, the others tie.
    """
    rows = []
    for part in results.by_scenario():
        for package, less in pairs:
            for measure in measures:
                each = paired(part, measure, less)
                values = np.stack([value for point, value in zip(each.points, each.values,
                                                                 strict=True)
                                   if point.package == package])
                values = values[np.isfinite(values).all(axis=1)]
                by_future, good = values.mean(axis=1), MEASURES[measure].good
                mean, low, high = (float(x) for x in mean_interval(values.mean(axis=0)))
                rows.append((part.scenario.name, package, less, measure, mean, low, high,
                             *np.quantile(by_future, [0.05, 0.5, 0.95]),
                             int((good * by_future > ROUNDING).sum()),
                             int((good * by_future < -ROUNDING).sum()), *values.shape))
    return pd.DataFrame(rows, columns=[
        "scenario", "package", "less", "measure", "mean", "lo95", "hi95", "p05", "p50", "p95",
        "better", "worse", "futures", "worlds"])


def by_band(
    results: FinishedResults, pairs: Iterable[tuple[str, str]], factor: str,
    bands: Sequence[tuple[float, float]],
) -> pd.DataFrame:
    """Mean difference in attainment by scenario, package, and band of a factor of the futures."""
    rows = []
    for part in results.by_scenario():
        for package, less in pairs:
            each = paired(part, "attainment", less)
            own = [(float(point.factors[factor]), value.mean())
                   for point, value in zip(each.points, each.values, strict=True)
                   if point.package == package]
            at, value = (np.array(column) for column in zip(*own, strict=True))
            rows += [(part.scenario.name, package, low, high,
                      value[(low <= at) & (at < high)].mean()) for low, high in bands]
    return pd.DataFrame(rows, columns=["scenario", "package", "low", "high", "mean"])


def band_table(
    table: pd.DataFrame, packages: Mapping[str, str], factor: str
) -> tuple[str, dict[str, tuple[float, float, float]]]:
    """Means over settings in points by band, and by package how much more the last band adds than
    the first, with its 95 % interval over settings; packages: names by package."""
    bands = list(dict.fromkeys(zip(table["low"], table["high"], strict=True)))
    body, more = [], {}
    for package, name in packages.items():
        own = table[table["package"] == package].pivot(
            index="scenario", columns="low", values="mean")
        body.append([name, *(points(own[low].mean()) for low, _ in bands)])
        change = (own[bands[-1][0]] - own[bands[0][0]]).to_numpy()
        more[package] = tuple(float(x) for x in mean_interval(change))
    heads = ["mean over settings (points)",
             *(f"{factor} {low:g} to {high:g}" for low, high in bands)]
    return markdown(heads, body), more


def rows_of(table: pd.DataFrame, measure: str, package: str) -> pd.DataFrame:
    """Of one package and measure, by scenario."""
    own = table[(table["measure"] == measure) & (table["package"] == package)]
    return own.set_index("scenario")


def helps(rows: pd.DataFrame) -> pd.Series:
    """Whether a setting gains in at least nine of ten futures."""
    return rows["better"] >= MOST * rows["futures"]


def hurts(rows: pd.DataFrame) -> pd.Series:
    """Whether a setting loses in at least nine of ten futures."""
    return rows["worse"] >= MOST * rows["futures"]


def points(value: float) -> str:
    """`+3.1`, of a part of 1 in percentage points."""
    return f"{100.0 * value:+z.1f}"


def interval(row: pd.Series) -> str:
    """`+3.1 points (95 % interval +2.9 to +3.3)`, for the luck of worlds."""
    return (f"{points(row['mean'])} points (95 % interval {points(row['lo95'])} to "
            f"{points(row['hi95'])})")


def over_futures(row: pd.Series) -> str:
    """`-0.5 to +8.0 in the middle nine tenths of futures, better in 88 of 100 and worse in 12`."""
    return (f"{points(row['p05'])} to {points(row['p95'])} in the middle nine tenths of futures, "
            f"better in {row['better']} of {row['futures']} and worse in {row['worse']}")


def listed(items: Iterable[str]) -> str:
    """`a, b and c`."""
    *most, last = items
    return f"{', '.join(most)} and {last}" if most else last


def counted(number: int, of: int) -> str:
    """`none of 8`, `all 8`, `3 of 8`."""
    return f"none of {of}" if not number else f"all {of}" if number == of else f"{number} of {of}"


def markdown(heads: Sequence[str], body: Iterable[Sequence[str]]) -> str:
    """A table, the first column to the left and the others to the right."""
    rule = ["---", *["--:"] * (len(heads) - 1)]
    return "\n".join(f"| {' | '.join(row)} |" for row in (list(heads), rule, *map(list, body)))


def cell(row: pd.Series) -> str:
    """`+0.4 (-4.0 to +3.9) 64/36`: median, middle nine tenths, futures better and worse."""
    return (f"{points(row['p50'])} ({points(row['p05'])} to {points(row['p95'])}) "
            f"{row['better']}/{row['worse']}")


def panels(
    table: pd.DataFrame, groups: Mapping[str, Mapping[str, str]], settings: Mapping[str, str],
    measure: str, title: str, foot: str,
) -> Figure:
    """A panel a group, a row a setting, a mark and bar a package.

    groups: names of packages by package, by the head of their panel; settings: names of scenarios.
    """
    figure = Figure(figsize=(10.5, 2.4 + 0.42 * len(settings)), layout="constrained")
    shown = figure.subplots(1, len(groups), sharex=True, sharey=True, squeeze=False)[0]
    for axes, (name, packages) in zip(shown, groups.items(), strict=True):
        _panel(axes, table, packages, list(settings), measure)
        head(axes, name, fontweight="bold")
    ticks(shown[0].yaxis, range(len(settings)), list(settings.values()))
    shown[0].set_ylim(len(settings) - 0.5, -0.5)
    handles = dict(pair[::-1] for axes in shown
                   for pair in zip(*axes.get_legend_handles_labels(), strict=True))
    key(figure, (list(handles.values()), list(handles)), loc="outside right center")
    finish(figure, title, foot + " Dot: median future; bar: middle nine tenths of futures.")
    return figure


def _panel(
    axes: Axes, table: pd.DataFrame, packages: Mapping[str, str], settings: list[str], measure: str
) -> None:
    wide = 0.22
    for place, (package, label) in enumerate(packages.items()):
        own = rows_of(table, measure, package).loc[settings]
        rows = np.arange(len(own)) + wide * (place - (len(packages) - 1) / 2)
        colour = COLOURS[place % len(COLOURS)]
        axes.hlines(rows, 100 * own["p05"], 100 * own["p95"], color=colour, linewidth=2.0,
                    alpha=0.55)
        axes.plot(100 * own["p50"], rows, marker="osDv"[place % 4], linestyle="none",
                  color=colour, markersize=5.0, label=label)
    axes.axvline(0.0, color=MUTED, linewidth=1.0, zorder=0)
    axes.grid(axis="x", color="#e6e6e6", linewidth=0.6)
    axes.tick_params(axis="y", length=0)
    across(axes, "Difference (points)")
