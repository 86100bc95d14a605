"""The ledger: every unit of capacity accounted for, and what moved the outcomes.

Each line but slack is computed by itself in the month, none as a residual.  Two
identities hold in every run: the lines of a department sum to its capacity, and what
is realised sums to what moved its outcome.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from psasim.coefficients import Coefficients
from psasim.declared.declare import Heading
from psasim.mechanisms.ordered_sum import Floats, ordered_sum
from psasim.structure.layout import Layout


@dataclass(frozen=True, slots=True)
class Line:
    """One line: by_contribution tells whether it is known by outcome, or only by
    department; heading: deck heading of the loss, empty where nothing is lost."""

    name: str
    label: str
    by_contribution: bool
    heading: str


_TABLE = (
    Line("overhead", "Overhead", False, Heading.WORKING_TOGETHER),
    Line("gaming", "Gaming", False, Heading.TOOLS_AND_DATA),
    Line("slack", "Slack", False, Heading.LEADERSHIP),
    Line("own", "Own agenda", False, Heading.LEADERSHIP),
    Line("distortion", "Spent on figures", True, Heading.TOOLS_AND_DATA),
    Line("chain", "Lost in the chain", True, Heading.DELIVERY_MODELS),
    Line("practice", "Lost to practice", True, Heading.KNOWLEDGE),
    Line("mix", "Lost to mix", True, Heading.WORKING_TOGETHER),
    Line("realised", "Realised", True, ""),
)

LINES: Mapping[str, Line] = MappingProxyType({line.name: line for line in _TABLE})


def by_department(sums: Mapping[str, Floats], layout: Layout) -> dict[str, Floats]:
    """Every line by department, (D, R)."""
    return {
        name: ordered_sum(sums[name], layout.contributions_by_department)
        if line.by_contribution
        else sums[name]
        for name, line in LINES.items()
    }


def capacity_residual(
    sums: Mapping[str, Floats], layout: Layout, k: Coefficients, months: int
) -> Floats:
    """First identity: lines of a department less its capacity, relative to it; (D, R)."""
    total = sum(by_department(sums, layout).values(), np.zeros((1, 1)))
    return total / (months * k.capacity) - 1.0


def progress_residual(sums: Mapping[str, Floats], layout: Layout, k: Coefficients) -> Floats:
    """Second identity: realised less what moved the outcome, over planned effort; (O, R)."""
    realised = ordered_sum(sums["realised"], layout.by_outcome)
    planned = ordered_sum(k.planned, layout.by_outcome)
    return realised / planned - sums["output"]
