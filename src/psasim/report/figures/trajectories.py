"""Outcomes month by month: their mean over worlds, and the band most worlds stay in."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from psasim.report.figures.paths import (
    CLOSING,
    MEAN,
    at_end,
    compared,
    left_out,
    mean_of,
    paths_of,
    reading,
    with_closing,
)
from psasim.report.lettering import across, head, key, upwards
from psasim.report.names import sentence
from psasim.report.style import INK, MUTED, REAL, REPORTED, Chart, chart, styled
from psasim.results.results import Comparison

FEW = 4
"""Outcomes up to which each has a row; beyond, their mean has."""

KIND = "Line charts of outcomes by month, with bands from the 5th to the 95th percentile"
NAMES = {"real": "real", "reported": "last published"}


def outcome_path(paths: pd.DataFrame, axes: Axes, colour: str, label: str = "real") -> Axes:
    """Draw one path, % of target: mean solid if real, dashed if reported, and its band.

    paths: rows of `Results.trajectories` of one package, outcome and quantity; months
    without a value are not drawn.
    """
    real = paths["quantity"].iloc[0] == "real"
    axes.fill_between(
        paths["month"], 100.0 * paths["p05"], 100.0 * paths["p95"], color=colour, alpha=0.18,
        linewidth=0.0,
    )
    axes.plot(
        paths["month"], 100.0 * paths["mean"], color=colour, label=label, linewidth=1.8,
        linestyle="-" if real else "--",
    )
    return axes


def plan_and_target(plan: pd.DataFrame, axes: Axes) -> Axes:
    """Draw the target, and the plan's path to it; plan: columns month and plan (of target)."""
    axes.axhline(100.0, color=INK, linewidth=0.9, label="target")
    axes.plot(plan["month"], 100.0 * plan["plan"], color=MUTED, linewidth=1.1, linestyle=":",
              label="plan")
    return axes


@styled()
def trajectories_chart(results: Comparison, paths: pd.DataFrame | None = None) -> Chart:
    """A column a package; rows: the mean outcome, real and as last published, with its
    closing figure, then each outcome if there are few.

    paths: `results.trajectories()`, if at hand.
    """
    packages = compared(results)
    each = paths_of(results, packages, paths)
    data = with_closing(mean_of(each), results.banded().levels())
    outcomes = results.scenario.outcomes
    if 1 < len(outcomes) <= FEW:
        data = pd.concat([data, each], ignore_index=True)
    rows = list(dict.fromkeys(data["outcome"]))
    figure = Figure(
        figsize=(max(2.6 * len(packages), 7.5), 2.2 + 2.3 * len(rows)), layout="constrained"
    )
    grid = figure.subplots(len(rows), len(packages), sharex=True, sharey=True, squeeze=False)
    names = {o.key: o.name for o in outcomes}
    if len(outcomes) == 1:
        names[MEAN] = outcomes[0].name
    for outcome, line in zip(rows, grid, strict=True):
        upwards(line[0], names.get(outcome, outcome), room=26, lines=3, below="(% of target)",
                fontsize=8)
        for package, axes in zip(packages, line, strict=True):
            _panel(data[(data["outcome"] == outcome) & (data["package"] == package)], axes)
    for package, top, bottom in zip(packages, grid[0], grid[-1], strict=True):
        head(top, package, room=24, lines=3, fontweight="bold")
        across(bottom, "Month")
    key(figure, grid[0][0].get_legend_handles_labels(), loc="outside right center")
    title = _ends(data, results.baseline, packages)
    foot = (
        f"{results.scenario.title}. {reading(results)} {left_out(results, packages)}"
        f"{_of_the_mean(outcomes)}Published figures lag, and are drawn from the month in which "
        "every one that counts is out; the closing ones are taken when all is in. Levels follow "
        "from assumed parameters: compare packages, not levels."
    )
    return chart("trajectories", KIND, title, foot, data, figure)


def _of_the_mean(outcomes: tuple[object, ...]) -> str:
    if len(outcomes) == 1:
        return ""
    return ("The mean is over assessed outcomes, of means and percentiles taken by outcome; unlike "
            "attainment it counts what is beyond the target. ")


def _panel(of_panel: pd.DataFrame, axes: Axes) -> None:
    """Real and reported paths of one outcome under one package."""
    for quantity, name in NAMES.items():
        paths = of_panel[of_panel["quantity"] == quantity]
        if paths["mean"].notna().any():
            colour = REAL if quantity == "real" else REPORTED
            outcome_path(paths, axes, colour, f"{name}: mean, 5-95%")
    closing = of_panel[of_panel["quantity"] == CLOSING]
    if len(closing):
        axes.plot(closing["month"], 100.0 * closing["mean"], color=REPORTED, marker="D",
                  markerfacecolor="white", linestyle="none", clip_on=False, label="closing figure")
    plan_and_target(of_panel[of_panel["quantity"] == "real"], axes)


def _ends(data: pd.DataFrame, baseline: str, packages: list[str]) -> str:
    """Where the mean outcome ends, and at what it is reported, under the two that matter."""
    data = data[data["outcome"] == MEAN]
    said = []
    for package in [baseline, *packages[1:2]]:
        real, reported, closing = (
            at_end(data, package, q).mean() for q in ("real", "reported", CLOSING))
        if np.isnan(real):
            continue
        published = "" if np.isnan(reported) else f"last published: {reported:.0%}, "
        told = "" if np.isnan(closing) else f" ({published}closing figure: {closing:.0%})"
        said.append(f"under {package} the mean outcome ends at {real:.0%} of target{told}")
    return sentence("; ".join(said) or "runs failed, so there is no path to show")
