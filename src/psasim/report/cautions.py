"""What can do nothing in a comparison, and what is odd about it: said beside what it shows."""

from __future__ import annotations

from psasim.coefficients.idle import idle, idle_parameters, never
from psasim.results.results import Comparison
from psasim.results.verdict import few, inert
from psasim.scenario.cautions import due_late, overcommitted

MANY = 200
"""Packages beyond which levers are not looked at one by one."""


def cautions(results: Comparison) -> list[str]:
    """A sentence each."""
    scenario, packages = results.scenario, results.packages
    said = [*overcommitted(scenario), *due_late(scenario, results.months)]
    if len(packages) <= MANY:
        found: dict[str, list[str]] = {}
        parts = idle(results.layout, results.parameters, packages)
        for name, items in parts.items():
            for item in items:
                found.setdefault(str(item), []).append(name)
        for name, sentences in never(packages, results.months).items():
            for sentence in sentences:
                found.setdefault(sentence, []).append(name)
        said += [f"{text} ({few(names)})" for text, names in found.items()]
        said += [f"parameters.{name} = {results.parameters[name]:g} moves nothing under any "
                 "package compared here"
                 for name in idle_parameters(results.layout, results.parameters,
                                             list(packages.values()))]
    same = sorted(inert(results.contrasts())) if len(packages) > 1 else []
    if same:
        said.append(f"the same as {results.baseline} in every world, but for what levers take: "
                    f"{few(same)}")
    return [f"{text[0].upper()}{text[1:]}." if text.startswith("scenario ") else f"{text}."
            for text in said]
