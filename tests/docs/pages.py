"""Code blocks of the documentation, run one after the other as a reader would."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

DOCS = Path(__file__).parents[2] / "docs"


def run_page(name: str) -> dict[str, Any]:
    """What the names of a page's Python blocks stand for after all of them."""
    text = (DOCS / name).read_text(encoding="utf-8")
    blocks = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    assert blocks, name
    space: dict[str, Any] = {"__name__": "page"}
    for block in blocks:
        exec(block, space)
    return space
