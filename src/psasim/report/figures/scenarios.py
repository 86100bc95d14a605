"""What packages add, scenario by scenario, in one table of colours."""

from __future__ import annotations

from matplotlib.figure import Figure

from psasim.experiment.folder.reader import StoredResults
from psasim.report.figures.heat import heat_map
from psasim.report.figures.scale import scale_of
from psasim.report.figures.spans import foot, message, order_of, table_of
from psasim.report.names import is_preset
from psasim.report.style import Chart, chart, styled
from psasim.results.measures import MEASURES

MANY = 6
"""Scenarios beyond which their names stand, and have no panel each."""


@styled()
def scenarios_chart(results: StoredResults) -> Chart:
    """A row a package, a column a scenario: what it adds to the headline."""
    good, table = MEASURES[results.headline].good, table_of(results)
    order = order_of(table, good)
    scenarios = list(dict.fromkeys(table["scenario"]))
    wide = table.pivot(index="package", columns="scenario", values="middle")
    figure = Figure(
        figsize=(3.4 + 1.25 * max(len(scenarios), 4), 2.4 + 0.31 * len(order)),
        layout="constrained",
    )
    heat_map(
        scale_of(results.headline) * wide.loc[order, scenarios], figure.subplots(), good=good,
        rows=order,
        columns=list(scenarios), upright=len(scenarios) > MANY,
        bold=[is_preset(name) for name in order],
    )
    title = message(results, table)
    return chart("scenarios", "Heat map by package and scenario", title,
                 foot(results, table, bars=False), table, figure)
