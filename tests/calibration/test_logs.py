"""The assurance pages: nothing declared is without an entry, and none is missing."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path
from xml.etree import ElementTree

import pytest

from psasim.calibration.bands import BANDS
from psasim.declared.declare import Source
from psasim.declared.levers import LEVERS
from psasim.declared.parameters import PARAMETERS
from psasim.documents.causes import PHASES, moved, phases, read_by_measures
from psasim.documents.model_map import svg
from psasim.month.state import Flows, State
from psasim.results.measures import MEASURES
from psasim.scenario import load_scenario, scenario_names

DOCS = Path(__file__).parents[2] / "docs"


def text(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def without_entry(assumptions: str, parameters: str, calibration: str) -> set[str]:
    """Parameters that no log says the basis of, or that calibration does not speak of."""
    found = set()
    for name, item in PARAMETERS.items():
        cited = isinstance(item.basis, Source) and f"[{item.basis.key}](#sources)" in parameters
        if not (cited or f"`{name}`" in assumptions) or f"`{name}`" not in calibration:
            found.add(name)
    return found


def test_every_parameter_has_its_entry() -> None:
    pages = text("assumptions.md"), text("parameters.md"), text("calibration.md")
    assert without_entry(*pages) == set()
    assert without_entry(pages[0].replace("`inertia`", ""), *pages[1:]) == {"inertia"}
    assert without_entry(*pages[:2], pages[2].replace("`fine`", "")) == {"fine"}


def test_every_source_and_scenario_is_in_the_data_log() -> None:
    log = text("data_log.md")
    for name in scenario_names():
        assert f"| `{name}` |" in log
        for key, citation in load_scenario(name).citations:
            assert f"| `{key}` | {citation} | `{name}` |" in log
    for band in BANDS:
        for source in band.sources:
            assert f"| `{source.key}` | {source.citation} |" in log


def test_map_has_every_lever_and_measure_once_and_is_described() -> None:
    root = ElementTree.fromstring(svg())
    name = "{http://www.w3.org/2000/svg}"
    words = [item.text for item in root.iter(f"{name}text")]
    assert root.find(f"{name}title") is not None and root.find(f"{name}desc") is not None
    for lever in LEVERS:
        assert words.count(lever.replace("_", " ").capitalize()) >= 1, lever
    for measure in MEASURES.values():
        assert measure.label in words
    told = {item.text for item in root.iter(f"{name}title")}
    assert {f"{lever} moves {c}".replace("_", " ") for lever, names in moved().items()
            for c in names} <= told


def test_phases_of_the_map_are_those_of_the_model_page() -> None:
    section = text("model.md").partition("## 3 ")[2].partition("\n## 4 ")[0]
    named = re.findall(r"^(\d+)\. \*\*(.+?)\.\*\*", section, re.MULTILINE)
    assert ", ".join(f"{number} {name}" for number, name in named) == ", ".join(PHASES)


def test_causes_can_be_followed_from_every_lever_to_every_measure() -> None:
    """Nothing a lever moves is left unread, and nothing a measure takes is left unwritten."""
    found, taken = phases(), read_by_measures()
    assert all(moved().values())
    read = {name for phase in found.values() for name in phase.coefficients}
    assert {name for names in moved().values() for name in names} <= read
    written = [name for phase in found.values() for name in phase.writes]
    fields_of = {item.name for kind in (State, Flows) for item in fields(kind)} - {"month"}
    assert fields_of <= set(written)
    assert set(taken) == set(MEASURES)
    for measure, names in taken.items():  # consensus is of what was agreed, not of what was done
        assert set(names) & set(written) or measure == "consensus", measure


def test_causes_are_those_of_the_model() -> None:
    """Chains that are known: sanctions that stray cost trust, pooled money moves effort."""
    found, taken = phases(), read_by_measures()
    assert {"penalty", "incentive"} <= set(moved()["sanctions"])
    assert "penalty" in found["10 Learn"].coefficients
    assert "trust" in found["10 Learn"].writes
    assert taken["trust"] == ["trust"]
    assert "task_size" in moved()["pooled_budget"]
    assert "task_size" in found["2 Perceive, 3 Weigh"].coefficients
    assert "own" in found["5 Allocate"].writes
    shared = {"distortion", "chain", "practice", "mix", "realised"}
    assert set(taken["silo_index"]) == {"own", *shared}
    assert found["8 Publish"].states.keys() == {
        "published", "standing", "figures", "counted"}
    assert found["9 Review"].writes.keys() == {
        "escalated", "problem", "supported", "ratcheted"}
    assert "closing" in taken["targets_met_reported"]


@pytest.mark.parametrize("page", ["intended_use.md", "qa_log.md", "independent_assurance.md",
                                  "decisions.md", "calibration.md", "data_log.md"])
def test_pages_are_there_and_lead_to_the_others(page: str) -> None:
    assert text(page).startswith("# ")
    assert page == "intended_use.md" or f"({page})" in text("intended_use.md")


def test_qa_log_names_tests_that_are_there_and_what_is_outstanding() -> None:
    tests = re.findall(r"\.\./(tests/[\w/]+\.py)", text("qa_log.md"))
    assert len(tests) > 25
    assert [name for name in tests if not (DOCS.parent / name).is_file()] == []
    for kind in ("static", "unit", "boundary", "stress", "cause and effect", "conceptual",
                 "operational"):
        assert f"| {kind} |" in text("qa_log.md")
    assert text("qa_log.md").count("outstanding") >= 5
