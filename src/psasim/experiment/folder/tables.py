"""Rows of a folder's parts, which larger ones may replace while they are read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.dataset as ds

from psasim.errors import InputError
from psasim.experiment.computing.compute import no_runs
from psasim.experiment.folder.look import steadily
from psasim.experiment.folder.part import (
    Block,
    PartFile,
    Parts,
    covered,
    part_files,
    read_part,
    sound_bytes,
)
from psasim.experiment.folder.store import DETAILS, RAW

KEPT_BY = {
    RAW: ("monthly outcomes", "trajectories=raw"),
    DETAILS: ("outcomes and departments", "keep=details"),
}
"""What each of `ROWS` holds, and the setting that asks for it."""


@dataclass(frozen=True, slots=True)
class PartTables:
    """Parts by where they begin; worlds: how many are read; measures: what runs have."""

    folder: Path
    parts: Mapping[tuple[int, int], PartFile]
    worlds: int
    measures: Sequence[str]

    def of(self, part: PartFile, columns: Sequence[str] | None = None) -> pa.Table:
        """The rows of a part, some columns or all."""
        return steadily(self.folder, lambda: _rows(part, columns))

    def each(
        self, columns: Sequence[str] | None = None
    ) -> Iterator[tuple[PartFile, pa.Table]]:
        """Every part with its rows.  The folder is looked at once more only where a part is gone,
        as looking takes as long as there are parts."""
        for _, part in sorted(self.parts.items()):
            try:
                table = _rows(part, columns)
            except Exception:  # replaced as it was read
                table = self.of(part, columns)
            yield part, table

    def of_all(self, columns: Sequence[str] | None = None) -> pa.Table:
        """The rows of all parts, some columns or all."""
        tables = [table for _, table in self.each(columns)]
        if not tables:
            none = no_runs(self.measures)
            return none if columns is None else none.select(columns)
        return pa.concat_tables(tables)

    def dataset(self) -> ds.Dataset:
        """The rows of the worlds that are read, lazily."""
        if not self.parts:
            return ds.dataset(no_runs(self.measures))

        def found() -> ds.Dataset:
            files = [str(_now(part).path) for _, part in sorted(self.parts.items())]
            return ds.dataset(files, format="parquet")

        return steadily(self.folder, found).filter(ds.field("world") < self.worlds)

    def rows(self, name: str) -> ds.Dataset:
        """Rows of the same worlds that are kept where asked for, in one of `ROWS`, lazily; raises
        `InputError` where they were not asked for of all runs."""
        parts = self.row_parts(name)
        for part in parts.values():
            sound_bytes(part)
        files = [str(part.path) for _, part in sorted(parts.items())]
        return ds.dataset(files, format="parquet").filter(ds.field("world") < self.worlds)

    def row_parts(self, name: str) -> Parts:
        """Their parts; raises `InputError` where they were not asked for of all runs."""
        path = self.folder / name
        parts = part_files(path)
        there = sum(covered(parts, part.block) for part in self.parts.values())
        if not parts or there < len(self.parts):
            what, setting = KEPT_BY[name]
            raise InputError(
                f"{path} holds {there} of {len(self.parts)} parts: {what} of every run are kept "
                f"where asked for; give the command again with {setting}")
        return parts


def _rows(part: PartFile, columns: Sequence[str] | None) -> pa.Table:
    now = _now(part)
    if now == part:
        return read_part(part, columns)
    return _within(read_part(now), part.block, columns)


def _now(part: PartFile) -> PartFile:
    """The part, or the larger one that replaced it."""
    if part.path.exists():
        return part
    now = part_files(part.path.parent).get(part.block.key)
    if now is None or not now.block.covers(part.block):
        raise FileNotFoundError(f"{part.path} is gone")
    return now


def _within(table: pa.Table, block: Block, columns: Sequence[str] | None) -> pa.Table:
    """The rows of a block that are in a larger one."""
    rows = table.filter((ds.field("point") < block.points.stop)
                        & (ds.field("world") < block.worlds.stop))
    return rows if columns is None else rows.select(columns)
