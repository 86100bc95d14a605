"""Numbers of a scenario by path: named, changed, and still a scenario."""

from __future__ import annotations

from dataclasses import asdict
from math import fsum
from pathlib import Path

import pytest

from psasim.errors import InputError
from psasim.scenario import Scenario, load_scenario
from psasim.scenario.facts import Changes, matching, named, owners, with_facts

TEACHING = load_scenario("teaching")


def changed(scenario: Scenario, values: dict[str, float]) -> dict[str, float]:
    return Changes(scenario, values).of(values)


def _names(path: str, scenario: Scenario = TEACHING) -> dict[str, float | None]:
    what = named(path)
    assert what is not None
    return matching(scenario, what)


def test_a_path_names_one_number_and_a_star_those_of_every_row() -> None:
    assert _names("outcomes.FirstJobs.technology") == {"outcomes.FirstJobs.technology": 0.8}
    assert _names("departments.*.capacity") == {
        "departments.Learning.capacity": 1.0, "departments.Places.capacity": 0.8,
        "departments.Wellbeing.capacity": 1.2}
    of_learning = _names("contributions.*.Learning.share")
    assert of_learning == {"contributions.FirstJobs.Learning.share": 0.55,
                           "contributions.HealthyChildren.Learning.share": 0.3}
    assert len(_names("contributions.*.share")) == len(_names("contributions.*.*.share")) == 5
    assert len(_names("contributions.FirstJobs.*.share")) == 2
    assert _names("indicators.HealthyChildren.weight.lag") == {
        "indicators.HealthyChildren.weight.lag": 10}
    assert _names("bodies.Schools.alignment") == {"bodies.Schools.alignment": None}
    assert _names("bodies.HealthBoards.alignment") == {"bodies.HealthBoards.alignment": 0.8}
    assert _names("departments.Nobody.capacity") == {}


@pytest.mark.parametrize("path", [
    "outcomes", "outcomes.technology", "outcomes.FirstJobs.name", "outcomes.FirstJobs.technolgy",
    "contributions.FirstJobs.share", "parameters.inertia", "", ".", "departments..capacity.x",
    "times", "outcomes.times",
])
def test_other_paths_name_no_number(path: str) -> None:
    assert named(path) is None


@pytest.mark.parametrize("path", [
    path for pattern in (
        "departments.*.capacity", "departments.*.phase", "outcomes.*.technology",
        "outcomes.*.drift", "outcomes.*.target_month", "indicators.*.validity",
        "indicators.*.lag", "bodies.*.count", "bodies.*.alignment", "contributions.*.mission")
    for path in _names(pattern)
])
def test_one_number_is_changed_and_nothing_else(path: str) -> None:
    value = 0.5 if path.endswith("drift") else 1.0
    other = with_facts(TEACHING, changed(TEACHING, {path: value}))
    assert next(iter(_names(path, other).values())) == value
    before, after = asdict(TEACHING), asdict(other)
    table, *keys, column = path.split(".")
    rows = list(zip(before.pop(table), after.pop(table), strict=True))
    assert before == after
    for old, new in rows:
        differs = {name for name in old if old[name] != new[name]}
        assert differs <= {column}
        assert not differs or set(keys) <= {str(cell) for cell in old.values()}


def test_multiples_and_whole_numbers() -> None:
    found = changed(TEACHING, {"departments.*.capacity.times": 0.5, "bodies.Schools.count.times":
                               0.1234, "indicators.*.lag": 3.4})
    assert found["departments.Places.capacity"] == 0.4
    assert found["bodies.Schools.count"] == 111
    assert found["indicators.FirstJobs.in_work.lag"] == 3
    other = with_facts(TEACHING, found)
    assert {type(body.count) for body in other.bodies} == {int}


def test_a_technology_too_near_to_zero_is_zero() -> None:
    path = "outcomes.FirstJobs.technology"
    assert changed(TEACHING, {path: 0.0009}) == changed(TEACHING, {path: -0.0002}) == {path: 0.0}
    assert changed(TEACHING, {path: 0.001}) == {path: 0.001}


def test_shares_stay_shares() -> None:
    """What is set is kept, the others keep their proportions; all set are divided by their sum."""
    of = {"FirstJobs": 0.4}
    found = changed(TEACHING, {"contributions.HealthyChildren.Wellbeing.share": of["FirstJobs"]})
    shares = {item.department: found[f"contributions.HealthyChildren.{item.department}.share"]
              for item in owners(TEACHING)["HealthyChildren"]}
    assert shares["Wellbeing"] == 0.4
    assert shares["Learning"] / shares["Places"] == pytest.approx(0.3 / 0.25)
    assert fsum(shares.values()) == pytest.approx(1, abs=1e-12)
    assert not any("FirstJobs" in path for path in found)
    every = {f"contributions.FirstJobs.{name}.share": value
             for name, value in {"Learning": 0.9, "Places": 0.3}.items()}
    assert list(changed(TEACHING, every).values()) == pytest.approx([0.75, 0.25])
    exact = dict(zip(every, (0.75, 0.25), strict=True))
    assert changed(TEACHING, exact) == exact
    for facts in (found, changed(TEACHING, every)):
        with_facts(TEACHING, facts)


@pytest.mark.parametrize("facts, words", [
    ({"outcomes.FirstJobs.technology": 2.0}, "FirstJobs.technology = 2 is above its upper"),
    ({"contributions.FirstJobs.Learning.share": 0.9}, "shares of its contributions sum to 1.35"),
    ({"outcomes.FirstJobs.technology": 0.0001}, "nearer to 0 than 0.001"),
])
def test_what_is_no_scenario_any_more_is_refused(facts: dict[str, float], words: str) -> None:
    with pytest.raises(InputError) as refused:
        with_facts(TEACHING, facts)
    assert words in str(refused.value)


FILE = """
departments: [{key: Health, capacity: 1.0}, {key: Schools, capacity: 0.5}]
outcomes: [{key: Children, technology: -0.5, planned_effort: 0.7}]
contributions:
  - {outcome: Children, department: Health, share: 0.6, lead: yes}
  - {outcome: Children, department: Schools, share: 0.4}
sources: {review: "Review of capacity, 2007"}
provenance:
  departments:
    capacity: {source: review, mark: low, low: LOW, high: 1.5}
    Schools.capacity: {source: review, mark: found}
"""


def _load(folder: Path, text: str) -> Scenario:
    (folder / "mine.yaml").write_text(text, encoding="utf-8")
    return load_scenario(folder / "mine.yaml")


def test_a_range_stands_beside_the_source(tmp_path: Path) -> None:
    facts = {fact.path: fact for fact in _load(tmp_path, FILE.replace("LOW", "0.8")).facts}
    health = facts["departments.Health.capacity"]
    assert (health.source, health.low, health.high) == ("review", 0.8, 1.5)
    assert facts["departments.Schools.capacity"].low is None


@pytest.mark.parametrize("rule, words", [
    ("low: 1.2, high: 1.5", "Health.capacity = 1 stands outside its range 1.2 to 1.5"),
    ("low: 2, high: 1.5", "low = 2 is not below high = 1.5"),
    ("low: 0, high: 1.5", "capacity.low = 0 is below its lower bound 0.001"),
    ("low: a, high: 1.5", "capacity.low = 'a' is not a number"),
    ("low: 0.8", "a range has two ends"),
    ("lo: 0.8, high: 1.5", "did you mean 'low'"),
])
def test_a_range_that_is_none_is_refused(tmp_path: Path, rule: str, words: str) -> None:
    with pytest.raises(InputError) as refused:
        _load(tmp_path, FILE.replace("low: LOW, high: 1.5", rule))
    assert words in str(refused.value)


def test_a_range_belongs_to_numbers(tmp_path: Path) -> None:
    text = FILE.replace("capacity: {source: review, mark: low, low: LOW",
                        "rows: {source: review, mark: low, low: 1")
    with pytest.raises(InputError, match="low and high belong to a column of numbers"):
        _load(tmp_path, text)
