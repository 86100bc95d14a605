"""Every pattern that is missed has its reason, and no other."""

from __future__ import annotations

import re

from psasim.documents.misses import BEGIN, CAUSES, PAGE
from psasim.validation.shipped import verdicts
from psasim.validation.verdict import NOT_REPRODUCED


def test_each_missed_pattern_has_its_reason() -> None:
    page = PAGE.read_text(encoding="utf-8")
    reasons = re.findall(r"^\| ([PQ]\w+) \| \S", page.split("## Each miss")[1], re.MULTILINE)
    missed = [item.id for item in verdicts() if item.verdict == NOT_REPRODUCED]
    assert reasons == missed


def test_the_table_has_a_column_for_each_cause() -> None:
    table = PAGE.read_text(encoding="utf-8").split(BEGIN)[1].strip().splitlines()
    assert [cell.strip() for cell in table[0].split("|")[2:-1]] == [
        cause.head for cause in CAUSES.values()]
