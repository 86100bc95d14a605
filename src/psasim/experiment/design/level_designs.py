"""Designs over levels of factors: factorials, Plackett-Burman, one at a time, subsets.

A design gives a matrix of levels, (rows, factors); each row is one combination.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import prod
from typing import Annotated, Any, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from psasim.errors import InputError
from psasim.experiment.design.factors import Factor, Value, without_group
from psasim.experiment.design.packages import change
from psasim.experiment.design.plan import Columns, Plan

Levels = Annotated[int, Field(ge=2, le=1000)]


class FullFactorial(Plan):
    """Every combination of the levels: listed ones, or `levels` evenly spaced."""

    design: Literal["full_factorial"]
    levels: Levels = 2

    def size(self, factors: Sequence[Factor]) -> int:
        return prod(len(factor.levels(self.levels)) for factor in factors)

    def columns(self, factors: Sequence[Factor], base: Mapping[str, Value], path: str) -> Columns:
        """The first factor changes slowest."""
        return _crossed({f.path: f.levels(self.levels) for f in factors})


class Grid(FullFactorial):
    """The same crossing, five levels to a factor unless said otherwise."""

    design: Literal["grid"]  # type: ignore[assignment]
    levels: Levels = 5


class FractionalFactorial(Plan):
    """A regular two-level fraction, 2^(k-p), of the stated resolution or a higher one.

    At resolution 3 main effects are clear of each other, at 4 of two-factor
    interactions too, at 5 those are clear of one another (Box, Hunter & Hunter 2005).
    """

    design: Literal["fractional_factorial"]
    resolution: Annotated[int, Field(ge=3, le=7)] = 4

    def columns(self, factors: Sequence[Factor], base: Mapping[str, Value], path: str) -> Columns:
        from pydoe import fracfact_by_res

        pairs = _pairs(factors, path, self.design)
        try:
            signs = fracfact_by_res(len(factors), self.resolution)
        except ValueError as error:
            raise InputError(
                f"{path}: no fraction of {len(factors)} factors at resolution "
                f"{self.resolution} ({error})"
            ) from None
        return _two_level(signs, pairs)


class PlackettBurman(Plan):
    """The fewest rows, a multiple of four, that keep main effects clear of each other.

    With `foldover` each row is followed by its mirror image, which clears main
    effects of two-factor interactions (Plackett & Burman 1946).
    """

    design: Literal["plackett_burman"]
    foldover: bool = False

    def columns(self, factors: Sequence[Factor], base: Mapping[str, Value], path: str) -> Columns:
        pairs = _pairs(factors, path, self.design)
        signs = _plackett_burman(len(factors))
        return _two_level(np.vstack([signs, -signs]) if self.foldover else signs, pairs)


class OneAtATime(Plan):
    """The base, then each factor at each of its other levels, the rest at the base."""

    design: Literal["one_at_a_time"]
    levels: Levels = 2

    def size(self, factors: Sequence[Factor]) -> int:
        return 1 + sum(len(factor.levels(self.levels)) for factor in factors)

    def columns(self, factors: Sequence[Factor], base: Mapping[str, Value], path: str) -> Columns:
        rows = [dict(base)]
        for factor in factors:
            if factor.path not in base:
                raise InputError(f"{path}.over.{factor.path} is not one number in the scenario, so "
                                 "nothing can be moved from it; write .times after it, or take "
                                 "another design")
            levels = factor.levels(self.levels).tolist()
            rows += [{**base, factor.path: v} for v in levels if v != base[factor.path]]
        return {f.path: np.array([row[f.path] for row in rows]) for f in factors}

    def labels(self, columns: Columns, base: Mapping[str, Value]) -> list[str]:
        """What is changed: `+sanctions=0.5`, or ` less sanctions`."""
        return ["".join(change(p.partition(".")[2], v) for p, v in row if v != base[p])
                for row in _rows(columns)]


class Subsets(Plan):
    """Every subset of the factors: those in it at their high level, the others at their low."""

    design: Literal["subsets"]

    def size(self, factors: Sequence[Factor]) -> int:
        return 2 ** len(factors)

    def columns(self, factors: Sequence[Factor], base: Mapping[str, Value], path: str) -> Columns:
        return _crossed(_pairs(factors, path, self.design))

    def labels(self, columns: Columns, base: Mapping[str, Value]) -> list[str]:
        """The members: `+data_sharing+sanctions`; the empty set is the base, or `+none` of them."""
        low = {path: column[0].item() for path, column in columns.items()}
        empty = "" if all(base[path] == value for path, value in low.items()) else "+none"
        return ["".join(f"+{without_group(p)}" for p, v in row if v != low[p]) or empty
                for row in _rows(columns)]


def _rows(columns: Columns) -> list[list[tuple[str, Value]]]:
    values = zip(*(column.tolist() for column in columns.values()), strict=True)
    return [list(zip(columns, row, strict=True)) for row in values]


def _crossed(levels: Columns) -> Columns:
    crossed = np.meshgrid(*levels.values(), indexing="ij")
    return {name: grid.ravel() for name, grid in zip(levels, crossed, strict=True)}


def _pairs(factors: Sequence[Factor], path: str, design: str) -> Columns:
    """Low and high level of each factor; raises where a factor has not two."""
    pairs = {factor.path: factor.levels(2) for factor in factors}
    for name, levels in pairs.items():
        if len(levels) != 2:
            raise InputError(
                f"{path}.over.{name} has {len(levels)} levels ({', '.join(map(str, levels))}), "
                f"but {design} takes two; list the two"
            )
    return pairs


def _two_level(signs: NDArray[Any], pairs: Columns) -> Columns:
    """Levels for a matrix of -1 and +1."""
    chosen = (signs > 0).astype(int)
    return {name: pair[chosen[:, place]] for place, (name, pair) in enumerate(pairs.items())}


def _plackett_burman(factors: int) -> NDArray[Any]:
    """Signs, (rows, factors); a size the library has no matrix for takes its next one."""
    from pydoe import pbdesign

    for size in range(factors, 2 * factors + 4):
        try:
            return pbdesign(size)[:, :factors]
        except ValueError:
            continue
    raise InputError(f"no Plackett-Burman design for {factors} factors")
