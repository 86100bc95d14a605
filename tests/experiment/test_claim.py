"""Files of others are never taken away nor written over, whatever the command."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

import psasim as ps
from psasim.cli import main
from psasim.errors import InputError
from psasim.report import write

SMALL = ("scenario=teaching", "worlds=3", "months=6", "backend=serial")
COMMANDS = {
    "run": ("run", *SMALL, "hydra.run.dir=mine"),
    "sweep": ("run", "-m", *SMALL, "governance=new_psa,existing_psa", "hydra.sweep.dir=mine"),
    "sweep in parts": ("run", "-m", *SMALL, "seed=1,2", "hydra.sweep.dir=mine"),
    "calibrate": ("calibrate", "--sets", "16", "--backend", "serial", "--folder", "mine"),
    "validate": ("validate", "P4", "--backend", "serial", "--folder", "mine"),
}
"""Every command that writes a folder."""


def _tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else b""
            for path in sorted(folder.rglob("*"))}


def _put(folder: Path, *names: str) -> dict[str, bytes]:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"mine")
    return _tree(folder)


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
@pytest.mark.parametrize("names", [
    ("figures/fig1.png", "contrasts.csv", "record.json"), ("manifest.json",), (".lock",),
    (".manifest.json.tmp",), ("inputs/scenarios.json",), ("multirun.yaml", "made_for"),
    ("validation/P4.svg", "validation.json"),
])
def test_a_folder_of_others_is_refused_and_left(
    command: tuple[str, ...], names: tuple[str, ...], tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    before = _put(tmp_path / "mine", *names)
    assert main(command) == 2
    said = capsys.readouterr().err
    assert "holds files that are not psasim's" in said
    assert names[0].partition("/")[0] in said
    assert _tree(tmp_path / "mine") == before


def test_a_folder_of_results_keeps_what_others_put_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    command = ("run", *SMALL, "hydra.run.dir=out")
    assert main(command) == 0
    made = _tree(tmp_path / "out")
    own = dict.fromkeys([
        "figures/fig1.png", "notes.txt", "runs.parquet/notes.tmp", "inputs/more.csv",
        ".paths/mine.npy", "trajectories_raw.parquet/mine.txt",
    ], b"mine")
    _put(tmp_path / "out", *own)
    assert main((*command, "trajectories=raw")) == 0
    after = _tree(tmp_path / "out")
    assert own.items() <= after.items()
    assert made.keys() <= after.keys()


def test_what_a_report_no_longer_has_goes_if_nobody_changed_it(tmp_path: Path) -> None:
    for kept in (False, True):
        folder = tmp_path / str(kept)
        write(ps.compare({"new_psa": "new_psa"}, scenario="teaching", worlds=2, months=3), folder)
        forest = folder / "figures" / "forest.csv"
        if kept:
            forest.write_text("mine")
        write(ps.simulate("teaching", worlds=2, months=3), folder)
        assert forest.exists() == kept
        assert not (folder / "contrasts.csv").exists()


def test_a_record_from_others_points_at_nothing_outside(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    results = ps.compare({"new_psa": "new_psa"}, scenario="teaching", worlds=2, months=3)
    write(results, folder)
    (tmp_path / "mine").write_bytes(b"mine")
    record = json.loads((folder / "record.json").read_text(encoding="utf-8"))
    digest = hashlib.sha256(b"mine").hexdigest()
    record["files"] |= dict.fromkeys(["../mine", str(tmp_path / "mine"), "..\\mine"], digest)
    (folder / "record.json").write_text(json.dumps(record), encoding="utf-8")
    write(results, folder)
    assert (tmp_path / "mine").exists()


def test_write_leaves_an_experiment_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(("run", *SMALL, "hydra.run.dir=out")) == 0
    before = _tree(tmp_path / "out")
    results = ps.compare({"new_psa": "new_psa"}, scenario="teaching", worlds=2, months=3)
    with pytest.raises(InputError, match="not psasim's"):
        write(results, tmp_path / "out")
    assert _tree(tmp_path / "out") == before
