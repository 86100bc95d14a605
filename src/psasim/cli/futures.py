"""What the futures of an experiment say in the end: does the ranking survive?"""

from __future__ import annotations

import pandas as pd

from psasim.cli.table import terminal_width, text_table
from psasim.experiment.design.refusals import told as refused_told
from psasim.experiment.folder.reader import StoredResults
from psasim.experiment.folder.spread import spread

MET = "targets_met_real"


def head(results: StoredResults) -> str:
    """How many futures there are, what was refused of them, and what intervals are over."""
    said = [f"{results.futures:,} futures (settings of what is uncertain): each world's "
            "difference is the mean over them; intervals are over worlds, for these futures."]
    if results.refused:
        said.append(f"{refused_told(results.refused, results.points)} Left out of every package.")
    return "\n".join(said)


def survival_table(results: StoredResults) -> str:
    """In how many futures each package ranks first and beats the baseline, and its worst one."""
    rows = spread(results, (MET,)).set_index("package").sort_values(
        "mean", ascending=False, kind="stable")
    body = [(name, _of(row, "first"), _of(row, "better"), _worst(row))
            for name, row in rows.iterrows()]
    heads = ("by targets met, real", "ranks first in", f"beats {results.baseline} in",
             "worst future: difference")
    return text_table(heads, body, terminal_width())


def _of(row: pd.Series, share: str) -> str:
    """`60 of 64`; a dash where packages did not meet the same futures."""
    if pd.isna(row[share]):
        return "-"
    return f"{round(row[share] * row['sets'])} of {row['sets']}"


def _worst(row: pd.Series) -> str:
    return "-" if pd.isna(row["worst"]) else f"{row['worst_future']}: {row['worst']:+.3f}"
