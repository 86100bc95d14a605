"""What is odd in a scenario and yet allowed."""

from __future__ import annotations

from psasim.scenario.schema import Scenario

ROUNDING = 1.0 + 1e-9
"""What a sum of shares may be off by."""

FEW = 3
"""Outcomes at most that are named."""


def overcommitted(scenario: Scenario) -> list[str]:
    """A sentence for each department whose planned effort is above its capacity."""
    effort = {outcome.key: outcome.planned_effort for outcome in scenario.outcomes}
    said = []
    for department in scenario.departments:
        planned = sum(c.share * effort[c.outcome] for c in scenario.contributions
                      if c.department == department.key)
        if planned > department.capacity * ROUNDING:
            said.append(
                f"scenario {scenario.name}: the plans ask {department.key} for {planned:.3g} of "
                f"effort a month, above its capacity of {department.capacity:g} (mean "
                "department-months); it cannot deliver all of them, whatever the package"
            )
    return said


def due_late(scenario: Scenario, months: int) -> list[str]:
    """A sentence where targets fall due after the last month that is run."""
    late = [outcome for outcome in scenario.outcomes if outcome.target_month > months]
    if not late:
        return []
    named = ", ".join(f"{o.key} (month {o.target_month})" for o in late[:FEW])
    more = f" and {len(late) - FEW} more" if len(late) > FEW else ""
    of = f"{len(late)} of {len(scenario.outcomes)} targets"
    return [f"scenario {scenario.name}: {of} fall due after the last month that is run, {months}, "
            f"and are judged before: {named}{more}"]
