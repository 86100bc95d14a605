"""The table and the sentences follow the numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from psasim.declared.levers import Governance
from psasim.declared.presets import description, preset_names
from psasim.experiment.design.packages import packages
from psasim.report import findings, table
from psasim.results.headline import summary_of
from psasim.results.measures import MEASURES
from psasim.results.results import Results
from psasim.results.simulate import compare, simulate
from psasim.results.verdict import change, in_unit, inert, interval

ADDED = "departmental+lead"


def rows(results: Results) -> list[str]:
    """Lines of the table below its heads, as far as the glossary."""
    return rows_of(table(results))


def rows_of(text: str) -> list[str]:
    lines = text.splitlines()
    first = next(i for i, line in enumerate(lines) if set(line) == {" ", "-"}) + 1
    return lines[first : lines.index("", first)]


def test_the_table_fits_its_width_with_every_package() -> None:
    every = packages(preset_names(), "departmental")
    text = table(compare(every, scenario="csr2007", worlds=2, months=6))
    lines = text.splitlines()
    assert max(map(len, lines)) <= 80
    assert rows_of(text)[0].split()[0] == "departmental"
    assert {line.split()[0] for line in rows_of(text)} == set(every)


def test_the_table_tells_label_unit_and_direction(results: Results) -> None:
    words = table(results).split()
    for name in ("attainment", "targets_met_real", "targets_met_reported", "burden"):
        for word in f"{MEASURES[name].label} ({MEASURES[name].unit})".split():
            assert word in words, name
    assert (words.count("more"), words.count("less")) >= (3, 1)


def test_as_many_measures_as_there_is_room_for() -> None:
    """A name of any length leaves the headline its interval, in 80 columns."""
    for length, measures in ((4, 5), (34, 4), (60, 5), (79, 5)):
        name = "x" * length
        made = compare({"departmental": "departmental", name: {"lead": 1}}, scenario="teaching",
                       worlds=4, months=12)
        text = table(made)
        assert max(map(len, text.splitlines())) <= 80
        assert sum(f"\n{MEASURES[m].label}: " in text for m in summary_of("attainment")) >= measures
        (numbers,) = [line for line in rows(made) if "±" in line]
        assert numbers.startswith(name) == (length <= 38)


def test_the_table_shows_the_contrasts_in_order(
    results: Results, plant: Callable[..., Results]
) -> None:
    planted = plant(results, new_psa=-0.25, **{ADDED: 0.125})
    lines = rows(planted)
    first = [line.split()[0] for line in lines]
    assert first == ["departmental", ADDED, "new_psa"]
    assert "+0.125 ±" in lines[-2].split("  ", 1)[1][:20].strip()
    assert lines[-1].split()[1] == "-0.250"
    half = planted.contrasts().set_index(["package", "measure"]).loc[("new_psa", "attainment")]
    assert lines[-1].split()[2] == f"±{half['hi95'] - half['mean']:.3f}"


def test_the_best_package_is_named_with_its_interval(
    results: Results, plant: Callable[..., Results]
) -> None:
    text = findings(plant(results, new_psa=0.2, **{ADDED: 0.1}))
    assert "new_psa is highest in attainment (of target), +0.200 (95% interval" in text
    assert "ahead of every other" in text
    assert "of 2 packages 2 do better than departmental, 0 worse and 0 cannot" in text


def test_the_reverse_result_changes_the_sentence(
    results: Results, plant: Callable[..., Results]
) -> None:
    text = findings(plant(results, new_psa=0.1, **{ADDED: 0.2}))
    assert f"{ADDED} is highest in attainment" in text
    assert "ahead of every other" in text


def test_a_tie_is_said_to_be_one(results: Results, plant: Callable[..., Results]) -> None:
    text = findings(plant(results, new_psa=0.2, **{ADDED: 0.2}))
    assert f", tied with {ADDED}; of 2" in text
    near = plant(results, new_psa=0.2, **{ADDED: 0.2})
    part = near.parts[ADDED]
    wiggle = np.where(np.arange(near.worlds) % 2, 0.01, -0.011)
    part = replace(part, measures={
        **part.measures, "attainment": part.measures["attainment"] + wiggle})
    text = findings(replace(near, parts={**near.parts, ADDED: part}))
    assert f", not told apart from {ADDED}; of 2" in text


def test_what_ties_with_the_baseline_is_no_winner(
    results: Results, plant: Callable[..., Results]
) -> None:
    assert "Every package ties with departmental in attainment" in findings(plant(results))
    text = findings(plant(results, new_psa=-0.1))
    assert "No package is shown to do better than departmental" in text
    assert "0 do better than departmental, 1 worse, 1 ties with it and 0 cannot" in text


def test_nothing_beats_the_baseline(results: Results, plant: Callable[..., Results]) -> None:
    text = findings(plant(results, new_psa=-0.1, **{ADDED: -0.2}))
    assert ("Every package does worse than departmental in attainment (of target): the highest, "
            "new_psa,") in text
    assert "0 do better than departmental, 2 worse" in text
    level = findings(plant(results, new_psa=1e-4, **{ADDED: -0.2}))
    assert "No package is shown to do better than departmental" in level


def test_effort_comes_from_the_ledger(results: Results) -> None:
    shares = results.ledger_shares().set_index(["package", "line"])["share"]
    said = findings(results)
    assert f"{shares['departmental', 'realised']:.1%} of capacity moves an outcome" in said
    assert f"{shares['departmental', 'own']:.1%}" in said
    reverse = replace(results, parts={
        **results.parts, "departmental": results.parts["new_psa"],
        "new_psa": results.parts["departmental"],
    })
    moved = f"Under departmental {shares['new_psa', 'realised']:.1%} of capacity moves an outcome"
    assert moved in findings(reverse)


def test_the_limits_are_always_told(results: Results, plant: Callable[..., Results]) -> None:
    for made in (results, plant(results, new_psa=-0.1)):
        assert "strengths of levers are assumptions: compare packages" in findings(made)


def test_failed_runs_are_counted(results: Results, fail: Callable[..., Results]) -> None:
    assert "failed" not in findings(results)
    broken = fail(fail(results, "new_psa", 2), "new_psa", 5)
    assert "2 of 24 runs failed and are left out, each with its pair: new_psa 2." in (
        findings(broken)
    )
    assert "nan" not in findings(broken) + table(broken)


def test_a_package_whose_every_run_failed_has_no_number(
    results: Results, plant: Callable[..., Results], fail: Callable[..., Results]
) -> None:
    broken = results
    for world in range(results.worlds):
        broken = fail(broken, "new_psa", world)
    assert "nan" not in findings(broken) + table(broken)
    assert set(rows(broken)[-1].split()) == {"new_psa", "-"}
    planted = plant(results, **{ADDED: 0.1})
    for world in range(results.worlds):
        planted = fail(planted, "new_psa", world)
    said = "1 does better than departmental, 0 worse, 0 cannot be told from it and 1 has no result"
    assert said in findings(planted)


def test_a_baseline_whose_every_run_failed(results: Results, fail: Callable[..., Results]) -> None:
    broken = results
    for world in range(results.worlds):
        broken = fail(broken, "departmental", world)
    assert "No world has a finite run both under departmental" in findings(broken)
    assert "nan" not in findings(broken) + table(broken)


@pytest.mark.parametrize("worlds", [1, 3])
def test_one_package(worlds: int) -> None:
    alone = simulate("teaching", "departmental", worlds=worlds, months=6)
    assert "nothing to compare with" in " ".join(table(alone).split())
    assert "of capacity moves an outcome" in findings(alone)


def test_one_world_has_no_interval() -> None:
    one = compare({"new_psa": "new_psa"}, scenario="teaching", worlds=1, months=6)
    assert "no interval" in table(one)
    assert "±" not in table(one)
    assert "one world tells nothing about the next" in findings(one)
    assert "nan" not in findings(one) + table(one)


def test_a_lever_with_nothing_to_act_on_is_told_from_a_zero() -> None:
    """Two outcomes are fewer than ten goals; a lever at work may still change no target."""
    every = {"departmental+number_of_goals": {"number_of_goals": 1},
             "departmental+escalation": {"escalation": 1}}
    made = compare(every, scenario="teaching", worlds=8, months=24)
    lines = {line.split()[0]: line.split() for line in rows(made)}
    assert set(lines["departmental+number_of_goals"][1:]) == {"="}
    assert "=" not in lines["departmental+escalation"][1]


def test_a_package_like_the_baseline_in_every_world_says_so(results: Results) -> None:
    parts = {**results.parts, "new_psa": results.parts["departmental"]}
    assert inert(replace(results, parts=parts).contrasts()) == {"new_psa"}
    swing = np.where(np.arange(results.worlds) % 2, 0.25, -0.25)  # a mean of exactly zero
    swung = {
        name: replace(part, measures={
            **part.measures, "trust": 0.5 + swing * (name == "new_psa"),
        })
        for name, part in parts.items()
    }
    assert not inert(replace(results, parts=swung).contrasts())


def test_words_and_packages_are_explained_below_the_table(results: Results) -> None:
    told = table(results)
    for name in ("attainment", "targets_met_real", "targets_met_reported", "burden"):
        text = MEASURES[name].definition
        assert f"{MEASURES[name].label}: {text[0].lower()}{text[1:]}" in " ".join(told.split())
    assert f"new_psa: {description('new_psa')}" in " ".join(told.split())
    assert "no_join_up" not in told
    other = replace(results, packages={**results.packages, "new_psa": Governance(sanctions=1)})
    assert "new_psa:" not in table(other)


def test_every_preset_is_described() -> None:
    for name in preset_names():
        assert len(description(name)) > 20
        assert not description(name).startswith("#")


def test_reported_targets_are_held_against_real_ones(results: Results) -> None:
    def planted(paper: float) -> str:
        wiggle = np.linspace(0.0, 0.01, results.worlds)
        shown = {"met_on_paper": paper + wiggle, "targets_met_real": 0.5 + wiggle,
                 "attainment": 0.9 + wiggle,
                 "targets_met_reported": 0.75 + 0 * wiggle, "gaming_events": 40 + 0 * wiggle}
        part = results.parts["new_psa"]
        part = replace(part, measures={**part.measures, **shown})
        return findings(replace(results, parts={**results.parts, "new_psa": part}))

    base = results.levels().loc["departmental"]
    text = planted(0.295)
    assert "Under new_psa 75.0% of assessed targets are reported met and 50.5% of targets" in text
    assert f"from {base['met_on_paper']:.1%} to 30.0%" in text
    assert f"from {base['gaming_events']:.0f} to 40 a run" in text
    assert "No package is shown to add to targets met on paper only" in planted(-1.0)


def test_gain_stands_beside_its_price(results: Results, plant: Callable[..., Results]) -> None:
    """A package that another beats on gain, capacity and money at once is not named."""
    text = findings(plant(results, new_psa=0.2, **{ADDED: 0.1}))
    both = results.contrasts().set_index(["measure", "package"])["mean"]
    for name, gain in (("new_psa", "0.200"), (ADDED, "0.100")):
        price = f"{both['burden', name]:.1%} and {both['cost', name]:.2f}"
        assert f"{name} (+{gain} for {price})" in text
    beaten = findings(plant(results, new_psa=0.1, **{ADDED: 0.2}))
    assert "new_psa (+0.1" not in beaten
    assert f"as little as {ADDED} (+0.200 for" in beaten


def test_what_capacity_moves_to_is_told_of_another_package(results: Results) -> None:
    """Unused capacity is told where a package frees capacity that nothing takes up."""
    part = results.parts["departmental"]
    freed = 0.5 * part.ledger["own"]
    ledger = {**part.ledger, "own": part.ledger["own"] - freed,
              "slack": part.ledger["slack"] + freed}
    said = findings(replace(results, parts={**results.parts, ADDED: replace(part, ledger=ledger)}))
    shares = results.ledger_shares().set_index(["package", "line"])["share"]["departmental"]
    assert (
        f"Of the others {ADDED} moves most capacity: own agenda falls from "
        f"{shares['own']:.1%} to {shares['own'] / 2:.1%} and slack rises from "
        f"{shares['slack']:.1%} to {shares['slack'] + shares['own'] / 2:.1%}."
    ) in said


def test_a_difference_that_is_told_from_nothing_keeps_its_sign(
    results: Results, plant: Callable[..., Results]
) -> None:
    """Three decimals would hide it, and a row of +0.000 that counts as worse be a riddle."""
    planted = plant(results, new_psa=0.2)
    part = planted.parts[ADDED]
    tiny = -3e-5 - 1e-6 * (np.arange(results.worlds) % 2)
    part = replace(part, measures={**part.measures,
                                   "attainment": part.measures["attainment"] + tiny})
    text = table(replace(planted, parts={**planted.parts, ADDED: part}))
    (line,) = [line for line in text.splitlines() if line.startswith(ADDED)]
    assert line.split()[1:3] == ["-3e-05", "±4e-07"]
    assert max(map(len, text.splitlines())) <= 80


def test_a_level_of_nothing_has_no_sign(results: Results) -> None:
    part = results.parts["departmental"]
    part = replace(part, measures={**part.measures, "burden": -1e-17 + part.measures["burden"] * 0})
    below = replace(results, parts={**results.parts, "departmental": part})
    assert rows(below)[0].split()[0] == "departmental"
    assert "-0.000" not in rows(below)[0]
    assert "-0.000" not in below._repr_html_()


def test_one_package_is_not_ranked(
    results: Results, plant: Callable[..., Results]
) -> None:
    two = replace(results, parts={name: results.parts[name]
                                  for name in ("departmental", "new_psa")})
    for gain, verb in ((0.2, "does better than"), (-0.2, "does worse than"),
                       (1e-4, "cannot be told from")):
        text = findings(plant(two, new_psa=gain))
        assert f"new_psa {verb} departmental in attainment (of target): " in text
        assert "of 1 package" not in text
        assert "highest" not in text
        assert "no other gains" not in text
        assert ("Burden and cost of it: " in text) == (gain == 0.2)
    assert "new_psa ties with departmental in attainment" in findings(plant(two))


def test_what_stays_the_same_on_paper_is_not_said(results: Results) -> None:
    parts = {name: replace(part, measures={
        **part.measures, "met_on_paper": part.measures["met_on_paper"] * 0.0,
        "gaming_events": part.measures["gaming_events"] * 0.0 + (name == "new_psa")})
        for name, part in results.parts.items()}
    text = findings(replace(results, parts=parts))
    assert "those met on paper only go from" not in text
    assert "against departmental figures moved to a threshold go from 0 to 1 a run." in text


@pytest.mark.parametrize("value, measure, told", [
    (0.0601, "attainment", "+6.0 points"), (-0.0001, "attainment", "-0.01 points"),
    (0.0, "burden", "+0.0 points"), (0.3, "cost", "+0.300"),
])
def test_a_difference_is_told_in_the_unit_of_the_page(
    value: float, measure: str, told: str
) -> None:
    assert in_unit(value, measure) == told
    row = pd.Series({"mean": value, "lo95": value, "hi95": value})
    plain = told.removesuffix(" points")
    assert change(row, measure) == f"{told} (95% interval {plain} to {plain})"


def test_an_interval_is_told_from_low_to_high() -> None:
    row = pd.Series({"mean": 0.01, "lo95": -0.02, "hi95": 0.04})
    assert interval(row) == "+0.010 (95% interval -0.020 to +0.040)"
    assert change(row, "attainment") == "+1.0 points (95% interval -2.0 to +4.0)"
