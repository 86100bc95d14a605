"""The two figures of this study."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from experiments.delivery_models.standing import CIRCUMSTANCES, MODELS, PARTS, Cell
from psasim.report.lettering import across, note, ticks, upwards
from psasim.report.style import INK, MUTED, finish

COLOURS = ("#ffffff", "#a1c9f4", "#8de5a1", "#d0bbff", "#fab0e4", "#fffea3", "#ffb482")
"""Of seaborn's palette `pastel`, by model; dark text is read on each."""


def draw_map(
    places: Iterable[Cell], pair: tuple[int, int], units: Sequence[str], title: str
) -> Figure:
    """The best model by the two circumstances that matter most."""
    figure = Figure(figsize=(9.5, 6.0), layout="constrained")
    axes = figure.subplots()
    labels: list[list[str]] = [[""] * PARTS for _ in range(2)]
    for cell in places:
        x, y = cell.place
        axes.add_patch(Rectangle((x, y), 1.0, 1.0, facecolor=COLOURS[cell.winner],
                                 edgecolor=MUTED, hatch="////" if cell.tied else None,
                                 linewidth=1.0))
        said = (f"{MODELS[cell.winner]}\n{cell.first:.0%} first or near\n"
                f"regret {cell.regret:.1f}\nnext {MODELS[cell.second]}, "
                f"{cell.behind:.1f} behind")
        note(axes, x + 0.5, y + 0.5, said, ha="center", va="center", color=INK, linespacing=1.5,
             bbox={"facecolor": COLOURS[cell.winner], "edgecolor": "none", "pad": 2.0})
        for axis, at in enumerate(cell.place):
            labels[axis][at] = f"{cell.low[axis]:.2g} to {cell.high[axis]:.2g}"
    axes.set_xlim(0.0, PARTS)
    axes.set_ylim(0.0, PARTS)
    middles = np.arange(PARTS) + 0.5
    ticks(axes.xaxis, middles, labels[0])
    ticks(axes.yaxis, middles, labels[1])
    axes.tick_params(length=0)
    names = [f"{CIRCUMSTANCES[place]}{f' ({unit})' if unit else ''}"
             for place, unit in zip(pair, units, strict=True)]
    across(axes, names[0])
    upwards(axes, names[1])
    finish(figure, title, (
        "The model that delivers most on average in each part. First or near: share of its "
        "circumstances in which it is within a point of the best of seven; regret: what it falls "
        "short of the best, mean, in points of attainment. Hatched: the next cannot be told from "
        "it."
    ))
    return figure


def draw_regret(table: pd.DataFrame, title: str) -> Figure:
    """What each way to choose falls short of the best."""
    figure = Figure(figsize=(9.5, 4.4), layout="constrained")
    axes = figure.subplots()
    rows = np.arange(len(table))
    mean = table["regret"].to_numpy()
    ends = np.abs(table[["regret_lo95", "regret_hi95"]].to_numpy().T - mean)
    colours = ["#0173b2" if place < 2 else "#c8c8c8" for place in rows]
    axes.barh(rows, mean, xerr=ends, color=colours, ecolor=MUTED, capsize=2.5)
    ticks(axes.yaxis, rows, [str(name) for name in table.index])
    axes.set_ylim(len(table) - 0.5, -0.5)
    axes.grid(axis="x", color="#e6e6e6", linewidth=0.6)
    axes.tick_params(axis="y", length=0)
    across(axes, "Regret (percentage points of attainment, mean)")
    finish(figure, title, (
        "Regret: what a choice falls short of the best of seven models in the same circumstances "
        "and worlds. Bars: 95 % intervals over circumstances. All ways to choose were found on "
        "other circumstances."))
    return figure
