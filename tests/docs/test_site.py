"""The site builds without a warning, loads nothing from elsewhere, and its map is true."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.test_imports import ROWS

ROOT = Path(__file__).parents[2]


def test_the_map_has_every_room_in_order() -> None:
    text = (ROOT / "docs" / "contributing.md").read_text(encoding="utf-8")
    rooms = re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)
    assert rooms == [room for row in ROWS for room in row if room != "__main__"]


@pytest.mark.slow
def test_it_builds_and_fetches_nothing(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", "-q", "-W", "-b", "html", "docs", str(tmp_path)],
        cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    for page in tmp_path.glob("*.html"):
        text = page.read_text(encoding="utf-8")
        loaded = re.findall(r"<(?:script|link|img)[^>]+(?:src|href)=\"(https?:[^\"]+)", text)
        assert loaded == [], page.name
    assert (tmp_path / "page.html").is_file()
    assert "psasim.evaluate" in (tmp_path / "api.html").read_text(encoding="utf-8")
