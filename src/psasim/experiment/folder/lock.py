"""A lock on a folder that dies with the process that holds it, however that dies."""

from __future__ import annotations

import errno
import os
import re
import stat
import sys
from pathlib import Path

from psasim.errors import StoreError
from psasim.experiment.folder.durable import check_plain

NAME = ".lock"
_OPEN = (os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
         | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0))
_HELD = {errno.EAGAIN, errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK}
"""What systems answer where another process holds the lock."""

WIDTH = 20
"""Bytes of a lock's file: a blank that is locked, and the holder's number."""
_CONTENT = re.compile(rb"( \d+ *)?")


class FolderLock:
    """Held from its making until `release` or the end of the process.

    Raises `psasim.errors.StoreError` where another process holds it, where the file
    system cannot lock, and where the lock's file is not psasim's.  how: what chooses another
    folder.
    """

    def __init__(self, folder: Path, how: str = "hydra.run.dir=") -> None:
        self._file = _opened(folder / NAME, how)
        try:
            _hold(self._file)
        except OSError as error:
            holder = _holder(self._file)
            os.close(self._file)
            raise _refusal(folder, error, holder, how) from None
        os.lseek(self._file, 0, os.SEEK_SET)
        os.write(self._file, f" {os.getpid()}".ljust(WIDTH).encode())

    def release(self) -> None:
        """Let others in."""
        os.close(self._file)


def is_lock(path: Path) -> bool:
    """Whether a file is a lock of psasim's."""
    try:
        check_plain(path)
        with path.open("rb") as file:
            return _CONTENT.fullmatch(file.read(WIDTH + 1)) is not None
    except PermissionError:  # Windows, while it is held
        return True
    except (OSError, StoreError):
        return False


def writer(folder: Path) -> str | None:
    """Who writes in a folder now, as ` (process 123)`; None where nobody does."""
    path = folder / NAME
    if not is_lock(path):
        return None
    file = os.open(path, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
    try:
        _hold(file)
    except OSError as error:
        return _holder(file) if error.errno in _HELD else None
    finally:
        os.close(file)
    return None


def _opened(path: Path, how: str) -> int:
    """The lock's file, made if there is none; no link is followed, nothing truncated."""
    try:
        if path.is_symlink() or path.exists():
            check_plain(path)  # Windows opens links, and a pipe would be no lock
        file = os.open(path, _OPEN, 0o666)
    except OSError as error:
        raise StoreError(f"{path} cannot be opened ({error.strerror}); take it away, or choose "
                         f"another folder with {how}") from None
    if not stat.S_ISREG(os.fstat(file).st_mode) or not is_lock(path):
        os.close(file)
        raise StoreError(f"{path} is not a file that psasim wrote; take it away, or choose "
                         f"another folder with {how}")
    return file


def _refusal(folder: Path, error: OSError, holder: str, how: str) -> StoreError:
    if error.errno in _HELD:
        return StoreError(f"{folder} is being written by another psasim{holder}; wait until it is "
                          f"done, or choose another folder with {how}")
    return StoreError(f"{folder} cannot be locked against other processes ({error.strerror}): its "
                      "file system has no locks; choose a folder on another disk with "
                      f"{how}")


def _holder(file: int) -> str:
    """Who holds the lock, as ` (process 123)`, where that can be read."""
    try:
        os.lseek(file, 1, os.SEEK_SET)
        number = os.read(file, WIDTH).decode().strip()
    except (OSError, ValueError):
        return ""
    return f" (process {number})" if number else ""


if sys.platform == "win32":
    import msvcrt

    def _hold(file: int) -> None:
        """Lock the first byte, which the holder leaves blank so that the rest can be read."""
        os.lseek(file, 0, os.SEEK_SET)
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _hold(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
