"""How a measure is declared: what a run is read by."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from psasim.declared.declare import Heading

Definition = Callable[[Any, Any, Any], Any]
"""From a trajectory, its layout and its coefficients to one value a run, (runs,)."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One declared measure: good is the direction of good (0 where neither is);
    definition in words; compute gives one value a run; open: its unit has ends, but it has
    none."""

    name: str
    label: str
    unit: str
    good: int
    heading: Heading
    definition: str
    compute: Definition
    open: bool = False

    @property
    def ends(self) -> tuple[float, float]:
        """Least and greatest value, infinite where there is none."""
        if self.open:
            return -np.inf, np.inf
        return 0.0, 1.0 if self.part else np.inf

    @property
    def counts(self) -> bool:
        """Whether it is a share of targets, each met or not."""
        return self.unit.startswith("share of ") and self.unit.endswith("targets")

    @property
    def part(self) -> bool:
        """Whether it is a part of 1, a difference of which is told in percentage points."""
        return self.unit.startswith("share of ") or self.unit in ("of target", "fraction")


