"""How packages are marked and counted, and in what order they stand; their names are shown as
they are in every file."""

from __future__ import annotations

from collections.abc import Iterable

from psasim.declared.levers import LEVERS
from psasim.declared.presets import preset_names
from psasim.results.measures import MEASURES
from psasim.results.places import DECIMALS
from psasim.results.results import Comparison


def is_addition(package: str, baseline: str) -> bool:
    """Whether the package is the baseline with one lever on top of it."""
    stem, _, lever = package.partition("+")
    return stem == baseline and lever in LEVERS


def is_preset(package: str) -> bool:
    """Whether the package is named as one that comes with psasim."""
    return package in preset_names()


def marks(packages: Iterable[str], baseline: str) -> str:
    """How the names of these packages are marked, for a caption: `Bold: presets;
    departmental+lever is departmental with that lever.`; empty where none is."""
    named = list(packages)
    said = [
        *(["Bold: presets"] if any(map(is_preset, named)) else []),
        *([f"{baseline}+lever is {baseline} with that lever"]
          if any(is_addition(name, baseline) for name in named) else []),
    ]
    return f"{sentence('; '.join(said))}. " if said else ""


def count(number: int, noun: str) -> str:
    """`1 world`, `2 worlds`."""
    return f"{number} {noun}{'s' * (number != 1)}"


def sentence(text: str) -> str:
    """The text with a capital to start with."""
    return text[:1].upper() + text[1:]


def by_headline(results: Comparison) -> list[str]:
    """Packages, the best by the headline first, those that tie as given; all-failed ones last."""
    good = MEASURES[results.headline].good
    levels = (good * results.levels()[results.headline]).round(DECIMALS)
    return list(levels.sort_values(ascending=False, kind="stable", na_position="last").index)
