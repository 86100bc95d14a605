"""Forest plot: paired differences from the baseline, with their intervals."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from psasim.report.lettering import across, key, note, shortened, ticks
from psasim.report.names import by_targets_met, count, is_preset, sentence, short, words
from psasim.report.style import MUTED, REAL, REPORTED, Chart, chart, finish, styled
from psasim.report.verdict import MET, tally
from psasim.results.measures import MEASURES
from psasim.results.results import Comparison

MARKS: Mapping[str, tuple[str, str, float]] = MappingProxyType({
    MET: ("o", REAL, -0.16),
    "targets_met_reported": ("D", REPORTED, 0.16),
})
"""Marker, colour and shift within a row, by measure."""


def forest(contrasts: pd.DataFrame, axes: Axes) -> Axes:
    """Draw the differences of targets met, real and reported, in percentage points.

    contrasts: as of `Results.contrasts`, packages from the top in the order they come.
    The difference in targets met (real) stands in figures at the right.
    """
    packages = list(dict.fromkeys(contrasts["package"]))
    baseline = contrasts["baseline"].iloc[0]
    for measure, (marker, colour, shift) in MARKS.items():
        rows = contrasts[contrasts["measure"] == measure].set_index("package").loc[packages]
        reach = 100.0 * (rows["hi95"] - rows["mean"]).fillna(0.0)
        axes.errorbar(
            100.0 * rows["mean"], np.arange(len(packages)) + shift, xerr=reach, fmt=marker,
            color=colour, markersize=4.5, elinewidth=1.6, label=_label(measure),
            markerfacecolor=colour if marker == "o" else "white",
        )
        if measure == MET:
            _figures(axes, rows)
    axes.axvline(0.0, color=MUTED, linewidth=1.0, zorder=0)
    ticks(axes.yaxis, range(len(packages)), [words(short(name, baseline)) for name in packages],
          bold=[is_preset(name) for name in packages])
    axes.set_ylim(len(packages) - 0.5, -0.5)
    across(axes, f"Difference from {shortened(words(baseline))} "
                 "(percentage points of targets met)")
    axes.grid(axis="both", color="#e6e6e6", linewidth=0.6)
    axes.set_axisbelow(True)
    axes.tick_params(axis="y", length=0)
    key(axes, axes.get_legend_handles_labels(), loc="lower left", bbox_to_anchor=(0.0, 1.0),
        ncols=2, borderaxespad=0.2, columnspacing=1.2)
    return axes


def _label(measure: str) -> str:
    """Short, so that it ends left of the column of figures; units are those of the axis."""
    return MEASURES[measure].label


def _figures(axes: Axes, rows: pd.DataFrame) -> None:
    """Mean and interval in words at the right of each row."""
    right = axes.get_yaxis_transform()
    for place, (_, row) in enumerate(rows.iterrows()):
        note(axes, 1.02, place, points(row), transform=right, va="center", fontsize=8)
    note(axes, 1.02, 1.01, "real: mean (95% interval)", transform=axes.transAxes, fontsize=8,
         color=MUTED)


def points(row: pd.Series) -> str:
    """`+66.9 (65.9 to 67.9)`, in percentage points."""
    if np.isnan(row["mean"]):
        return "all runs failed"
    mean = f"{100.0 * row['mean']:+z.1f}"
    if np.isnan(row["lo95"]):
        return f"{mean} (one world)"
    if row["lo95"] == row["hi95"] == 0.0:
        return f"{mean} in every world"
    return f"{mean} ({100.0 * row['lo95']:+z.1f} to {100.0 * row['hi95']:+z.1f})"


@styled()
def forest_chart(results: Comparison) -> Chart:
    """The forest plot of a comparison, most targets met first."""
    order = [name for name in by_targets_met(results) if name != results.baseline]
    contrasts = results.contrasts()
    data = contrasts[contrasts["measure"].isin(MARKS)]
    data = data.sort_values(
        "package", key=lambda column: column.map(order.index), kind="stable", ignore_index=True
    )
    figure = Figure(figsize=(10.5, 2.4 + 0.27 * len(order)), layout="constrained")
    forest(data, figure.subplots())
    title = sentence(_message(data, words(results.baseline)))
    finish(figure, title, (
        f"{results.scenario.title}. Same {count(results.worlds, 'world')} under every package, so "
        "differences are paired. Bars are 95% intervals for the luck of the worlds; they do not "
        "cover the assumed parameters and strengths of levers. Bold: presets; + is "
        f"{words(results.baseline)} with one lever added."
    ))
    return chart("forest", "Forest plot", title, data, figure)


def _message(data: pd.DataFrame, baseline: str) -> str:
    met = data[data["measure"] == MET]
    real = met.dropna(subset="mean")
    if real.empty:
        return f"No package could be compared with {baseline}: runs failed"
    best = real.loc[real["mean"].idxmax()]
    name = words(short(best["package"], best["baseline"]))
    if np.isnan(best["lo95"]):
        return (f"In one world {name} is highest, {points(best)} points of targets against "
                f"{baseline}: no basis for a conclusion")
    counts = tally(met, baseline)
    if best["lo95"] <= 0.0:
        return f"No package is shown to meet more targets than {baseline}: {counts}"
    low, high = 100.0 * best["lo95"], 100.0 * best["hi95"]
    return (f"{name} meets the highest share of targets: {100.0 * best['mean']:+.1f} points "
            f"(95% interval {low:+.1f} to {high:+.1f}); {counts}")
