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
        said += _unmoving(results)
    same = sorted(inert(results.contrasts())) if len(packages) > 1 else []
    if same:
        said.append(f"{few(same)} {'is' if len(same) == 1 else 'are'} the same as "
                    f"{results.baseline} in every world, but for what levers take")
    return [f"{text[0].upper()}{text[1:]}." if text.startswith("scenario ") else f"{text}."
            for text in said]


def _unmoving(results: Comparison) -> list[str]:
    """Parameters that were set and have nothing to act on, in one sentence."""
    names = idle_parameters(results.layout, results.parameters, list(results.packages.values()))
    if not names:
        return []
    one = getattr(results, "futures", 1) == 1  # of several, each has a value of its own
    said = [f"parameters.{name}" + (f" = {results.parameters[name]:g}" if one else "")
            for name in names]
    verb = "moves" if len(said) == 1 else "move"
    return [f"{', '.join(said)} {verb} nothing under any package compared here"]
