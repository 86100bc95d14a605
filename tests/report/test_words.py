"""The table and the sentences follow the numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from psasim.experiment.packages import packages
from psasim.measures import MEASURES
from psasim.presets import preset_names
from psasim.report import findings, table
from psasim.results import HEADLINE, Results
from psasim.simulation import compare

ADDED = "departmental+lead"


def test_the_table_fits_its_width_with_every_package() -> None:
    every = packages(preset_names(), "departmental")
    text = table(compare(every, scenario="csr2007", worlds=2, months=6))
    lines = text.splitlines()
    assert max(map(len, lines)) <= 160
    assert sum("±" in line for line in lines) == len(every) - 1


def test_the_table_tells_label_unit_and_direction(results: Results) -> None:
    words = table(results).split()
    for name in HEADLINE:
        for word in f"{MEASURES[name].label} ({MEASURES[name].unit})".split():
            assert word in words, name
    assert table(results).count("is good") == sum(MEASURES[m].good != 0 for m in HEADLINE)


def test_the_table_shows_the_contrasts_in_order(
    results: Results, plant: Callable[..., Results]
) -> None:
    planted = plant(results, new_psa=-0.25, **{ADDED: 0.125})
    lines = table(planted).splitlines()
    first = [line.split()[0] for line in lines[-3:]]
    assert first == ["departmental", "+lead", "new_psa"]
    assert "+0.125 ±" in lines[-2].split("  ", 1)[1][:20].strip()
    assert lines[-1].split()[1] == "-0.250"
    half = planted.contrasts().set_index(["package", "measure"]).loc[("new_psa", HEADLINE[0])]
    assert lines[-1].split()[2] == f"±{half['hi95'] - half['mean']:.3f}"


def test_the_best_package_is_named_with_its_interval(
    results: Results, plant: Callable[..., Results]
) -> None:
    text = findings(plant(results, new_psa=0.2, **{ADDED: 0.1}))
    assert "new_psa meets most targets in truth, +0.200 (95% interval" in text
    assert f"ahead of {ADDED}" in text
    assert "of 2 packages 2 meet more, 0 fewer and 0 cannot" in text


def test_the_reverse_result_changes_the_sentence(
    results: Results, plant: Callable[..., Results]
) -> None:
    text = findings(plant(results, new_psa=0.1, **{ADDED: 0.2}))
    assert f"{ADDED} meets most targets in truth" in text
    assert "ahead of new_psa" in text


def test_a_tie_is_not_told_apart(results: Results, plant: Callable[..., Results]) -> None:
    text = findings(plant(results, new_psa=0.2, **{ADDED: 0.2}))
    assert "is not told apart from" in text


def test_nothing_beats_the_baseline(results: Results, plant: Callable[..., Results]) -> None:
    text = findings(plant(results, new_psa=-0.1, **{ADDED: -0.2}))
    assert "No package is shown to meet more targets in truth than departmental" in text
    assert "0 meet more, 2 fewer" in text


def test_effort_comes_from_the_ledger(results: Results) -> None:
    shares = results.ledger_shares().set_index(["package", "line"])["share"]
    said = findings(results)
    assert f"{shares['departmental', 'realised']:.1%} moved an outcome" in said
    assert f"{shares['departmental', 'own']:.1%}" in said
    reverse = replace(results, parts={
        **results.parts, "departmental": results.parts["new_psa"],
        "new_psa": results.parts["departmental"],
    })
    assert f"{shares['new_psa', 'realised']:.1%} moved an outcome under departmental" in (
        findings(reverse)
    )


def test_the_limits_are_always_told(results: Results, plant: Callable[..., Results]) -> None:
    for made in (results, plant(results, new_psa=-0.1)):
        assert "strengths of levers are assumptions: only contrasts inform" in findings(made)


def test_failed_runs_are_counted(results: Results, fail: Callable[..., Results]) -> None:
    assert "failed" not in findings(results)
    broken = fail(fail(results, "new_psa", 2), "new_psa", 5)
    assert "2 of 24 runs failed and are left out, each with its pair: new_psa 2." in (
        findings(broken)
    )
    assert "nan" not in findings(broken) + table(broken)


def test_a_package_whose_every_run_failed_has_no_number(
    results: Results, fail: Callable[..., Results]
) -> None:
    broken = results
    for world in range(results.worlds):
        broken = fail(broken, "new_psa", world)
    assert "nan" not in findings(broken) + table(broken)
    assert table(broken).splitlines()[-1].split() == ["new_psa", *["-"] * len(HEADLINE)]


def test_a_baseline_whose_every_run_failed(results: Results, fail: Callable[..., Results]) -> None:
    broken = results
    for world in range(results.worlds):
        broken = fail(broken, "departmental", world)
    assert "No world has a finite run both under departmental" in findings(broken)
    assert "nan" not in findings(broken) + table(broken)


@pytest.mark.parametrize("worlds", [1, 3])
def test_one_package(worlds: int) -> None:
    alone = compare({"departmental": "departmental"}, scenario="teaching", worlds=worlds, months=6)
    assert "nothing to compare with" in table(alone)
    assert "moved an outcome under departmental" in findings(alone)


def test_one_world_has_no_interval() -> None:
    one = compare({"new_psa": "new_psa"}, scenario="teaching", worlds=1, months=6)
    assert "no interval" in table(one)
    assert "±" not in table(one)
    assert "one world tells nothing about the next" in findings(one)
    assert "nan" not in findings(one) + table(one)
