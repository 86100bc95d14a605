"""Levers point at the patterns that judge them, and findings say which of those are missed."""

from __future__ import annotations

import json
from pathlib import Path

import psasim as ps
from psasim.engines.inputs import as_governance
from psasim.report import findings
from psasim.validation.patterns import PATTERNS
from psasim.validation.shipped import condensed, judging, verdicts

ROOT = Path(__file__).parents[2]


def test_shipped_verdicts_are_those_of_the_page() -> None:
    made = json.loads((ROOT / "docs" / "validation.json").read_text(encoding="utf-8"))
    shipped = ROOT / "src" / "psasim" / "validation" / "verdicts.json"
    assert shipped.read_text(encoding="utf-8") == condensed(made)


def test_a_pattern_judges_what_its_arms_differ_in() -> None:
    """Against the declared arms, with another way of telling."""
    assert [item.id for item in verdicts()] == list(PATTERNS)
    for item in verdicts():
        arms = [as_governance(arm.governance).settings() for arm in PATTERNS[item.id].arms]
        differ = {
            lever for one in arms for other in arms for lever in one | other
            if one.get(lever) != other.get(lever)
        }
        assert set(item.levers) == differ, item.id
    assert [item.id for item in judging(["pooled_budget"])] == ["Q13"]


def test_a_package_with_a_missed_lever_says_so() -> None:
    def said(**levers: float) -> str:
        return findings(ps.compare({"departmental": "departmental", "mine": dict(levers)},
                                   scenario="teaching", worlds=2, months=6))

    verdict = {item.id: item.verdict for item in verdicts()}
    told = "Q13 a pooled budget alone does little (pooled_budget)"
    assert (told in said(pooled_budget=0.5)) == (verdict["Q13"] == "not reproduced")
    assert "Q13" not in said(lead=1)
    assert "the model misses" not in said(process_alignment=1)  # P14 alone judges it: reproduced
    both = findings(ps.compare({"departmental": {"pooled_budget": 1}, "mine": {"pooled_budget": 1,
                               "process_alignment": 1}}, scenario="teaching", worlds=2, months=6))
    assert "Q13" not in both  # on both sides: no difference rests on it
