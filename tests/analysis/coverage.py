"""How often a statement is right over many planted answers, and how seldom that may be."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

REPEATS = 200


def held(statement: Callable[[np.random.Generator], bool], repeats: int = REPEATS) -> float:
    """Share of repeats in which a statement about planted numbers is right."""
    return float(np.mean([statement(np.random.default_rng([7, i])) for i in range(repeats)]))


def least(stated: float, repeats: int = REPEATS) -> float:
    """The lowest share that one in a thousand honest statements would fall below."""
    return stated - 3.1 * float(np.sqrt(stated * (1 - stated) / repeats))
