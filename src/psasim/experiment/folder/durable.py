"""The one place where files of results are written, moved and read, against any crash.

A file is written beside, synced, renamed and its folder synced, in that order: after a
crash or a power failure at any instant it is there whole or not at all.  Where a system
cannot sync a folder (Windows, some network disks), the rename alone has to do.
"""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from psasim.errors import StoreError

_CREATE = (os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
           | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0))
_NO_SYNC = {errno.EINVAL, errno.ENOTSUP, errno.ENOSYS, errno.EACCES, errno.EPERM}
"""What systems answer that sync no folders; anything else is a failing disk."""

_ASIDE = re.compile(r"\..+\.\d+\.tmp$")


def write_whole(path: Path, content: bytes) -> None:
    """Write a file: it is there whole, or what was there before is."""
    aside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    with _named(path):
        try:
            _write(aside, content)
            os.replace(aside, path)
        except BaseException:
            with suppress(OSError):
                os.unlink(aside)
            raise
        sync_folder(path.parent)


def move_whole(new: Path, path: Path) -> None:
    """Move a file that was written elsewhere on the same disk into its place."""
    with _named(path):
        # Windows syncs only what is open for writing
        file = os.open(new, os.O_RDWR | getattr(os, "O_BINARY", 0))
        try:
            os.fsync(file)
        finally:
            os.close(file)
        os.replace(new, path)
        sync_folder(path.parent)


def make_folder(path: Path) -> None:
    """Make a folder, and those above it, where there is none."""
    if not path.is_dir():
        path.mkdir(parents=True, exist_ok=True)
        sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Have the names in a folder outlast a power failure, where the system knows how."""
    if os.name == "nt":
        return
    with _named(folder):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        except OSError as error:
            if error.errno not in _NO_SYNC:
                raise
        finally:
            os.close(opened)


def remove(path: Path) -> None:
    """Take away a file of ours; what another program holds open on Windows stays."""
    with suppress(FileNotFoundError, PermissionError):
        os.unlink(path)


def is_aside(name: str) -> bool:
    """Whether a file's name is one that a killed process leaves half-written."""
    return _ASIDE.fullmatch(name) is not None


def plain_bytes(path: Path) -> bytes:
    """What a file holds; raises `StoreError` where it is no plain file, which might never
    end, and `FileNotFoundError` where nothing is there."""
    check_plain(path)
    return path.read_bytes()


def check_plain(path: Path) -> None:
    """Raise `StoreError` where a path is a link, a folder, a pipe or a device."""
    mode = os.lstat(path).st_mode
    if not stat.S_ISREG(mode):
        raise StoreError(f"{path} is {_kind(mode)}, not a file that psasim wrote; take it away, "
                         "and give the command again")


def _kind(mode: int) -> str:
    kinds = ((stat.S_ISLNK, "a symbolic link"), (stat.S_ISDIR, "a folder"),
             (stat.S_ISFIFO, "a pipe"), (stat.S_ISSOCK, "a socket"))
    return next((name for is_kind, name in kinds if is_kind(mode)), "a device")


def _write(path: Path, content: bytes) -> None:
    with suppress(FileNotFoundError):
        os.unlink(path)  # of a killed process that had this number
    file = os.open(path, _CREATE, 0o666)
    try:
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(file, rest):]
        os.fsync(file)
    finally:
        os.close(file)


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """Errors name the file, which Python does not where a disk is full."""
    try:
        yield
    except OSError as error:
        if error.filename is None:
            raise OSError(error.errno, error.strerror, str(path)) from None
        raise
