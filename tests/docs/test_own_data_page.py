"""The page on data of one's own does what it says."""

from __future__ import annotations

from pathlib import Path

import pytest

from psasim.calibration.own import own_evidence
from tests.docs.pages import DOCS, run_page


def test_its_file_is_read(tmp_path: Path) -> None:
    lines = (DOCS / "own_data.md").read_text(encoding="utf-8").split("\n\n    psasim calibrate")[0]
    block = lines[lines.index("    # data.yaml"):]
    file = tmp_path / "data.yaml"
    file.write_text("\n".join(line[4:] for line in block.splitlines()), encoding="utf-8")
    assert [band.key for band in own_evidence(file).bands] == ["trust", "on_course"]


@pytest.mark.slow
def test_its_code_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    space = run_page("own_data.md")
    report = space["found"].report
    assert "trust_start" in report["constrained"] and "sight_base" in report["at_prior"]
    assert abs(space["best"].x - space["truth"]["trust_start"]) < 0.1
    assert space["unseen"] > 0.9
    spread = space["fits"].std(axis=0) / space["many"].std(axis=0)
    assert spread[0] < 0.9 < spread[2]
