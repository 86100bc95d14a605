"""A part of a results folder: which runs it holds, of which study, and whether it is whole.

A part's name says which points and worlds it holds and ends with the checksum of its bytes.
Inside, its metadata say the same, and the study and the settings of its points: a part
that was renamed, or copied from another study, is seen.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from psasim.errors import StoreError
from psasim.experiment.computing.compute import FAILURES, STAMP
from psasim.experiment.computing.isolate import unpacked
from psasim.experiment.folder.durable import plain_bytes
from psasim.mechanisms.ordered_sum import Floats

_NAME = re.compile(r"p(\d{7})-(\d{7})_w(\d{7})-(\d{7})_([0-9a-f]{16})\.\w+")
PARQUET, ARROW = "parquet", "arrow"


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


Parts = dict[tuple[int, int], PartFile]
"""Parts by where they begin."""


def checksum(content: bytes) -> str:
    """First 16 hexadecimal digits of SHA-256."""
    return hashlib.sha256(content).hexdigest()[:16]


def named_parts(folder: Path) -> list[PartFile]:
    """Everything in a folder that is named as a part, whatever it is."""
    found = []
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        match = _NAME.fullmatch(path.name)
        if match:
            first, stop, start, end = (int(number) for number in match.groups()[:4])
            found.append(PartFile(Block(range(first, stop), range(start, end)), path))
    return found


def largest(parts: Iterable[PartFile]) -> Parts:
    """By where they begin, the larger of two that begin together, and none that is all in
    another."""
    found: Parts = {}
    for part in parts:
        other = found.get(part.block.key)
        if other is None or not other.block.covers(part.block):
            found[part.block.key] = part
    for part in list(found.values()):
        for inner in within(found, part.block):
            del found[inner.block.key]
    return found


def within(parts: Mapping[tuple[int, int], PartFile], block: Block) -> list[PartFile]:
    """Parts of single points that are all in a block which begins with another point."""
    there = (parts.get((point, block.worlds.start)) for point in block.points[1:])
    return [part for part in there
            if part is not None and part.block.worlds.stop <= block.worlds.stop]


def part_files(folder: Path) -> Parts:
    """The parts in a folder."""
    return largest(named_parts(folder))


def covered(parts: Mapping[tuple[int, int], PartFile], block: Block) -> bool:
    """Whether all of a block is in one of the parts."""
    part = parts.get(block.key)
    return part is not None and part.block.covers(block)


def sound_bytes(part: PartFile) -> bytes:
    """A part's bytes; raises `StoreError` where they are not those its name was made of, and
    `FileNotFoundError` where it is gone."""
    content = plain_bytes(part.path)
    if checksum(content) != part.path.stem.rpartition("_")[2]:
        raise damaged(part, "its checksum differs")
    return content


def flaw(part: PartFile, stamp: bytes) -> str | None:
    """What is wrong with a part that should bear this stamp; None where nothing is.

    Raises `StoreError` where it is no plain file, and `FileNotFoundError` where it is gone.
    """
    content = plain_bytes(part.path)
    if checksum(content) != part.path.stem.rpartition("_")[2]:
        return "its checksum differs"
    return None if stamp_of(content) == stamp else "it holds other runs than its name says"


def stamp_of(content: bytes) -> bytes | None:
    """What a part says of itself; None where it says nothing."""
    try:
        if content.startswith(b"ARROW1"):
            schema = pa.ipc.open_file(pa.BufferReader(content)).schema
        else:
            schema = pq.read_schema(pa.BufferReader(content))
    except (pa.ArrowInvalid, OSError):
        return None
    return (schema.metadata or {}).get(STAMP)


def damaged(part: PartFile, why: str) -> StoreError:
    return StoreError(f"{part.path} is damaged ({why}); give the command of the folder's "
                      "record.json again, which computes that part anew")


def read_part(part: PartFile, columns: Sequence[str] | None = None) -> pa.Table:
    """The rows of a part, some columns or all; raises as `sound_bytes` does."""
    return pq.read_table(pa.BufferReader(sound_bytes(part)), columns=columns)


def failures_in(table: pa.Table) -> list[dict[str, Any]]:
    """Records of the failed runs of a part."""
    return unpacked(table.schema.metadata[FAILURES])


def paths_bytes(paths: Floats, stamp: bytes) -> bytes:
    """Monthly outcomes of a block, (points, quantities, months, O, worlds), as an Arrow file
    that can be read in place."""
    about = {STAMP: stamp, b"shape": json.dumps(paths.shape).encode()}
    table = pa.table({"value": pa.array(paths.ravel())}).replace_schema_metadata(about)
    content = io.BytesIO()
    with pa.ipc.new_file(content, table.schema) as writer:
        writer.write_table(table)
    return content.getvalue()


def read_paths(part: PartFile) -> Floats:
    """What `paths_bytes` kept, mapped rather than read."""
    table = pa.ipc.open_file(pa.memory_map(str(part.path))).read_all()
    shape = json.loads(table.schema.metadata[b"shape"])
    return table["value"].chunk(0).to_numpy(zero_copy_only=True).reshape(shape)
