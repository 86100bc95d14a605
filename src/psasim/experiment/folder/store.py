"""The results folder: parts of runs, each written whole, named by what it holds.

`runs.parquet/` has one file for each block of points in a block of worlds.  A file's
name says which points and worlds, and ends with the checksum of its bytes, so the
folder is its own list of what is done: after a crash at any instant a part is there
whole or not at all, and one that was damaged is seen and computed again.  Monthly
outcomes that are asked for are kept in parts of the same kind.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from psasim.errors import StoreError
from psasim.experiment.computing.compute import FAILURES
from psasim.experiment.computing.isolate import packed, unpacked
from psasim.experiment.computing.parquet import parquet_bytes
from psasim.experiment.design.points import Design
from psasim.experiment.folder.claim import check_ours
from psasim.experiment.folder.durable import is_aside, make_folder, remove, write_whole
from psasim.experiment.folder.lock import FolderLock
from psasim.experiment.folder.manifest import (
    MANIFEST,
    RUNS,
    Manifest,
    create_or_check,
    is_manifest,
)
from psasim.experiment.folder.publish import clear_asides
from psasim.mechanisms.ordered_sum import Floats

PATHS, RAW = ".paths", "trajectories_raw.parquet"
_NAME = re.compile(r"p(\d{7})-(\d{7})_w(\d{7})-(\d{7})_([0-9a-f]{16})\.\w+$")


@dataclass(frozen=True, slots=True)
class Block:
    """Points and worlds of one part."""

    points: range
    worlds: range

    @property
    def key(self) -> tuple[int, int]:
        """Where the block begins, which no other block of a folder shares."""
        return self.points.start, self.worlds.start

    @property
    def runs(self) -> int:
        return len(self.points) * len(self.worlds)

    def covers(self, other: Block) -> bool:
        """Whether all of `other`, which begins where this does, is in it."""
        return self.points.stop >= other.points.stop and self.worlds.stop >= other.worlds.stop

    def file_name(self, content: bytes, ending: str) -> str:
        return (f"p{self.points.start:07d}-{self.points.stop:07d}"
                f"_w{self.worlds.start:07d}-{self.worlds.stop:07d}_{checksum(content)}.{ending}")


@dataclass(frozen=True, slots=True)
class PartFile:
    """A part on disk."""

    block: Block
    path: Path


def checksum(content: bytes) -> str:
    """First 16 hexadecimal digits of SHA-256."""
    return hashlib.sha256(content).hexdigest()[:16]


def part_files(folder: Path) -> dict[tuple[int, int], PartFile]:
    """Parts in a folder by where they begin, the larger of two that begin together."""
    found: dict[tuple[int, int], PartFile] = {}
    for path in sorted(folder.iterdir()) if folder.exists() else ():
        match = _NAME.match(path.name)
        if match:
            first, stop, start, end = (int(number) for number in match.groups()[:4])
            block = Block(range(first, stop), range(start, end))
            other = found.get(block.key)
            if other is None or not other.block.covers(block):
                found[block.key] = PartFile(block, path)
    return found


def covered(parts: Mapping[tuple[int, int], PartFile], block: Block) -> bool:
    """Whether all of a block is in one of the parts."""
    part = parts.get(block.key)
    return part is not None and part.block.covers(block)


def is_sound(path: Path) -> bool:
    """Whether a part's bytes are those its name was made of."""
    match = _NAME.match(path.name)
    return match is not None and checksum(path.read_bytes()) == match.group(5)


def check_results_folder(folder: Path) -> None:
    """Raise `InputError` where an experiment would write among files that are not its own."""
    check_ours(folder, MANIFEST, is_manifest, " with hydra.run.dir=")


class Store:
    """The folder of one study, locked against other processes while it is open.

    damaged: names of parts that failed their checksum when it was opened, and were
    taken away.  Raises `psasim.errors.StoreError` where the folder belongs to another
    study, was begun where arithmetic rounds otherwise, or is held by another process.
    """

    def __init__(self, folder: Path, design: Design, *, seed: int, months: int) -> None:
        check_results_folder(folder)
        make_folder(folder)
        self.folder = folder
        self.design = design
        self._lock = FolderLock(folder)
        try:
            check_results_folder(folder)  # another process may have come first
            self.manifest: Manifest = create_or_check(folder, design, seed, months)
            self.damaged: list[str] = []
            clear_asides(folder)
            for name in (RUNS, PATHS):
                make_folder(folder / name)
            for name in (RUNS, PATHS, RAW):
                self._clean(folder / name)
            self.parts = part_files(folder / RUNS)
            self.paths = part_files(folder / PATHS)
            self.raw = part_files(folder / RAW)
        except BaseException:
            self._lock.release()
            raise

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self._lock.release()

    def _clean(self, folder: Path) -> None:
        """Take away what a killed process left half-written, and parts that are damaged."""
        kept = {part.path for part in part_files(folder).values()}
        for path in sorted(folder.iterdir()) if folder.exists() else ():
            if path in kept and not is_sound(path):
                self.damaged.append(path.name)
                remove(path)
            elif path not in kept and (is_aside(path.name) or _NAME.match(path.name)):
                remove(path)

    def blocks(self, worlds: range) -> Iterator[Block]:
        """Blocks of the design in these worlds, world block after world block."""
        shape = self.manifest.shape
        points = len(self.design.points)
        for start in range(worlds.start - worlds.start % shape.worlds, worlds.stop, shape.worlds):
            for first in range(0, points, shape.points):
                yield Block(range(first, min(first + shape.points, points)),
                            range(start, min(start + shape.worlds, worlds.stop)))

    def has(self, block: Block) -> bool:
        return covered(self.parts, block)

    def has_paths(self, block: Block) -> bool:
        return covered(self.paths, block)

    def has_raw(self, block: Block) -> bool:
        return covered(self.raw, block)

    def missing(self, block: Block) -> list[Block]:
        """What of a block is not there yet, as at most two rectangles."""
        part = self.parts.get(block.key)
        if part is None:
            return [block]
        points, worlds = part.block.points, part.block.worlds
        wanted = [
            Block(points, range(worlds.stop, block.worlds.stop)),
            Block(range(points.stop, block.points.stop), self.widened(block).worlds),
        ]
        return [item for item in wanted if item.runs]

    def widened(self, block: Block) -> Block:
        """The block with all the worlds its part has already."""
        part = self.parts.get(block.key)
        stop = block.worlds.stop if part is None else max(block.worlds.stop, part.block.worlds.stop)
        return Block(block.points, range(block.worlds.start, stop))

    def add(self, block: Block, piece: Block, rows: bytes) -> None:
        """Add the rows of a piece of a block to the block's part."""
        old = self.parts.get(block.key)
        if old is not None and piece.key != block.key:
            piece, rows = _merged(old, piece, rows)
        _put(self.parts, self.folder / RUNS, piece, rows, "parquet")

    def add_paths(self, block: Block, paths: Floats) -> None:
        """Add the monthly outcomes of a block."""
        buffer = io.BytesIO()
        np.save(buffer, paths)
        _put(self.paths, self.folder / PATHS, block, buffer.getvalue(), "npy")

    def add_raw(self, block: Block, rows: bytes) -> None:
        """Add the monthly outcomes of a block as rows."""
        make_folder(self.folder / RAW)
        _put(self.raw, self.folder / RAW, block, rows, "parquet")

    def drop_paths(self) -> None:
        """Let go of monthly outcomes, once their bands are written."""
        for part in self.paths.values():
            remove(part.path)
        self.paths.clear()
        with suppress(OSError):  # where somebody keeps files of their own
            (self.folder / PATHS).rmdir()


def _put(
    parts: dict[tuple[int, int], PartFile], folder: Path, block: Block, content: bytes, ending: str
) -> None:
    """Write a part, and take away the one it replaces."""
    old = parts.get(block.key)
    path = folder / block.file_name(content, ending)
    write_whole(path, content)
    if old is not None and old.path != path:
        remove(old.path)
    parts[block.key] = PartFile(block, path)


def read_part(part: PartFile) -> pa.Table:
    """The rows of a part; raises `StoreError` where it is damaged."""
    content = part.path.read_bytes()
    if checksum(content) != part.path.stem.rpartition("_")[2]:
        raise StoreError(f"{part.path} is damaged (its checksum differs); run the command of the "
                         "folder's record again, which computes that part anew")
    return pq.read_table(pa.BufferReader(content))


def failures_in(table: pa.Table) -> list[dict[str, Any]]:
    """Records of the failed runs of a part."""
    return unpacked(table.schema.metadata[FAILURES])


def _merged(old: PartFile, added: Block, rows: bytes) -> tuple[Block, bytes]:
    """A part and the rows that were missing from it, as if computed in one go."""
    tables = [read_part(old), pq.read_table(pa.BufferReader(rows))]
    failures = sorted(
        (record for table in tables for record in failures_in(table)),
        key=lambda record: (record["point"], record["world"]),
    )
    metadata = {**tables[0].schema.metadata, FAILURES: packed(failures)}
    whole = pa.concat_tables(tables).sort_by([("point", "ascending"), ("world", "ascending")])
    block = Block(
        range(old.block.points.start, max(old.block.points.stop, added.points.stop)),
        range(old.block.worlds.start, max(old.block.worlds.stop, added.worlds.stop)),
    )
    return block, parquet_bytes(whole.combine_chunks().replace_schema_metadata(metadata))
