"""How a pattern is declared: what was seen, what the model is asked, when it is reproduced.

A pattern is a small experiment.  Its *arms* are run under every plausible set of
parameters in the same worlds; its *claims* are statistics of the arms, each with the
bounds in which it agrees with what was seen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from math import inf

from psasim.engines.inputs import Package
from psasim.mechanisms.ordered_sum import Floats
from psasim.scenario.schema import Scenario
from psasim.validation.runs import Runs

MONTHS = 0.5
OF_TARGET = 0.01
OF_TARGETS = 0.02
OF_CAPACITY = 0.005
OF_RUNS = 0.5
"""Smallest differences that count, by unit; set before any pattern was run."""

Statistic = Callable[[Runs], Floats]
"""One value for every parameter set and world, (sets, worlds)."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a pattern was seen.

    mark: `found` (read in an excerpt of the source, or in brackets how far), or
    `recalled` with a confidence (high, medium, low); key: short key; citation: enough to find it.
    """

    mark: str
    key: str
    citation: str


@dataclass(frozen=True, slots=True)
class Arm:
    """One side of a comparison.

    scenario: a shipped name or a ring of `rings`; governance: preset, levers or package;
    parameters: what is set over each plausible set.
    """

    name: str
    scenario: str | Scenario
    governance: Package = "departmental"
    parameters: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Claim:
    """What must hold: the statistic's mean over worlds lies within [low, high], `unit`."""

    says: str
    unit: str
    statistic: Statistic
    low: float
    high: float = inf

    def holds(self, value: float) -> bool:
        return self.low <= value <= self.high


@dataclass(frozen=True, slots=True)
class Former:
    """How a pattern was asked before, of other arms by the same names; why it no longer is."""

    asked: str
    arms: tuple[Arm, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Pattern:
    """One observed pattern.

    seen: what was observed; asked: what the model is asked; basis: whether a mechanism
    was written for it (`built in`) or it follows from others (`emergent`); paths:
    whether claims use monthly outcomes; silent: what the model lacks to speak to it, in
    which case there are no arms; formerly: how it was asked before, kept beside.
    """

    id: str
    title: str
    evidence: Evidence
    seen: str
    asked: str
    arms: tuple[Arm, ...] = ()
    claims: tuple[Claim, ...] = ()
    basis: str = "emergent"
    months: int = 36
    paths: bool = False
    silent: str = ""
    formerly: Former | None = None

    @property
    def as_before(self) -> Pattern | None:
        """The pattern as it was asked formerly, with the same claims; None if as it is now."""
        if self.formerly is None:
            return None
        return replace(self, id=f"{self.id}-formerly", asked=self.formerly.asked,
                       arms=self.formerly.arms, formerly=None)


def gain(measure: str, more: str, less: str) -> Statistic:
    """A measure in one arm less that in another, in the same worlds."""
    return lambda runs: runs.measure(measure, more) - runs.measure(measure, less)


def level(measure: str, arm: str) -> Statistic:
    """A measure in one arm."""
    return lambda runs: runs.measure(measure, arm)


def interaction(measure: str, both: str, one: str, other: str, neither: str) -> Statistic:
    """What two changes together give beyond the sum of each alone."""
    return lambda runs: (
        runs.measure(measure, both) - runs.measure(measure, one)
        - runs.measure(measure, other) + runs.measure(measure, neither)
    )
