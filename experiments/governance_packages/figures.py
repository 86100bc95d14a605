"""The two figures of this study, from its two extracts."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from matplotlib.figure import Figure

from experiments.governance_packages.finding import (
    MAIN,
    PARTS,
    SETTINGS,
    both_ways,
    by_rank,
    ranks,
    table,
)
from psasim.report.figures import heat_map, ledger_bars
from psasim.report.lettering import key, ticks
from psasim.report.style import finish, styled

STRONGEST = 55.0
"""Points of attainment at which the colours end."""


def draw(contrasts: pd.DataFrame, ledger: pd.DataFrame, folder: Path) -> None:
    """Write packages.svg and effort.svg."""
    with styled():
        for stem, figure in (("packages", packages(contrasts)), ("effort", effort(ledger))):
            figure.savefig(folder / f"{stem}.svg", metadata={"Date": None, "Creator": None})


def packages(contrasts: pd.DataFrame) -> Figure:
    """What every package adds to attainment, by setting."""
    order = by_rank(contrasts)
    points = table(contrasts, "attainment", "departmental")["mean"].loc[order, list(SETTINGS)]
    figure = Figure(figsize=(9.0, 9.2), layout="constrained")
    heat_map(
        points, figure.subplots(), strongest=STRONGEST, columns=list(SETTINGS.values()),
        rows=order,
        bold=["+" not in package for package in order],
    )
    first = int((ranks(contrasts).loc[PARTS] == 1).sum())
    finish(figure, (
        f"{PARTS} adds most in {first} of {len(SETTINGS)} "
        f"settings; {len(both_ways(contrasts))} levers help in one setting and hurt in another"
    ), (
        "Added to attainment, in percentage points, against departmental in the same worlds. "
        " Bold: presets; + is departmental with one lever at full strength. Ordered by the "
        "first column. Levels are assumed: compare within a column."
    ))
    return figure


def effort(ledger: pd.DataFrame) -> Figure:
    """The ledger of the presets in the main setting."""
    shares = ledger[ledger["scenario"] == MAIN]
    realised = shares[shares["line"] == "realised"].set_index("package")["share"]
    figure = Figure(figsize=(9.0, 3.2), layout="constrained")
    axes = ledger_bars(shares, figure.subplots())
    ticks(axes.yaxis, axes.get_yticks(), list(realised.index))
    key(figure, axes.get_legend_handles_labels(), loc="outside right center",
        title="Line (range over packages)", alignment="left")
    finish(figure, (
        f"{realised['departmental']:.1%} of capacity moves an outcome under departmental, "
        f"{realised[PARTS]:.1%} under {PARTS}"
    ), f"{SETTINGS[MAIN]}. Shares follow from assumed parameters: compare packages, not levels.")
    return figure
