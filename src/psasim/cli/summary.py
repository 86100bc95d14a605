"""What `psasim run` says on the terminal: the table, and what it does and does not show."""

from __future__ import annotations

import pandas as pd

from psasim.cli.table import number_blocks, terminal_width
from psasim.config import RunConfig
from psasim.measures import MEASURES
from psasim.results import HEADLINE, Results


def summary(results: Results, config: RunConfig) -> str:
    """Table of paired differences, then two or three sentences."""
    others = [name for name in config.packages if name != config.baseline]
    title = (f"{config.scenario.title}: difference from {config.baseline} on the same "
             f"{config.worlds} worlds, with its 95 % interval")
    table = results.contrasts().set_index(["package", "measure"])
    rows = [(name, [_cell(table.loc[(name, m)]) for m in HEADLINE]) for name in others]
    headers = [_header(name) for name in HEADLINE]
    return "\n\n".join(
        (title, number_blocks(headers, rows, terminal_width()), _sentences(table, others, config))
    )


def _header(measure: str) -> tuple[str, str]:
    item = MEASURES[measure]
    return item.label, item.unit


def _cell(contrast: pd.Series) -> str:
    half = (contrast["hi95"] - contrast["lo95"]) / 2
    if pd.isna(contrast["mean"]):
        return "-"
    return f"{contrast['mean']:+.3f}" + ("" if pd.isna(half) else f" ±{half:.3f}")


def _sentences(table: pd.DataFrame, others: list[str], config: RunConfig) -> str:
    """What the table shows, from the numbers; and its limits."""
    met = table.xs("targets_met_real", level="measure").loc[others]
    best = met["mean"].idxmax()
    helps, hurts = (met["lo95"] > 0).sum(), (met["hi95"] < 0).sum()
    shows = (
        f"Of {len(others)} packages, {helps} meet more targets in truth than "
        f"{config.baseline} and {hurts} fewer, beyond what luck of the worlds explains; "
        f"{best} is highest at {met.loc[best, 'mean']:+.3f} "
        f"({met.loc[best, 'lo95']:+.3f} to {met.loc[best, 'hi95']:+.3f})."
    )
    limits = (
        "The interval covers luck only: the model is uncalibrated, most parameters are assumed "
        "(psasim show parameters), and a ranking may change with them or with the scenario."
    )
    return f"{shows}\n{limits}"
