"""What an experiment computes: design points, each of which meets every world."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from psasim.declared.levers import Governance
from psasim.declared.parameters import Parameters
from psasim.extensions import NONE, Extensions
from psasim.scenario.facts import with_facts
from psasim.scenario.family import STRUCTURE_PATHS, size
from psasim.scenario.schema import Scenario


@dataclass(frozen=True, slots=True)
class Point:
    """One combination of settings.

    number: its place in the design, from 0; scenario: key into `Design.scenarios`;
    package: name of the governance package; factors: what was set, by path, such as
    `governance.sanctions.strength` or `parameters.inertia`, what the design varies first and in
    its order; future: number of the future it is in, from 0, which is the row of a design over
    uncertainties; row: of a design over whole points, None for a baseline beside its rows;
    facts: numbers of the scenario that are changed, by path, as they are then.
    """

    number: int
    scenario: str
    package: str
    governance: Governance
    parameters: Parameters
    factors: Mapping[str, float | str]
    future: int = 0
    row: int | None = None
    facts: Mapping[str, float] = field(default_factory=dict)

    @property
    def uncertain(self) -> tuple[Parameters, tuple[tuple[str, float], ...]]:
        """Parameters and facts, by which points of one scenario are equal futures."""
        return self.parameters, tuple(self.facts.items())


@dataclass(frozen=True, slots=True)
class Design:
    """The points of an experiment, by number.

    baseline: the package others are held against, within one scenario and one future;
    designs: what the points were drawn from, JSON-ready, by section of the experiment;
    extensions: of one's own, all that is known of them where a folder is read.
    """

    name: str
    scenarios: Mapping[str, Scenario]
    points: Sequence[Point]
    baseline: str
    designs: Mapping[str, Any] = field(default_factory=dict)
    extensions: Extensions = NONE

    def scenario_of(self, point: Point) -> Scenario:
        """The scenario of a point, with what the point changes of it.

        Raises `InputError` where that is no scenario any more.
        """
        return with_facts(self.scenarios[point.scenario], point.facts)

    @property
    def is_by_package(self) -> bool:
        """Whether a package is run in one scenario and one future, so that its name tells
        its point."""
        packages = {point.package for point in self.points}
        return len(packages) == len(self.points) and len(self.scenarios) == 1


def largest(scenario: Scenario, points: Iterable[Point]) -> Scenario:
    """The scenario, or where points differ in its structure the largest that they make of it."""
    structures = {
        tuple((path, value) for path, value in point.facts.items() if path in STRUCTURE_PATHS)
        for point in points
    }
    return max((with_facts(scenario, dict(facts)) for facts in sorted(structures)), key=size)


def factors_of(governance: Governance, parameters: Parameters) -> dict[str, float | str]:
    """What differs from the defaults, by path."""
    levers = {
        f"governance.{name}.{field}": value
        for name, fields in governance.settings().items() for field, value in fields.items()
    }
    return levers | {f"parameters.{n}": value for n, value in parameters.changed().items()}


def in_order(
    varied: Mapping[str, float | str], others: Mapping[str, float | str]
) -> dict[str, float | str]:
    """What a design varies, in its order, and after it what else is set."""
    return {**varied, **others, **varied}
