"""Larger scenarios, grown from copies of a shipped one's blocks."""

from __future__ import annotations

from dataclasses import replace

from psasim.scenario import Scenario, checked


def _name(key: str, copy: int) -> str:
    return f"{key}x{copy}" if copy else key


def blocks(scenario: Scenario, copies: int) -> Scenario:
    """Whole worlds side by side: departments, outcomes, indicators and chains."""
    departments, bodies = [], []
    for copy in range(copies):
        departments += [replace(d, key=_name(d.key, copy)) for d in scenario.departments]
        bodies += [
            replace(
                b,
                key=_name(b.key, copy),
                parents=tuple(_name(parent, copy) for parent in b.parents),
                outcomes=tuple(_name(outcome, copy) for outcome in b.outcomes),
            )
            for b in scenario.bodies
        ]
    grown = _outcomes(scenario, copies, own_departments=True)
    return checked(replace(grown, departments=tuple(departments), bodies=tuple(bodies)))


def outcomes(scenario: Scenario, copies: int) -> Scenario:
    """More outcomes, contributions and indicators for the same departments and chain."""
    return checked(_outcomes(scenario, copies, own_departments=False))


def bodies(scenario: Scenario, copies: int) -> Scenario:
    """More bodies side by side in every tier of the chain, and so more links."""
    of_body = {body.key for body in scenario.bodies}
    grown = [
        replace(
            body,
            key=_name(body.key, copy),
            parents=tuple(_name(p, copy) if p in of_body else p for p in body.parents),
        )
        for copy in range(copies)
        for body in scenario.bodies
    ]
    return checked(replace(scenario, bodies=tuple(grown), facts=()))


def _outcomes(scenario: Scenario, copies: int, own_departments: bool) -> Scenario:
    outcomes, contributions, indicators = [], [], []
    for copy in range(copies):
        who = copy if own_departments else 0
        outcomes += [
            replace(o, key=_name(o.key, copy), cluster=_name(o.cluster, copy))
            for o in scenario.outcomes
        ]
        contributions += [
            replace(c, department=_name(c.department, who), outcome=_name(c.outcome, copy))
            for c in scenario.contributions
        ]
        indicators += [
            replace(
                i,
                key=_name(i.key, copy),
                department=_name(i.department, who),
                outcome=_name(i.outcome, copy),
            )
            for i in scenario.indicators
        ]
    return replace(
        scenario,
        outcomes=tuple(outcomes),
        contributions=tuple(contributions),
        indicators=tuple(indicators),
        facts=(),
    )
