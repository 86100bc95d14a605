"""`psasim verify DIR`: whether a results folder is sound; exit code 0, or 3 where it is not."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from psasim.cli.terminal import tell
from psasim.errors import StoreError
from psasim.experiment.folder.verify import verify
from psasim.reading.text import user_path

FEW = 20
"""Unsound files that are named; more are counted."""


def main(arguments: Sequence[str]) -> None:
    """Hold every file against its digest and say what differs; raises `StoreError` then."""
    parser = argparse.ArgumentParser(prog="psasim verify", description=__doc__)
    parser.add_argument("folder", metavar="DIR", help="a results folder")
    folder: Path = user_path(parser.parse_args(list(arguments)).folder)
    found = verify(folder)
    for note in found.notes:
        tell(f"{folder}: {note}")
    if not found.unsound:
        print(f"{folder}: sound; {found.checked:,} files are as they were written")
        return
    named = [f"  {name}: {why}" for name, why in list(found.unsound.items())[:FEW]]
    if len(found.unsound) > FEW:
        named.append(f"  and {len(found.unsound) - FEW:,} more")
    raise StoreError("\n".join([
        f"{folder}: {len(found.unsound):,} of {found.checked:,} files are not as they were written",
        *named,
        "the command that made the folder, given again with hydra.run.dir= on it, computes unsound "
        "parts anew and writes the other files again; or take a sound copy",
    ]))
