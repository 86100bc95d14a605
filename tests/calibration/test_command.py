"""`psasim calibrate` from end to end: files, words, refusals."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from psasim.calibration.bands import BANDS, NO_DATA
from psasim.calibration.outcome import STAMP
from psasim.cli import main
from psasim.declared.parameters import PARAMETERS

ASKED = ["calibrate", "--sets", "16", "--keep", "3", "--seed", "5", "--backend", "serial"]


@pytest.mark.slow
def test_files_say_what_the_words_say_and_a_second_call_computes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "out"
    assert main([*ASKED, "--folder", str(folder)]) == 0
    said = capsys.readouterr().out
    report = json.loads((folder / "calibration.json").read_text(encoding="utf-8"))
    ensemble = json.loads((folder / "plausible.json").read_text(encoding="utf-8"))
    assert len(ensemble["sets"]) == 3 and ensemble["parameters"] == list(PARAMETERS)
    assert [band["key"] for band in report["bands"]] == [band.key for band in BANDS]
    assert f"UNCALIBRATED: {len(report['at_prior'])} of {len(PARAMETERS)}" in said
    assert all(gap.what.lower() in said for gap in NO_DATA)
    assert f"wave 1: 16 sets, {report['waves'][0]['left']} not ruled out" in said
    blocks = {path: path.stat().st_mtime_ns for path in folder.rglob("*.npy")}
    assert blocks
    assert main([*ASKED, "--folder", str(folder)]) == 0
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*.npy")} == blocks
    again = json.loads((folder / "plausible.json").read_text(encoding="utf-8"))
    assert again | {"created": ""} == ensemble | {"created": ""}


def test_another_calibrations_folder_is_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / STAMP).write_text("0" * 16, encoding="utf-8")
    assert main([*ASKED, "--folder", str(tmp_path)]) == 3
    assert "choose another --folder" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == [STAMP]


@pytest.mark.parametrize("flag, value", [("--sets", "4"), ("--keep", "0"), ("--seed", "-1")])
def test_a_number_out_of_bounds_is_refused(
    flag: str, value: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["calibrate", flag, value]) == 2
    assert f"{flag} = {value} is outside" in capsys.readouterr().err
