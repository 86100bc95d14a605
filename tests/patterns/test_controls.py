"""Negative controls: what was not seen is not found, and broken mechanisms lose their patterns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module

import numpy as np
import pytest

from psasim.validation.pattern import Claim, Pattern
from psasim.validation.patterns import PATTERNS
from psasim.validation.verdict import NOT_REPRODUCED, REPRODUCED, Finding

Ask = Callable[..., Finding]
SETS = 32
"""Of the prior; with half as many P1's interval reaches out of its bounds."""


def reverse(pattern: Pattern) -> Pattern:
    """The pattern as if the opposite had been seen: every claim's statistic negated."""

    def opposite(claim: Claim) -> Claim:
        return replace(claim, statistic=lambda runs: -claim.statistic(runs))

    return replace(pattern, id=f"{pattern.id}-reversed",
                   claims=tuple(opposite(claim) for claim in pattern.claims))


@pytest.mark.parametrize("name", ["P1", "P12", "Q3", "Q7", "Q8"])
def test_a_reversed_pattern_is_not_reproduced(name: str, asked: Ask) -> None:
    pattern = PATTERNS[name]
    assert asked(pattern, sets=SETS, worlds=16).verdict == REPRODUCED
    found = asked(reverse(pattern), sets=SETS, worlds=16)
    assert found.verdict == NOT_REPRODUCED and found.share <= 0.2


FAULTS: dict[str, tuple[str, str, Callable[..., object]]] = {
    # somebody convenes a joint outcome at once, however many owners wait for one another
    "P1": ("psasim.month.commitment", "volunteer_chance",
           lambda ratio, attention, owners, drawers: np.ones(
               np.broadcast(ratio, attention, owners, drawers).shape)),
    # the unit helps a target as much however many it takes: spreading costs nothing
    "P12": ("psasim.coefficients.centre", "unit_support",
            lambda capacity, targets, fixed, slope: -np.expm1(-slope * np.ones_like(targets))),
    # figures are never moved
    "Q1": ("psasim.coefficients.incentives", "gaming_width",
           lambda bonus, cost, audit, fine: np.zeros_like(bonus + cost)),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_broken_mechanism_loses_the_pattern_that_rests_on_it(
    name: str, asked: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    pattern = PATTERNS[name]
    assert asked(pattern, sets=SETS, worlds=16).verdict == REPRODUCED
    module, function, fault = FAULTS[name]
    monkeypatch.setattr(import_module(module), function, fault)
    broken = asked(replace(pattern, id=f"{name}-broken"), sets=SETS, worlds=16)
    assert broken.verdict == NOT_REPRODUCED
    assert broken.share < 0.5
