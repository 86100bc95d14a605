"""What varies, and between which ends: names of parameters and facts, as `ps.evaluate` has them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from psasim.declared.declare import Quantity
from psasim.declared.names import unknown
from psasim.declared.parameters import PARAMETERS
from psasim.engines.inputs import as_scenario
from psasim.errors import InputError, shown
from psasim.experiment.design.facts import WithFacts
from psasim.scenario.schema import Scenario

Over = Iterable[str] | Mapping[str, tuple[float, float] | None]
"""Names of parameters (`inertia`) and facts (`outcomes.Key.technology`), each over the range
that is declared, or, as a mapping, between ends of one's own."""


def ranges(over: Over, scenario: str | Path | Scenario) -> dict[str, Quantity]:
    """Each name's declaration, with the ends it varies between as its range.

    Raises `psasim.errors.InputError` for an unknown name, ends out of bounds or without width.
    """
    if isinstance(over, str):
        raise InputError(f"over = {over!r} is one name; write [{over!r}]")
    facts = WithFacts(PARAMETERS, [as_scenario(scenario)])
    given: Mapping[str, Any] = over if isinstance(over, Mapping) else dict.fromkeys(over)
    if not given:
        raise InputError("over is empty; name one parameter or fact of the scenario, or more")
    return {name: _between(facts, str(name), ends) for name, ends in given.items()}


def _between(facts: WithFacts, name: str, ends: Any) -> Quantity:
    if name not in facts:
        raise (facts.unknown(name, "over") if "." in name
               else unknown(name, PARAMETERS, "over: parameter"))
    item = facts[name]
    assert isinstance(item, Quantity)
    if ends is not None:
        if not isinstance(ends, (tuple, list)) or len(ends) != 2:
            raise InputError(f"over.{name} = {shown(ends)} is no pair; write (low, high)")
        for end in ends:
            if problem := item.problem(end, f"over.{name}"):
                raise InputError(problem)
        item = replace(item, low=float(ends[0]), high=float(ends[1]))
    if not item.low < item.high:
        raise InputError(f"over.{name}: from {item.low:g} to {item.high:g} nothing varies; give "
                         f"{{{name!r}: (low, high)}}")
    return item


def salib_problem(over: Over, scenario: str | Path | Scenario = "csr2007") -> dict[str, Any]:
    """SALib's problem of parameters and facts, for samples that `ps.evaluate` runs.

    over: names, or ends by name; whole numbers are drawn between their ends like others, so round
    their columns.  A finished experiment has its own: `open_results(DIR).problem()`.
    """
    found = ranges(over, scenario)
    return {
        "num_vars": len(found),
        "names": list(found),
        "bounds": [[item.low, item.high] for item in found.values()],
    }
