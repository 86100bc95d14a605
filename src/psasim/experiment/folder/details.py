"""Outcomes and departments of stored runs as arrays, read part by part."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import numpy as np
import pyarrow as pa

from psasim.experiment.folder.part import PartFile, read_part
from psasim.experiment.folder.reader import StoredResults
from psasim.experiment.folder.store import DETAILS
from psasim.experiment.folder.summary import partners
from psasim.mechanisms.ordered_sum import Floats
from psasim.results.details import OUTCOME, row_names


def names_of(results: StoredResults, of: str) -> list[str]:
    """Keys of the outcomes or departments of one scenario, in their order."""
    return [name for kind, name in row_names(results.layout) if kind == of]


def by_world(
    results: StoredResults, of: str, columns: Sequence[str], packages: Collection[str],
    less: str,
) -> dict[str, tuple[Floats, Floats]]:
    """By package two of (names, columns, worlds): its values, and its differences from package
    `less` in the same future; means over futures, NaN where none has a number.

    of: `outcome` or `department`; results: of one scenario.  Raises `InputError` where details
    were not kept of every run.
    """
    points = {p.number: p.package for p in results.points if p.package in packages}
    other = partners(results.points, less)
    bases = frozenset(other.get(number, -1) for number in points)
    shape = (len(names_of(results, of)), len(columns), results.worlds)
    found = {name: (_Mean(shape), _Mean(shape)) for name in packages}
    starts: dict[int, list[PartFile]] = {}
    for _, part in sorted(results.row_parts(DETAILS).items()):
        if part.block.worlds.start < results.worlds:
            starts.setdefault(part.block.worlds.start, []).append(part)
    for start, own in sorted(starts.items()):
        base = dict(_points(results, own, of, columns, bases))
        for number, values in _points(results, own, of, columns, points.keys()):
            level, change = found[points[number]]
            level.add(start, values)
            if other.get(number) in base:
                change.add(start, values - base[other[number]])
    return {name: (level.mean, change.mean) for name, (level, change) in found.items()}


class _Mean:
    """Mean of arrays (names, columns, some worlds) over what is finite."""

    def __init__(self, shape: tuple[int, int, int]) -> None:
        self._total, self._count = np.zeros(shape), np.zeros(shape)

    def add(self, start: int, values: Floats) -> None:
        worlds, finite = slice(start, start + values.shape[-1]), np.isfinite(values)
        self._total[..., worlds] += np.where(finite, values, 0.0)
        self._count[..., worlds] += finite

    @property
    def mean(self) -> Floats:
        with np.errstate(invalid="ignore"):
            return self._total / self._count


def _points(
    results: StoredResults, parts: Sequence[PartFile], of: str, columns: Sequence[str],
    wanted: Collection[int],
) -> Iterator[tuple[int, Floats]]:
    """Values (names, columns, worlds) of wanted points of some parts."""
    scenarios = results.design.scenarios
    for part in parts:
        block = part.block
        if not any(number in wanted for number in block.points):
            continue
        table = read_part(part, columns)
        values = np.stack([_floats(table[name]) for name in columns])
        worlds, first = len(block.worlds), 0
        kept = min(block.worlds.stop, results.worlds) - block.worlds.start
        for number in block.points:
            scenario = scenarios[results.design.points[number].scenario]
            outcomes = len(scenario.outcomes)
            rows = outcomes + len(scenario.departments)
            if number in wanted:
                own = values[:, first : first + rows * worlds].reshape(len(columns), rows, worlds)
                chosen = slice(0, outcomes) if of == OUTCOME else slice(outcomes, rows)
                yield number, own[:, chosen, :kept].transpose(1, 0, 2)
            first += rows * worlds


def _floats(column: pa.ChunkedArray) -> Floats:
    return column.cast(pa.float64()).to_numpy()
