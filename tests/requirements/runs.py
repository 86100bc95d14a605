"""Small scenarios, and runs of them, for the tests of requirements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from psasim.coefficients import Coefficients, build_coefficients
from psasim.engines.inputs import Package, as_governance, as_parameters, as_scenario
from psasim.month import start, step
from psasim.month.decisions import Everyone
from psasim.month.state import Flows, State
from psasim.month.worlds import draw_worlds
from psasim.results.simulate import simulate
from psasim.scenario import (
    Body,
    Contribution,
    Department,
    Indicator,
    Outcome,
    Scenario,
    checked,
)
from psasim.structure.layout import Layout, build_layout

Floats = NDArray[np.float64]
NOTHING: Mapping[str, Any] = {}
JOINT = {"joint_targets": 1.0}
SHARED_BODY = Body("B", "B", ("D0", "D1"), ("O0", "O1"), (0.8, 0.8), 50)
TWO_FIGURES = (Indicator("a", "O0", "D0", 0.9), Indicator("b", "O0", "D1", 0.3))
SEED = 11
WORLDS = 40


def agreement(**clauses: float) -> dict[str, dict[str, float]]:
    """A delivery agreement with only the clauses named."""
    none = {"roles": 0, "milestones": 0, "reporting": 0, "consequences": 0, "published": 0}
    return {"delivery_agreement": {"strength": 1, **none, **clauses}}


def team(
    owners: int = 3,
    outcomes: int = 1,
    *,
    bodies: Sequence[Body] = (),
    indicators: Sequence[Indicator] | None = None,
    load: float = 0.35,
    technology: float = 0.0,
    missions: Sequence[float] = (),
) -> Scenario:
    """Like departments D0, D1, ... that share every outcome O0, O1, ... in equal parts, D0
    in the lead; unless given, D0 measures each outcome well and at once."""
    names = [f"D{i}" for i in range(owners)]
    keys = [f"O{i}" for i in range(outcomes)]
    if indicators is None:
        indicators = [Indicator(f"{key}-figure", key, "D0", 0.95) for key in keys]
    return checked(Scenario(
        name="team", title="A team", description="",
        departments=tuple(Department(name, name, 1.0) for name in names),
        outcomes=tuple(
            Outcome(key, key, technology, load * owners / outcomes, cluster="all") for key in keys
        ),
        contributions=tuple(
            Contribution(name, key, 1.0 / owners, lead=name == "D0",
                         mission=missions[i] if missions else 0.0)
            for key in keys for i, name in enumerate(names)
        ),
        indicators=tuple(indicators),
        bodies=tuple(bodies),
    ))


def line(length: int, alignment: float | Sequence[float] = 0.6, outcome: str = "O0") -> list[Body]:
    """Bodies one below another, the first under D0."""
    each = [alignment] * length if isinstance(alignment, float) else list(alignment)
    return [
        Body(f"B{i}", f"B{i}", (f"B{i - 1}" if i else "D0",), (outcome,), (each[i],), count=50)
        for i in range(length)
    ]


def edit(scenario: Scenario, table: str, key: str | None = None, **changes: Any) -> Scenario:
    """The scenario with facts of one entity, or of all of a table, changed."""
    items = tuple(
        replace(item, **changes) if key in (None, getattr(item, "key", None)) else item
        for item in getattr(scenario, table)
    )
    return replace(scenario, **{table: items})


def opposed(scenario: Scenario, strength: float = 2.0) -> Scenario:
    """Departments with a heart for the outcome of their own number, and little for others."""
    return replace(scenario, contributions=tuple(
        replace(c, mission=strength if c.department[1:] == c.outcome[1:] else -strength)
        for c in scenario.contributions
    ))


def measured(
    measure: str,
    package: Package = NOTHING,
    scenario: str | Scenario = "teaching",
    *,
    months: int = 36,
    worlds: int = WORLDS,
    **parameters: float,
) -> Floats:
    """A measure of every world, (worlds,)."""
    results = simulate(
        scenario, package, parameters=parameters, worlds=worlds, months=months, seed=SEED
    )
    part, = results.parts.values()
    return part.measures[measure]


def gain(
    measure: str,
    package: Package,
    base: Package = NOTHING,
    scenario: str | Scenario = "teaching",
    **more: Any,
) -> Floats:
    """What a package adds to a measure over another in the same worlds, (worlds,)."""
    return measured(measure, package, scenario, **more) - measured(measure, base, scenario, **more)


def up(difference: Floats, by: float = 1e-9) -> bool:
    """Whether a paired difference is on average above `by`, by three standard errors."""
    error = difference.std() / np.sqrt(difference.size)
    return bool(difference.mean() - 3.0 * error > by)


def down(difference: Floats, by: float = 1e-9) -> bool:
    """Whether a paired difference is on average below `-by`, by three standard errors."""
    return up(-difference, by)


@dataclass(frozen=True, eq=False)
class Story:
    """One package in some worlds, month by month; states begin with the start."""

    layout: Layout
    k: Coefficients
    states: list[State]
    flows: list[Flows]

    @property
    def end(self) -> State:
        """The last state."""
        return self.states[-1]

    def total(self, flow: str) -> Floats:
        """A flow summed over the months, (rows, worlds)."""
        return np.sum([getattr(flows, flow) for flows in self.flows], axis=0)

    def effort(self, month: int = -1) -> Floats:
        """Effort on contributions after a month, (contributions, worlds)."""
        return self.states[month].effort[self.layout.task_of_contribution]


def coefficients(
    package: Package = NOTHING, scenario: str | Scenario = "teaching", **parameters: float
) -> Coefficients:
    """Coefficients of one package."""
    layout = build_layout(as_scenario(scenario))
    return build_coefficients(layout, [as_parameters(parameters)], [as_governance(package)])


def story(
    package: Package = NOTHING,
    scenario: str | Scenario = "teaching",
    *,
    months: int = 36,
    worlds: int = WORLDS,
    **parameters: float,
) -> Story:
    """Run a package month by month."""
    layout = build_layout(as_scenario(scenario))
    k = build_coefficients(layout, [as_parameters(parameters)], [as_governance(package)])
    drawn = draw_worlds(layout, SEED, range(worlds), months)
    decisions = Everyone(layout)
    states, flows = [start(layout, k, worlds)], []
    for month in range(months):
        state, flow = step(states[-1], layout, k, drawn.month(month), decisions)
        states.append(state)
        flows.append(flow)
    return Story(layout, k, states, flows)
