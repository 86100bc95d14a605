"""What the words of the table mean, below it."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from psasim.declared.levers import Governance
from psasim.declared.presets import description, preset, preset_names
from psasim.report.columns import WIDTH
from psasim.results.measures import MEASURES
from psasim.results.results import Comparison

WORLD = ("World: one draw of luck (problems, shocks, noise). Every package meets the same worlds; "
         "a paired difference is package less baseline, world by world.")


def glossary(results: Comparison, shown: Sequence[str]) -> str:
    """The words of the measures shown, then a line on each package that comes with psasim."""
    said = [WORLD, *map(_defined, shown)]
    said += [
        f"{name}: {description(name)}"
        for name, package in results.packages.items() if _shipped(name, package)
    ]
    return "\n".join(line for text in said for line in textwrap.wrap(text, WIDTH))


def _defined(measure: str) -> str:
    item = MEASURES[measure]
    return f"{item.label}: {item.definition[0].lower()}{item.definition[1:]}"


def _shipped(name: str, package: Governance) -> bool:
    """Whether the package is the preset of that name."""
    return name in preset_names() and package == preset(name)
