"""`psasim verify`: every file of a folder held against its digest, wherever it stands."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from psasim.cli import main
from psasim.experiment.folder import look
from psasim.experiment.folder.lock import FolderLock

COMMAND = ("run", "scenario=teaching", "governance=new_psa", "worlds=3", "months=3",
           "backend=serial", "trajectories=raw")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert main((*COMMAND, "hydra.run.dir=out")) == 0
    return folder / "out"


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """A copy, somewhere else."""
    return Path(shutil.copytree(made, tmp_path / "moved"))


def _files(folder: Path) -> Iterator[str]:
    """Every file that a run writes, but the manifest, the record and the lock."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name not in ("manifest.json", "record.json", ".lock"):
            yield path.relative_to(folder).as_posix()


def _flipped(content: bytes) -> bytes:
    """A bit of the middle is another."""
    place = len(content) // 2
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


def test_a_folder_that_was_moved_is_sound(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(folder.rglob("*"))
    assert main(["verify", str(folder)]) == 0
    said = capsys.readouterr()
    assert f"sound; {len(list(_files(folder)))} files" in said.out
    assert said.err == ""
    assert sorted(folder.rglob("*")) == before


@pytest.mark.parametrize("shift", range(3))
def test_any_file_that_differs_is_named_and_mended(
    folder: Path, shift: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    damages: list[Callable[[Path], object]] = [
        lambda path: path.write_bytes(path.read_bytes()[:-1] + b"?"),
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(_flipped(path.read_bytes())),
    ]
    names = list(_files(folder))
    assert len(names) > 10
    for number, name in enumerate(names):
        damages[(number + shift) % 3](folder / name)
    assert main(["verify", str(folder)]) == 3
    said = capsys.readouterr().err
    assert all(f"  {name}: " in said for name in names), said
    monkeypatch.chdir(tmp_path)
    assert main((*COMMAND, "hydra.run.dir=moved")) == 0
    capsys.readouterr()
    assert main(["verify", str(folder)]) == 0


@pytest.mark.parametrize("name", ["runs.parquet", "inputs", "figures"])
def test_what_is_missing_is_said(
    folder: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(folder / name)
    assert main(["verify", str(folder)]) == 3
    said = capsys.readouterr().err
    assert "lacks runs" in said if name == "runs.parquet" else f"{name}/" in said


def test_a_changed_manifest_is_seen(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = folder / "manifest.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"seed": 2007', '"seed": 2008'),
                    encoding="utf-8")
    assert main(["verify", str(folder)]) == 3
    assert "was changed: its study has another digest" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="a lock is seen by its holder there")
def test_it_says_that_somebody_writes(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    held = FolderLock(folder)
    try:
        assert main(["verify", str(folder)]) == 0
    finally:
        held.release()
    assert "writes in it now" in capsys.readouterr().err


def test_another_model_is_no_damage(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(look, "model_digest", lambda: "another")
    assert main(["verify", str(folder)]) == 0
    assert "made by another version of the model" in capsys.readouterr().err


def test_what_is_no_folder_of_results_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verify", str(tmp_path)]) == 3
    assert "holds no results of psasim" in capsys.readouterr().err
