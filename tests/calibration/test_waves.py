"""History matching: what is implausible, what a miss is, and that runs are found again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from psasim.calibration import runs
from psasim.calibration.bands import BANDS, NO_DATA, SHIPPED, Evidence
from psasim.calibration.fit import fits
from psasim.calibration.prior import prior_rows, prior_sample
from psasim.calibration.waves import CUTOFF, implausibility, left_over, match, missed
from psasim.declared.parameters import PARAMETERS
from psasim.experiment.computing.backends import Backend

SERIAL = Backend("serial")


def band(low: float, high: float, spread: float = 0.1):
    return replace(BANDS[0], low=low, high=high, spread=spread)


def test_inside_is_nothing_and_outside_is_in_deviations() -> None:
    mean = np.array([[0.5, 0.5], [0.1, 0.9], [0.7, 0.2]])
    variance = np.full((3, 2), 0.16)
    worlds = [16, 16]
    found = implausibility(mean, variance, worlds, [band(0.3, 0.6), band(0.4, np.inf, 0.0)])
    one = np.hypot(0.1, 0.1)
    assert found == pytest.approx(np.array([[0, 0], [0.2 / one, 0], [0.1 / one, 0.2 / 0.1]]))


def test_a_set_that_never_varies_is_not_taken_for_certain() -> None:
    """None of 16 worlds shows what one in twenty would: that rules nothing out."""
    mean = np.array([[0.0], [0.5]])
    variance = np.array([[0.0], [0.25]])
    found = implausibility(mean, variance, [16], [band(0.05, 1.0, 0.0)])
    assert 0.0 < found[0, 0] < CUTOFF


def test_a_failed_run_rules_out() -> None:
    far = np.array([[np.nan, 0.0], [0.0, 0.0], [4.0, 0.0]])
    assert left_over(far, np.zeros(2, bool)).tolist() == [False, True, False]


def test_a_band_hardly_any_set_comes_near_is_a_miss_of_the_model() -> None:
    far = np.zeros((1000, 3))
    far[:, 1] = 5.0
    far[10:, 2] = 5.0
    assert missed(far).tolist() == [False, True, False]
    assert left_over(far, missed(far)).sum() == 10


def test_bands_cite_and_explain_and_stand_in_one_case_each() -> None:
    assert sorted(b.key for b in BANDS) == sorted({b.key for b in BANDS})
    by_case = [b.key for each in SHIPPED.cases.values() for b in each]
    assert sorted(by_case) == sorted(b.key for b in BANDS)
    for item in BANDS:
        assert item.sources and item.why_spread and item.low <= item.high and item.spread >= 0.0
    assert NO_DATA


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> Evidence:
    """Few worlds, so that the cases of the world run in a second or two."""
    monkeypatch.setattr(runs, "BLOCK", 8)
    return Evidence(tuple(replace(b, case=replace(b.case, worlds=2)) for b in BANDS))


def test_statistics_stand_under_their_bands(small: Evidence, tmp_path: Path) -> None:
    """Each column is what its own case and statistic give, whatever the order of cases."""
    rows = prior_rows(3, 1)
    mean, _ = runs.run(rows, 1, 5, tmp_path, SERIAL, evidence=small)
    for place, item in enumerate(small.bands):
        own = runs.statistics([item], prior_sample(3, 1), 2, 5)[0]
        assert mean[:, place] == pytest.approx(own[:, 0])


def test_a_stopped_calibration_goes_on_and_ends_the_same(
    small: Evidence, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = match(16, 3, tmp_path / "whole", SERIAL, evidence=small)
    real, done = runs._keep, []

    def stops(job: runs.Job) -> int:
        if len(done) == 4:
            raise KeyboardInterrupt
        done.append(job)
        return real(job)

    monkeypatch.setattr(runs, "_keep", stops)
    with pytest.raises(KeyboardInterrupt):
        match(16, 3, tmp_path / "cut", SERIAL, evidence=small)
    kept = set((tmp_path / "cut" / "wave-1").glob("*.npy"))
    assert len(kept) == 4
    before = {path: path.stat().st_mtime_ns for path in kept}
    monkeypatch.setattr(runs, "_keep", real)
    told: list[int] = []
    again = match(16, 3, tmp_path / "cut", SERIAL, lambda number, size: told.append, small)
    assert {path: path.stat().st_mtime_ns for path in kept} == before
    assert told[0] > 0
    for one, other in zip(whole, again, strict=True):
        assert np.array_equal(one.implausible, other.implausible, equal_nan=True)
        assert np.array_equal(one.left, other.left)


def test_fits_see_a_constraint_that_is_there_and_none_that_is_not() -> None:
    rows = prior_rows(1000, 4)
    names = list(PARAMETERS)
    column = rows[:, names.index("planned_yield")]
    found = {fit.name: fit for fit in fits(rows, column > np.median(column), 1)}
    assert [name for name, fit in found.items() if fit.constrained] == ["planned_yield"]
    fit = found["planned_yield"]
    assert fit.ratio[1] < 0.5 < fit.ratio[2] and fit.shift[1] > 0.7
    chance = np.random.default_rng(1).random(len(rows)) < 0.5
    assert not any(fit.constrained for fit in fits(rows, chance, 1))
