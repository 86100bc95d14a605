"""What came of a run outcome by outcome and department by department."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from psasim.engines.trajectory import Trajectory
from psasim.mechanisms.ordered_sum import Floats, ordered_sum
from psasim.month.ledger import LINES, by_department
from psasim.results.measures import reported_at_close
from psasim.structure.layout import Layout

EFFORT = "department-months"
COLUMNS: Mapping[str, str] = MappingProxyType(
    {"real": "of target", "reported": "of target", **dict.fromkeys(LINES, EFFORT)})
"""Units by column: an outcome's real value at the end and its closing figure, and each line of
the ledger over the run."""

OUTCOME, DEPARTMENT = "outcome", "department"


def row_names(layout: Layout) -> list[tuple[str, str]]:
    """(of, name) of each row: outcomes, then departments."""
    scenario = layout.scenario
    return [*((OUTCOME, item.key) for item in scenario.outcomes),
            *((DEPARTMENT, item.key) for item in scenario.departments)]


def details(t: Trajectory, layout: Layout) -> Floats:
    """(rows, columns, R) of `row_names` and `COLUMNS`; NaN where there is none: of an outcome the
    lines that are known by department alone, of a department the values, and what is reported of
    an outcome without an indicator."""
    runs = t.real.shape[-1]
    values = np.full((layout.outcomes + len(layout.scenario.departments), len(COLUMNS), runs),
                     np.nan)
    of, rest = values[: layout.outcomes], values[layout.outcomes :]
    of[:, 0] = t.final.real
    of[:, 1] = np.where(layout.measured > 0.0, reported_at_close(t, layout), np.nan)
    for place, (name, effort) in enumerate(by_department(t.sums, layout).items(), start=2):
        rest[:, place] = effort
        if LINES[name].by_contribution:
            of[:, place] = ordered_sum(t.sums[name], layout.by_outcome)
    return values
