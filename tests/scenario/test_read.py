"""A scenario file is read strictly; what is wrong is named with its place and its fix."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from psasim.errors import InputError
from psasim.scenario import Scenario, load_scenario, scenario_names
from psasim.scenario.load import _SHIPPED

YAML = """\
title: Two owners
departments:
  - {key: A, name: Department A, capacity: 1.0}
  - {key: B, capacity: 0.5}
outcomes:
  - {key: Health, technology: 0.5, planned_effort: 0.4}
contributions: contributions.csv
indicators:
  - {key: rate, outcome: Health, department: A, validity: 0.9, lag: 2}
bodies:
  - {key: Board, parents: [A], outcomes: [Health], alignment: 0.7, count: 12}
  - {key: School, parents: [Board, B], outcomes: [Health], alignment: [0.5]}
sources:
  book: A book, 2007
provenance:
  departments:
    rows: {source: book, mark: found}
    capacity: {source: assumption, note: Round numbers.}
    B.capacity: {source: book, mark: low}
"""
CSV = """\
outcome,department,share,lead,source,mark
Health,A,0.6,yes,book,found
Health,B,0.4,,,
"""


def load(folder: Path, yaml: str | bytes = YAML, table: str | bytes | None = CSV) -> Scenario:
    for name, content in (("scenario.yaml", yaml), ("contributions.csv", table)):
        if content is not None:
            raw = content if isinstance(content, bytes) else content.encode()
            (folder / name).write_bytes(raw)
    return load_scenario(folder)


def test_a_folder_and_a_file_are_the_same_scenario(tmp_path: Path) -> None:
    scenario = load(tmp_path)
    assert scenario.name == tmp_path.name
    assert load_scenario(tmp_path / "scenario.yaml") == scenario
    assert load_scenario(str(tmp_path)) == scenario
    assert [d.name for d in scenario.departments] == ["Department A", "B"]
    assert [b.alignment for b in scenario.bodies] == [(0.7,), (0.5,)]
    assert [c.lead for c in scenario.contributions] == [True, False]


def test_facts_follow_the_nearest_rule(tmp_path: Path) -> None:
    facts = {f.path: (f.source, f.confidence) for f in load(tmp_path).facts}
    assert facts == {
        "contributions.Health.A": ("book", "found"),
        "departments.A": ("book", "found"),
        "departments.A.capacity": ("assumption", "assumption"),
        "departments.B": ("book", "found"),
        "departments.B.capacity": ("book", "low"),
    }


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path: Path) -> None:
    plain = load(tmp_path)
    marked = "\ufeff" + CSV.replace("\n", "\r\n")
    assert load(tmp_path, "\ufeff" + YAML.replace("\n", "\r\n"), marked) == plain


@pytest.mark.parametrize("name", scenario_names())
def test_the_order_of_rows_is_no_matter(name: str, tmp_path: Path) -> None:
    folder = shutil.copytree(_SHIPPED / name, tmp_path / name)
    shuffled = 0
    for table in folder.glob("*.csv"):
        header, *rows = table.read_text(encoding="utf-8").splitlines()
        random.Random(1).shuffle(rows)
        table.write_text("\n".join([header, *rows]), encoding="utf-8")
        shuffled += 1
    if name == "teaching":
        file = folder / "scenario.yaml"
        text = file.read_text(encoding="utf-8")
        moved = text.replace("[Learning, Places]", "[Places, Learning]")
        moved = moved.replace("[HealthyChildren, FirstJobs]", "[FirstJobs, HealthyChildren]")
        moved = moved.replace("alignment: [0.6, 0.7]", "alignment: [0.7, 0.6]")
        moved = moved.replace("alignment: [0.5, 0.8]", "alignment: [0.8, 0.5]")
        assert moved != text
        file.write_text(moved, encoding="utf-8")
    assert load_scenario(folder) == load_scenario(name)
    assert shuffled == (5 if name in ("csr2007", "sr2004") else 0)


def test_relative_shares_are_divided_by_their_sum(tmp_path: Path) -> None:
    table = CSV.replace("0.6", "1").replace("0.4", "1")
    scenario = load(tmp_path, "shares: relative\n" + YAML, table)
    assert [c.share for c in scenario.contributions] == [0.5, 0.5]


def test_weights_are_divided_whatever_their_scale(tmp_path: Path) -> None:
    table = CSV.replace("0.6", "30").replace("0.4", "10")
    scenario = load(tmp_path, "shares: relative\n" + YAML, table)
    assert [c.share for c in scenario.contributions] == [0.75, 0.25]


@pytest.mark.parametrize("weight, message", [
    ("0", "line 3: contributions.Health.B.share = 0 is below"),
    ("-2", "share = -2 is below"), ("many", "share = 'many' is not a number"),
    ("0.0001", "line 3: contributions.Health.B.share = 0.000166639 is below its lower bound 0.001"),
])
def test_what_is_no_weight(weight: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as error:
        load(tmp_path, "shares: relative\n" + YAML, CSV.replace("0.4", weight))
    assert message in str(error.value)


def test_a_folder_here_is_called_by_its_own_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert load_scenario(".").name == tmp_path.name
    (tmp_path / "scenario.yaml").rename("mine.yaml")
    with pytest.raises(InputError, match=r"is a folder without a scenario\.yaml; name one of its"):
        load_scenario(".")
    with pytest.raises(InputError, match="is not a scenario's YAML file; name its folder, or"):
        load_scenario("contributions.csv")


@pytest.mark.parametrize("provenance", ["", "  departments:\n", "  departments: {}\n"])
def test_provenance_that_is_still_empty(provenance: str, tmp_path: Path) -> None:
    text = YAML[: YAML.index("sources:")] + "sources:\nprovenance:\n" + provenance
    assert load(tmp_path, text, CSV.replace(",book,found", ",,")).facts == ()


def test_no_kind_of_problem_hides_another(tmp_path: Path) -> None:
    """Twenty values of one kind, and one of another in the last row."""
    rows = "".join(f"  - {{key: D{i}, capacity: -1}}\n" for i in range(20))
    text = edit("owners\ndepartments:\n", f"owners\ndepartments:\n{rows}")
    text = text.replace("capacity: 0.5", "capacity: x")
    with pytest.raises(InputError) as error:
        load(tmp_path, text)
    lines = str(error.value).splitlines()
    assert ["capacity = -1" in line for line in lines] == [True] * 3 + [False] * 2
    assert lines[3] == "... and 17 more of this kind"
    assert "departments.B.capacity = 'x' is not a number" in lines[4]


def test_problems_of_the_structure_are_told_together(tmp_path: Path) -> None:
    text = edit("parents: [A]", "parents: [School]").replace(
        "outcome: Health, department: A, validity", "outcome: Health, department: B, validity")
    with pytest.raises(InputError) as error:
        load(tmp_path, text, CSV.replace("0.4", "0.3"))
    assert "sum to 0.9" in str(error.value)
    assert "the chain goes round in a circle" in str(error.value)


def test_rows_without_a_key_are_told_by_their_lines(tmp_path: Path) -> None:
    text = edit("{key: A, name: Department A, capacity: 1.0}", "{capacity: 1.0}").replace(
        "{key: B, capacity: 0.5}", "{capacity: 0.5}")
    with pytest.raises(InputError) as error:
        load(tmp_path, text)
    told = str(error.value)
    assert "line 3: departments.?: key is missing" in told
    assert "line 4: departments.?: key is missing" in told


def test_a_name_from_the_path_begins_as_a_formula(tmp_path: Path) -> None:
    (tmp_path / "=1+1").mkdir()
    with pytest.raises(InputError, match=r"name, from the path, = '=1\+1' begins with ="):
        load(tmp_path / "=1+1")


def edit(old: str, new: str) -> str:
    assert old in YAML
    return YAML.replace(old, new)


BROKEN_YAML = {
    "unknown key": (edit("title:", "titel:"), "unknown name 'titel'; did you mean 'title'?"),
    "repeated key": (edit("sources:", "title: Again\nsources:"),
                     "line 13: key 'title' already stands on line 1; remove one"),
    "repeated key in a row": (edit("capacity: 0.5", "capacity: 0.5, capacity: 0.6"),
                              "line 4: key 'capacity' already stands on line 4"),
    "malformed": (edit("title: Two owners", "title: [Two"), "not YAML"),
    "tag": (edit("title: Two owners", "title: !!python/name:os.system x"),
            "line 1: !!python/name:os.system is a YAML tag; remove it"),
    "empty": ("", "the file is empty"),
    "blank": ("\n \n", "the file is empty"),
    "a list": ("- a\n", "holds a list, not keys with values"),
    "not UTF-8": (YAML.encode().replace(b"Two", b"Tw\xe9"),
                  "line 1: byte 0xe9 ('é' in Windows-1252) is not UTF-8; save the file as UTF-8"),
    "no outcomes": (edit("outcomes:\n  - {key: Health, technology: 0.5, planned_effort: 0.4}\n",
                         ""), "outcomes is missing; add rows, or the name of a CSV file"),
    "no rows": (edit("  - {key: Health, technology: 0.5, planned_effort: 0.4}\n", ""),
                "outcomes is missing"),
    "title not text": (edit("Two owners", "2007"), "title = 2007 is not text; put it in quotes"),
    "title of a formula": (edit("Two owners", "=1+1"), "title = '=1+1' begins with =; begin with"),
    "title of a call": (edit("Two owners", "'@now'"), "title = '@now' begins with @"),
    "title of two lines": (edit("Two owners", "|\n  a\n  b"), "title = 'a\\nb' holds '\\n'; write"),
    "name of a formula": (edit("name: Department A", "name: '+1'"), "A.name = '+1' begins with +"),
    "name of two lines": (edit("name: Department A", 'name: "a\\tb"'), "holds '\\t'; write it on"),
    "key of a formula": (edit("key: B,", "key: '=B',"), "use letters, digits, _ and -, a letter"),
    "key of 61": (edit("key: B,", f"key: {'B' * 61},"), "a letter first, 60 at most"),
    "key of a list": (edit("key: B,", "key: [B],"), "departments.['B'].key = ['B'] is not a key"),
    "name of an indicator": (edit("{key: rate,", "{key: rate, name: Rate,"),
                             "line 9: indicators.Health.rate: indicators have no name in words"),
    "thousands": (edit("count: 12", "count: '1,317'"), "not a whole number (bodies); write 1317;"),
    "thousands, unquoted": (edit("count: 12", "count: 1,317"),
                            "line 11: 317 stands alone after a comma; write numbers without"),
    "spaced": (edit("count: 12", "count: 23 000"), "write 23000"),
    "decimal comma": (edit("capacity: 0.5", "capacity: '0,5'"), "(mean department); write 0.5"),
    "percent": (edit("validity: 0.9", "validity: 90%"), "(fraction); write 0.9"),
    "quoted": (edit("capacity: 0.5", "capacity: '0.5'"), "leave out the quotes"),
    "rows of words": (edit("  - {key: A, name: Department A, capacity: 1.0}\n", "  - A\n"),
                      "row 1 of departments = 'A' does not hold keys with values; write - {key:"),
    "source of a list": (edit("{source: book, mark: low}", "{source: [a], mark: low}"),
                         "B.capacity.source = ['a'] is not text"),
    "note of a number": (edit("note: Round numbers.", "note: 5"), "capacity.note = 5 is not text"),
    "own source of a list": (edit("capacity: 0.5", "capacity: 0.5, source: {a: b}"),
                             "line 4: departments.B.source = {'a': 'b'} is not text"),
    "long": (edit("capacity: 0.5", f"capacity: {'x' * 5000}"), "B.capacity = 'xxxxxxxx"),
    "table not rows": (edit("indicators:\n  - {", "indicators:\n  {"),
                       "indicators is neither a list of rows"),
    "table elsewhere": (edit("contributions.csv", "../contributions.csv"),
                        "is not the name of a CSV file in the same folder"),
    "table missing": (edit("contributions.csv", "contribution.csv"),
                      "contribution.csv: no such file; check the spelling"),
    "unknown shares": (edit("title:", "shares: loose\ntitle:"),
                       "shares = 'loose' is not one of exact, relative"),
    "unknown column": (edit("capacity: 0.5", "capacty: 0.5"),
                       "line 4: departments.B: unknown name 'capacty'; did you mean 'capacity'?"),
    "strange column": (edit("capacity: 0.5", "capacity: 0.5, colour: red"),
                       "departments.B: unknown name 'colour'; did you mean 'source'? known: "),
    "missing column": (edit(", capacity: 0.5", ""),
                       "line 4: departments.B: capacity is missing; add it (number: Effort"),
    "number as text": (edit("0.5}\noutcomes", "half}\noutcomes"),
                       "departments.B.capacity = 'half' is not a number (mean department); give"),
    "not finite": (edit("capacity: 0.5", "capacity: .nan"), "is not finite"),
    "enormous": (edit("capacity: 0.5", "capacity: 1" + "0" * 400),
                 "line 4: 1000000000"),
    "key as flag": (edit("key: B,", "key: NO,"), "departments.False.key = False is not text"),
    "key with a dot": (edit("key: B,", "key: B.1,"), "use letters, digits, _ and -"),
    "below": (edit("technology: 0.5", "technology: -6"),
              "line 6: outcomes.Health.technology = -6 is below its lower bound -5 "
              "(CES exponent); give a number from -5 to 1"),
    "above": (edit("technology: 0.5", "technology: 1.5"), "above its upper bound 1 (CES exponent)"),
    "count": (edit("count: 12", "count: 0"), "count = 0 is below its lower bound 1 (bodies)"),
    "broken count": (edit("count: 12", "count: 1.5"), "count = 1.5 is not a whole number"),
    "parents not a list": (edit("[A]", "A"), "bodies.Board.parents = 'A' is not a list; write"),
    "no parents": (edit("[A]", "[]"), "bodies.Board.parents is an empty list"),
    "alignment": (edit("alignment: 0.7", "alignment: 1.7"), "alignment = 1.7 is above its upper"),
    "alignments": (edit("[0.5]", "[0.5, 0.6]"),
                   "alignment has 2 numbers for 1 outcomes; give one for each"),
    "sources": (edit("book: A book, 2007", "book: 2007"), "sources.book = 2007 is not text"),
    "sources not keys": (edit("  book: A book, 2007", "  - book"), "does not hold keys"),
    "provenance of nothing": (edit("    rows:", "    lines:"),
                              "provenance.departments: unknown name 'lines'"),
    "provenance of no table": (edit("  departments:\n    rows", "  department:\n    rows"),
                               "did you mean 'departments'?"),
    "provenance of no row": (edit("B.capacity:", "C.capacity:"), "unknown name 'C.capacity'"),
    "no citation": (edit("{source: book, mark: low}", "{source: bok, mark: low}"),
                    "provenance.departments.B.capacity.source: unknown name 'bok'; did you mean "
                    "'book'?"),
    "no mark": (edit("mark: low", "mark: sure"), "mark = 'sure' is not one of found, high"),
    "no rationale": (edit(", note: Round numbers.", ""), "an assumption needs its rationale"),
    "marked assumption": (edit("note: Round", "mark: found, note: Round"),
                          "an assumption takes no mark"),
    "no source": (edit("source: book, mark: low", "mark: low"), "source is missing; name a key"),
    "not an origin": (edit("{source: book, mark: low}", "book"), "write {source: key, mark:"),
    "odd origin": (edit("mark: low", "mark: low, nota: x"), "did you mean 'note'?"),
}


@pytest.mark.parametrize("case", BROKEN_YAML)
def test_broken_yaml(case: str, tmp_path: Path) -> None:
    content, message = BROKEN_YAML[case]
    with pytest.raises(InputError) as error:
        load(tmp_path, content)
    assert message in str(error.value)
    assert str(tmp_path) in str(error.value)
    assert len(str(error.value)) < 1000


BROKEN_CSV = {
    "empty": ("", "contributions.csv: the file is empty"),
    "header only": (CSV.splitlines()[0], "has a header but no rows"),
    "semicolons": (CSV.replace(",", ";"), "line 1: columns are separated by semicolons; save"),
    "repeated column": (CSV.replace("mark", "lead"), "column 'lead' stands twice"),
    "unknown column": (CSV.replace("share", "shares"),
                       "csv line 1: column of contributions: unknown name 'shares'; did you mean "),
    "capital column": (CSV.replace("outcome", "Outcome"),
                       "csv line 1: column of contributions: unknown name 'Outcome'; did you"),
    "cells": (CSV.replace("0.4", "0,4"), "line 3: 7 cells under 6 columns; put text that"),
    "quotes": (CSV.replace("book", '"book"s'), "line 2: not CSV"),
    "open quote": (CSV.replace("book", '"book'), "line 2: not CSV: a double quote in this row"),
    "not UTF-8": (CSV.encode().replace(b"book", b"b\xfc"),
                  "line 2: byte 0xfc ('ü' in Windows-1252) is not UTF-8"),
    "lead": (CSV.replace("yes", "perhaps"), "lead = 'perhaps'; write yes or no"),
    "share": (CSV.replace("0.4", "40%"), "line 3: contributions.Health.B.share = '40%' is not"),
    "share above": (CSV.replace("0.4", "40"), "above its upper bound 1 (fraction of planned effo"),
    "share of nothing": (CSV.replace("0.4", "0"), "below its lower bound 0.001"),
    "citation": (CSV.replace("book", "bok"), "line 2: contributions.Health.A.source: unknown name"),
}


@pytest.mark.parametrize("case", BROKEN_CSV)
def test_broken_csv(case: str, tmp_path: Path) -> None:
    content, message = BROKEN_CSV[case]
    with pytest.raises(InputError) as error:
        load(tmp_path, YAML, content)
    assert message in str(error.value)
    assert "contributions.csv" in str(error.value)


@pytest.mark.parametrize(
    "name, message",
    [
        ("teachin", "scenario: unknown name 'teachin'; did you mean 'teaching'?"),
        ("nowhere/scenario.yaml", "nowhere/scenario.yaml: no such file"),
        ("mine.yaml", "mine.yaml: no such file; check the spelling of the path"),
        ("rough", "unknown name 'rough'; known: child_obesity, csr2007, offences_to_justice, "
                  "shared_outcomes, sr2004, teaching (no file or folder here is called so either)"),
        ("rough/here", "rough/here: no such file or folder; check the spelling"),
        ("", "unknown name ''; known: child_obesity"),
        ("~no_such_user/x", "cannot be a path"),
        ("a\0b", "unknown name 'a\\x00b'"),
        ("x" * 5000, "cannot be a path"),
    ],
)
def test_a_scenario_that_is_not_there(
    name: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError) as error:
        load_scenario(name)
    assert message in str(error.value)


def test_a_shipped_name_is_not_taken_over_by_a_folder_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "teaching").mkdir()
    assert load_scenario("teaching").title.startswith("Teaching")
