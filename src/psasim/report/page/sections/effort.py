"""Where the effort went, and how outcomes moved month by month."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from psasim.analysis.answer import Answer
from psasim.experiment.folder.reader import StoredResults
from psasim.month.ledger import LINES
from psasim.report.names import by_headline
from psasim.report.page.content import Section, Table
from psasim.report.page.reading import Reading
from psasim.report.page.sections.changes import MOST
from psasim.results.effort import by_line


def effort(reading: Reading) -> Section:
    """The ledger: every department-month, and where it went."""
    tables = tuple(table for part in reading.parts for table in (
        _table(part, reading.end_of(part)), *_apart(reading, part)))
    return Section("effort", "Where the effort went", (
        "Each department-month of capacity is followed to where it ends: in an outcome, on the "
        "department’s own agenda, in meetings and reports, or lost on the way.",
    ), pictures=(*reading.of_question("effort"), *reading.below("ledger")), tables=tables)


def _apart(reading: Reading, part: StoredResults) -> Iterator[Table]:
    """By deck heading, and by department and outcome where that was kept."""
    found = reading.answer(part, "effort")
    for name, frame in found.more.items() if isinstance(found, Answer) else ():
        yield Table(f"effort_{name}{reading.end_of(part)}",
                    f"Where effort went {name.replace('_', ' ')}: {part.scenario.title}", frame,
                    "Change is the paired difference from the baseline with its 95% interval.",
                    folded=True)


def months(reading: Reading) -> Section:
    """Outcomes month by month, if their bands were kept."""
    title = "How outcomes move, month by month"
    if "trajectories" in reading.charts:
        return Section("months", title, pictures=(reading.charts["trajectories"],))
    return Section("months", title, lacks=(
        "This page shows where outcomes end, and not when they move. Monthly bands are kept of "
        "whole runs of up to 64 packages in one scenario and one future; they would be there "
        "after"), commands=("psasim run scenario=... worlds=...",))


def _table(part: StoredResults, end: str) -> Table:
    shares = part.ledger_shares()
    wide = by_line(shares)
    order = [name for name in by_headline(part) if name in wide.index][:MOST]
    lines = [line for line in LINES if line in wide.columns]
    shown = pd.DataFrame({"package": order} | {
        LINES[line].label: [f"{100.0 * wide.loc[name, line]:.1f}" for name in order]
        for line in lines
    })
    return Table(
        f"effort{end}",
        f"Where capacity went, % of capacity: {part.scenario.title}",
        wide.loc[order, lines].reset_index(),
        "Mean over runs; the lines of a package add up to all of its capacity.", shown,
        columns="Shares are parts of 1.")
