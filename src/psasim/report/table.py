"""The table a comparison prints: paired differences from the baseline."""

from __future__ import annotations

import textwrap

import numpy as np
import pandas as pd

from psasim.report.columns import WIDTH, Column, lines, that_fit
from psasim.report.glossary import glossary
from psasim.report.names import by_headline
from psasim.results.headline import summary_of
from psasim.results.measures import MEASURES
from psasim.results.places import ROUNDING
from psasim.results.results import Comparison

GOOD = {1: "more is good", -1: "less is good", 0: ""}
SAME, UNCLEAR = "=", "~"


def table(results: Comparison) -> str:
    """Each package against the baseline, by the headline and other measures, in 80 columns.

    The first column is the mean paired difference with its 95% interval, and packages stand in
    its order; of the measures beside it as many as there is room for.  The baseline's own line
    is its mean level.
    """
    baseline = results.baseline
    order = [name for name in by_headline(results) if name != baseline]
    cells = results.contrasts().set_index(["measure", "package"]) if order else None
    level = results.levels().loc[baseline]
    columns: list[Column] = []
    for measure in summary_of(results.headline):
        rows = None if cells is None else cells.loc[measure].loc[order]
        columns.append(_column(measure, float(level[measure]), rows, whole=not columns))
    labels = [baseline, *order]
    shown = that_fit(labels, columns)
    return "\n".join((
        *_title(results, bool(order)), "", *lines(labels, shown), "",
        glossary(results, summary_of(results.headline)[:len(shown)]),
    ))


def _title(results: Comparison, compared: bool) -> list[str]:
    baseline, worlds, title = results.baseline, results.worlds, results.scenario.title
    if not compared:
        said = [f"{title}: mean over {_worlds(worlds)}; nothing to compare with"]
    else:
        interval = ("with its 95% interval" if worlds > 1
                    else "no interval, so take no difference from it")
        said = [
            f"{title}: mean paired difference from {baseline} in the same {_worlds(worlds)}, "
            f"{interval}. First line: {baseline} itself, its mean level.",
            f"{SAME} the same number in every world. {UNCLEAR} cannot be told from {baseline}. "
            "Every measure with its interval: contrasts.csv.",
        ]
    return [line for text in said for line in textwrap.wrap(text, WIDTH)]


def _worlds(number: int) -> str:
    return f"{number} world{'s' * (number != 1)}"


def _column(measure: str, level: float, rows: pd.DataFrame | None, whole: bool) -> Column:
    """The baseline's level, then differences; whole: with their intervals."""
    item = MEASURES[measure]
    head = tuple(text for text in (item.label, f"({item.unit})", GOOD[item.good]) if text)
    means = [level, *([] if rows is None else rows["mean"])]
    decimals = 3 if max((abs(x) for x in means if np.isfinite(x)), default=0.0) < 10.0 else 1
    first = "-" if np.isnan(level) else f"{level:z.{decimals}f}"
    if rows is None:
        return Column(head, [first])
    told = _intervals(rows, decimals) if whole else [_mark(row) for _, row in rows.iterrows()]
    room = max(map(len, told), default=0)
    cells = [
        ("-" if np.isnan(row["mean"]) else SAME if row["equal"] == 1.0
         else f"{row['mean']:+z{_digits(row, decimals)}}") + f"{mark:<{room}}"
        for mark, (_, row) in zip(told, rows.iterrows(), strict=True)
    ]
    return Column(head, [first + " " * room, *cells])


def _mark(row: pd.Series) -> str:
    """Whether a difference without its interval can be told from 0."""
    return UNCLEAR if row["lo95"] <= 0.0 <= row["hi95"] and row["equal"] != 1.0 else ""


def _digits(row: pd.Series, decimals: int) -> str:
    """Format of a row: one digit, in as much room, where a difference that can be told from 0
    would round to it."""
    hidden = ROUNDING < abs(row["mean"]) < 10.0**-decimals / 2
    return ".0e" if hidden and not _mark(row) else f".{decimals}f"


def _intervals(rows: pd.DataFrame, decimals: int) -> list[str]:
    """` ±0.015` of a column whose intervals all reach as far down as up; ` -0.01 to +0.03`."""
    down, up = rows["mean"] - rows["lo95"], rows["hi95"] - rows["mean"]
    even = bool(((down - up).abs() < 10.0**-decimals / 2).where(up.notna(), True).all())
    said = []
    for (_, row), reach in zip(rows.iterrows(), up, strict=True):
        form = _digits(row, decimals)
        said.append(
            "" if np.isnan(reach) or row["equal"] == 1.0
            else f" ±{reach:{form}}" if even
            else f" {row['lo95']:+z{form}} to {row['hi95']:+z{form}}")
    return said
