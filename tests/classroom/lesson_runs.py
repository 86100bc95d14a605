"""What the lesson's claims are read from: runs of its scenarios, as the page runs them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from psasim.classroom.lesson import lesson_scenarios
from psasim.declared.parameters import Parameters
from psasim.mechanisms.ordered_sum import Floats
from psasim.results.parts import Part
from psasim.results.simulate import simulate

JOINT = {"joint_targets": 1}
LEAD = {"lead": 1}
BOTH = {**LEAD, **JOINT}
IN_FULL = {"lead": {"strength": 1, "kind": "all"}}
GIVEN = ("distortion", "chain", "practice", "mix", "realised")


@dataclass(frozen=True)
class Run:
    """One package on one scenario."""

    part: Part

    def mean(self, measure: str) -> float:
        return float(self.part.measures[measure].mean())

    def ends(self, outcome: int) -> Floats:
        """Real value of an outcome in each world at the end, (R,)."""
        return self.part.paths["real"][-1, outcome]

    def middle(self, outcome: int = 0) -> float:
        return float(np.median(self.ends(outcome)))

    def effort(self, *rows: int) -> float:
        """Department-months given to contributions, mean over worlds; all if no row is named."""
        chosen = list(rows) if rows else slice(None)
        return float(sum(self.part.ledger[line][chosen].sum(0).mean() for line in GIVEN))

    def line(self, name: str, row: int) -> float:
        return float(self.part.ledger[name][row].mean())

    @property
    def arriving(self) -> float:
        """Share of what is sent down the chain that is not lost in it."""
        sent = {name: self.part.ledger[name].sum(0).mean() for name in GIVEN[1:]}
        return 1 - float(sent["chain"] / sum(sent.values()))

    @property
    def never(self) -> float:
        """Share of worlds in which nobody convenes in three years."""
        return float((self.part.measures["time_to_mobilise"] >= 36).mean())


class Lesson:
    """Runs by scenario and levers, each made once; usual: the page's own, 200 worlds."""

    def __init__(self, parameters: Parameters | None = None, worlds: int = 200) -> None:
        self.parameters, self.worlds = parameters, worlds
        self._made: dict[str, Run] = {}

    @cached_property
    def scenarios(self) -> Mapping[str, Any]:
        return lesson_scenarios()

    def __call__(self, scenario: str, levers: Mapping[str, Any] | None = None) -> Run:
        key = f"{scenario} {levers}"
        if key not in self._made:
            results = simulate(self.scenarios[scenario], dict(levers or {}), self.parameters,
                               worlds=self.worlds)
            self._made[key] = Run(next(iter(results.parts.values())))
        return self._made[key]

    def gain(self, scenario: str, levers: Mapping[str, Any], outcome: int) -> float:
        """Mean difference in an outcome's end to no package, in the same worlds."""
        return float((self(scenario, levers).ends(outcome) - self(scenario).ends(outcome)).mean())
