"""The page on rules of one's own does what it says."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "agents.md"


def blocks() -> list[str]:
    """Its indented code, block by block."""
    parts, lines = [], []
    for line in [*PAGE.read_text(encoding="utf-8").splitlines(), "end"]:
        if line.startswith("    ") or (lines and not line):
            lines.append(line)
        elif lines:
            parts.append(textwrap.dedent("\n".join(lines)))
            lines = []
    return parts


def test_its_code_runs() -> None:
    first, second = blocks()
    space: dict = {}
    exec(first, space)
    assert space["own"].agents == "own"
    assert space["own"].worlds == 20
    exec(second.replace("range(3)", "range(2)"), space)
    with pytest.raises(space["ps"].InputError, match="leave iterations at 1"):
        space["mesa"].batch_run(space["Sampled"], {}, iterations=3, display_progress=False)
