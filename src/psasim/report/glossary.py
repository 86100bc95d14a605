"""What the words of the table mean, below it."""

from __future__ import annotations

import textwrap

from psasim.declared.levers import Governance
from psasim.declared.presets import description, preset, preset_names
from psasim.results.measures import MEASURES
from psasim.results.results import Comparison

WIDTH = 157
WORLD = ("World: one draw of luck (problems, shocks, noise). Every package meets the same worlds; "
         "a paired difference is package less baseline, world by world.")
REAL = "Real: the outcome itself. Reported: what its figures say at the close."
LINES = (
    ("time_to_mobilise",),
    ("met_on_paper",),
    ("burden", "cost"),
    ("own_agenda", "chain_loss"),
    ("practice_loss", "mix_loss"),
)
"""Measures that are explained together, in one line."""


def glossary(results: Comparison) -> str:
    """At most eight lines on words, then one on each package that comes with psasim."""
    said = [WORLD, f"{REAL} {_defined('reporting_gap')}"]
    said += [" ".join(map(_defined, names)) for names in LINES]
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
