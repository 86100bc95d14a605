"""A report put into a folder file by file, where others may keep files of their own."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path, PureWindowsPath

from psasim.errors import PsasimError
from psasim.experiment.folder.durable import make_folder, move_whole, plain_bytes, remove

ASIDE = ".psasim-writing-"
"""How folders begin in which files are written before they are moved into place."""

FILES = "files"
"""Where a record keeps the digests of the files that it closes."""


def digests(folder: Path) -> dict[str, str]:
    """SHA-256 of every file in a folder, by its path there."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*")) if path.is_file()
    }


@contextmanager
def published(folder: Path, record: str) -> Iterator[Path]:
    """A place to write in, whose files replace those of `folder` once all is written.

    record: the file that says all else is there; it goes first and comes last, and its
    `files` are the digests of the others.  A file of an earlier record that is not written
    again goes, if it is as it was written; nothing else in the folder does.
    """
    make_folder(folder)
    stage = Path(tempfile.mkdtemp(prefix=ASIDE, dir=folder))
    try:
        yield stage
        new = [path.relative_to(stage) for path in sorted(stage.rglob("*")) if path.is_file()]
        before = recorded(folder / record)
        remove(folder / record)
        for name, digest in before.items():
            if Path(name) not in new:
                _remove_own(folder, name, digest)
        for path in sorted(new, key=lambda path: path == Path(record)):
            make_folder((folder / path).parent)
            move_whole(stage / path, folder / path)
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def recorded(record: Path) -> Mapping[str, str]:
    """Digests of the files that a record closes; none where it cannot be read."""
    try:
        files = json.loads(plain_bytes(record))[FILES]
        return {name: digest for name, digest in files.items() if _is_within(name)}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, PsasimError):
        return {}


def clear_asides(folder: Path) -> None:
    """Take away what killed processes left of reports."""
    for aside in folder.glob(f"{ASIDE}*"):
        if aside.is_dir() and not aside.is_symlink():
            shutil.rmtree(aside)


def _is_within(name: str) -> bool:
    """A record may come from anybody: its names stay in the folder."""
    path = PureWindowsPath(name)
    return not (path.drive or path.root or ".." in path.parts)


def _remove_own(folder: Path, name: str, digest: str) -> None:
    path = folder / name
    if not path.parent.resolve().is_relative_to(folder.resolve()):
        return
    try:
        content = plain_bytes(path)
    except (OSError, PsasimError):
        return
    if hashlib.sha256(content).hexdigest() == digest:
        remove(path)
        if path.parent != folder:
            with suppress(OSError):
                path.parent.rmdir()  # if that was all
