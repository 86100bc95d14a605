"""Hypothesis strategies for valid random scenarios, governance and parameters."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from psasim.declared.declare import Choice, Quantity
from psasim.declared.levers import LEVERS, Governance
from psasim.declared.parameters import PARAMETERS, Parameters
from psasim.mechanisms.produce import NEAREST_TO_ZERO
from psasim.scenario import (
    Body,
    Contribution,
    Department,
    Indicator,
    Outcome,
    Scenario,
    checked,
)

TECHNOLOGIES = (1.0, 0.8, 0.0, -0.5, -3.0, -5.0)
COUNTS = (1, 2, 42, 23000)


def numbers(low: float, high: float) -> st.SearchStrategy[float]:
    """Floats within bounds, tidy enough to read in a failing example."""
    return st.floats(low, high, allow_nan=False).map(lambda value: min(high, max(low, value)))


def some_of(items: Sequence, at_least: int = 1) -> st.SearchStrategy[list]:
    """Lists of distinct items, in the order given."""
    return st.lists(
        st.sampled_from(items), min_size=min(at_least, len(items)), unique=True
    ).map(lambda chosen: sorted(chosen, key=list(items).index))


@st.composite
def scenarios(
    draw: st.DrawFn,
    max_departments: int = 5,
    max_outcomes: int = 4,
    max_bodies: int = 5,
    max_indicators: int = 2,
) -> Scenario:
    """Valid scenarios, with idle departments, single owners, unmeasured outcomes, and
    chains of several tiers and parents."""
    departments = [
        draw(_departments(f"D{i}")) for i in range(draw(st.integers(1, max_departments)))
    ]
    outcomes = [draw(_outcomes(f"O{i}")) for i in range(draw(st.integers(1, max_outcomes)))]
    keys = [d.key for d in departments]
    contributions = [c for o in outcomes for c in draw(_contributions(o.key, keys))]
    indicators = [
        draw(_indicators(f"I{i}", o.key, owners))
        for o in outcomes
        for owners in [[c.department for c in contributions if c.outcome == o.key]]
        for i in range(draw(st.integers(0, max_indicators)))
    ]
    return checked(Scenario(
        name="random",
        title="Random",
        description="",
        departments=tuple(departments),
        outcomes=tuple(outcomes),
        contributions=tuple(contributions),
        indicators=tuple(indicators),
        bodies=tuple(draw(_chains(contributions, max_bodies))),
        other_goals=draw(st.sampled_from([0, 3, 29])),
    ))


def _departments(key: str) -> st.SearchStrategy[Department]:
    return st.builds(
        Department,
        key=st.just(key),
        name=st.just(key),
        capacity=numbers(0.2, 3),
        own_value=numbers(0, 1.5),
        phase=st.integers(0, 5),
        years_funded=numbers(1, 5),
        reading_offset=numbers(-0.2, 0.2),
    )


def _outcomes(key: str) -> st.SearchStrategy[Outcome]:
    return st.builds(
        Outcome,
        key=st.just(key),
        name=st.just(key),
        technology=st.sampled_from(TECHNOLOGIES) | numbers(-5, 1).map(_not_next_to_0),
        planned_effort=numbers(0.05, 1),
        value=numbers(0.5, 1.5),
        target_month=st.integers(1, 48),
        stretch=st.just(1.0) | numbers(0.5, 2),
        start=st.just(0.0) | numbers(0, 0.9),
        convened=st.booleans(),
        convening=st.just(1.0) | numbers(0.5, 2),
        drift=st.sampled_from([None, 0.0]) | numbers(1e-12, 0.05),
        volatility=st.sampled_from([None, 0.0]) | numbers(0, 0.05),
        cluster=st.sampled_from(["", "one", "two"]),
    )


@st.composite
def _contributions(draw: st.DrawFn, outcome: str, departments: list[str]) -> list[Contribution]:
    owners = draw(some_of(departments))
    weights = [draw(st.integers(1, 9)) for _ in owners]
    lead = draw(st.sampled_from(owners))
    return [
        Contribution(owner, outcome, weight / sum(weights), owner == lead, draw(numbers(-2, 2)))
        for owner, weight in zip(owners, weights, strict=True)
    ]


def _indicators(key: str, outcome: str, owners: list[str]) -> st.SearchStrategy[Indicator]:
    return st.builds(
        Indicator,
        key=st.just(key),
        outcome=st.just(outcome),
        department=st.sampled_from(owners),
        validity=st.sampled_from([0.0, 1.0]) | numbers(0, 1),
        lag=st.sampled_from([0, 12]) | st.integers(0, 12),
        noise=st.sampled_from([None, 0.0]) | numbers(0, 0.1),
        open_ended=st.booleans(),
    )


@st.composite
def _chains(draw: st.DrawFn, contributions: list[Contribution], most: int) -> list[Body]:
    """Bodies one after another, each under earlier bodies or departments that serve something."""
    serves: dict[str, set[str]] = {}
    for c in contributions:
        serves.setdefault(c.department, set()).add(c.outcome)
    bodies = []
    for i in range(draw(st.integers(0, most))):
        parents = draw(some_of(list(serves)))
        outcomes = draw(some_of(sorted(set().union(*(serves[p] for p in parents)))))
        parents = [p for p in parents if serves[p] & set(outcomes)]
        body = Body(
            key=f"B{i}",
            name=f"B{i}",
            parents=tuple(parents),
            outcomes=tuple(outcomes),
            alignment=tuple(draw(numbers(0, 1)) for _ in outcomes),
            count=draw(st.sampled_from(COUNTS)),
            flow=draw(numbers(0.1, 3)),
        )
        serves[body.key] = set(outcomes)
        bodies.append(body)
    return bodies


def values(item: Quantity | Choice) -> st.SearchStrategy:
    """Values of a declared quantity over the range that is sampled, or a declared option."""
    if isinstance(item, Choice):
        return st.sampled_from(item.options)
    if item.integer:
        return st.integers(int(item.low), int(item.high))
    return st.sampled_from([item.low, item.high]) | numbers(item.low, item.high)


@st.composite
def governances(draw: st.DrawFn) -> Governance:
    """Any levers at any strength, with any fields."""
    chosen = draw(some_of(list(LEVERS), at_least=0))
    return Governance(**{
        name: {field: draw(values(item)) for field, item in LEVERS[name].table.items()}
        for name in chosen
    })


@st.composite
def parameter_sets(draw: st.DrawFn) -> Parameters:
    """Any parameters set anywhere within the ranges that are sampled."""
    chosen = draw(some_of(list(PARAMETERS), at_least=0))
    return Parameters(**{name: draw(values(PARAMETERS[name])) for name in chosen})


def _not_next_to_0(technology: float) -> float:
    """0 for what lies too near it to be told apart."""
    return 0.0 if abs(technology) < NEAREST_TO_ZERO else technology
