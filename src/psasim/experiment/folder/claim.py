"""Whose folder it is: nothing is written where somebody else's files are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from psasim.errors import InputError
from psasim.experiment.folder import lock
from psasim.experiment.folder.durable import is_aside

FEW = 3
"""Names of files that are told."""


def check_ours(folder: Path, mark: str, is_ours: Callable[[Path], bool], how: str = "") -> None:
    """Raise `InputError` where a folder holds files and not the mark that they are ours.

    mark: name of the file that says so, which is the first to be written; is_ours: whether
    it does; how: to choose another folder, as ` with hydra.run.dir=`.
    """
    if folder.exists() and not folder.is_dir():
        raise InputError(f"{folder} is a file; choose a folder{how}")
    if not folder.exists() or is_ours(folder / mark):
        return
    names = sorted(path.name for path in folder.iterdir() if not _is_beginning(path, mark))
    if names:
        told = ", ".join(names[:FEW]) + (f" and {len(names) - FEW:,} more" if names[FEW:] else "")
        raise InputError(f"{folder} holds files that are not psasim's ({told}), and they are left "
                         f"alone; choose a new or an empty folder{how}")


def _is_beginning(path: Path, mark: str) -> bool:
    """Whether a file is what a process leaves that is killed before its mark is there."""
    if path.name == lock.NAME:
        return lock.is_lock(path)
    return is_aside(path.name) and path.name.startswith(f".{mark}.")
