"""The patterns, in the order in which they are told."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from psasim.validation.pattern import Pattern
from psasim.validation.patterns import centre, collaboration, joint_working, targets


def _number(pattern: Pattern) -> tuple[str, int]:
    return pattern.id[0], int(pattern.id[1:]) if pattern.id[1:].isdigit() else 99


PATTERNS: Mapping[str, Pattern] = MappingProxyType({
    pattern.id: pattern for pattern in sorted(
        (*joint_working.PATTERNS, *targets.PATTERNS, *centre.PATTERNS, *collaboration.PATTERNS),
        key=_number,
    )
})
"""By id: those of the design notes (P) first, those added since (Q) after."""
