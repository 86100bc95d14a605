"""`validation.json`: every pattern's finding, and what it was made with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isfinite
from typing import Any

import psasim
from psasim.declared.parameters import Parameters
from psasim.engines.inputs import as_governance, as_scenario
from psasim.fingerprint import bit_fingerprint, model_digest
from psasim.validation.carry_out import SEED
from psasim.validation.ensemble import ensemble_digest
from psasim.validation.pattern import Arm, Claim
from psasim.validation.verdict import ENOUGH, NOT_REPRODUCED, REPRODUCED, SILENT, Answer, Finding

SCHEMA = 1
DIGITS = 4
"""Decimals kept of a statistic; intervals are far wider."""


def content(
    findings: Sequence[Finding], *, ensemble: str, sets: Sequence[Parameters], worlds: int
) -> dict[str, Any]:
    """JSON-ready; ensemble: the name of the parameter sets that were asked over."""
    return {
        "schema": SCHEMA,
        "version": psasim.__version__,
        "model": model_digest(),
        "bit_fingerprint": bit_fingerprint(),
        "seed": SEED,
        "ensemble": ensemble,
        "ensemble_digest": ensemble_digest(sets),
        "sets": len(sets),
        "worlds": worlds,
        "share_enough": ENOUGH,
        "patterns": [_pattern(finding) for finding in findings],
    }


def headline(made: Mapping[str, Any]) -> str:
    """How many patterns are reproduced, the misses by name, and how many as formerly asked."""
    by_verdict: dict[str, list[str]] = {}
    for pattern in made["patterns"]:
        by_verdict.setdefault(pattern["verdict"], []).append(
            f"{pattern['title'][0].lower()}{pattern['title'][1:]} ({pattern['id']})"
        )
    hits, misses, silent = (
        by_verdict.get(verdict, []) for verdict in (REPRODUCED, NOT_REPRODUCED, SILENT)
    )
    said = f"{len(hits)} of {len(made['patterns'])} patterns reproduced."
    if misses:
        said += f" Missed ({len(misses)}): {'; '.join(misses)}."
    if silent:
        said += f" Cannot speak to ({len(silent)}): {'; '.join(silent)}."
    otherwise = [pattern for pattern in made["patterns"] if pattern["formerly"]]
    if otherwise:
        before = len(hits) + sum(
            (pattern["formerly"]["verdict"] == REPRODUCED) - (pattern["verdict"] == REPRODUCED)
            for pattern in otherwise
        )
        names = ", ".join(pattern["id"] for pattern in otherwise)
        said += (f" Asked otherwise than before: {names}; as asked then, {before} of "
                 f"{len(made['patterns'])}.")
    return said


def _pattern(finding: Finding) -> dict[str, Any]:
    pattern, before = finding.pattern, finding.formerly
    return {
        "id": pattern.id,
        "title": pattern.title,
        "source": pattern.evidence.citation,
        "source_key": pattern.evidence.key,
        "source_mark": pattern.evidence.mark,
        "seen": pattern.seen,
        "basis": pattern.basis,
        "lacks": pattern.silent,
        "months": pattern.months,
        **_answered(finding),
        "formerly": None if before is None or pattern.formerly is None else {
            "why": pattern.formerly.why, **_answered(before)},
    }


def _answered(finding: Finding) -> dict[str, Any]:
    """What was asked, and the answers and verdict."""
    pattern, told = finding.pattern, finding.headline
    return {
        "asked": pattern.asked,
        "statistic": _round(told.mean) if told else None,
        "unit": told.claim.unit if told else None,
        "lo95": _round(told.low) if told else None,
        "hi95": _round(told.high) if told else None,
        "share_of_plausible": round(finding.share, DIGITS) if told else None,
        "verdict": finding.verdict,
        "left_out": finding.left_out,
        "claims": [_claim(item) for item in finding.answers],
        "arms": {arm.name: _arm(arm) for arm in pattern.arms},
    }


def _claim(item: Answer) -> dict[str, Any]:
    claim: Claim = item.claim
    return {
        "claim": claim.says,
        "unit": claim.unit,
        "low": claim.low if isfinite(claim.low) else None,
        "high": claim.high if isfinite(claim.high) else None,
        "mean": _round(item.mean),
        "lo95": _round(item.low),
        "hi95": _round(item.high),
        "share_of_plausible": round(item.share, DIGITS),
        "sd_of_parameters": _round(item.between),
        "sd_of_worlds": _round(item.within),
        "holds": item.holds,
    }


def _arm(arm: Arm) -> dict[str, Any]:
    return {
        "scenario": as_scenario(arm.scenario).name,
        "governance": as_governance(arm.governance).settings(),
        "parameters": dict(arm.parameters),
    }


def _round(value: float) -> float:
    return round(value, DIGITS) + 0.0
