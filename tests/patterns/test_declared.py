"""The patterns as declared: all that were asked for, each whole and able to fail."""

from __future__ import annotations

from math import inf

import pytest

from psasim.declared.parameters import PARAMETERS, Parameters
from psasim.engines.inputs import as_governance, as_scenario
from psasim.validation.carry_out import design_of
from psasim.validation.pattern import Pattern
from psasim.validation.patterns import PATTERNS
from psasim.validation.patterns.targets import AVERSE, PRONE

LISTED = {f"P{n}" for n in (1, 3, 4, 5, 6, 8, 9, 10, 12, 14, 16, 18, 19, 20)}
ASKED = [
    way for pattern in PATTERNS.values() if not pattern.silent
    for way in (pattern, pattern.as_before) if way is not None
]
"""Every pattern as it is asked, and as it was."""


def test_every_pattern_that_was_asked_for_is_there_and_six_more() -> None:
    assert LISTED | {"PAIR"} <= set(PATTERNS)
    assert len(set(PATTERNS) - LISTED - {"PAIR"}) >= 6


@pytest.mark.parametrize("pattern", PATTERNS.values(), ids=list(PATTERNS))
def test_a_pattern_is_whole(pattern: Pattern) -> None:
    assert pattern.evidence.mark.startswith(("found", "recalled, "))
    assert pattern.evidence.citation and pattern.seen.endswith(".")
    assert pattern.basis in ("built in", "emergent")
    assert bool(pattern.silent) != bool(pattern.arms) == bool(pattern.claims)


@pytest.mark.parametrize("pattern", ASKED, ids=[p.id for p in ASKED])
def test_every_claim_can_fail_either_way(pattern: Pattern) -> None:
    """Bounds leave something out, and no effect at all is not enough for a claim of an effect."""
    assert len({claim.says for claim in pattern.claims}) == len(pattern.claims)
    for claim in pattern.claims:
        assert claim.low < claim.high
        assert (claim.low, claim.high) != (-inf, inf)
        assert not (claim.holds(-inf) and claim.holds(inf))


def test_a_pattern_asked_otherwise_keeps_its_claims_and_the_names_of_its_arms() -> None:
    """So that both verdicts judge the same statistics by the same bounds."""
    otherwise = {p.id: p for p in PATTERNS.values() if p.formerly}
    assert set(otherwise) == {"P10", "P20", "Q10"}
    for pattern in otherwise.values():
        before = pattern.as_before
        assert before is not None and before.formerly is None
        assert before.claims == pattern.claims and before.asked != pattern.asked
        assert [a.name for a in before.arms] == [a.name for a in pattern.arms]
        for then, now in zip(before.arms, pattern.arms, strict=True):
            assert as_scenario(then.scenario) != as_scenario(now.scenario)
            assert as_governance(then.governance) == as_governance(now.governance)


@pytest.mark.parametrize("pattern", ASKED, ids=[p.id for p in ASKED])
def test_arms_differ_and_parameters_stay_in_their_ranges(pattern: Pattern) -> None:
    design = design_of(pattern, [Parameters()])
    assert len(design.points) == len(pattern.arms)
    made = {(repr(arm.scenario), as_governance(arm.governance), tuple(arm.parameters.items()))
            for arm in pattern.arms}
    assert len(made) == len(pattern.arms)
    for arm in pattern.arms:
        for name, value in arm.parameters.items():
            if name != "trust_start":
                assert PARAMETERS[name].low <= value <= PARAMETERS[name].high


def test_the_opposed_pair_differs_by_parameters_alone() -> None:
    harsh, mild = (
        {arm.name: arm for arm in PATTERNS[name].arms} for name in ("P4", "P5")
    )
    for name, arm in mild.items():
        assert (arm.scenario, arm.governance) == (harsh[name].scenario, harsh[name].governance)
        assert dict(arm.parameters) == AVERSE and dict(harsh[name].parameters) == PRONE
