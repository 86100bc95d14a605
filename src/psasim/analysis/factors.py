"""Factors of a design in words: what they are called, and their units."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from psasim.declared.declare import Quantity
from psasim.experiment.design.factors import DECISIONS, UNCERTAINTIES
from psasim.scenario.facts import named
from psasim.scenario.family import STRUCTURE_PATHS

TIMES = "times its own value"


def unit_of(path: str) -> str:
    """The unit of a factor; empty of a choice."""
    declared = {**DECISIONS, **UNCERTAINTIES, **STRUCTURE_PATHS}.get(path)
    if declared is None:
        what = named(path)
        if what is None or what.times:
            return TIMES if what is not None else ""
        declared = what.column.quantity
    return declared.unit if isinstance(declared, Quantity) else ""


def short(path: str) -> str:
    """`inertia`, `sanctions`, `owners`, `outcomes.Jobs.technology`."""
    for group in ("parameters.", "governance.", "structure."):
        path = path.removeprefix(group)
    return path.removesuffix(".strength")


def words_of(drawn: Mapping[str, Any], path: str) -> list[str]:
    """The options of a factor that is a choice, in their places; none of a number."""
    levels = drawn["over"][path].get("levels", [])
    return [str(level) for level in levels] if any(isinstance(x, str) for x in levels) else []
