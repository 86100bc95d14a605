"""What several futures (settings of what is uncertain) say: does the ranking survive,
and what hangs on them rather than on the luck of the worlds?"""

from __future__ import annotations

import textwrap

import numpy as np
import pandas as pd

from psasim.experiment.design.refusals import told as refused_told
from psasim.experiment.folder.reader import StoredResults
from psasim.experiment.folder.spread import spread
from psasim.report.columns import WIDTH, Column, lines
from psasim.report.names import by_headline
from psasim.results.verdict import named


def head(results: StoredResults) -> str:
    """How many futures there are, what was refused of them, and what intervals are over."""
    said = [f"{results.futures:,} futures (settings of what is uncertain): each world's "
            "difference is the mean over them; intervals are over worlds, for these futures."]
    if results.refused:
        said.append(f"{refused_told(results.refused, results.points)} Left out of every package.")
    return "\n".join(textwrap.fill(text, WIDTH) for text in said)


def survival_table(results: StoredResults) -> str:
    """By the headline: in how many futures each package is better than the baseline, ties with
    it, is first, and its worst future."""
    rows = _rows(results)
    title = (
        f"{results.scenario.title}: in how many of {_sets(rows)} futures, by "
        f"{named(results.headline)}. Packages with equal numbers tie: they share a place, "
        "first place too."
    )
    columns = [
        Column((f"better than {results.baseline}",), [_of(row, "better") for _, row in rows]),
        Column((f"ties with {results.baseline}",), [_of(row, "equal") for _, row in rows]),
        Column(("first, alone",), [_of(row, "first_alone") for _, row in rows]),
        Column(("first, tied",), [_of(row, "first_tied") for _, row in rows]),
        Column(("worst future: difference",), [_worst(row) for _, row in rows]),
    ]
    return "\n".join([textwrap.fill(title, WIDTH), "",
                      *lines([name for name, _ in rows], columns)])


def spread_table(results: StoredResults) -> str:
    """How far the difference from the baseline varies between futures, and between worlds."""
    rows = _rows(results)
    title = (
        f"How far the difference from {results.baseline} in {named(results.headline)} varies: "
        "its mean in a future, and standard deviations between futures and, within one, between "
        "worlds. Other measures: spread.csv."
    )
    columns = [
        Column(("5% of futures below",), [_number(row, "p05_sets") for _, row in rows]),
        Column(("5% of futures above",), [_number(row, "p95_sets") for _, row in rows]),
        Column(("s.d. between futures",), [_number(row, "sd_sets", "") for _, row in rows]),
        Column(("s.d. between worlds",), [_number(row, "sd_worlds", "") for _, row in rows]),
    ]
    return "\n".join([textwrap.fill(title, WIDTH), "",
                      *lines([name for name, _ in rows], columns)])


def _rows(results: StoredResults) -> list[tuple[str, pd.Series]]:
    """Packages, in the order of the first table, and how their headline varies."""
    frame = spread(results, (results.headline,)).set_index("package")
    return [(name, frame.loc[name]) for name in by_headline(results) if name in frame.index]


def _sets(rows: list[tuple[str, pd.Series]]) -> str:
    """`64`, or `60 to 64` where packages differ in how many they have."""
    sets = [int(row["sets"]) for _, row in rows]
    low, high = min(sets, default=0), max(sets, default=0)
    return f"{low}" if low == high else f"{low} to {high}"


def _of(row: pd.Series, share: str) -> str:
    """`60`; a dash where packages did not meet the same futures."""
    return "-" if pd.isna(row[share]) else f"{round(row[share] * row['sets'])}"


def _number(row: pd.Series, column: str, sign: str = "+") -> str:
    value = float(row[column])
    return "-" if np.isnan(value) else f"{value:{sign}z.{3 if abs(value) < 10.0 else 1}f}"


def _worst(row: pd.Series) -> str:
    if pd.isna(row["worst"]):
        return "-"
    return f"{row['worst_future']}: {_number(row, 'worst')}"
