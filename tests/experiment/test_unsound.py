"""What is damaged, lost, of another study or no file: seen, and mended where that is known."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from psasim.cli import main
from psasim.errors import InputError, PsasimError, StoreError
from psasim.experiment.folder import lock
from psasim.experiment.folder.part import Block, PartFile, checksum, covered
from psasim.experiment.folder.reader import open_results
from psasim.experiment.folder.store import Store


def test_a_part_covers_what_is_all_in_it_and_no_more() -> None:
    held = PartFile(Block(range(4), range(8)), Path("part"))
    parts = {held.block.key: held}
    assert covered(parts, Block(range(4), range(8)))
    assert covered(parts, Block(range(3), range(5)))
    assert not covered(parts, Block(range(4), range(9)))
    assert not covered(parts, Block(range(5), range(8)))
    assert not covered(parts, Block(range(4), range(8, 9)))


def _parts(folder: Path) -> list[Path]:
    return sorted((folder / "runs.parquet").iterdir())


def _mended(sweep, folder: Path) -> dict[str, str]:
    with Store(folder, sweep.design(), seed=sweep.SEED, months=sweep.MONTHS) as store:
        return dict(store.mended)


@pytest.fixture(scope="module")
def made(sweep, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sweep in ten worlds, three parts."""
    folder = tmp_path_factory.mktemp("made") / "s"
    sweep.run(folder, worlds=10)
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "s"))


def test_parts_of_another_seed_are_not_taken(sweep, folder: Path, tmp_path: Path) -> None:
    whole = sweep.content(folder)
    with Store(tmp_path / "t", sweep.design(), seed=12, months=sweep.MONTHS) as other:
        sweep.runner.fill(other, range(10), backend=sweep.Backend("serial"), engine="ensemble")
    for part in _parts(tmp_path / "t"):
        shutil.copy(part, folder / "runs.parquet")
    with pytest.raises(StoreError, match="holds other runs than its name says"):
        open_results(folder)
    assert set(_mended(sweep, folder)) == {part.name for part in _parts(tmp_path / "t")}
    sweep.run(folder, worlds=10)
    assert sweep.content(folder) == whole


def test_parts_of_another_package_are_not_taken(sweep, folder: Path, tmp_path: Path) -> None:
    """Of the same study but for a point, as two folders of one design's name may be."""
    whole = sweep.content(folder)
    sweep.run(tmp_path / "t", worlds=10, inertia=0.11)
    first = _parts(tmp_path / "t")[0]
    _parts(folder)[0].unlink()
    shutil.copy(first, folder / "runs.parquet")
    assert list(_mended(sweep, folder)) == [first.name]
    sweep.run(folder, worlds=10)
    assert sweep.content(folder) == whole


def test_parts_with_exchanged_names_are_seen(sweep, folder: Path) -> None:
    whole = sweep.content(folder)
    one, two = _parts(folder)[:2]
    contents = one.read_bytes(), two.read_bytes()
    for path, content in zip((one, two), contents[::-1], strict=True):
        path.unlink()
        name = f"{path.stem.rpartition('_')[0]}_{checksum(content)}.parquet"
        path.with_name(name).write_bytes(content)
    with pytest.raises(StoreError, match="holds other runs than its name says"):
        open_results(folder)
    assert len(_mended(sweep, folder)) == 2
    sweep.run(folder, worlds=10)
    assert sweep.content(folder) == whole


@pytest.mark.parametrize("name", ["inputs/scenarios.json", "inputs/points.jsonl"])
@pytest.mark.parametrize("damage", [
    lambda content: b"", lambda content: content[: len(content) // 2],
    lambda content: content.replace(b"0.5", b"0.6", 1).replace(b'"sanctions"', b'"lead"', 1),
    lambda content: None,
], ids=["emptied", "half", "edited", "lost"])
def test_inputs_are_held_against_the_manifest(
    sweep, folder: Path, name: str, damage: Callable[[bytes], bytes | None]
) -> None:
    whole = sweep.content(folder)
    content = damage(whole[name])
    assert content != whole[name]
    (folder / name).unlink()
    if content is not None:
        (folder / name).write_bytes(content)
    with pytest.raises(StoreError, match=f"{name} is damaged or lost"):
        open_results(folder)
    assert _mended(sweep, folder) == {name: "was damaged or lost and is written again"}
    assert sweep.content(folder) == whole


@pytest.mark.parametrize("lost", [None, b"", b'{"schema": 2,'], ids=["lost", "empty", "half"])
def test_the_manifest_is_made_again_of_the_parts(sweep, folder: Path, lost: bytes | None) -> None:
    whole = sweep.content(folder)
    (folder / "manifest.json").unlink()
    if lost is not None:
        (folder / "manifest.json").write_bytes(lost)
    damaged = _parts(folder)[1]
    damaged.write_bytes(b"half")
    assert set(_mended(sweep, folder)) == {"manifest.json", damaged.name}
    sweep.run(folder, worlds=10)
    assert sweep.content(folder) == whole


def test_without_a_manifest_runs_of_another_study_are_left_alone(sweep, folder: Path) -> None:
    (folder / "manifest.json").unlink()
    before = sweep.content(folder)
    others = [({}, {"seed": 12}), ({"points": 19}, {}), ({"inertia": 0.11}, {})]
    for design, settings in others:
        given = {"seed": sweep.SEED, "months": sweep.MONTHS, **settings}
        with pytest.raises(StoreError, match=r"no manifest\.json tells their study"):
            Store(folder, sweep.design(**design), **given)
    assert sweep.content(folder) == before


def test_an_added_point_that_was_not_written_down_is_no_damage(sweep, tmp_path: Path) -> None:
    """Killed between the points and the manifest that counts them."""
    sweep.run(tmp_path / "s", worlds=10, points=17)
    manifest = (tmp_path / "s" / "manifest.json").read_bytes()
    sweep.run(tmp_path / "s", worlds=10)
    whole = sweep.content(tmp_path / "s")
    (tmp_path / "s" / "manifest.json").write_bytes(manifest)
    assert _mended(sweep, tmp_path / "s") == {}
    assert sweep.content(tmp_path / "s") == whole


def test_schemas_of_others_are_refused_in_words(sweep, folder: Path) -> None:
    for schema in (1, 99, "2", None):
        content = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        content["schema"] = schema
        (folder / "manifest.json").write_text(json.dumps(content), encoding="utf-8")
        for act in (lambda: open_results(folder), lambda: _mended(sweep, folder)):
            with pytest.raises(StoreError, match=f"is of schema {schema}, and this psasim reads 2"):
                act()


@pytest.mark.parametrize("asked", ["results", "verify", "report", "analyse", "cite", "replay"])
def test_every_command_refuses_a_folder_of_the_first_edition(
    folder: Path, asked: str, capsys: pytest.CaptureFixture[str]
) -> None:
    content = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    (folder / "manifest.json").write_text(json.dumps({**content, "schema": 1}), encoding="utf-8")
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert main([asked, str(folder), *(["a/0/0"] if asked == "replay" else [])]) == 3
    said = capsys.readouterr().err
    assert "an earlier edition, psasim" in said and "record.json there has its commit" in said
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


KINDS = {
    "a pipe": os.mkfifo if hasattr(os, "mkfifo") else None,
    "a folder": Path.mkdir,
    "a symbolic link": lambda path: path.symlink_to("nowhere"),
}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes in folders")
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", [
    "runs.parquet/*.parquet", "inputs/points.jsonl", "inputs/scenarios.json", "manifest.json",
    ".lock",
])
def test_what_is_no_plain_file_is_named(sweep, folder: Path, kind: str, name: str) -> None:
    path = sorted(folder.glob(name))[0]
    path.unlink()
    KINDS[kind](path)
    with pytest.raises(PsasimError, match=f"{path.name} is {kind}"):
        _mended(sweep, folder)
    if name != ".lock":
        with pytest.raises(StoreError, match=f"{path.name} is {kind}"):
            open_results(folder)
    assert path.is_symlink() or path.exists()


def test_the_lock_follows_no_link_and_keeps_what_is_there(sweep, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.write_text("mine", encoding="utf-8")
    for name, place in (("link", Path.symlink_to), ("hard", Path.hardlink_to)):
        folder = tmp_path / name
        folder.mkdir()
        place(folder / ".lock", mine)
        with pytest.raises(InputError, match="not psasim's"):
            _mended(sweep, folder)
        with pytest.raises(StoreError, match=r"\.lock"):
            lock.FolderLock(folder)
    assert mine.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("number", [errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS])
def test_a_disk_that_cannot_lock_is_told_as_that(
    sweep, tmp_path: Path, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(file: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(lock, "_hold", refuse)
    with pytest.raises(StoreError, match=f"{os.strerror(number)}.*file system has no locks"):
        sweep.run(tmp_path / "s", worlds=2)


def test_who_writes_is_known_without_writing(sweep, folder: Path) -> None:
    assert lock.writer(folder) is None
    hold = (
        "import sys; from pathlib import Path; from psasim.experiment.folder.lock import "
        "FolderLock; lock = FolderLock(Path(sys.argv[1])); print('held', flush=True); input()"
    )
    program = [sys.executable, "-c", hold, str(folder)]
    with subprocess.Popen(
        program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        assert lock.writer(folder) == f" (process {holder.pid})"
        holder.communicate("\n")
    assert lock.writer(folder) is None
