"""Is a folder sound?  Everything in it, held against what the folder itself says."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from psasim.errors import PsasimError, StoreError
from psasim.experiment.folder.durable import is_aside, plain_bytes
from psasim.experiment.folder.inputs import POINTS, Stamps, counted, digest
from psasim.experiment.folder.lock import writer
from psasim.experiment.folder.look import (
    LONGEST,
    RECORD,
    of_another_model,
    reached,
    reported_worlds,
)
from psasim.experiment.folder.manifest import RUNS, Manifest, read_manifest
from psasim.experiment.folder.part import PartFile, flaw, largest, named_parts
from psasim.experiment.folder.publish import ASIDE, recorded
from psasim.experiment.folder.store import PATHS, ROWS
from psasim.fingerprint import bit_fingerprint


@dataclass(frozen=True, slots=True)
class Verdict:
    """checked: files that were held against a digest; unsound: what is wrong with which
    file; notes: what a reader should know besides."""

    checked: int
    unsound: dict[str, str]
    notes: list[str]


def verify(folder: Path) -> Verdict:
    """Hold every part, input and file of the report against its digest.

    Nothing is written, and nothing in the folder is run.  Raises `StoreError` where the
    folder holds no results or its manifest cannot be read.
    """
    manifest = read_manifest(folder)
    held = writer(folder)
    notes = [] if held is None else [
        f"another psasim{held} writes in it now: what is said here is of this moment"]
    notes += [note for note in (of_another_model(manifest), _other_bits(manifest)) if note]
    unsound: dict[str, str] = {}
    lines = _inputs(folder, manifest, unsound)
    stamps = manifest.stamps(lambda points: lines[points.start : points.stop])
    checked = len(manifest.files) + 1
    for name in (RUNS, PATHS, *ROWS):
        checked += _parts(folder / name, stamps, unsound)
    if held is None:  # a report that is being replaced is of two pieces
        report = recorded(folder / RECORD)
        checked += len(report)
        for name, expected in report.items():
            _hold(folder, name, expected, unsound, written_by="the report")
        if _lacks_runs(folder, manifest):
            unsound[RUNS] = "lacks runs that the report is of"
    notes += [f"{path.relative_to(folder)} is what a stopped command left; the next one clears it"
              for path in _left(folder) if held is None]
    if not (folder / RECORD).exists():
        notes.append(f"there is no {RECORD}: no report of these runs has been written whole")
    return Verdict(checked, unsound, notes)


def _inputs(folder: Path, manifest: Manifest, unsound: dict[str, str]) -> list[bytes]:
    """The lines of the points; inputs that are not those of the manifest are unsound."""
    for name, expected in manifest.files.items():
        _hold(folder, name, expected, unsound, written_by="the manifest")
    try:
        lines = plain_bytes(folder / POINTS).splitlines(keepends=True)[: manifest.points.number]
    except (OSError, StoreError) as error:
        unsound[POINTS] = _why(error)
        return []
    if counted(lines) != manifest.points:
        unsound[POINTS] = "differs from its digest in the manifest"
    return lines


def _parts(folder: Path, stamps: Stamps, unsound: dict[str, str]) -> int:
    """How many parts were checked."""
    named = named_parts(folder)
    for part in named:
        why = _flaw(part, stamps)
        if why is not None:
            unsound[f"{folder.name}/{part.path.name}"] = why
    return len(named)


def _flaw(part: PartFile, stamps: Stamps) -> str | None:
    """What is wrong with a part; nothing where a larger one replaced it meanwhile."""
    try:
        return flaw(part, stamps.of(part.block))
    except FileNotFoundError:
        return None
    except (OSError, PsasimError) as error:
        return _why(error)


def _lacks_runs(folder: Path, manifest: Manifest) -> bool:
    worlds, longest = reported_worlds(folder), reported_worlds(folder, LONGEST)
    there = reached(largest(named_parts(folder / RUNS)).values(), manifest.points.number)
    return worlds is not None and bool((there < worlds).any()
                                       or (there < (longest or worlds)).all())


def _hold(
    folder: Path, name: str, expected: str, unsound: dict[str, str], *, written_by: str
) -> None:
    """A file against its digest, whole or its first digits."""
    try:
        content = plain_bytes(folder / name)
    except (OSError, StoreError) as error:
        unsound[name] = _why(error)
        return
    if expected not in (digest(content), hashlib.sha256(content).hexdigest()):
        unsound[name] = f"differs from its digest in {written_by}"


def _why(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "is not there"
    return "is no plain file" if isinstance(error, StoreError) else str(error)


def _other_bits(manifest: Manifest) -> str | None:
    if manifest.fingerprint == bit_fingerprint():
        return None
    return ("computed where arithmetic rounds otherwise: its numbers can be read, and neither "
            "added to nor replayed here")


def _left(folder: Path) -> Iterator[Path]:
    for place in (folder, *(folder / name for name in (RUNS, PATHS, *ROWS))):
        for path in sorted(place.iterdir()) if place.is_dir() else ():
            if is_aside(path.name) or path.name.startswith(ASIDE):
                yield path
