"""Symbols of the equations of docs/model.md: each is in an index, and has one meaning."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import fields
from pathlib import Path

from psasim.declared.parameters import PARAMETERS
from psasim.month.state import State
from psasim.scenario.tables import TABLES

PAGE = (Path(__file__).parents[2] / "docs" / "model.md").read_text(encoding="utf-8")
SYMBOL = r"[A-Za-z]\w*(?:'|\*)?(?:_[a-z])?"
STATED = {field.name for field in fields(State)} | {"y", "e", "know"}
FACTS = {column for table in TABLES.values() for column in table.columns}
LETTERS = {q.letter for q in PARAMETERS.values()}
FUNCTIONS = {"combine"}


def equations(page: str) -> str:
    """The indented lines of the submodels, without levers and generated parts."""
    section = page.partition("## 7 Submodels")[2].partition("### 7.10")[0]
    section = re.sub(r"<!-- generated.*?<!-- end -->", "", section, flags=re.DOTALL)
    lines = [line for line in section.splitlines() if line.startswith("    ")]
    return re.sub(r"<[\w.:]+>|`[^`]*`", "", "\n".join(lines))


def index(page: str) -> list[str]:
    section = page.partition("## 8 Index of symbols")[2].partition("## 9 ")[0]
    return re.findall(r"^\| `([^`]+)` \| [^|]+ \| [^|]+ \| [^|]+ \|$", section, re.MULTILINE)


def defined(text: str) -> list[str]:
    """What stands left of an equals sign, a symbol a definition."""
    found: list[str] = re.findall(rf"^    ({SYMBOL})(?:\([\w, ]*\))?\s*=", text, re.MULTILINE)
    return found


def used(text: str) -> set[str]:
    """Symbols that say whose they are."""
    return set(re.findall(r"\b[A-Za-z]\w*'?\*?_[ocdiblj]\b(?!\w)", text))


def unknown(page: str) -> set[str]:
    """Symbols of the equations that neither the index nor a table explains."""
    text = equations(page)
    named = {*index(page), *STATED, *FACTS, *LETTERS, *PARAMETERS, *FUNCTIONS}
    return {symbol for symbol in {*defined(text), *used(text)}
            if symbol not in named and symbol.rpartition("_")[0] not in STATED | FACTS}


def twice(page: str) -> set[str]:
    """Symbols with two definitions, or that are a parameter's name or letter too."""
    text = equations(page)
    definitions = [symbol for symbol in defined(text) if symbol != "extent"]  # lever by lever
    more = {symbol for symbol, count in Counter(definitions).items() if count > 1}
    listed = {symbol for symbol, count in Counter(index(page)).items() if count > 1}
    return more | listed | ({*index(page)} & {*PARAMETERS, *LETTERS, *STATED})


def test_every_symbol_is_explained() -> None:
    assert len(index(PAGE)) > 150 and len(used(equations(PAGE))) > 100
    assert unknown(PAGE) == set()


def test_no_symbol_has_two_meanings() -> None:
    assert twice(PAGE) == set()


def test_the_index_holds_nothing_that_is_not_used() -> None:
    section = PAGE.partition("## 7 Submodels")[2].partition("### 7.10")[0]
    words = set(re.findall(rf"(?<![\w'])({SYMBOL})(?![\w'])", section))
    assert {symbol for symbol in index(PAGE) if symbol not in words} == set()


def test_faults_are_seen() -> None:
    assert unknown(PAGE.replace("| `belief_c` |", "| `trust_in_it_c` |")) == {"belief_c"}
    assert "pass_o" in twice(PAGE.replace("    held_o     =", "    pass_o     ="))
    assert "q" in twice(PAGE.replace("| `r_c` |", "| `q` |"))
