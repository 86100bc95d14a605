"""Answers of `open_results(DIR)` drawn on given axes: effort, drivers, worth."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.lines import Line2D

from psasim.declared.names import one_of
from psasim.errors import InputError
from psasim.month.ledger import LINES
from psasim.report.lettering import across, beside, key, shortened, ticks, upwards
from psasim.report.style import INK, LINE_COLOURS, MUTED, REAL, REPORTED
from psasim.results.measures import MEASURES

SURE, WEAK = 0.05, LINE_COLOURS["own"]
"""p from which an index may be luck, and the colour it then has."""


def waterfall(table: pd.DataFrame, axes: Axes, package: str) -> Axes:
    """Draw how a package's capacity falls, line by line, to what moved an outcome.

    table: as of `effort()`, of one scenario.
    """
    one_of(package, list(table["package"]), "package")
    own = table[table["package"] == package]
    shares, left = 100.0 * own["share"].to_numpy(), 100.0 * own["left"].to_numpy()
    start = np.where(own["line"] == "realised", 0.0, left)
    rows = np.arange(len(own))
    for row, (line, share, begin) in enumerate(zip(own["line"], shares, start, strict=True)):
        axes.barh(row, share, left=begin, height=0.7, color=LINE_COLOURS[line], edgecolor=INK,
                  linewidth=0.5, hatch="////" if line == "slack" else None)
        beside(axes, (begin + share, row), f"{share:.1f}", away=(3, 0), va="center", fontsize=8)
    axes.vlines(left[:-1], rows[:-1] + 0.35, rows[1:] - 0.35, color=MUTED, linewidth=0.8)
    ticks(axes.yaxis, range(len(own)), [LINES[line].label for line in own["line"]])
    axes.set_ylim(len(own) - 0.5, -0.5)
    axes.set_xlim(0.0, 108.0)
    across(axes, "Share of capacity (%)")
    axes.tick_params(axis="y", length=0)
    return axes


def index_bars(table: pd.DataFrame, axes: Axes, index: str = "ST", most: int = 12) -> Axes:
    """Draw an index of each factor with its 95 % interval, the strongest on top; grey is what luck
    may have made.

    table: as of `drivers()`; of its first target; index: such as ST, S1, mu_star or ratio; most:
    factors at most.
    """
    own = table[table["target"] == table["target"].iloc[0]] if len(table) else table
    one_of(index, list(own["index"]), "index")
    own = own[own["index"] == index].sort_values("value", ascending=False).head(most)
    rows, value = np.arange(len(own)), own["value"].to_numpy()
    weak = own["p_holm"] >= SURE if "p_holm" in own else np.zeros(len(own), dtype=bool)
    axes.barh(rows, value, height=0.6, color=np.where(weak, WEAK, REAL).tolist())
    known = np.isfinite(own["lo95"].to_numpy())
    axes.hlines(rows[known], own["lo95"][known], own["hi95"][known], color=INK, linewidth=1.4)
    axes.axvline(0.0, color=MUTED, linewidth=1.0)
    ticks(axes.yaxis, range(len(own)), list(own["factor"]))
    axes.set_ylim(len(own) - 0.5, -0.5)
    across(axes, f"{index} ({own['unit'].iloc[0]})")
    axes.tick_params(axis="y", length=0)
    return axes


def front(table: pd.DataFrame, axes: Axes, gain: str = "attainment", take: str = "cost") -> Axes:
    """Draw packages by what they take and what they gain, with 95 % intervals; those on the front
    have numbers, and names in the legend.

    table: as of `worth()`; gain, take: two of its counts.
    """
    for name in (gain, take):
        if name not in table or f"{name}_lo95" not in table:
            raise InputError(f"{name} is not a count of this table; it has "
                             f"{', '.join(c[:-5] for c in table if c.endswith('_lo95'))}")
    for on, colour, label in ((False, REPORTED, "beaten on average"), (True, REAL, "on the front")):
        own = table[table["on_front"] == on]
        axes.errorbar(own[take], own[gain], fmt="o" if on else "x", color=colour, markersize=5,
                      linewidth=1.0, label=label, yerr=_reach(own, gain), xerr=_reach(own, take))
    named = table[table["on_front"]].reset_index(drop=True)
    for at, same in named.groupby([take, gain]).groups.items():
        beside(axes, at, ", ".join(str(row + 1) for row in same), away=(5, 4), fontsize=8)
    axes.axhline(0.0, color=MUTED, linewidth=0.8, zorder=0)
    across(axes, _label(take))
    upwards(axes, _label(gain))
    _in_points(axes.xaxis, take)
    _in_points(axes.yaxis, gain)
    handles, labels = axes.get_legend_handles_labels()
    blank = [Line2D([], [], linestyle="none") for _ in named.index]
    names = [f"{row + 1} {shortened(name)}" for row, name in named["package"].items()]
    key(axes, ([*handles, *blank], [*labels, *names]), loc="upper left", bbox_to_anchor=(1.0, 1.0))
    return axes


def _reach(rows: pd.DataFrame, name: str) -> np.ndarray:
    """Lengths of the interval below and above, (2, rows)."""
    found = np.stack([rows[name] - rows[f"{name}_lo95"], rows[f"{name}_hi95"] - rows[name]])
    return np.maximum(np.nan_to_num(found), 0.0)


def _label(name: str) -> str:
    if (item := MEASURES.get(name)) is None:
        return name
    return f"{item.label} less the baseline's ({'percentage points' if item.part else item.unit})"


def _in_points(axis: Axis, name: str) -> None:
    """Parts of 1 stand as percentage points on an axis."""
    if (item := MEASURES.get(name)) is not None and item.part:
        axis.set_major_formatter(lambda value, place: f"{100.0 * value:z.4g}")
