"""Outcomes month by month: the median world, and the band most worlds stay in."""

from __future__ import annotations

import textwrap

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from psasim.coefficients import build_coefficients
from psasim.mechanisms.produce import plan_path
from psasim.report.names import by_targets_met, is_addition, sentence, words
from psasim.report.style import INK, MUTED, REAL, REPORTED, SERIES, Chart, finish
from psasim.results import Comparison

FEW = 4
"""Outcomes up to which each has a row; beyond, their mean has."""

SHOWN = 5
"""Packages that are shown side by side at most."""

COLUMNS = 6
MEAN = "mean over outcomes"
BANDS = ["p05", "p50", "p95"]


def outcome_path(paths: pd.DataFrame, axes: Axes, colour: str, label: str = "real") -> Axes:
    """Draw one path, % of target: median solid if real, dashed if reported, and its band.

    paths: rows of `Results.trajectories` of one package, outcome and quantity.
    """
    real = paths["quantity"].iloc[0] == "real"
    axes.fill_between(
        paths["month"], 100.0 * paths["p05"], 100.0 * paths["p95"], color=colour, alpha=0.18,
        linewidth=0.0,
    )
    axes.plot(
        paths["month"], 100.0 * paths["p50"], color=colour, label=label, linewidth=1.8,
        linestyle="-" if real else "--",
    )
    return axes


def plan_and_target(plan: pd.DataFrame, axes: Axes) -> Axes:
    """Draw the target, and the plan's path to it; plan: columns month and plan (of target)."""
    axes.axhline(100.0, color=INK, linewidth=0.9, label="target")
    axes.plot(plan["month"], 100.0 * plan["plan"], color=MUTED, linewidth=1.1, linestyle=":",
              label="plan")
    return axes


def trajectories_chart(results: Comparison, paths: pd.DataFrame | None = None) -> Chart:
    """A column a package, a row an outcome (or their mean): real and reported.

    paths: `results.trajectories()`, if at hand.
    """
    packages = _compared(results)
    data = _data(results, packages, paths)
    if len(results.scenario.outcomes) > FEW:
        data = _mean(data)
    rows = list(dict.fromkeys(data["outcome"]))
    figure = Figure(
        figsize=(max(2.6 * len(packages), 7.5), 2.2 + 2.3 * len(rows)), layout="constrained"
    )
    grid = figure.subplots(len(rows), len(packages), sharex=True, sharey=True, squeeze=False)
    names = {o.key: o.name for o in results.scenario.outcomes}
    for outcome, line in zip(rows, grid, strict=True):
        line[0].set_ylabel(
            textwrap.fill(names.get(outcome, outcome), 26) + "\n(% of target)", fontsize=8
        )
        for package, axes in zip(packages, line, strict=True):
            _panel(data[(data["outcome"] == outcome) & (data["package"] == package)], axes)
    for package, top, bottom in zip(packages, grid[0], grid[-1], strict=True):
        top.set_title(words(package), fontweight="bold")
        bottom.set_xlabel("Month")
    figure.legend(
        *grid[0][0].get_legend_handles_labels(), loc="outside right center", frameon=False
    )
    title = _ends(data, results.baseline, packages)
    finish(figure, title, f"{results.scenario.title}. {_reading(results)}" + (
        " Medians and percentiles are taken by outcome, then averaged over the assessed outcomes."
        if rows == [MEAN] else ""
    ))
    return Chart("trajectories", title, _alt(data, title), data, figure)


def outcomes_chart(results: Comparison, paths: pd.DataFrame | None = None) -> Chart:
    """A panel an outcome, a colour a package: the real paths; `paths` as above."""
    packages = _compared(results)
    data = _data(results, packages, paths)
    data = data[data["quantity"] == "real"].reset_index(drop=True)
    outcomes = results.scenario.outcomes
    rows = -(-len(outcomes) // COLUMNS)
    figure = Figure(figsize=(13.0, 1.2 + 1.85 * rows), layout="constrained")
    grid = figure.subplots(rows, COLUMNS, sharex=True, sharey=True, squeeze=False).ravel()
    colours = dict(zip(packages, SERIES, strict=False))
    for outcome, axes in zip(outcomes, grid, strict=False):
        of_outcome = data[data["outcome"] == outcome.key]
        for package in packages:
            path = of_outcome[of_outcome["package"] == package]
            outcome_path(path, axes, colours[package], words(package))
        plan_and_target(path, axes)
        name = textwrap.shorten(f"{outcome.key} {outcome.name}", 56, placeholder=" ...")
        axes.set_title(textwrap.fill(name, 31), fontsize=7.5)
        axes.tick_params(labelsize=7.5)
    for axes in grid[len(outcomes):]:
        axes.set_visible(False)
    for axes in grid[-COLUMNS:]:
        axes.set_xlabel("Month", fontsize=7.5)
    figure.supylabel("Real outcome (% of target)", fontsize=9)
    figure.legend(
        *grid[0].get_legend_handles_labels(), loc="outside right center", frameon=False
    )
    title = _reached(data, results.baseline, packages)
    finish(figure, title, f"{results.scenario.title}. {_reading(results)}")
    return Chart("outcomes", title, _alt(data, title), data, figure)


def _panel(of_panel: pd.DataFrame, axes: Axes) -> None:
    """Real and reported paths of one outcome under one package."""
    for quantity, paths in of_panel.groupby("quantity", sort=False):
        colour = REAL if quantity == "real" else REPORTED
        outcome_path(paths, axes, colour, f"{quantity}: median, 5-95%")
    plan_and_target(of_panel[of_panel["quantity"] == "real"], axes)


def _compared(results: Comparison) -> list[str]:
    """The baseline, then other packages that are not it with a lever; most met first."""
    baseline = results.baseline
    others = [
        name for name in by_targets_met(results)
        if name != baseline and not is_addition(name, baseline)
    ]
    return [baseline, *others][:SHOWN]


def _data(results: Comparison, packages: list[str], paths: pd.DataFrame | None) -> pd.DataFrame:
    """Real and reported paths of `packages`, with the plan's path in a column."""
    paths = results.trajectories() if paths is None else paths
    wanted = paths["package"].isin(packages) & paths["quantity"].isin(["real", "reported"])
    paths = paths[wanted].merge(_plan(results), on=["outcome", "month"], how="left")
    return paths.sort_values(
        "package", key=lambda column: column.map(packages.index), kind="stable",
        ignore_index=True,
    )


def _plan(results: Comparison) -> pd.DataFrame:
    """The path of every outcome on plan: outcome, month, plan (of target)."""
    k = build_coefficients(
        results.layout, [results.parameters], [results.packages[results.baseline]]
    )
    months = range(1, results.months + 1)
    path = np.hstack([plan_path(month, k.log_keep, k.target_month) for month in months])
    keys = [outcome.key for outcome in results.scenario.outcomes]
    return pd.DataFrame({
        "outcome": np.repeat(keys, results.months),
        "month": np.tile(months, len(keys)),
        "plan": path.ravel(),
    })


def _mean(data: pd.DataFrame) -> pd.DataFrame:
    """The mean over assessed outcomes, or over all where none is assessed."""
    assessed = data.loc[data["quantity"] == "reported", "outcome"].unique()
    kept = data[data["outcome"].isin(assessed)] if len(assessed) else data
    keys = ["package", "month", "quantity"]
    mean = kept.groupby(keys, sort=False)[["mean", *BANDS, "plan"]].mean().reset_index()
    mean.insert(1, "outcome", MEAN)
    return mean


def _reading(results: Comparison) -> str:
    band = ("Lines: the median world; bands: 5th to 95th percentile of "
            f"{results.worlds} worlds." if results.worlds > 1 else "One world: no band.")
    return f"{band} Levels follow from assumed parameters: compare packages, not levels."


def _at_end(data: pd.DataFrame, package: str, quantity: str) -> pd.Series:
    rows = data[(data["package"] == package) & (data["quantity"] == quantity)]
    return rows[rows["month"] == rows["month"].max()]["p50"]


def _ends(data: pd.DataFrame, baseline: str, packages: list[str]) -> str:
    """Where the mean outcome ends, in truth and as reported, under the two that matter."""
    said = []
    for package in [baseline, *packages[1:2]]:
        real, reported = (_at_end(data, package, q).mean() for q in ("real", "reported"))
        if np.isnan(real):
            continue
        told = "" if np.isnan(reported) else f" and is reported at {reported:.0%}"
        said.append(f"under {words(package)} the mean outcome ends at {real:.0%} of target{told}")
    return sentence("; ".join(said) or "runs failed, so there is no path to show")


def _reached(data: pd.DataFrame, baseline: str, packages: list[str]) -> str:
    """How many outcomes end at the target or above in the median world."""
    said = []
    for package in [*packages[1:2], baseline]:
        ends = _at_end(data, package, "real")
        met = int((ends >= 1.0).sum())
        said.append(f"{met} under {words(package)}")
    return (f"Of {ends.size} outcomes, in the median world {' and '.join(said)} end at the target "
            "or above")


def _alt(data: pd.DataFrame, title: str) -> str:
    """The message, then where each package ends."""
    said = []
    whole = data.dropna(subset=BANDS)
    for (package, quantity), rows in whole.groupby(["package", "quantity"], sort=False):
        last = rows[rows["month"] == rows["month"].max()][BANDS].mean()
        said.append(f"{words(package)}, {quantity} {last['p50']:.0%} "
                    f"({last['p05']:.0%} to {last['p95']:.0%})")
    return (f"Line charts of outcomes by month with bands from the 5th to the 95th percentile. "
            f"{title}. Mean of the last month, of target: {'; '.join(said)}.")
