"""The settings of a run: how much is computed, and by which engine."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from psasim.declared.declare import Assumption, Choice, Grade, Heading, Quantity
from psasim.declared.names import checked

_FREE = Assumption("A choice about computing, not about the world.", Grade.GREEN, Grade.GREEN)


def _count(name: str, unit: str, default: int, low: int, high: int, description: str) -> Quantity:
    return Quantity(name, unit, default, low, high, Heading.TOOLS_AND_DATA, _FREE, description,
                    integer=True)


_TABLE = (
    _count("worlds", "worlds", 200, 1, 1_000_000, "Replicates; every package meets the same."),
    _count("months", "months", 36, 1, 600, "Months simulated."),
    _count("seed", "seed", 2007, 0, 2**32 - 1, "Seed of every draw."),
    Choice("engine", ("ensemble", "mesa"), "ensemble",
           "All runs at once, or one agent-based run at a time; both give the same numbers."),
    Choice("trajectories", ("bands", "raw"), "bands",
           "Monthly outcomes kept: bands over worlds, or those of every run as well."),
)

SETTINGS: Mapping[str, Quantity | Choice] = MappingProxyType({item.name: item for item in _TABLE})

WORLD = _count("world", "world", 0, 0, 999_999, "Which replicate of the seed.")


def setting(name: str, value: object) -> float | str:
    """The setting `name` as a plain value; raises `psasim.InputError` for one out of bounds."""
    return checked(SETTINGS[name], value, name)
