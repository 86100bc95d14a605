"""A folder as a reader sees it: one picture, sound, and of as much as has come.

The folder may be extended while it is read: parts are replaced by larger ones.  What was
seen half old, half new is looked at again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
import pyarrow.parquet as pq

from psasim.errors import InputError, PsasimError, StoreError
from psasim.experiment.design.points import Design
from psasim.experiment.folder.durable import plain_bytes
from psasim.experiment.folder.inputs import Stamps, design_of, read_files
from psasim.experiment.folder.manifest import MANIFEST, RUNS, Manifest, read_manifest
from psasim.experiment.folder.part import (
    PartFile,
    Parts,
    damaged,
    flaw,
    largest,
    named_parts,
)
from psasim.fingerprint import model_digest
from psasim.mechanisms.ordered_sum import Ints
from psasim.results.headline import DEFAULT, as_headline

RECORD = "record.json"
TRIES = 100
"""Times that a folder is looked at which is changed again and again."""

WORLDS, LONGEST = "worlds", "longest"
"""Where a record's `config` keeps how many worlds all packages met, and those that went on."""

Seen = TypeVar("Seen")


@dataclass(frozen=True, slots=True)
class Look:
    """worlds: of the last report, or, where there is none, those that all points have met,
    or, where some points have met none, those that the others have met; kept: worlds that
    are there of every point that has met some; longest: those of packages that went on while
    others were out of the contest for the best."""

    manifest: Manifest
    design: Design
    parts: Parts
    worlds: int
    kept: int
    longest: int


def look(folder: Path) -> Look:
    """The folder's manifest, inputs and parts, each of them checked.

    Raises `psasim.errors.StoreError` where the folder holds no results, is damaged, or was
    made by a psasim whose folders this one does not read.
    """
    return steadily(folder, lambda: _look(folder))


def steadily(folder: Path, read: Callable[[], Seen]) -> Seen:
    """What `read` gives, tried again where the folder changed under it."""
    for _ in range(TRIES):
        before = _state(folder)
        try:
            return read()
        except Exception:
            if _state(folder) == before:
                raise
    return read()


def reached(parts: Iterable[PartFile], points: int) -> Ints:
    """Worlds that each point has met, from the first on without a gap, (points,)."""
    worlds = np.zeros(points, dtype=np.int64)
    for part in sorted(parts, key=lambda part: part.block.worlds.start):
        own = worlds[part.block.points.start : part.block.points.stop]
        own[own == part.block.worlds.start] = part.block.worlds.stop
    return worlds


def _look(folder: Path) -> Look:
    manifest = read_manifest(folder)
    files, lines = read_files(folder, manifest.points, manifest.files)
    stamps = manifest.stamps(lambda points: lines[points.start : points.stop])
    named = _checked(folder / RUNS, stamps)
    _check_measures(folder, named, manifest.measures)
    try:
        design = design_of(manifest.study, files, lines)
    except (PsasimError, KeyError, TypeError, ValueError):
        raise StoreError(f"{folder} was made by another version of psasim "
                         f"({manifest.study.get('version')}), whose settings this one does not "
                         "know; read it with that version") from None
    parts = largest(named)
    worlds = reached(parts.values(), len(design.points))
    met = worlds[worlds > 0]
    kept = int(met.min()) if met.size else 0
    reported = reported_worlds(folder)
    shown = reported if reported and worlds.min() >= reported else kept
    most = reported_worlds(folder, LONGEST) if shown == reported else None
    longest = min(max(most or shown, shown), int(met.max(initial=shown)))
    return Look(manifest, design, parts, shown, kept, longest)


def _checked(folder: Path, stamps: Stamps) -> list[PartFile]:
    """The parts of a folder, each checked once, listed until none is new or gone."""
    seen: set[Path] = set()
    while True:
        named = named_parts(folder)
        unseen = [part for part in named if part.path not in seen]
        if not unseen:
            return named
        for part in unseen:
            with suppress(FileNotFoundError):  # a larger one has replaced it
                why = flaw(part, stamps.of(part.block))
                if why is not None:
                    raise damaged(part, why)
            seen.add(part.path)


def _check_measures(
    folder: Path, parts: Iterable[PartFile], measures: Iterable[str]
) -> None:
    """Runs of a psasim that declared other measures are not read as if they had these."""
    for part in list(parts)[:1]:
        missing = sorted(set(measures) - set(pq.read_schema(part.path).names))
        if missing:
            raise StoreError(f"{folder} was made by another psasim and lacks {', '.join(missing)}; "
                             f"run the command of {folder / RECORD} again in a new folder")


def kept_headline(folder: Path) -> str:
    """The headline in the folder's record; the default while there is none."""
    path = folder / RECORD
    try:
        return as_headline(json.loads(plain_bytes(path))["config"]["headline"])
    except FileNotFoundError:
        return DEFAULT
    except (ValueError, KeyError, TypeError, InputError):
        raise StoreError(f"{path} is not a record that tells the headline; name one: "
                         f"psasim results {folder} --headline {DEFAULT}") from None


def reported_worlds(folder: Path, which: str = WORLDS) -> int | None:
    """Worlds of the report that is in the folder; which: those of every package, or `LONGEST`."""
    try:
        worlds = json.loads(plain_bytes(folder / RECORD))["config"][which]
    except (OSError, ValueError, KeyError, TypeError, PsasimError):
        return None
    return worlds if isinstance(worlds, int) and worlds > 0 else None


def _state(folder: Path) -> tuple[object, ...]:
    """What changes when a folder is extended or reported on."""
    marks: list[object] = []
    for name in (MANIFEST, RECORD):
        try:
            found = (folder / name).stat()
            marks.append((found.st_ino, found.st_mtime_ns))
        except OSError:
            marks.append(None)
    return (*marks, *(part.path.name for part in named_parts(folder / RUNS)))


def of_another_model(manifest: Manifest) -> str | None:
    """How the model that made a folder differs from this one; None where it does not."""
    if manifest.model == model_digest():
        return None
    return (f"made by another version of the model (psasim {manifest.study['version']}, model "
            f"{manifest.model}; this is model {model_digest()})")
