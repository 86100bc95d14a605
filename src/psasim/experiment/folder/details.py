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
    less: str | None = None,
) -> dict[str, Floats]:
    """By package (names, columns, worlds): means over futures, of each future's difference from
    package `less` where one is named; NaN where no future has a number.

    of: `outcome` or `department`; results: of one scenario.  Raises `InputError` where details
    were not kept of every run.
    """
    parts = results.row_parts(DETAILS)
    points = {p.number: p.package for p in results.points if p.package in packages}
    other = {} if less is None else partners(results.points, less)
    bases = frozenset(other.get(number, -1) for number in points)
    shape = (len(names_of(results, of)), len(columns), results.worlds)
    total = {name: np.zeros(shape) for name in packages}
    count = {name: np.zeros(shape) for name in packages}
    starts: dict[int, list[PartFile]] = {}
    for _, part in sorted(parts.items()):
        starts.setdefault(part.block.worlds.start, []).append(part)
    for start, own in sorted(starts.items()):
        if start >= results.worlds:
            break
        base = dict(_points(results, own, of, columns, bases))
        for number, values in _points(results, own, of, columns, points.keys()):
            if less is not None:
                if other.get(number) not in base:
                    continue
                values = values - base[other[number]]
            worlds = slice(start, start + values.shape[-1])
            finite = np.isfinite(values)
            total[points[number]][..., worlds] += np.where(finite, values, 0.0)
            count[points[number]][..., worlds] += finite
    with np.errstate(invalid="ignore"):
        return {name: total[name] / count[name] for name in packages}


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
