"""What charts of monthly outcomes show: which packages, their paths, the plan, the close."""

from __future__ import annotations

import numpy as np
import pandas as pd

from psasim.coefficients import build_coefficients
from psasim.mechanisms.produce import plan_path
from psasim.month.publication import due
from psasim.report.names import by_headline, count, is_addition
from psasim.results.results import Comparison

SHOWN = 5
"""Packages that are shown side by side at most."""

MEAN = "mean over outcomes"
QUANTITIES = ["mean", "p05", "p50", "p95"]
CLOSING = "closing"


def compared(results: Comparison) -> list[str]:
    """The baseline, then the best of the packages that are not it with a lever; of those
    with a lever where there are no others."""
    baseline = results.baseline
    rest = [name for name in by_headline(results) if name != baseline]
    others = [name for name in rest if not is_addition(name, baseline)]
    return [baseline, *(others or rest)][:SHOWN]


def left_out(results: Comparison, shown: list[str]) -> str:
    """A sentence on the packages that are not shown, and why; empty where all are."""
    baseline = results.baseline
    rest = [name for name in by_headline(results) if name not in shown]
    added = [name for name in rest if is_addition(name, baseline)]
    others = [name for name in rest if name not in added]
    parts = []
    if others:
        named = ", ".join(others) if len(others) <= SHOWN else count(len(others), "package")
        parts.append(f"{named} (lower on what packages are put in order by)")
    if added:
        parts.append(f"{count(len(added), 'package')} of {baseline} with one lever")
    return f"Not shown: {' and '.join(parts)}; trajectories.parquet has all. " if parts else ""


def paths_of(
    results: Comparison, packages: list[str], paths: pd.DataFrame | None
) -> pd.DataFrame:
    """Real and reported paths of `packages`, with the plan's path in a column.

    Figures that are not all out have no value, though the model counts them as 0.
    """
    paths = results.trajectories() if paths is None else paths
    wanted = paths["package"].isin(packages) & paths["quantity"].isin(["real", "reported"])
    paths = paths[wanted].merge(_plan(results), on=["outcome", "month"], how="left")
    out = paths.set_index(["package", "outcome"]).index.map(first_months(results, packages))
    early = (paths["quantity"] == "reported") & (paths["month"] < np.asarray(out, dtype=float))
    paths.loc[early, QUANTITIES] = np.nan
    return paths.sort_values(
        "package", key=lambda column: column.map(packages.index), kind="stable",
        ignore_index=True,
    )


def first_months(results: Comparison, packages: list[str]) -> dict[tuple[str, str], float]:
    """The month by which every indicator of an outcome has a figure, by package and outcome;
    infinite where that is after the last."""
    layout = results.layout
    k = build_coefficients(
        layout, [results.parameters], [results.packages[name].shipped() for name in packages]
    )
    months = range(1, results.months + 1)
    shape = (layout.indicators, len(packages))
    out = np.array([np.broadcast_to(due(month, layout, k), shape) for month in months])
    first = np.where(out.any(axis=0), out.argmax(axis=0) + 1.0, np.inf)
    last = np.zeros((layout.outcomes, len(packages)))
    np.maximum.at(last, layout.indicator_outcome, first)
    return {
        (package, outcome.key): float(last[row, column])
        for row, outcome in enumerate(results.scenario.outcomes)
        for column, package in enumerate(packages)
    }


def _plan(results: Comparison) -> pd.DataFrame:
    """The path of every outcome on plan: outcome, month, plan (of target)."""
    k = build_coefficients(
        results.layout, [results.parameters], [results.packages[results.baseline].shipped()]
    )
    months = range(1, results.months + 1)
    path = np.hstack([plan_path(month, k.log_keep, k.target_month, k.start) for month in months])
    keys = [outcome.key for outcome in results.scenario.outcomes]
    return pd.DataFrame({
        "outcome": np.repeat(keys, results.months),
        "month": np.tile(months, len(keys)),
        "plan": path.ravel(),
    })


def mean_of(data: pd.DataFrame) -> pd.DataFrame:
    """The mean over assessed outcomes, or over all where none is assessed; none in months in
    which one of them has no value."""
    assessed = data.loc[data["quantity"] == "reported", "outcome"].unique()
    kept = data[data["outcome"].isin(assessed)] if len(assessed) else data
    groups = kept.groupby(["package", "month", "quantity"], sort=False)
    values = [*QUANTITIES, "plan"]
    mean = groups[values].mean()
    mean = mean.where(groups[values].count().eq(groups.size(), axis=0)).reset_index()
    mean.insert(1, "outcome", MEAN)
    return mean


def with_closing(data: pd.DataFrame, levels: pd.DataFrame) -> pd.DataFrame:
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


def at_end(data: pd.DataFrame, package: str, quantity: str) -> pd.Series:
    """Means at the last month, a row an outcome."""
    rows = data[(data["package"] == package) & (data["quantity"] == quantity)]
    return rows[rows["month"] == rows["month"].max()]["mean"]


def reading(results: Comparison) -> str:
    """What lines and bands are, and over how many worlds."""
    shown, all_of = results.banded().worlds, results.worlds
    of = f"{all_of} worlds" if shown == all_of else f"the first {shown} of {all_of:,} worlds"
    return (f"Lines: means; bands: 5th to 95th percentile; both over {of}."
            if shown > 1 else "One world: no band.")
