"""A room's record: one file that is only ever added to, a JSON line to an entry."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path

from pydantic import ValidationError

from psasim.classroom.server.guards import Refused
from psasim.classroom.server.messages import DEEPEST, Entry, Line, decoded, told
from psasim.errors import StoreError, short
from psasim.experiment.folder.claim import check_ours
from psasim.experiment.folder.durable import check_plain, make_folder, remove, sync_folder
from psasim.experiment.folder.lock import NAME as LOCK
from psasim.experiment.folder.lock import FolderLock

NAME = "room.jsonl"
FOLDER = "outputs/room"
LARGEST = 64_000_000
"""Bytes of a record."""


class Log:
    """Entries in their order, each on disk before `append` comes back.

    A folder that holds a record is gone on with.  Raises `psasim.InputError` where the folder is
    somebody else's and `psasim.StoreError` where the record is damaged or another process has it.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / NAME
        check_ours(folder, NAME, Path.exists, " with --folder")
        self._made = [path for path in (folder, *folder.parents) if not path.exists()]
        make_folder(folder)
        self._lock = FolderLock(folder, "--folder")
        try:
            self.entries, self.cut_off = _read(self.path)
            self._size = self.path.stat().st_size if self.entries else 0
        except BaseException:
            self.close()
            raise

    def append(self, entry: Entry) -> int:
        """Keep an entry; returns its number, from 1.

        Raises `Refused` where the record is full, or is not as it was left, and `OSError`.
        """
        number = len(self.entries) + 1
        line = json.dumps({"n": number, "entry": entry.model_dump()}, separators=(",", ":"),
                          allow_nan=False).encode("ascii") + b"\n"
        if self._size + len(line) > LARGEST:
            raise Refused(507, "the record of this room is full; delete it and begin again")
        with self.path.open("ab") as file:
            if file.tell() != self._size:
                raise Refused(507, "the record on disk is not as psasim left it, and nothing more "
                              "is kept in it; the facilitator can delete it or restart psasim")
            try:
                file.write(line)
                file.flush()
                os.fsync(file.fileno())
            except OSError:
                with suppress(OSError):
                    file.truncate(self._size)
                raise
        if number == 1:
            sync_folder(self.path.parent)
        self._size += len(line)
        self.entries.append(entry)
        return number

    def delete(self) -> None:
        """Take the record away."""
        self.path.unlink(missing_ok=True)
        self.entries.clear()
        self._size = 0

    def close(self) -> None:
        """Let others in; where there is no record, folders that were made for it go again."""
        self._lock.release()
        if not self.path.exists():
            remove(self.path.parent / LOCK)
            with suppress(OSError):  # somebody put something there
                for folder in self._made:
                    folder.rmdir()


def _read(path: Path) -> tuple[list[Entry], bool]:
    """Entries of a record, and whether its last one was cut off, which is then taken away."""
    if not path.exists() and not path.is_symlink():
        return [], False
    check_plain(path)
    if path.stat().st_size > LARGEST:
        raise damaged(path, f"has more than {LARGEST / 1e6:g} MB")
    content = path.read_bytes()
    whole = content.rfind(b"\n") + 1
    entries = [_entry(path, number, line)
               for number, line in enumerate(content[:whole].splitlines(), 1)]
    if whole < len(content):  # a process that was killed as it wrote
        with path.open("r+b") as file:
            file.truncate(whole)
    return entries, whole < len(content)


def _entry(path: Path, number: int, line: bytes) -> Entry:
    try:
        found = Line.model_validate(decoded(line, DEEPEST + 3))
    except Refused:
        raise damaged(path, f"line {number} is no entry") from None
    except ValidationError as error:
        raise damaged(path, f"line {number} is no entry ({told(error)})") from None
    if found.n != number:
        raise damaged(path, f"line {number} is entry {short(str(found.n))}: lines are missing, or "
                       "twice there")
    return found.entry


def damaged(path: Path, what: str) -> StoreError:
    """What is said of a record that cannot be gone on with."""
    return StoreError(f"{path} {what}; nothing is changed. Mend it from a copy, or choose another "
                      "folder with --folder")
