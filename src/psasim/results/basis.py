"""What a measure is a mean over in a scenario: no figure is no value, and a share has a grain."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np

from psasim.mechanisms.ordered_sum import Floats
from psasim.structure.layout import Layout

OUTCOMES: Mapping[str, Callable[[Layout], Floats]] = MappingProxyType({
    "targets_met_real": lambda layout: np.ones(layout.outcomes),
    **dict.fromkeys(
        ("targets_met_reported", "met_on_paper", "targets_met_fco", "targets_met_csr07",
         "reporting_gap"), lambda layout: layout.measured),
    **dict.fromkeys(("time_to_mobilise", "consensus", "trust"), lambda layout: layout.joint),
    "disagreement": lambda layout: layout.joint * layout.measured,
})
"""Which outcomes count, by measure that is a mean over some; all others have a value anywhere."""


def counted(measure: str, layout: Layout) -> int:
    """Outcomes that a measure of `OUTCOMES` is a mean over."""
    return int(np.sum(OUTCOMES[measure](layout)))


def without_value(layout: Layout) -> list[str]:
    """Measures that have no value in a scenario, as none of its outcomes counts in them."""
    return [name for name in OUTCOMES if counted(name, layout) == 0]


def grain(measure: str, layout: Layout) -> float:
    """What one outcome more or less adds to a share of targets; 1 where none counts."""
    return 1.0 / max(counted(measure, layout), 1)
