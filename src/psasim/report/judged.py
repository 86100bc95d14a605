"""What validation found of the levers that are compared."""

from __future__ import annotations

from collections.abc import Collection

from psasim.declared.levers import LEVERS
from psasim.results.results import Comparison
from psasim.validation.shipped import Verdict, judging
from psasim.validation.verdict import NOT_REPRODUCED

FEW = 3
"""Levers at most that are named of a pattern."""


def compared(results: Comparison, packages: Collection[str] | None = None) -> set[str]:
    """Levers that the packages (all, if none are named) set otherwise than the baseline."""
    base = results.packages[results.baseline]
    return {name for key, package in results.packages.items() for name in LEVERS
            if (packages is None or key in packages) and package[name] != base[name]}


def missed(results: Comparison) -> str:
    """The patterns that judge levers compared here and that the model misses; empty if none."""
    levers = compared(results)
    found = [item for item in judging(levers) if item.verdict == NOT_REPRODUCED]
    if not found:
        return ""
    return ("Of what was seen elsewhere of levers compared here, the model misses: "
            f"{'; '.join(_told(item, levers) for item in found)}. What they add here is to be "
            "held against that (docs/validation.md).")


def _told(item: Verdict, levers: set[str]) -> str:
    """`Q13 a pooled budget alone does little (pooled_budget)`."""
    here = [name for name in item.levers if name in levers]
    of = ", ".join(here) if len(here) <= FEW else f"{len(here)} levers"
    return f"{item.id} {item.title[:1].lower()}{item.title[1:]} ({of})"
