"""No page has a place left where something was to be put in."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted([*(ROOT / "docs").rglob("*.md"), *(ROOT / "experiments").rglob("*.md"),
                ROOT / "README.md", ROOT / "CHANGELOG.md"])
LEFT = re.compile(
    r"\b(TODO|TBD|FIXME|XXX|PLACEHOLDER|lorem ipsum)\b"
    r"|^\W*[A-Z][A-Z_]{3,}\W*$"  # a line of one word in capitals: where a table was to go
    r"|\{\{|%%|<[A-Z_]{3,}>",
    re.MULTILINE,
)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_nothing_is_left_to_fill_in(page: Path) -> None:
    assert [match.group() for match in LEFT.finditer(page.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize("text", ["a\n\nCOVERAGE_TABLE\n", "**PAIRING**", "TODO: more", "{{n}}"])
def test_what_is_left_is_seen(text: str) -> None:
    assert LEFT.search(text)
