"""The results folder: parts of runs, each written whole, named by what it holds.

`runs.parquet/` has one file for each block of points in a block of worlds.  A file's
name says which points and worlds, and ends with the checksum of its bytes, so the
folder is its own list of what is done: after a crash at any instant a part is there
whole or not at all, and one that is damaged, or of another study, is seen and computed
again.  Monthly outcomes and details that are asked for are kept in parts of the same kind.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from psasim.experiment.computing.compute import FAILURES, STAMP
from psasim.experiment.computing.isolate import packed
from psasim.experiment.computing.parquet import parquet_bytes
from psasim.experiment.design.points import Design
from psasim.experiment.folder.claim import check_ours
from psasim.experiment.folder.durable import is_aside, make_folder, remove, write_whole
from psasim.experiment.folder.lock import FolderLock
from psasim.experiment.folder.manifest import (
    MANIFEST,
    RUNS,
    Manifest,
    design_stamps,
    is_manifest,
    settle,
)
from psasim.experiment.folder.part import (
    ARROW,
    PARQUET,
    Block,
    PartFile,
    Parts,
    covered,
    failures_in,
    flaw,
    largest,
    named_parts,
    paths_bytes,
    read_part,
    within,
)
from psasim.experiment.folder.publish import clear_asides
from psasim.mechanisms.ordered_sum import Floats

PATHS, RAW, DETAILS = ".paths", "trajectories_raw.parquet", "details.parquet"
ROWS = (RAW, DETAILS)
"""Rows of every run that are kept where they are asked for."""


def check_results_folder(folder: Path) -> None:
    """Raise `InputError` where an experiment would write among files that are not its own."""
    check_ours(folder, MANIFEST, is_manifest, " with hydra.run.dir=")


class Store:
    """The folder of one study, locked against other processes while it is open.

    mended: what was found damaged, lost or of another study when it was opened, by name,
    and what was done about it.  Raises `psasim.errors.InputError` where the folder holds
    files that are not psasim's, and `psasim.errors.StoreError` where it belongs to another
    study, was begun where arithmetic rounds otherwise, or is held by another
    process.
    """

    def __init__(self, folder: Path, design: Design, *, seed: int, months: int) -> None:
        check_results_folder(folder)
        make_folder(folder)
        self.folder = folder
        self.design = design
        self._lock = FolderLock(folder)
        try:
            check_results_folder(folder)  # another process may have come first
            self.manifest: Manifest
            self.mended: dict[str, str]
            self.manifest, self.mended = settle(folder, design, seed, months)
            self.stamps = design_stamps(self.manifest, design)
            clear_asides(folder)
            for name in (RUNS, PATHS):
                make_folder(folder / name)
            self.parts, self.paths = (self._sound(folder / name) for name in (RUNS, PATHS))
            self.rows = {name: self._sound(folder / name) for name in ROWS}
        except BaseException:
            self._lock.release()
            raise

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self._lock.release()

    def _sound(self, folder: Path) -> Parts:
        """Parts that are whole and of this study; others are taken away, and what a killed
        process left half-written."""
        sound = []
        for part in named_parts(folder):
            why = flaw(part, self.stamps.of(part.block))
            if why is None:
                sound.append(part)
            else:
                self.mended[part.path.name] = f"was damaged ({why}) and is computed again"
                remove(part.path)
        kept = largest(sound)
        for part in sound:
            if kept.get(part.block.key) != part:
                remove(part.path)
        for path in folder.iterdir() if folder.is_dir() else ():
            if is_aside(path.name):
                remove(path)
        return kept

    def blocks(self, worlds: range, only: Collection[int] | None = None) -> Iterator[Block]:
        """Blocks of the design in these worlds, world block after world block.

        only: points that are wanted, all if None.  Of a block of which some are wanted each is a
        block of its own, unless the whole is begun.
        """
        shape = self.manifest.shape
        points = len(self.design.points)
        for start in range(worlds.start - worlds.start % shape.worlds, worlds.stop, shape.worlds):
            for first in range(0, points, shape.points):
                whole = Block(range(first, min(first + shape.points, points)),
                              range(start, min(start + shape.worlds, worlds.stop)))
                wanted = [point for point in whole.points if only is None or point in only]
                part = self.parts.get(whole.key)
                begun = part is not None and len(part.block.points) > 1
                if len(wanted) == len(whole.points) or (wanted and begun):
                    yield whole
                else:
                    yield from (Block(range(point, point + 1), whole.worlds) for point in wanted)

    def has(self, block: Block) -> bool:
        return covered(self.parts, block)

    def has_paths(self, block: Block) -> bool:
        return covered(self.paths, block)

    def has_rows(self, name: str, block: Block) -> bool:
        return covered(self.rows[name], block)

    def missing(self, block: Block) -> list[Block]:
        """What of a block is not there yet, as at most two rectangles."""
        part, block = self.parts.get(block.key), self.widened(block)
        if part is None:
            return [block]
        points, worlds = part.block.points, part.block.worlds
        wanted = [
            Block(points, range(worlds.stop, block.worlds.stop)),
            Block(range(points.stop, block.points.stop), block.worlds),
        ]
        return [item for item in wanted if item.runs]

    def widened(self, block: Block) -> Block:
        """The block with all the worlds that its part, or those of its points, have already."""
        there = (self.parts.get((point, block.worlds.start)) for point in block.points)
        stops = [part.block.worlds.stop for part in there if part is not None]
        return Block(block.points, range(block.worlds.start, max([block.worlds.stop, *stops])))

    def add(self, block: Block, piece: Block, rows: bytes) -> None:
        """Add the rows of a piece of a block to the block's part."""
        old = self.parts.get(block.key)
        if old is not None and piece.key != block.key:
            piece, rows = self._merged(old, piece, rows)
        _put(self.parts, self.folder / RUNS, piece, rows, PARQUET)

    def add_paths(self, block: Block, paths: Floats) -> None:
        """Add the monthly outcomes of a block."""
        content = paths_bytes(paths, self.stamps.of(block))
        _put(self.paths, self.folder / PATHS, block, content, ARROW)

    def add_rows(self, name: str, block: Block, rows: bytes) -> None:
        """Add what is kept of every run of a block, in one of `ROWS`."""
        make_folder(self.folder / name)
        _put(self.rows[name], self.folder / name, block, rows, PARQUET)

    def drop_paths(self) -> None:
        """Let go of monthly outcomes, once their bands are written."""
        for part in self.paths.values():
            remove(part.path)
        self.paths.clear()
        with suppress(OSError):  # where somebody keeps files of their own
            (self.folder / PATHS).rmdir()

    def _merged(self, old: PartFile, added: Block, rows: bytes) -> tuple[Block, bytes]:
        """A part and the rows that were missing from it, as if computed in one go."""
        tables = [read_part(old), pq.read_table(pa.BufferReader(rows))]
        failures = sorted(
            (record for table in tables for record in failures_in(table)),
            key=lambda record: (record["point"], record["world"]),
        )
        block = Block(
            range(old.block.points.start, max(old.block.points.stop, added.points.stop)),
            range(old.block.worlds.start, max(old.block.worlds.stop, added.worlds.stop)),
        )
        metadata = {**tables[0].schema.metadata, FAILURES: packed(failures),
                    STAMP: self.stamps.of(block)}
        whole = pa.concat_tables(tables).sort_by([("point", "ascending"), ("world", "ascending")])
        return block, parquet_bytes(whole.combine_chunks().replace_schema_metadata(metadata))


def _put(parts: Parts, folder: Path, block: Block, content: bytes, ending: str) -> None:
    """Write a part, and take away those it replaces."""
    old = parts.get(block.key)
    path = folder / block.file_name(content, ending)
    write_whole(path, content)
    if old is not None and old.path != path:
        remove(old.path)
    for inner in within(parts, block):
        remove(inner.path)
        del parts[inner.block.key]
    parts[block.key] = PartFile(block, path)
