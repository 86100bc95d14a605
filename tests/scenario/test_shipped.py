"""The shipped scenarios load, and say where every number comes from."""

from __future__ import annotations

import shutil
from dataclasses import fields
from pathlib import Path

import pytest

from psasim.scenario import Scenario, load_scenario, scenario_names
from psasim.scenario.load import _SHIPPED
from psasim.scenario.tables import TABLES
from psasim.structure.layout import build_layout

NAMES = scenario_names()


def uncovered(scenario: Scenario) -> list[str]:
    """Rows, and numbers other than a column's default, that no fact covers."""
    known = {fact.path for fact in scenario.facts}
    missing = []
    for table in TABLES.values():
        for entity in getattr(scenario, table.name):
            row = {f.name: getattr(entity, f.name) for f in fields(entity)}
            path = table.path(row)
            default = {f.name: f.default for f in fields(entity)}
            numeric = [n for n, c in table.columns.items() if c.quantity and row[n] != default[n]]
            missing += [p for p in (path, *(f"{path}.{n}" for n in numeric)) if p not in known]
    return missing


def test_five_scenarios_are_shipped() -> None:
    assert NAMES == ("child_obesity", "csr2007", "offences_to_justice", "sr2004", "teaching")


@pytest.mark.parametrize("name", NAMES)
def test_every_number_has_a_fact_with_a_citation(name: str) -> None:
    scenario = load_scenario(name)
    citations = {key for key, _ in scenario.citations}
    assert scenario.facts
    assert uncovered(scenario) == []
    for fact in scenario.facts:
        if fact.source == "assumption":
            assert fact.confidence == "assumption"
            assert fact.note, fact.path
        else:
            assert fact.source in citations, fact.path
            assert fact.confidence in ("found", "high", "medium", "low"), fact.path
        assert not (fact.source == "recalled" and fact.confidence == "found"), fact.path
    assert citations <= {fact.source for fact in scenario.facts}, "a citation nothing uses"


def test_a_number_without_provenance_would_be_noticed(tmp_path: Path) -> None:
    folder = shutil.copytree(_SHIPPED / "teaching", tmp_path / "teaching")
    file = folder / "scenario.yaml"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    start = next(i for i, line in enumerate(lines) if line.startswith("provenance:"))
    cut = next(i for i in range(start, len(lines)) if line_is(lines[i], "lag:"))
    file.write_text("".join(lines[:cut] + lines[cut + 1 :]), encoding="utf-8")
    assert uncovered(load_scenario(folder)) == [
        "indicators.FirstJobs.courses_started.lag",
        "indicators.FirstJobs.in_work.lag",
        "indicators.HealthyChildren.school_sport.lag",
        "indicators.HealthyChildren.weight.lag",
    ]


def line_is(line: str, start: str) -> bool:
    return line.strip().startswith(start)


@pytest.mark.parametrize("name", NAMES)
def test_the_lead_has_the_largest_share(name: str) -> None:
    scenario = load_scenario(name)
    for outcome in scenario.outcomes:
        owners = [c for c in scenario.contributions if c.outcome == outcome.key]
        lead = next(c for c in owners if c.lead)
        assert lead.share == max(c.share for c in owners), outcome.key


def test_csr2007_has_the_size_of_the_framework() -> None:
    scenario = load_scenario("csr2007")
    assert len(scenario.outcomes) == 30
    assert len(scenario.departments) == 19
    assert len(scenario.contributions) == 160
    assert len(scenario.indicators) == 153
    assert not [i for i in scenario.indicators if i.outcome == "PSA26"]
    shares = [sum(i.validity == v for i in scenario.indicators) / 153 for v in (0.95, 0.75, 0.4)]
    assert shares == pytest.approx([0.55, 0.34, 0.11], abs=0.005)
    capacity = sum(d.capacity for d in scenario.departments) / 19
    assert capacity == pytest.approx(1, abs=0.01)
    assert "stylised" in scenario.title


def test_every_shipped_csr2007_body_carries_something() -> None:
    layout = build_layout(load_scenario("csr2007"))
    assert set(layout.chain.body) == set(range(27))
    assert 200 < layout.chain.body.size < 400


def test_the_pair_differs_only_in_what_it_is_about() -> None:
    obesity, justice = load_scenario("child_obesity"), load_scenario("offences_to_justice")
    for a, b in zip(obesity.outcomes, justice.outcomes, strict=True):
        assert (a.technology, a.planned_effort, a.value, a.target_month) == (
            b.technology, b.planned_effort, b.value, b.target_month
        )
    shares = [sorted(c.share for c in s.contributions) for s in (obesity, justice)]
    assert shares[0] == shares[1]
    sizes = [[d.capacity for d in s.departments] for s in (obesity, justice)]
    assert sizes[0] == sizes[1]
