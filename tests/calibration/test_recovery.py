"""Calibration finds again the parameters that made the data, as often as it says."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import binom

from tests.calibration.recovery import FREE, Recovery, covers, recoveries

REPEATS = 100
STATED = {"hull": 0.95, "central": 0.90}
"""How often an interval holds the truth: of the sets not ruled out, and the middle 90 %."""


@pytest.fixture(scope="module")
def found() -> list[Recovery]:
    return recoveries(REPEATS, 5)


def coverage(found: list[Recovery], interval: str, shift: int = 0) -> np.ndarray:
    """By parameter; shift: against the truth of another repeat."""
    truths = [found[(place + shift) % len(found)].truth for place in range(len(found))]
    return np.mean([covers(getattr(item, interval), truth)
                    for item, truth in zip(found, truths, strict=True)], axis=0)


@pytest.mark.slow
@pytest.mark.parametrize("interval", STATED)
def test_truth_is_covered_as_stated(found: list[Recovery], interval: str) -> None:
    """Not seen below what is stated by more than chance allows in so many repeats."""
    share = coverage(found, interval)
    print(f"\n{len(found)} repeats, {interval}: " + ", ".join(
        f"{name} {value:.0%}" for name, value in zip(FREE, share, strict=True)))
    assert len(found) == REPEATS
    least = binom.ppf(0.01, REPEATS, STATED[interval]) / REPEATS
    assert (share >= least).all()


@pytest.mark.slow
def test_intervals_are_narrower_than_the_prior(found: list[Recovery]) -> None:
    """Coverage alone could be had by saying nothing."""
    width = np.mean([np.diff(item.central)[:, 0] for item in found], axis=0)
    print("\nmean width, of the prior's: " + ", ".join(
        f"{name} {value:.2f}" for name, value in zip(FREE, width, strict=True)))
    assert (width < 0.6).all()
    assert all(item.left > 0 for item in found)


@pytest.mark.slow
def test_truth_of_another_repeat_is_not_covered(found: list[Recovery]) -> None:
    """The check can fail: with truths dealt wrongly it does."""
    assert (coverage(found, "central", shift=1) < 0.7).all()
