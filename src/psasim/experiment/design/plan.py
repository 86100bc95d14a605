"""What every design gives: rows, each a value for every factor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from numpy.typing import NDArray

from psasim.errors import InputError
from psasim.experiment.design.factors import Factor, Value
from psasim.experiment.design.strict import Strict

Columns = dict[str, NDArray[Any]]
"""Values of each factor, (rows,), by path."""

MOST_ROWS = 1_000_000
"""Rows of a design, and points of an experiment, beyond which they are taken for a slip of the
pen."""

MOST_PACKAGES = 100_000
"""The same of packages, each of which has a name and is held in memory."""


class Plan(Strict):
    """A design's own settings; its name is `design`."""

    design: str

    def size(self, factors: Sequence[Factor]) -> int:
        """Rows at most, told before any is made; 0 for designs that are always small."""
        return 0

    def columns(self, factors: Sequence[Factor], base: Mapping[str, Value], path: str) -> Columns:
        """The rows; base: what the factors are when not varied; path: where it is declared."""
        raise NotImplementedError

    def labels(self, columns: Columns, base: Mapping[str, Value]) -> list[str]:
        """A name for each row, to follow that of what it is laid on; its number, from 1."""
        return numbered(columns)


def numbered(columns: Columns) -> list[str]:
    """`-01`, `-02` and so on, one a row."""
    rows = len(next(iter(columns.values())))
    return [f"-{row:0{len(str(rows))}d}" for row in range(1, rows + 1)]


def refuse_beyond(most: int, count: int, place: str, what: str, instead: str) -> None:
    """Raise `InputError` where a design would be larger than can be meant."""
    if count > most:
        raise InputError(f"{place} has {count:,} {what}, above the upper bound {most:,}; {instead}")
