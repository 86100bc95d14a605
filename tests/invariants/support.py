"""What the invariants share: random cases, runs month by month, and comparison to the bit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields, replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from psasim.coefficients import Coefficients, build_coefficients
from psasim.declared.declare import Choice, Quantity
from psasim.declared.levers import Governance
from psasim.declared.parameters import Parameters
from psasim.mechanisms.allocate import inertia_bound
from psasim.month import start, step
from psasim.month.decisions import Everyone
from psasim.month.state import Flows, State
from psasim.month.worlds import Worlds, draw_worlds
from psasim.scenario import Scenario
from psasim.structure.layout import Layout, build_layout
from tests.strategies import governances, parameter_sets, scenarios

FEW, MANY = 15, 100


def over(*strategies: st.SearchStrategy, few: int = FEW, many: int = MANY) -> Callable:
    """A property as a test: over a few random cases, and over many under the `slow` mark."""

    def decorate(holds: Callable) -> Callable:
        sizes = [few, pytest.param(many, marks=pytest.mark.slow)]

        @pytest.mark.parametrize("examples", sizes)
        def test(examples: int) -> None:
            settings(
                max_examples=examples, deadline=None, derandomize=True, database=None,
                suppress_health_check=list(HealthCheck),
            )(given(*strategies)(holds))()

        test.__name__, test.__doc__ = holds.__name__, holds.__doc__
        return test

    return decorate


@dataclass(frozen=True)
class Case:
    """One design point in some worlds of a scenario."""

    scenario: Scenario
    parameters: Parameters
    governance: Governance
    seed: int
    months: int
    runs: int

    @property
    def layout(self) -> Layout:
        return build_layout(self.scenario)

    @property
    def coefficients(self) -> Coefficients:
        return build_coefficients(self.layout, [self.parameters], [self.governance])

    @property
    def worlds(self) -> Worlds:
        return draw_worlds(self.layout, self.seed, range(self.runs), self.months)


def steady(parameters: Parameters, scenario: Scenario) -> Parameters:
    """The parameters, inertia lowered to what keeps effort from alternating."""
    lowest = min(outcome.technology for outcome in scenario.outcomes)
    bound = inertia_bound(lowest, parameters["substitution"])
    return Parameters(**{**parameters, "inertia": min(parameters["inertia"], bound)})


@st.composite
def cases(draw: st.DrawFn, months: int = 14, runs: int = 3) -> Case:
    """Any levers and parameters in any worlds of any scenario."""
    scenario = draw(scenarios())
    return Case(
        scenario,
        steady(draw(parameter_sets()), scenario),
        draw(governances()),
        draw(st.integers(0, 2**32 - 1)),
        draw(st.integers(1, months)),
        draw(st.integers(1, runs)),
    )


def extremes(item: Quantity | Choice) -> st.SearchStrategy:
    """Ends of the sampled range and of what is accepted, or any declared option."""
    if isinstance(item, Choice):
        return st.sampled_from(item.options)
    return st.sampled_from(sorted({item.low, item.high, *item.bounds}))


def months_of(
    layout: Layout, k: Coefficients, worlds: Worlds
) -> Iterator[tuple[State, Flows | None]]:
    """The start, and the state and flows of every month after it."""
    decisions = Everyone(layout)
    state = start(layout, k, worlds.runs)
    yield state, None
    for month in range(worlds.months):
        state, flows = step(state, layout, k, worlds.month(month), decisions)
        yield state, flows


def arrays(item: object) -> dict[str, np.ndarray]:
    """Every array of a state, flows, worlds or coefficients, by name."""
    out: dict[str, np.ndarray] = {}
    for name in (field.name for field in fields(item)):
        value = getattr(item, name)
        if isinstance(value, tuple):
            out |= {f"{name}[{i}]": part for i, part in enumerate(value)}
        elif isinstance(value, np.ndarray):
            out[name] = value
    return out


def alike(a: np.ndarray, b: np.ndarray) -> bool:
    """Whether two arrays have the same shape and the same bits."""
    a, b = np.ascontiguousarray(a), np.ascontiguousarray(b)
    return a.shape == b.shape and a.tobytes() == b.tobytes()


def assert_alike(a: object, b: object, *, skip: Sequence[str] = ()) -> None:
    """Every array of two states, flows, worlds or coefficients is the same to the bit."""
    left, right = arrays(a), arrays(b)
    assert left.keys() == right.keys()
    assert left
    for name in left.keys() - set(skip):
        assert alike(left[name], right[name]), name


def column(item: object, run: int) -> object:
    """One run of a state or flows."""
    return replace(item, **{
        name: (
            tuple(part[:, run : run + 1] for part in value)
            if isinstance(value, tuple)
            else value[:, run : run + 1]
        )
        for name in (field.name for field in fields(item))
        if isinstance(value := getattr(item, name), np.ndarray | tuple)
    })
