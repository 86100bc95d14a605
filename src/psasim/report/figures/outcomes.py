"""Where many outcomes end: the baseline's level, and what each package adds to it."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from psasim.report.figures.heat import heat_map
from psasim.report.lettering import note, shortened
from psasim.report.names import by_headline, count, is_preset, marks
from psasim.report.style import MUTED, Chart, chart, styled
from psasim.results.results import Comparison

KIND = "Heat map of what packages add to the real outcome at the end, by outcome and package"


@styled()
def outcomes_chart(results: Comparison, paths: pd.DataFrame | None = None) -> Chart:
    """A row an outcome, a column a package: what it adds to the real outcome at the end.

    paths: `results.trajectories()`, if at hand.
    """
    ends = _ends(results, results.trajectories() if paths is None else paths)
    baseline = results.baseline
    packages = [name for name in ends if name != baseline]
    names = [f"{o.key} {o.name}" for o in results.scenario.outcomes]
    figure = Figure(
        figsize=(4.6 + 0.42 * max(len(packages), 10), 3.2 + 0.24 * len(names)),
        layout="constrained",
    )
    axes = heat_map(
        ends[packages].sub(ends[baseline], axis=0), figure.subplots(), decimals=0, rows=names,
        columns=list(packages), size=7.5, upright=True,
    )
    for tick, name in zip(axes.get_xticklabels(), packages, strict=True):
        tick.set_fontweight("bold" if is_preset(name) else "normal")
    right = axes.get_yaxis_transform()
    for place, level in enumerate(ends[baseline]):
        note(axes, 1.01, place + 0.5, "-" if np.isnan(level) else f"{level:.0f}", transform=right,
             va="center", fontsize=7.5)
    note(axes, 1.01, 1.01, f"{shortened(baseline)}: level", transform=axes.transAxes,
         rotation=90, va="bottom", fontsize=8, color=MUTED)
    title = _message(ends, results)
    foot = (
        f"{results.scenario.title}. Real outcome in the last month, in points of target (% of "
        f"target), above or below {baseline} in the same worlds; at the right the level "
        f"under {baseline}. Means over {count(results.banded().worlds, 'world')}. "
        f"{marks(packages, baseline)}Levels follow from assumed parameters: compare packages, not "
        "levels."
    )
    data = ends.reset_index(names="outcome")
    return chart("outcomes", KIND, title, foot, data, figure)


def _ends(results: Comparison, paths: pd.DataFrame) -> pd.DataFrame:
    """Mean real outcome in the last month, % of target: a row an outcome, a column a package,
    the best first; NaN where all runs failed."""
    last = paths[(paths["quantity"] == "real") & (paths["month"] == paths["month"].max())]
    table = 100.0 * last.pivot(index="outcome", columns="package", values="mean")
    keys = [outcome.key for outcome in results.scenario.outcomes]
    return table.reindex(index=keys, columns=by_headline(results))


def _message(ends: pd.DataFrame, results: Comparison) -> str:
    """How many outcomes end at the target, and where the best package adds most and least."""
    baseline = results.baseline
    best = next(name for name in ends if name != baseline)
    base, top = baseline, best
    met = (ends >= 100.0).sum()
    if ends[[best, baseline]].isna().all(axis=None):
        return "Runs failed, so there is no outcome to show"
    added = (ends[best] - ends[baseline]).dropna()
    said = (f"Of {len(ends)} outcomes {met[best]} under {top} and {met[baseline]} under {base} end "
            "at the target or above, on average over worlds")
    if added.empty:
        return said
    return (f"{said}; {top} adds most to {added.idxmax()} ({added.max():+.0f} points) and least to "
            f"{added.idxmin()} ({added.min():+.0f})")
