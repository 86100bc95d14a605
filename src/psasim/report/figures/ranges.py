"""Ranges of what packages add: over futures, or over worlds scenario by scenario."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from psasim.experiment.folder.reader import StoredResults
from psasim.report.figures.scale import scale_of, unit_of
from psasim.report.figures.spans import by_future, foot, message, order_of, table_of
from psasim.report.lettering import across, head, key, ticks
from psasim.report.names import is_preset
from psasim.report.style import MUTED, REAL, Chart, chart, styled
from psasim.results.measures import MEASURES

MOST_DOTS = 200
"""Futures that are drawn each as a mark at most."""


def ranges(table: pd.DataFrame, axes: Axes, *, dots: pd.DataFrame | None = None,
           factor: float = 1.0) -> Axes:
    """Draw a range a package: its middle, and a bar from low to high.

    table: package, middle, low, high, from the top in the order they come; dots: a dot a
    row of package and difference; factor: by which all are multiplied.
    """
    places = {name: place for place, name in enumerate(table["package"])}
    middle = factor * table["middle"]
    if dots is not None:
        axes.plot(factor * dots["difference"], dots["package"].map(places), marker="|",
                  linestyle="none", color=MUTED, alpha=0.35, markersize=6.0, zorder=1,
                  label="a future")
    axes.hlines(list(places.values()), factor * table["low"], factor * table["high"], color=REAL,
                linewidth=2.4, zorder=2)
    axes.plot(middle, list(places.values()), marker="o", linestyle="none", color=REAL,
              markersize=5.0, zorder=3)
    axes.axvline(0.0, color=MUTED, linewidth=1.0, zorder=0)
    ticks(axes.yaxis, list(places.values()), list(places))
    axes.set_ylim(len(places) - 0.5, -0.5)
    axes.grid(axis="both", color="#e6e6e6", linewidth=0.6)
    axes.tick_params(axis="y", length=0)
    return axes


@styled()
def ranges_chart(
    results: StoredResults, *, name: str = "ranges", only: Collection[str] | None = None
) -> Chart:
    """A panel a scenario, a row a package: what it adds to the headline, and over what range.

    only: packages that are drawn (None: all); the message is of all.
    """
    measure = results.headline
    table = table_of(results)
    title = message(results, table)
    order = [package for package in order_of(table, MEASURES[measure].good)
             if only is None or package in only]
    table = table[table["package"].isin(order)].reset_index(drop=True)
    scenarios = list(dict.fromkeys(table["scenario"]))
    dots = by_future(results, measure) if 1 < results.futures <= MOST_DOTS else None
    if dots is not None:
        dots = dots[dots["package"].isin(order)]
    figure = Figure(
        figsize=(4.0 + 3.0 * max(len(scenarios), 2), 2.4 + 0.27 * len(order)),
        layout="constrained",
    )
    panels = figure.subplots(1, len(scenarios), sharex=True, sharey=True, squeeze=False)[0]
    for scenario, axes in zip(scenarios, panels, strict=True):
        rows = table[table["scenario"] == scenario].set_index("package").reindex(order)
        own = None if dots is None else dots[dots["scenario"] == scenario]
        ranges(rows.reset_index(), axes, dots=own, factor=scale_of(measure))
        if len(scenarios) > 1:
            head(axes, scenario, room=34, lines=2, fontweight="bold")
        across(axes, f"Difference ({unit_of(measure)})")
    ticks(panels[0].yaxis, range(len(order)),
          list(order),
          bold=[is_preset(name) for name in order])
    if dots is not None:
        handles, names = panels[0].get_legend_handles_labels()
        key(figure, (handles, names), loc="outside right center")
    return chart(name, "Ranges by package, a panel a scenario", title,
                 foot(results, table, bars=True), table, figure)
