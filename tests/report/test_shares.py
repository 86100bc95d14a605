"""Intervals of shares cover what they say near 0 and 1 too, and stay between their ends."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import psasim as ps
from psasim.report import findings, table
from psasim.results.basis import counted, grain, without_value
from psasim.results.measures import MEASURES
from psasim.results.paired import paired_interval
from psasim.results.shares import Share, share_difference, share_interval
from psasim.scenario import load_scenario
from psasim.structure.layout import build_layout

REPEATS = 1500
TRUE = [  # share of the package, of the baseline, worlds in which a target differs
    (0.99, 0.98, 0.02), (0.98, 0.02, 0.97), (0.5, 0.5, 0.01), (0.5, 0.5, 0.2),
    (0.02, 0.01, 0.03), (0.995, 0.1, 0.9), (0.9, 0.9, 0.02), (0.01, 0.0, 0.01),
]


def _drawn(one: float, other: float, differ: float, targets: int) -> tuple:
    """Shares of targets met over 200 worlds, (repeats, worlds), in pairs."""
    up, down = (differ + one - other) / 2.0, (differ - one + other) / 2.0
    cells = np.clip([one - up, up, down, 1.0 - one - down], 0.0, 1.0)
    drawn = np.random.default_rng(5).choice(4, p=cells / cells.sum(), size=(REPEATS, 200, targets))
    return (drawn <= 1).mean(axis=-1), (drawn % 2 == 0).mean(axis=-1)


@pytest.mark.parametrize("targets", [1, 2, 30])
@pytest.mark.parametrize("one, other, differ", TRUE)
def test_a_difference_covers(one: float, other: float, differ: float, targets: int) -> None:
    values, base = _drawn(one, other, differ, targets)
    ends = np.array([paired_interval(v, b, 1.0 / targets)[1:3]
                     for v, b in zip(values, base, strict=True)])
    covers = (ends[:, 0] <= one - other + 1e-12) & (one - other - 1e-12 <= ends[:, 1])
    assert covers.mean() >= 0.935
    assert ends[:, 0].min() >= -1.0 - 1e-12
    assert ends[:, 1].max() <= 1.0 + 1e-12


@pytest.mark.parametrize("targets", [1, 2, 30])
@pytest.mark.parametrize("level", [0.995, 0.98, 0.9, 0.5, 0.02])
def test_a_level_covers(level: float, targets: int) -> None:
    """Of one target the binomial has few steps: its cover swings a few points about 95 %."""
    met = np.random.default_rng(6).random((REPEATS, 200, targets)) < level
    shares = met.mean(axis=-1)
    ends = np.array([
        share_interval(Share.of(s.mean(), s.std(ddof=1), 200, 1.0 / targets)) for s in shares])
    assert ((ends[:, 0] <= level) & (level <= ends[:, 1])).mean() >= (0.9 if targets == 1 else 0.93)
    assert ends.min() >= 0.0 and ends.max() <= 1.0


def test_students_interval_does_not() -> None:
    """What is here for: worlds that are mostly alike, and ends that are passed."""
    values, base = _drawn(0.01, 0.0, 0.01, 1)
    student = np.array([paired_interval(v, b)[1:3] for v, b in zip(values, base, strict=True)])
    assert ((student[:, 0] <= 0.01) & (student[:, 1] >= 0.01)).mean() < 0.9
    values, base = _drawn(0.98, 0.02, 0.97, 1)
    student = np.array([paired_interval(v, b)[2] for v, b in zip(values, base, strict=True)])
    assert (student > 1.0).mean() > 0.05


def test_far_from_the_ends_it_is_students() -> None:
    values, base = _drawn(0.5, 0.4, 0.3, 30)
    ours, student = (np.array(paired_interval(values[0], base[0], g)[1:3]) for g in (1 / 30, None))
    assert ours == pytest.approx(student, abs=0.03 * np.ptp(student))


def test_worlds_that_are_all_alike() -> None:
    """At an end as Wilson has it, z^2 / (n + z^2); between, by what one target adds."""
    low, high = share_interval(Share.of(1.0, 0.0, 200, 0.5))
    assert (low, high) == (pytest.approx(1.0 - 0.0191, abs=2e-4), 1.0)
    low, high = share_interval(Share.of(0.5, 0.0, 200, 0.5))
    assert (0.5 - low, high - 0.5) == pytest.approx((0.0191 / 2, 0.0191 / 2), abs=2e-4)
    one = Share.of(0.5, 0.0, 1, 0.5)
    assert np.isnan(share_difference(one, one, np.nan)).all()


def test_measures_that_count_targets_have_it(results) -> None:
    rows = results.contrasts().set_index(["measure", "package"])
    layout = results.layout
    for name, item in MEASURES.items():
        values, base = (results.parts[p].measures[name] for p in ("new_psa", "departmental"))
        wanted = paired_interval(values, base, grain(name, layout) if item.counts else None)
        assert rows.loc[(name, "new_psa"), ["mean", "lo95", "hi95"]].to_numpy(float) == (
            pytest.approx(wanted[:3]))
    assert {n for n, m in MEASURES.items() if m.counts} == {
        "targets_met_real", "targets_met_reported", "met_on_paper", "targets_met_fco",
        "targets_met_csr07", "disagreement"}


def test_no_figure_is_no_value() -> None:
    """A scenario without indicators reports nothing, not 0 % of assessed targets."""
    scenario = replace(load_scenario("teaching"), indicators=())
    layout = build_layout(scenario)
    empty = without_value(layout)
    assert set(empty) == {"targets_met_reported", "met_on_paper", "targets_met_fco",
                          "targets_met_csr07", "reporting_gap", "disagreement"}
    assert counted("targets_met_real", layout) == 2
    runs = ps.compare({"departmental": "departmental", "one": {"lead": 1}}, scenario=scenario,
                      worlds=3, months=36)
    assert runs.levels()[empty].isna().all().all()
    rows = runs.contrasts()
    assert rows["measure"][rows["mean"].isna()].tolist() == [m for m in MEASURES if m in empty]
    said = findings(runs)
    assert "nothing is reported" in said
    assert "assessed targets are" not in said
    assert "nan" not in said + table(runs)
    other = replace(runs, headline="targets_met_reported")
    assert "targets met, reported (share of assessed targets) has no value here" in findings(other)
    assert "nan" not in findings(other) + table(other)
