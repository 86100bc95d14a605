"""A lock on a folder that dies with the process that holds it, however that dies."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import IO

from psasim.errors import StoreError

NAME = ".lock"


class FolderLock:
    """Held from its making until `release` or the end of the process.

    Raises `psasim.errors.StoreError` where another process holds it.
    """

    def __init__(self, folder: Path) -> None:
        self._file: IO[bytes] = (folder / NAME).open("a+b")
        try:
            _hold(self._file)
        except OSError:
            holder = _read(self._file)
            self._file.close()
            raise StoreError(
                f"{folder} is being written by another psasim{holder}; wait until it is done, "
                "or choose another folder with hydra.run.dir="
            ) from None
        self._file.truncate(0)
        self._file.write(f" {os.getpid()}".encode())
        self._file.flush()

    def release(self) -> None:
        """Let others in."""
        self._file.close()


def _read(file: IO[bytes]) -> str:
    """Who holds the lock, as ` (process 123)`, where that can be read."""
    try:
        file.seek(1)
        number = file.read().decode()
    except OSError:
        return ""
    return f" (process {number})" if number else ""


if sys.platform == "win32":
    import msvcrt

    def _hold(file: IO[bytes]) -> None:
        """Lock the first byte, which the holder leaves blank so that the rest can be read."""
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _hold(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
