"""The search over strengths that docs/analysis.md works out runs as it stands there."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np

PAGE = Path(__file__).parents[2] / "docs" / "analysis.md"


def test_the_worked_search_runs_and_its_front_is_a_front() -> None:
    """On fewer worlds; what it says of other worlds is of other worlds."""
    section = PAGE.read_text(encoding="utf-8").partition("## A search over strengths")[2]
    code = re.findall(r"```python\n(.*?)```", section, flags=re.S)[0]
    code = code.replace("worlds=100", "worlds=6").replace("maxiter=20", "maxiter=2")
    made: dict = {}
    exec(compile(code, str(PAGE), "exec"), made)
    checked, front = made["checked"], made["front"]
    assert 1 <= len(front) <= len(checked)
    gain, cost = checked["gain"].to_numpy(), checked["cost"].to_numpy()
    beaten = [bool(((gain >= g) & (cost <= c) & ((gain > g) | (cost < c))).any())
              for g, c in zip(gain, cost, strict=True)]
    assert list(checked.index[~np.array(beaten)]) == list(front.index)
    assert made["SEARCH"] != made["CHECK"]
    found = made["found"]
    assert found.nfev >= 3 * 5 and found.fun <= 0.0
