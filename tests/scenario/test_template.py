"""The template that `psasim new scenario` writes says every fact, loads as it stands, and runs."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from psasim.results.simulate import compare
from psasim.scenario import Scenario, load_scenario
from psasim.scenario.load import _KEYS
from psasim.scenario.tables import TABLES, Column
from psasim.scenario.template import template, template_in_tables

TEXT = template("mine.yaml")
COLUMNS = [pytest.param(name, column, id=f"{name}.{column.name}")
           for name, table in TABLES.items() for column in table.columns.values()]


def _load(folder: Path, texts: dict[str, str]) -> Scenario:
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return load_scenario(folder / next(iter(texts)))


def _block(name: str) -> str:
    """What stands in the YAML under a table's name, in one line."""
    block = re.search(rf"^{name}:\n(.*?)(?=^\w|\Z)", TEXT, re.DOTALL | re.MULTILINE)
    assert block
    return block[1]


def _words(text: str) -> str:
    return " ".join(re.sub(r"^ *# *", "", line) for line in text.splitlines())


@pytest.mark.parametrize("name, column", COLUMNS)
def test_every_fact_stands_with_unit_bounds_and_how_to_know_it(name: str, column: Column) -> None:
    block = _block(name)
    assert re.search(rf"^ +(- |# )?{column.name}: .", block, re.MULTILINE)
    told = _words(block)
    assert column.description in told
    assert f"How to know: {column.how}" in told
    if column.quantity:
        low, high = column.quantity.bounds
        assert f"({column.quantity.unit}, {low:.10g} to {high:.10g}" in told


@pytest.mark.parametrize("name, column", COLUMNS)
def test_how_to_know_it_is_said_and_is_not_what_it_is(name: str, column: Column) -> None:
    assert len(column.how) > 10 and column.how.endswith(".")
    assert column.how != column.description


def test_every_key_at_the_top_stands() -> None:
    assert set(re.findall(r"^(\w+):", TEXT, re.MULTILINE)) == set(_KEYS) - {"structure"}


def test_it_loads_and_the_tables_as_csv_are_the_same(tmp_path: Path) -> None:
    scenario = _load(tmp_path, {"mine.yaml": TEXT})
    assert [d.key for d in scenario.departments] == ["Health", "Schools"]
    assert len(scenario.facts) == 5
    ranges = {fact.path: (fact.low, fact.high) for fact in scenario.facts if fact.low is not None}
    assert ranges == {"departments.Health.capacity": (0.7, 1.4),
                      "departments.Schools.capacity": (0.7, 1.4),
                      "outcomes.HealthyChildren.technology": (-3.0, 1.0)}
    assert _load(tmp_path, template_in_tables("other.yaml")) == replace(scenario, name="other")


def test_what_may_be_left_out_has_the_value_that_stands(tmp_path: Path) -> None:
    """Each fact after the line is taken out by itself; only what the example sets is missed."""
    whole = _load(tmp_path, {"mine.yaml": TEXT})
    of_the_example = {"name", "cluster", "lead", "lag", "count"}
    optional = 0
    for name, table in TABLES.items():
        after = _block(name).partition("-- what follows may be left out --")[2]
        for column in re.findall(r"^    (\w+): .*\n", after, re.MULTILINE):
            if column in of_the_example:
                continue
            optional += 1
            assert column not in table.required
            less = _block(name).replace(
                re.search(rf"^    {column}: .*\n", after, re.MULTILINE)[0], "")
            assert _load(tmp_path, {"mine.yaml": TEXT.replace(_block(name), less)}) == whole
    assert optional >= 8


def test_facts_that_stand_for_a_parameter_may_be_given(tmp_path: Path) -> None:
    given, count = re.subn(r"# (drift|volatility|noise): ", r"\1: ", TEXT)
    assert count == 3
    scenario = _load(tmp_path, {"mine.yaml": given})
    assert scenario.outcomes[0].drift == 0.004
    assert scenario.outcomes[0].volatility == 0.012
    assert scenario.indicators[0].noise == 0.02


def test_it_runs_off_floor_and_ceiling(tmp_path: Path) -> None:
    scenario = _load(tmp_path, {"mine.yaml": TEXT})
    results = compare(["departmental", "new_psa"], scenario=scenario, worlds=8)
    means = results.to_frame().groupby("package")["attainment"].mean()
    assert 0.1 < means["departmental"] < means["new_psa"] < 1.0
