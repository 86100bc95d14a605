"""Designs that fill a space: Latin hypercube, Sobol' sequence, Saltelli's layout, Morris's paths.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from psasim.experiment.design.factors import Factor, Value
from psasim.experiment.design.plan import MOST_ROWS, Columns, Plan
from psasim.mechanisms.ordered_sum import Floats

Points = Annotated[int, Field(ge=2, le=MOST_ROWS)]
Seed = Annotated[int, Field(ge=0, lt=2**32)]


def _power_of_two(points: int) -> int:
    if points & (points - 1):
        lower = 1 << points.bit_length() - 1
        raise ValueError(
            "not a power of two, which a Sobol' sequence needs to be balanced; "
            f"use {lower} or {2 * lower}"
        )
    return points


PowerOfTwo = Annotated[Points, AfterValidator(_power_of_two)]


class _Sampler(Plan):
    """Rows drawn in the unit cube, then laid on the factors' ranges."""

    seed: Seed = 1

    def unit(self, factors: int) -> Floats:
        """Rows in [0, 1), (rows, factors)."""
        raise NotImplementedError

    def columns(self, factors: Sequence[Factor], base: Mapping[str, Value], path: str) -> Columns:
        unit = self.unit(len(factors))
        return {factor.path: factor.at(unit[:, place]) for place, factor in enumerate(factors)}


class LatinHypercube(_Sampler):
    """Each factor's range is cut into `points` parts, and each part met once
    (McKay, Beckman & Conover 1979)."""

    design: Literal["latin_hypercube"]
    points: Points

    def unit(self, factors: int) -> Floats:
        from scipy.stats import qmc

        return qmc.LatinHypercube(factors, rng=self.seed).random(self.points)


class Sobol(_Sampler):
    """A scrambled Sobol' sequence (Owen 1998), as scipy draws it."""

    design: Literal["sobol"]
    points: PowerOfTwo

    def unit(self, factors: int) -> Floats:
        from scipy.stats import qmc

        return qmc.Sobol(factors, rng=self.seed).random(self.points)


class Saltelli(_Sampler):
    """The rows that Sobol' sensitivity indices need, as SALib lays them out.

    points: base sample N; rows are N (k + 2), or N (2k + 2) with `second_order`
    (Saltelli 2002).  `SALib.analyze.sobol` takes a measure in the order of the rows.
    """

    design: Literal["saltelli"]
    points: PowerOfTwo
    second_order: bool = False

    def size(self, factors: Sequence[Factor]) -> int:
        return self.points * (2 * len(factors) + 2 if self.second_order else len(factors) + 2)

    def unit(self, factors: int) -> Floats:
        from SALib.sample import sobol

        return sobol.sample(
            _unit_problem(factors), self.points, calc_second_order=self.second_order,
            seed=self.seed,
        )


class Morris(_Sampler):
    """Paths that change one factor at a time, each once, for a screening (Morris 1991).

    trajectories: paths; rows are trajectories (k + 1); levels: steps of a factor's range,
    of which one moves it by more than half.  `SALib.analyze.morris` takes a measure in the
    order of the rows.
    """

    design: Literal["morris"]
    trajectories: Points
    levels: Annotated[int, Field(ge=4, le=1000, multiple_of=2)] = 4

    def size(self, factors: Sequence[Factor]) -> int:
        return self.trajectories * (len(factors) + 1)

    def unit(self, factors: int) -> Floats:
        from SALib.sample import morris

        return morris.sample(
            _unit_problem(factors), self.trajectories, num_levels=self.levels, seed=self.seed
        )


def _unit_problem(factors: int) -> dict[str, object]:
    """SALib's problem over the unit cube."""
    return {
        "num_vars": factors,
        "names": [str(place) for place in range(factors)],
        "bounds": [[0.0, 1.0]] * factors,
    }
