"""Figures: functions that draw on given axes, and charts composed of them.

`forest`, `ledger_bars`, `outcome_path` and `plan_and_target` take data and an Axes and
return the Axes; the `*_chart` functions make a whole figure of a comparison.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from psasim.report.figures.forest import forest, forest_chart
from psasim.report.figures.ledger import ledger_bars, ledger_chart
from psasim.report.figures.trajectories import (
    FEW,
    outcome_path,
    outcomes_chart,
    plan_and_target,
    trajectories_chart,
)
from psasim.report.style import Chart, save, styled
from psasim.results.results import Comparison

__all__ = [
    "charts", "forest", "forest_chart", "ledger_bars", "ledger_chart", "outcome_path",
    "outcomes_chart", "plan_and_target", "trajectories_chart", "write_figures",
]


def charts(results: Comparison, paths: pd.DataFrame) -> Iterator[Chart]:
    """Every chart of a comparison; without a contrast there is no forest plot.

    paths: `results.trajectories()`.
    """
    if len(results.packages) > 1:
        yield forest_chart(results)
    yield ledger_chart(results)
    yield trajectories_chart(results, paths)
    if len(results.scenario.outcomes) > FEW:
        yield outcomes_chart(results, paths)


def write_figures(results: Comparison, paths: pd.DataFrame, folder: Path) -> None:
    """Write every chart as SVG, PNG and CSV, and a README with messages and alt text."""
    folder.mkdir()
    pages = []
    with styled():
        for chart in charts(results, paths):
            save(chart, folder)
            pages.append(
                f"## {chart.title}\n\n![{chart.title}]({chart.name}.svg)\n\n{chart.alt}\n\n"
                f"Data: [{chart.name}.csv]({chart.name}.csv)\n"
            )
    text = "# Figures\n\n" + "\n".join(pages)
    (folder / "README.md").write_text(text, encoding="utf-8", newline="\n")
