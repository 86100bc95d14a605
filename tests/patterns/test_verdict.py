"""The rule that makes a verdict of runs, tried on numbers whose answer is known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from psasim.mechanisms.ordered_sum import Floats
from psasim.validation.pattern import Arm, Claim, level
from psasim.validation.patterns import PATTERNS
from psasim.validation.runs import Runs
from psasim.validation.verdict import (
    ENOUGH,
    NOT_REPRODUCED,
    REPRODUCED,
    SILENT,
    answer,
    judge,
    unanswered,
)

CLAIM = Claim("rises", "of target", level("attainment", "one"), 0.01)
PATTERN = replace(PATTERNS["Q7"], arms=(Arm("one", "teaching"),), claims=(CLAIM,))


def runs(values: Floats) -> Runs:
    return Runs({("attainment", "one"): values}, {})


def means(agreeing: int, of: int = 50, size: float = 0.05) -> Floats:
    """Sets of which some have a mean of `size` and the others of 0, in ten worlds."""
    column = np.where(np.arange(of) < agreeing, size, 0.0)
    return np.repeat(column[:, None], 10, axis=1)


@pytest.mark.parametrize("agreeing, verdict", [
    (50, REPRODUCED), (40, REPRODUCED), (39, NOT_REPRODUCED), (0, NOT_REPRODUCED),
])
def test_enough_sets_must_agree(agreeing: int, verdict: str) -> None:
    finding = judge(PATTERN, runs(means(agreeing)))
    assert ENOUGH == 0.8
    assert finding.share == pytest.approx(agreeing / 50)
    assert finding.verdict == verdict


def test_a_tiny_difference_everywhere_is_not_enough() -> None:
    assert judge(PATTERN, runs(means(50, size=0.009))).verdict == NOT_REPRODUCED


def test_an_interval_that_reaches_out_of_bounds_is_not_enough() -> None:
    """Every set agrees on average, but by the luck of a few worlds."""
    values = np.tile(np.where(np.arange(10) == 0, 0.3, 0.0), (50, 1))
    finding = judge(PATTERN, runs(values))
    assert finding.share == 1.0 and finding.answers[0].low < 0.01
    assert finding.verdict == NOT_REPRODUCED


def test_all_claims_must_hold_in_the_same_sets() -> None:
    """Two claims, each held by 80 % of the sets, but together by 60 %."""
    values = means(50)
    values[:10] = 0.0
    other = np.roll(values, 25, axis=0)
    both = Runs({("attainment", "one"): values, ("trust", "one"): other}, {})
    two = replace(PATTERN, claims=(CLAIM, replace(CLAIM, statistic=level("trust", "one"))))
    finding = judge(two, both)
    assert [item.share for item in finding.answers] == [0.8, 0.8]
    assert finding.share == pytest.approx(0.6)
    assert finding.verdict == NOT_REPRODUCED


def test_a_claim_of_no_effect_fails_on_an_effect_of_either_sign() -> None:
    nothing = replace(PATTERN, claims=(replace(CLAIM, low=-0.01, high=0.01),))
    assert judge(nothing, runs(means(0))).verdict == REPRODUCED
    for size in (-0.05, 0.05):
        assert judge(nothing, runs(means(50, size=size))).verdict == NOT_REPRODUCED


def test_sets_with_a_failed_run_are_left_out_and_counted() -> None:
    values = means(50)
    values[3, 4] = np.nan
    finding = judge(PATTERN, runs(values))
    assert finding.left_out == 1 and finding.answers[0].means.size == 49
    assert finding.verdict == REPRODUCED


def test_the_model_is_silent_where_it_has_no_quantity() -> None:
    assert not [pattern for pattern in PATTERNS.values() if pattern.silent]
    silent = replace(PATTERN, arms=(), claims=(), silent="No such quantity.")
    assert unanswered(silent).verdict == SILENT


@pytest.mark.parametrize("sets, worlds", [(0.05, 0.0), (0.0, 0.05), (0.03, 0.03)])
def test_the_interval_covers_sets_and_worlds(sets: float, worlds: float) -> None:
    """Of 400 draws with a true mean of 0.1, about 95 % of intervals hold it, or more."""
    rng = np.random.default_rng(1)
    held = 0
    for _ in range(400):
        values = (
            0.1 + sets * rng.standard_normal((32, 1)) + worlds * rng.standard_normal((1, 16))
            + 0.02 * rng.standard_normal((32, 16))
        )
        found = answer(CLAIM, values)
        held += found.low <= 0.1 <= found.high
    assert 0.93 <= held / 400 <= 0.995
