"""All runs of a folder as arrays, read once, where there is room for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from psasim.experiment.folder.summary import Rows
from psasim.experiment.folder.tables import PartTables
from psasim.mechanisms.ordered_sum import Floats
from psasim.results.digest import Digest

ROOM = 2**29
"""Bytes at most that are held: a million runs take some 290 MB."""

OK, FAILED, REFUSED = 1, 2, 3
_CODES = {"ok": OK, "failed": FAILED, "refused": REFUSED}


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """values (measures, points, worlds) as they are kept; status (points, worlds): 0 of a run that
    is not there."""

    values: Floats
    status: NDArray[np.uint8]

    def of_ok(self, values: Floats, points: Sequence[int] | slice, worlds: slice) -> Floats:
        """Values (..., points, worlds) of some runs, NaN where they are not there or not ok."""
        return np.where(self.status[points, worlds] == OK, values, np.nan)

    def rows(self, points: range, worlds: slice) -> Rows:
        """Runs of a block, as summaries take them."""
        own = slice(points.start, points.stop)
        values = self.of_ok(self.values[:, own, worlds], own, worlds).transpose(1, 0, 2)
        return Rows(points, np.ascontiguousarray(values),
                    (self.status[own, worlds] == REFUSED).all(axis=1))

    def digest(self, points: Sequence[int]) -> str:
        """The digest of all runs of these points that are there."""
        digest = Digest()
        for point in points:
            worlds = np.flatnonzero(self.status[point])
            digest.add(np.full(worlds.size, point), worlds,
                       [each[point, worlds] for each in self.values])
        return str(digest)


def fits(points: int, worlds: int, measures: int) -> bool:
    return points * worlds * measures * 8 <= ROOM


def read_held(tables: PartTables, points: int) -> Held:
    """Every run of the worlds that are read, part by part."""
    values = np.full((len(tables.measures), points, tables.worlds), np.nan)
    status = np.zeros((points, tables.worlds), dtype=np.uint8)
    for part, table in tables.each():
        block = part.block
        if block.worlds.start >= tables.worlds:
            continue
        own = slice(block.points.start, block.points.stop)
        count = min(block.worlds.stop, tables.worlds) - block.worlds.start
        worlds = slice(block.worlds.start, block.worlds.start + count)

        def shaped(column: NDArray, size: int = len(block.points), count: int = count) -> NDArray:
            return column.reshape(size, -1)[:, :count]

        for row, name in enumerate(tables.measures):
            values[row, own, worlds] = shaped(table[name].to_numpy())
        status[own, worlds] = shaped(_codes(table["status"]))
    values.flags.writeable = status.flags.writeable = False
    return Held(values, status)


def _codes(column: pa.ChunkedArray) -> NDArray[np.uint8]:
    found = np.zeros(len(column), dtype=np.uint8)
    for word, code in _CODES.items():
        found[pc.equal(column, word).to_numpy()] = code
    return found
