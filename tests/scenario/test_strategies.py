"""The random scenarios of the property tests are valid and cover what they claim to."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from psasim.declared.levers import Governance
from psasim.declared.parameters import Parameters
from psasim.scenario import Scenario, checked
from psasim.structure.layout import build_layout
from tests.strategies import governances, parameter_sets, scenarios

SAMPLE = settings(
    max_examples=240,
    database=None,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def sample() -> list[Scenario]:
    """Two hundred and forty random scenarios, the same each time for the same modules loaded."""
    seen: list[Scenario] = []

    @given(scenarios())
    @SAMPLE
    def collect(scenario: Scenario) -> None:
        seen.append(scenario)

    collect()
    return seen


def owners(scenario: Scenario, outcome: str) -> int:
    return sum(c.outcome == outcome for c in scenario.contributions)


def tiers(scenario: Scenario) -> int:
    depth: dict[str, int] = {}
    for body in scenario.bodies:
        depth[body.key] = 1 + max(depth.get(parent, 0) for parent in body.parents)
    return max(depth.values(), default=0)


CASES: dict[str, Callable[[Scenario], bool]] = {
    "an outcome with a single owner": lambda s: any(owners(s, o.key) == 1 for o in s.outcomes),
    "an outcome with several owners": lambda s: any(owners(s, o.key) >= 3 for o in s.outcomes),
    "an outcome without indicator": lambda s: bool(
        {o.key for o in s.outcomes} - {i.outcome for i in s.indicators}
    ),
    "an idle department": lambda s: bool(
        {d.key for d in s.departments} - {c.department for c in s.contributions}
    ),
    "a body with several parents": lambda s: any(len(b.parents) > 1 for b in s.bodies),
    "a chain of three tiers": lambda s: tiers(s) >= 3,
    "a body by itself": lambda s: any(b.count == 1 for b in s.bodies),
    "a kind of many bodies": lambda s: any(b.count == 23000 for b in s.bodies),
    "additive technology": lambda s: any(o.technology == 1 for o in s.outcomes),
    "Cobb-Douglas technology": lambda s: any(o.technology == 0 for o in s.outcomes),
    "a bottleneck": lambda s: any(o.technology == -5 for o in s.outcomes),
    "no drift": lambda s: any(o.drift == 0 for o in s.outcomes),
    "no lag": lambda s: any(i.lag == 0 for i in s.indicators),
    "a lag of a year": lambda s: any(i.lag == 12 for i in s.indicators),
}


@pytest.mark.parametrize("case", CASES)
def test_the_strategy_reaches(case: str, sample: list[Scenario]) -> None:
    assert sum(map(CASES[case], sample)) >= 3


@given(scenarios())
@settings(max_examples=50, deadline=None)
def test_random_scenarios_pass_their_own_check_and_can_be_laid_out(scenario: Scenario) -> None:
    assert checked(scenario) == scenario
    assert build_layout(scenario).scenario is scenario


@given(governances(), parameter_sets())
@settings(max_examples=50, deadline=None)
def test_random_levers_and_parameters_are_accepted(
    governance: Governance, parameters: Parameters
) -> None:
    assert Governance(**governance.settings()) == governance
    assert Parameters(**parameters.changed()) == parameters
