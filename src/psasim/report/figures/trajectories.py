"""Outcomes month by month: their mean over worlds, and the band most worlds stay in."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from psasim.coefficients import build_coefficients
from psasim.mechanisms.produce import plan_path
from psasim.report.lettering import across, head, key, put, upwards
from psasim.report.names import by_headline, is_addition, sentence, words
from psasim.report.style import INK, MUTED, REAL, REPORTED, SERIES, Chart, chart, finish, styled
from psasim.results.results import Comparison

FEW = 4
"""Outcomes up to which each has a row; beyond, their mean has."""

SHOWN = 5
"""Packages that are shown side by side at most."""

COLUMNS = 6
KIND = "Line charts of outcomes by month, with bands from the 5th to the 95th percentile"
MEAN = "mean over outcomes"
QUANTITIES = ["mean", "p05", "p50", "p95"]
NAMES = {"real": "real", "reported": "last published"}
CLOSING = "closing"


def outcome_path(paths: pd.DataFrame, axes: Axes, colour: str, label: str = "real") -> Axes:
    """Draw one path, % of target: mean solid if real, dashed if reported, and its band.

    paths: rows of `Results.trajectories` of one package, outcome and quantity.
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
    packages = _compared(results)
    each = _data(results, packages, paths)
    data = _with_closing(_mean(each), results.banded().levels())
    if 1 < len(results.scenario.outcomes) <= FEW:
        data = pd.concat([data, each], ignore_index=True)
    rows = list(dict.fromkeys(data["outcome"]))
    figure = Figure(
        figsize=(max(2.6 * len(packages), 7.5), 2.2 + 2.3 * len(rows)), layout="constrained"
    )
    grid = figure.subplots(len(rows), len(packages), sharex=True, sharey=True, squeeze=False)
    outcomes = results.scenario.outcomes
    names = {o.key: o.name for o in outcomes}
    if len(outcomes) == 1:
        names[MEAN] = outcomes[0].name
    for outcome, line in zip(rows, grid, strict=True):
        upwards(line[0], names.get(outcome, outcome), room=26, lines=3, below="(% of target)",
                fontsize=8)
        for package, axes in zip(packages, line, strict=True):
            _panel(data[(data["outcome"] == outcome) & (data["package"] == package)], axes)
    for package, top, bottom in zip(packages, grid[0], grid[-1], strict=True):
        head(top, words(package), room=24, lines=3, fontweight="bold")
        across(bottom, "Month")
    key(figure, grid[0][0].get_legend_handles_labels(), loc="outside right center")
    title = _ends(data, results.baseline, packages)
    finish(figure, title, (
        f"{results.scenario.title}. {_reading(results)} The mean is over assessed outcomes, of "
        "means and percentiles taken by outcome; unlike attainment it counts what is beyond the "
        "target. Published figures lag; the closing ones, shown for the mean, are taken when all "
        "is in."
    ))
    return chart("trajectories", KIND, title, data, figure)


@styled()
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
        head(axes, f"{outcome.key} {outcome.name}", room=31, lines=3, fontsize=7.5)
        axes.tick_params(labelsize=7.5)
    for axes in grid[len(outcomes):]:
        axes.set_visible(False)
    for axes in grid[-COLUMNS:]:
        across(axes, "Month", fontsize=7.5)
    put(figure.supylabel("", fontsize=9), "Real outcome (% of target)")
    key(figure, grid[0].get_legend_handles_labels(), loc="outside right center")
    title = _reached(data, results.baseline, packages)
    finish(figure, title, f"{results.scenario.title}. {_reading(results)}")
    return chart("outcomes", KIND, title, data, figure)


def _panel(of_panel: pd.DataFrame, axes: Axes) -> None:
    """Real and reported paths of one outcome under one package."""
    for quantity, name in NAMES.items():
        paths = of_panel[of_panel["quantity"] == quantity]
        if len(paths):
            colour = REAL if quantity == "real" else REPORTED
            outcome_path(paths, axes, colour, f"{name}: mean, 5-95%")
    closing = of_panel[of_panel["quantity"] == CLOSING]
    if len(closing):
        axes.plot(closing["month"], 100.0 * closing["mean"], color=REPORTED, marker="D",
                  markerfacecolor="white", linestyle="none", clip_on=False, label="closing figure")
    plan_and_target(of_panel[of_panel["quantity"] == "real"], axes)


def _compared(results: Comparison) -> list[str]:
    """The baseline, then other packages that are not it with a lever; most met first."""
    baseline = results.baseline
    others = [
        name for name in by_headline(results)
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
    mean = kept.groupby(keys, sort=False)[[*QUANTITIES, "plan"]].mean().reset_index()
    mean.insert(1, "outcome", MEAN)
    return mean


def _with_closing(data: pd.DataFrame, levels: pd.DataFrame) -> pd.DataFrame:
    """The mean outcome, and a row a package for the mean figure of the closing assessment:
    its real end and the gap between the two, which is a measure.

    levels: of the runs that the paths are of.
    """
    published = data.loc[data["quantity"] == "reported", "package"].unique()
    real = data[(data["quantity"] == "real") & data["package"].isin(published)]
    last = real[real["month"] == real["month"].max()]
    gap = levels.loc[last["package"], "reporting_gap"].to_numpy()
    closing = last.assign(quantity=CLOSING, mean=last["mean"] + gap, p05=np.nan, p50=np.nan,
                          p95=np.nan)
    return pd.concat([data, closing], ignore_index=True)


def _reading(results: Comparison) -> str:
    shown, all_of = results.banded().worlds, results.worlds
    of = f"{all_of} worlds" if shown == all_of else f"the first {shown} of {all_of:,} worlds"
    band = (f"Lines: means; bands: 5th to 95th percentile; both over {of}."
            if shown > 1 else "One world: no band.")
    return f"{band} Levels follow from assumed parameters: compare packages, not levels."


def _at_end(data: pd.DataFrame, package: str, quantity: str) -> pd.Series:
    rows = data[(data["package"] == package) & (data["quantity"] == quantity)]
    return rows[rows["month"] == rows["month"].max()]["mean"]


def _ends(data: pd.DataFrame, baseline: str, packages: list[str]) -> str:
    """Where the mean outcome ends, and at what it is reported, under the two that matter."""
    data = data[data["outcome"] == MEAN]
    said = []
    for package in [baseline, *packages[1:2]]:
        real, reported, closing = (
            _at_end(data, package, q).mean() for q in ("real", "reported", CLOSING))
        if np.isnan(real):
            continue
        told = "" if np.isnan(reported) else (
            f" (last published: {reported:.0%}, closing figure: {closing:.0%})")
        said.append(f"under {words(package)} the mean outcome ends at {real:.0%} of target{told}")
    return sentence("; ".join(said) or "runs failed, so there is no path to show")


def _reached(data: pd.DataFrame, baseline: str, packages: list[str]) -> str:
    """How many outcomes end at the target or above on average over worlds."""
    said = []
    for package in [*packages[1:2], baseline]:
        ends = _at_end(data, package, "real")
        met = int((ends >= 1.0).sum())
        said.append(f"{met} under {words(package)}")
    return (f"Of {ends.size} outcomes {' and '.join(said)} end at the target or above, on average "
            "over worlds")
