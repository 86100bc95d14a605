"""Made-up worlds in which one thing differs: departments in a ring that share outcomes.

Every department has the same load whatever the number of owners, and every chain serves
one outcome, so that what differs between two rings is what the caller varies.
"""

from __future__ import annotations

from psasim.scenario import (
    Body,
    Contribution,
    Department,
    Indicator,
    Outcome,
    Scenario,
    checked,
)

LOAD = 0.35
"""Planned effort over capacity, as in the shipped scenarios."""


def ring(
    owners: int, *, departments: int = 8, outcomes: int | None = None, technology: float = -0.5,
    load: float = LOAD, stretch: float = 1.0, value: float = 1.0, tiers: int = 1,
    unmeasured: bool = False, convened: bool = False,
) -> Scenario:
    """A ring in which each outcome is shared by `owners` neighbours in equal parts.

    outcomes: as many as departments if None; load: planned effort over capacity; stretch,
    value, technology: of every outcome (values fall by a tenth from first to last);
    tiers: of fifty bodies each, one after the other; unmeasured: the second
    half of the outcomes goes without an indicator; convened: owners of every outcome
    have met before the start.
    """
    count = departments if outcomes is None else outcomes
    keys = [f"O{number:02d}" for number in range(count)]
    who = [f"D{number:02d}" for number in range(departments)]
    owned = {
        key: [who[(number + step) % departments] for step in range(owners)]
        for number, key in enumerate(keys)
    }
    effort = load * departments / count
    return checked(Scenario(
        name=f"ring-{owners}", title=f"Ring, {owners} owners", description="",
        departments=tuple(Department(d, d, 1.0, phase=n % 6) for n, d in enumerate(who)),
        outcomes=tuple(
            Outcome(key, key, technology, effort, stretch=stretch, convened=convened,
                    value=value * (1.05 - 0.1 * number / max(count - 1, 1)))
            for number, key in enumerate(keys)
        ),
        contributions=tuple(
            Contribution(d, key, 1.0 / owners, lead=place == 0)
            for key, names in owned.items() for place, d in enumerate(names)
        ),
        indicators=tuple(
            Indicator(f"I{key}", key, names[0], validity=0.85, lag=2)
            for number, (key, names) in enumerate(owned.items())
            if not (unmeasured and number >= count // 2)
        ),
        bodies=tuple(
            Body(f"B{tier}{key}", f"B{tier}{key}",
                 tuple(names) if tier == 0 else (f"B{tier - 1}{key}",), (key,), (0.65,), count=50)
            for key, names in owned.items() for tier in range(tiers)
        ),
    ))
