"""Heat map: differences by row and column, each written in its cell."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from psasim.report.lettering import note, ticks
from psasim.report.style import INK, MUTED

DARK = 0.62
"""Part of the strongest colour from which figures are written in white."""

LONG = 60
"""Usual characters of the name of a row."""


def heat_map(
    values: pd.DataFrame, axes: Axes, *, strongest: float | None = None, decimals: int = 1,
    rows: Sequence[str] = (), columns: Sequence[str] = (), bold: Sequence[bool] = (),
    size: float = 9.0,
    upright: bool = False, good: int = 1,
) -> Axes:
    """Draw a table of differences, blue on the good side of 0 and red on the other, with the
    figures in the cells.

    values: a row and a column as they are drawn, NaN where there is none; strongest: where
    the colours end (None: the largest size of any); rows, columns: their names, if not those
    of the table; bold: which rows are set in bold; size: of the figures,
    points; upright: the names of columns stand; good: the direction of good.
    """
    import seaborn as sns  # takes half a second, and most figures do without

    end = np.nanmax(values.abs().to_numpy(), initial=0.0) if strongest is None else strongest
    end = float(end) or 1.0
    sns.heatmap(
        values, ax=axes, cmap="RdBu" if good > 0 else "RdBu_r", vmin=-end, vmax=end,
        linewidths=0.5, cbar=False, xticklabels=False, yticklabels=False,
    )
    for down, line in enumerate(values.to_numpy()):
        for across, value in enumerate(line):
            told = np.isfinite(value)
            ink = MUTED if not told else "white" if abs(value) > DARK * end else INK
            note(axes, across + 0.5, down + 0.5, f"{value:+z.{decimals}f}" if told else "-",
                 ha="center", va="center", color=ink, fontsize=size)
    for label in (axes.xaxis.label, axes.yaxis.label):
        label.set_visible(False)
    ticks(axes.yaxis, [place + 0.5 for place in range(len(values))],
          list(rows or map(str, values.index)), bold=bold, most=LONG, rotation=0)
    ticks(axes.xaxis, [place + 0.5 for place in range(values.shape[1])],
          list(columns or map(str, values.columns)), rotation=90 if upright else 0)
    axes.tick_params(length=0, labeltop=True, labelbottom=False)
    return axes
