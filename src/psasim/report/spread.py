"""The second table of a comparison over several parameter sets: what is luck of the worlds,
and what hangs on the parameters."""

from __future__ import annotations

import textwrap

import numpy as np
import pandas as pd

from psasim.experiment.folder.reader import StoredResults
from psasim.experiment.folder.spread import spread
from psasim.report.names import by_targets_met, short
from psasim.results.measures import MEASURES
from psasim.results.results import HEADLINE

MET = "targets_met_real"
SHOWN = tuple(name for name in HEADLINE if name not in ("burden", "cost"))
"""What packages take hardly varies; spread.csv has it too."""

WIDTH = 14


def spread_table(results: StoredResults) -> str:
    """Each package against the baseline, in the order of the first table.

    A cell is the spread between sets, that between worlds within one, and the share of sets
    in which the package is better than the baseline.
    """
    frame = spread(results).set_index(["package", "measure"])
    baseline = results.baseline
    order = [name for name in by_targets_met(results) if name != baseline]
    sets = int(frame["sets"].max()) if len(frame) else 0
    heads = [[], *(_head(MEASURES[m].label, MEASURES[m].unit) for m in SHOWN),
             _head("Place in targets met", "5 to 95 % of sets, first in")]
    body = [
        [short(name, baseline), *(_cell(frame.loc[(name, m)]) for m in SHOWN),
         _place(frame.loc[(name, MET)])]
        for name in order
    ]
    title = (
        f"{results.scenario.title}: how far the difference from {baseline} varies.\nStandard "
        f"deviation between {sets} parameter sets / between worlds within a set; then the share "
        "of sets in which it is on the good side."
    )
    return f"{title}\n\n{_lines(heads, body)}"


def _cell(row: pd.Series) -> str:
    """`0.082/0.120  97%`; a dash where nothing varies."""
    if np.isnan(row["sd_sets"]) or not row["sd_sets"] + row["sd_worlds"]:
        return "-"
    decimals = 3 if max(row["sd_sets"], row["sd_worlds"]) < 10.0 else 1
    better = "    " if np.isnan(row["better"]) else f"{row['better']:4.0%}"
    return f"{row['sd_sets']:.{decimals}f}/{row['sd_worlds']:.{decimals}f} {better}"


def _place(row: pd.Series) -> str:
    if np.isnan(row["rank_median"]):
        return "-"
    return f"{row['rank_p05']:.0f}-{row['rank_p95']:.0f}, {row['first']:4.0%}"


def _head(label: str, unit: str) -> list[str]:
    return [*textwrap.wrap(label, WIDTH), *textwrap.wrap(f"({unit})", WIDTH)]


def _lines(heads: list[list[str]], body: list[list[str]]) -> str:
    """Heads above their columns, all as high as the highest."""
    height = max(map(len, heads))
    above = [[head[line] if line < len(head) else "" for head in heads] for line in range(height)]
    widths = [max(len(row[i]) for row in (*above, *body)) for i in range(len(heads))]
    rule = ["", *("-" * width for width in widths[1:])]
    return "\n".join(
        (f"{row[0]:<{widths[0]}}" + "".join(
            f"  {cell:>{width}}" for cell, width in zip(row[1:], widths[1:], strict=True)
        )).rstrip()
        for row in (*above, rule, *body)
    )
