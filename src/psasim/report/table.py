"""The table a comparison prints: paired differences from the baseline."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping

import numpy as np
import pandas as pd

from psasim.declared.levers import LEVERS
from psasim.report.glossary import glossary
from psasim.report.names import by_targets_met, is_addition, short
from psasim.report.verdict import TAKEN, inert
from psasim.results.measures import MEASURES
from psasim.results.results import HEADLINE, Comparison

GOOD = {1: "more is good", -1: "less is good", 0: ""}
COLUMN = 13
"""Least width of a column of numbers."""

CHANGED = sum(name not in TAKEN for name in HEADLINE)
"""Columns, the first ones, of what levers change; what they take follows."""


def table(results: Comparison) -> str:
    """Each package against the baseline, for the headline measures; at most 160 columns.

    A cell is the mean paired difference and half its 95% interval; packages with most
    targets met come first.  The baseline's own line is its mean level.
    """
    baseline = results.baseline
    order = [name for name in by_targets_met(results) if name != baseline]
    rows = [(baseline, _levels(results))]
    if order:
        cells = results.contrasts().set_index(["package", "measure"])
        rows += [
            (short(name, baseline), [cells.loc[(name, m)] for m in HEADLINE]) for name in order
        ]
    columns = [[row[i] for _, row in rows] for i in range(len(HEADLINE))]
    printed = [_printed(column) for column in columns]
    widths = tuple(max(COLUMN, *map(len, column)) for column in printed)
    body = [(label, [column[i] for column in printed]) for i, (label, _) in enumerate(rows)]
    idle = inert(results.contrasts()) if order else frozenset()
    reasons = {short(name, baseline): _reason(name, baseline) for name in idle}
    lines = _lines(_heads(widths), body, reasons)
    return "\n".join((*_title(results, order), *lines, "", glossary(results)))


def _title(results: Comparison, order: list[str]) -> list[str]:
    baseline, worlds = results.baseline, results.worlds
    if not order:
        return [f"{results.scenario.title}: mean over {worlds} worlds; nothing to compare with", ""]
    interval = ("and half its 95% interval" if worlds > 1
                else "(one world: no interval, so take no difference from it)")
    title = [
        f"{results.scenario.title}: paired difference from {baseline} on the same {worlds} "
        f"world{'s' * (worlds > 1)}, mean {interval}.",
        f"First line: {baseline} itself, its mean level.",
    ]
    if any(is_addition(name, baseline) for name in order):
        title[1] += f" +lever is {baseline} with that lever added."
    return [*title, ""]


def _reason(package: str, baseline: str) -> str:
    """Why every run of a package is the baseline's; of a lever alone, what it needs."""
    if not is_addition(package, baseline):
        return "nothing to act on; the same in every world"
    return f"nothing to act on; the lever needs {LEVERS[package.rpartition('+')[2]].live}"


def _levels(results: Comparison) -> list[pd.Series]:
    levels = results.levels().loc[results.baseline]
    return [pd.Series({"level": levels[m]}) for m in HEADLINE]


def _printed(column: list[pd.Series]) -> list[str]:
    """Cells of a column, all with the same number of decimals."""
    numbers = [cell.get("level", cell.get("mean", np.nan)) for cell in column]
    finite = [abs(number) for number in numbers if np.isfinite(number)]
    decimals = 3 if max(finite, default=0.0) < 10.0 else 1
    return [_cell(cell, decimals) for cell in column]


def _cell(cell: pd.Series, decimals: int) -> str:
    """`+0.084 ±0.015`; room is left where there is no half-interval to show."""
    sign, number = ("", cell["level"]) if "level" in cell else ("+", cell["mean"])
    half = cell.get("hi95", np.nan) - number
    room = len(f" ±{0.0:.{decimals}f}")
    mean = "-" if np.isnan(number) else f"{number:{sign}z.{decimals}f}"
    return mean + (" " * room if np.isnan(half) else f" ±{half:.{decimals}f}")


def _heads(widths: tuple[int, ...]) -> list[list[str]]:
    """Label, unit and direction of good, wrapped to the width of each column."""
    heads = []
    for name, width in zip(HEADLINE, widths, strict=True):
        item = MEASURES[name]
        heads.append([
            *textwrap.wrap(item.label, width), *textwrap.wrap(f"({item.unit})", width),
            GOOD[item.good], "-" * width,
        ])
    height = max(map(len, heads))
    return [[*head[:-2], *[""] * (height - len(head)), *head[-2:]] for head in heads]


def _lines(
    heads: list[list[str]], body: list[tuple[str, list[str]]], reasons: Mapping[str, str]
) -> list[str]:
    """Heads and rows; a row that has a reason shows it in place of what levers change."""
    label = max(len(name) for name, _ in body)
    widths = [len(head[-1]) for head in heads]
    above = [("", [head[i] for head in heads]) for i in range(len(heads[0]))]
    return [
        (f"{name:<{label}}" + _row(cells, widths, reasons.get(name, ""))).rstrip()
        for name, cells in (*above, *body)
    ]


def _row(cells: list[str], widths: list[int], reason: str) -> str:
    kept = CHANGED if reason else 0
    room = sum(widths[:kept]) + 2 * (kept - 1)
    return (f"  {reason:<{room}}" if reason else "") + "".join(
        f"  {cell:>{width}}" for cell, width in zip(cells[kept:], widths[kept:], strict=True)
    )
