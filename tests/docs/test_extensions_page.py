"""The page on extensions does what it says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "extensions.md"


@pytest.mark.filterwarnings("ignore:extensions that a notebook")
def test_its_code_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    space: dict = {"__name__": "page"}
    for block in re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL):
        exec(block, space)
    assert space["found"].values.shape == (25, 1, 2)
    assert "poorest" in space["folder"].measures
    assert space["own"].headline == "poorest"
