"""Forest plot: paired differences from the baseline, with their intervals."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from psasim.report.figures.scale import scale_of, unit_in_words, unit_of
from psasim.report.lettering import across, key, note, shortened, ticks
from psasim.report.names import by_headline, count, is_preset, marks, sentence
from psasim.report.style import MUTED, REAL, REPORTED, Chart, chart, styled
from psasim.results.headline import DEFAULT
from psasim.results.measures import MEASURES
from psasim.results.results import Comparison
from psasim.results.verdict import alone, best, better, extreme, named, tally

BESIDE: Mapping[str, str] = MappingProxyType({
    "attainment": "targets_met_real",
    "targets_met_real": "targets_met_reported",
})
"""What is drawn beside a headline of the same unit."""

_MARKS = (("o", REAL, -0.16), ("D", REPORTED, 0.16))
"""Marker, colour and shift within a row, of the headline and of what is beside it."""


def forest(contrasts: pd.DataFrame, axes: Axes, headline: str = DEFAULT) -> Axes:
    """Draw the differences of the headline and of what is beside it, parts of 1 in percentage
    points.

    contrasts: as of `Results.contrasts`, packages from the top in the order they come.
    The difference in the headline stands in figures at the right.
    """
    packages = list(dict.fromkeys(contrasts["package"]))
    baseline = contrasts["baseline"].iloc[0]
    scale = scale_of(headline)
    for measure, (marker, colour, shift) in zip(drawn(headline), _MARKS, strict=False):
        rows = contrasts[contrasts["measure"] == measure].set_index("package").loc[packages]
        reach = scale * np.abs(rows[["lo95", "hi95"]].sub(rows["mean"], axis=0)).fillna(0.0)
        axes.errorbar(
            scale * rows["mean"], np.arange(len(packages)) + shift, xerr=reach.to_numpy().T,
            fmt=marker, color=colour, markersize=4.5, elinewidth=1.6, label=_label(measure),
            markerfacecolor=colour if marker == "o" else "white",
        )
        if measure == headline:
            _figures(axes, rows, headline)
    axes.axvline(0.0, color=MUTED, linewidth=1.0, zorder=0)
    ticks(axes.yaxis, range(len(packages)), packages,
          bold=[is_preset(name) for name in packages])
    axes.set_ylim(len(packages) - 0.5, -0.5)
    across(axes, f"Difference from {shortened(baseline)} ({unit_of(headline)})")
    axes.grid(axis="both", color="#e6e6e6", linewidth=0.6)
    axes.set_axisbelow(True)
    axes.tick_params(axis="y", length=0)
    key(axes, axes.get_legend_handles_labels(), loc="lower left", bbox_to_anchor=(0.0, 1.0),
        ncols=2, borderaxespad=0.2, columnspacing=1.2)
    return axes


def drawn(headline: str) -> tuple[str, ...]:
    """The headline, and what is beside it."""
    return (headline, BESIDE[headline]) if headline in BESIDE else (headline,)


def _label(measure: str) -> str:
    """Short, so that it ends left of the column of figures; units are those of the axis."""
    return MEASURES[measure].label


def _figures(axes: Axes, rows: pd.DataFrame, headline: str) -> None:
    """Mean and interval of the headline in words at the right of each row."""
    scale, right = scale_of(headline), axes.get_yaxis_transform()
    for place, (_, row) in enumerate(rows.iterrows()):
        note(axes, 1.02, place, points(row, scale), transform=right, va="center", fontsize=8)
    head = f"{_label(headline)} (95% interval)"
    note(axes, 1.02, 1.01, head, transform=axes.transAxes, fontsize=8,
         color=MUTED)


def points(row: pd.Series, scale: float = 100.0, unit: str = "") -> str:
    """`+66.9 (+65.9 to +67.9)`, and with its unit `+66.9 points (95% interval +65.9 to +67.9)`."""
    if np.isnan(row["mean"]):
        return "all runs failed"
    mean = f"{scale * row['mean']:+z.1f}{unit}"
    if np.isnan(row["lo95"]):
        return f"{mean} (one world)"
    if row["equal"] == 1.0:
        return f"{mean} in every world"
    of = "95% interval " if unit else ""
    return f"{mean} ({of}{scale * row['lo95']:+z.1f} to {scale * row['hi95']:+z.1f})"


@styled()
def forest_chart(
    results: Comparison, *, name: str = "forest", only: Collection[str] | None = None
) -> Chart:
    """The forest plot of a comparison, the best by the headline first.

    only: packages that are drawn (None: all); the message is of all.
    """
    every = [package for package in by_headline(results) if package != results.baseline]
    contrasts = results.contrasts()
    data = contrasts[contrasts["measure"].isin(drawn(results.headline))]
    data = data.sort_values(
        "package", key=lambda column: column.map(every.index), kind="stable", ignore_index=True
    )
    title = _message(data, results.baseline, results.headline)
    order = every if only is None else [package for package in every if package in only]
    data = data[data["package"].isin(order)].reset_index(drop=True)
    figure = Figure(figsize=(10.5, 2.4 + 0.27 * len(order)), layout="constrained")
    forest(data, figure.subplots(), results.headline)
    drawn_of = "" if only is None else f"{len(order)} of {len(every)} packages are drawn. "
    foot = (
        f"{results.scenario.title}. Same {count(results.worlds, 'world')} under every package, so "
        f"differences are paired. {_of_intervals(results.worlds)}"
        f"{sentence(extreme(results.headline))} {MEASURES[results.headline].label.lower()} first, "
        f"ties as they were given. {drawn_of}{marks(order, results.baseline)}"
    )
    return chart(name, "Forest plot", title, foot, data, figure)


def _of_intervals(worlds: int) -> str:
    return ("" if worlds == 1 else "Bars are 95% intervals for the luck of the worlds; they do not "
            "cover the assumed parameters and strengths of levers. ")


def _message(data: pd.DataFrame, baseline: str, headline: str) -> str:
    good, scale = MEASURES[headline].good, scale_of(headline)
    rows = data[data["measure"] == headline].set_index("package")
    top = best(rows, good)
    if top is None:
        return f"No package could be compared with {baseline}: runs failed"
    row = rows.loc[top]
    name, unit = top, f" {unit_in_words(headline)}"
    if np.isnan(row["lo95"]):
        return (f"In one world {name} is {extreme(headline)} in {named(headline)}, "
                f"{points(row, scale, unit)} against {baseline}: no basis for a conclusion")
    if len(rows) == 1:
        return (f"{name} {alone(row, baseline, good)} in {named(headline)}: "
                f"{points(row, scale, unit)}")
    counts = tally(rows, baseline, good)
    if not better(rows.loc[[top]], good).all():
        return (f"No package is shown to do better than {baseline} in {named(headline)}: "
                f"{counts}")
    return (f"{name} is {extreme(headline)} in {named(headline)}: {points(row, scale, unit)} "
            f"against {baseline}; {counts}")
