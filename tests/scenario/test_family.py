"""Members of the family are scenarios like any other, and each number of theirs does what it says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest

from psasim.errors import InputError
from psasim.month.worlds import draw_worlds
from psasim.results.simulate import simulate
from psasim.scenario import Scenario, load_scenario
from psasim.scenario.facts import with_facts
from psasim.scenario.family import FAMILY, SETS, STRUCTURE, load_member, member, structure_of
from psasim.structure.layout import build_layout

BY_HAND = """
title: By hand
shares: relative
other_goals: 4
departments:
  - {key: Owner03, capacity: 1, years_funded: 3.5}
  - {key: Owner01, capacity: 1, years_funded: 3.5}
  - {key: Owner02, capacity: 1, years_funded: 3.5}
outcomes:
  - {key: Outcome001, technology: -0.5, planned_effort: 0.75}
  - {key: Outcome002, technology: -0.5, planned_effort: 0.75}
contributions:
  - {outcome: Outcome001, department: Owner01, share: 1, lead: yes, mission: 1}
  - {outcome: Outcome001, department: Owner02, share: 1, mission: 0}
  - {outcome: Outcome001, department: Owner03, share: 1, mission: -1}
  - {outcome: Outcome002, department: Owner01, share: 1, mission: -1}
  - {outcome: Outcome002, department: Owner02, share: 1, lead: yes, mission: 1}
  - {outcome: Outcome002, department: Owner03, share: 1, mission: 0}
indicators:
  - {outcome: Outcome001, key: figure_Owner01, department: Owner01, validity: 0.6, lag: 3}
  - {outcome: Outcome001, key: figure_Owner02, department: Owner02, validity: 0.6, lag: 3}
  - {outcome: Outcome001, key: figure_Owner03, department: Owner03, validity: 0.6, lag: 3}
  - {outcome: Outcome002, key: figure_Owner01, department: Owner01, validity: 0.6, lag: 3}
  - {outcome: Outcome002, key: figure_Owner02, department: Owner02, validity: 0.6, lag: 3}
  - {outcome: Outcome002, key: figure_Owner03, department: Owner03, validity: 0.6, lag: 3}
bodies:
  - {key: Tier1, name: Tier 1, parents: [Owner01, Owner02, Owner03],
     outcomes: [Outcome001, Outcome002], alignment: 0.7, count: 7}
  - {key: Tier2, name: Tier 2, parents: [Tier1], outcomes: [Outcome001, Outcome002],
     alignment: 0.7, count: 7}
"""

SAME = """
title: The same
structure: {owners: 3, outcomes: 2, other_goals: 4, tiers: 2, width: 7, technology: -0.5,
            load: 0.5, measurability: 0.6, years_funded: 3.5, missions: 2}
"""


def _file(folder: Path, text: str) -> Path:
    (folder / "mine.yaml").write_text(text, encoding="utf-8")
    return folder / "mine.yaml"


def _facts(scenario: Scenario) -> Mapping[str, object]:
    told = ("name", "title", "description", "facts", "citations", "structure")
    return {f.name: getattr(scenario, f.name) for f in fields(scenario) if f.name not in told}


def test_a_member_is_the_scenario_written_out(tmp_path: Path) -> None:
    hand = load_scenario(_file(tmp_path, BY_HAND))
    made = load_scenario(_file(tmp_path, SAME))
    assert _facts(made) == _facts(hand)
    numbers = [simulate(each, "new_psa", worlds=3, months=24).to_frame() for each in (hand, made)]
    assert numbers[0].equals(numbers[1])
    assert not numbers[0].equals(
        simulate(replace(hand, other_goals=0), "new_psa", worlds=3, months=24).to_frame())


def test_the_same_from_facts_of_a_design(tmp_path: Path) -> None:
    made = load_scenario(_file(tmp_path, SAME))
    facts = {f"structure.{name}": value for name, value in made.structure}
    assert _facts(with_facts(load_scenario(FAMILY), facts)) == _facts(made)


@pytest.mark.parametrize("settings", [
    {name: getattr(item, end) for name, item in STRUCTURE.items()} for end in ("low", "high")
] + [{"owners": 50, "outcomes": 3, "tiers": 9}, {"owners": 1, "missions": 10}], ids=str)
def test_every_member_passes_the_checks_of_a_file(settings: dict[str, float]) -> None:
    made = load_member(settings)
    assert len(made.departments) == int(settings["owners"])
    for rows in (made.contributions, made.indicators):
        assert len(rows) == len(made.departments) * len(made.outcomes)


def _differing(one: Scenario, other: Scenario) -> set[tuple[str, str]]:
    """Tables whose rows differ, with the columns that do."""
    found = set()
    for name in ("departments", "outcomes", "contributions", "indicators", "bodies"):
        rows, others = getattr(one, name), getattr(other, name)
        if len(rows) != len(others):
            found.add((name, "rows"))
        for row, its in zip(rows, others, strict=False):
            found |= {(name, f.name) for f in fields(row)
                      if getattr(row, f.name) != getattr(its, f.name)}
    return found


ROWS = {
    "owners": {("departments", "rows"), ("contributions", "rows"), ("indicators", "rows")},
    "outcomes": {("outcomes", "rows"), ("contributions", "rows"), ("indicators", "rows")},
    "tiers": {("bodies", "rows")},
}


@pytest.mark.parametrize("name", STRUCTURE)
def test_each_number_sets_what_it_says(name: str) -> None:
    base = structure_of(None, "structure")
    for value in (STRUCTURE[name].low, STRUCTURE[name].high):
        if value == base[name]:
            continue
        found = _differing(member(base), member(base | {name: value}))
        if name in ROWS:
            assert ROWS[name] <= found
        elif name == "other_goals":
            assert found == set()
            assert member(base | {name: value}).other_goals == value
        else:
            assert found == {SETS[name]}


def test_owners_share_alike_and_take_turns_to_lead() -> None:
    made = load_member({"owners": 3, "outcomes": 4, "missions": 3})
    assert {c.share for c in made.contributions} == {1 / 3}
    assert [c.department for c in made.contributions if c.lead] == [
        "Owner01", "Owner02", "Owner03", "Owner01"]
    assert {c.mission for c in made.contributions if c.lead} == {1.5}
    assert {c.mission for c in made.contributions} == {1.5, 0.0, -1.5}


def test_load_is_of_all_capacity() -> None:
    for owners, outcomes in ((1, 1), (5, 2), (3, 8)):
        made = load_member({"owners": owners, "outcomes": outcomes, "load": 0.5})
        planned = sum(o.planned_effort for o in made.outcomes)
        assert planned == pytest.approx(0.5 * sum(d.capacity for d in made.departments))


def test_worlds_are_paired_across_structures() -> None:
    """Whoever is in two members meets the same luck in both, and nobody meets another's."""
    few, many = (build_layout(member(structure_of(settings, "structure"))) for settings in (
        {"owners": 2, "outcomes": 2, "tiers": 1}, {"owners": 5, "outcomes": 4, "tiers": 3}))
    worlds = [draw_worlds(layout, 7, range(3), 12) for layout in (few, many)]
    for kind in ("outcome", "problem", "detection", "noise", "volunteer", "body"):
        own, other = (list(getattr(layout.identity, kind)) for layout in (few, many))
        assert set(own) < set(other)
        rows = [other.index(name) for name in own]
        assert np.array_equal(getattr(worlds[0], kind), getattr(worlds[1], kind)[:, rows])
        assert len(set(other)) == len(other)


REFUSED = (
    ("structure: {owner: 2}", "unknown name 'owner'; did you mean 'owners'?"),
    ("structure: {owners: 2.5}", "structure.owners = 2.5 is not a whole number (departments)"),
    ("structure: {owners: 0}", "structure.owners = 0 is below its lower bound 1 (departments)"),
    ("structure: {load: many}", "structure.load = 'many' is not a number"),
    ("structure: 4", "structure = 4 is not a table; use"),
    ("structure: {owners: 2}\nbodies: []", "bodies does not go with structure"),
    ("structure: {owners: 2}\nowners: 3", "unknown name 'owners'"),
    ("structure: {owners: 2}\ntitle: 7", "title = 7 is not text"),
    ("structure: {technology: 0.0001}", "technology = 0.0001 is nearer to 0 than"),
)


@pytest.mark.parametrize("text, words", REFUSED, ids=[words for _, words in REFUSED])
def test_a_file_that_is_wrong_is_told_in_words(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(InputError) as refused:
        load_scenario(_file(tmp_path, text))
    assert words in str(refused.value)


def test_a_scenario_that_is_written_out_has_no_structure() -> None:
    with pytest.raises(InputError, match="written out"):
        with_facts(load_scenario("teaching"), {"structure.owners": 2})


def test_nothing_said_is_the_default(tmp_path: Path) -> None:
    assert _facts(load_scenario(_file(tmp_path, "structure:"))) == _facts(load_scenario(FAMILY))
