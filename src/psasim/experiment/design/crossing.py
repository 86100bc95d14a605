"""Designs crossed: each package under each future, in each scenario."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import overload

from psasim.declared.levers import Governance
from psasim.declared.parameters import Parameters
from psasim.experiment.design.decisions import by_path
from psasim.experiment.design.designs import Drawn
from psasim.experiment.design.factors import Value
from psasim.experiment.design.points import Point, factors_of, in_order
from psasim.scenario.facts import Changes
from psasim.scenario.schema import Scenario

SHORT = len("parameters.")


def future(base: Parameters, values: Mapping[str, Value]) -> Parameters:
    """`base` with the parameters among `values`, by path."""
    return Parameters(**{**base, **{
        path[SHORT:]: float(value)
        for path, value in values.items() if path.startswith("parameters.")
    }})


class Crossed(Sequence[Point]):
    """The points of crossed designs, each made when asked for.

    Scenarios change slowest, then futures, then packages: points of one future, which
    are compared with each other, stand together.

    scenarios: by key; base: parameters that no design varies; decisions: lever settings,
    by path, that a design varies; futures: a row each, or None for `base` alone.
    """

    def __init__(
        self, scenarios: Mapping[str, Scenario], packages: Mapping[str, Governance],
        base: Parameters, decisions: Sequence[str] = (), futures: Drawn | None = None,
    ) -> None:
        self._scenarios = tuple(scenarios)
        self._packages = tuple(packages.items())
        self._base = base
        self._futures = futures
        self._future = lru_cache(maxsize=1)(self._draw)  # points of one future come together
        self._facts = lru_cache(maxsize=1)(self._changed)
        varied = () if futures is None else futures.columns
        self._changes = [Changes(scenario, varied) for scenario in scenarios.values()]
        self._chosen = [_chosen(package, decisions) for package in packages.values()]
        self._others = [factors_of(package, base) for package in packages.values()]

    @property
    def futures(self) -> int:
        """Sets of parameters that every package meets."""
        return 1 if self._futures is None else self._futures.rows

    def __len__(self) -> int:
        return len(self._scenarios) * self.futures * len(self._packages)

    @overload
    def __getitem__(self, number: int) -> Point: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[Point]: ...
    def __getitem__(self, number: int | slice) -> Point | Sequence[Point]:
        if isinstance(number, slice):
            return tuple(self[place] for place in range(*number.indices(len(self))))
        number = range(len(self))[number]
        block, package = divmod(number, len(self._packages))
        scenario, row = divmod(block, self.futures)
        return self._point(number, scenario, row, package)

    def __iter__(self) -> Iterator[Point]:
        number = 0
        for scenario in range(len(self._scenarios)):
            for row in range(self.futures):
                for package in range(len(self._packages)):
                    yield self._point(number, scenario, row, package)
                    number += 1

    def _draw(self, row: int) -> tuple[Parameters, Mapping[str, Value]]:
        if self._futures is None:
            return self._base, {}
        varied = self._futures.row(row)
        return future(self._base, varied), varied

    def _point(self, number: int, scenario: int, row: int, package: int) -> Point:
        name, governance = self._packages[package]
        parameters, varied = self._future(row)
        factors = in_order({**self._chosen[package], **varied}, self._others[package])
        return Point(number, self._scenarios[scenario], name, governance, parameters, factors, row,
                     facts=self._facts(scenario, row))

    def _changed(self, scenario: int, row: int) -> Mapping[str, float]:
        return self._changes[scenario].of(self._future(row)[1])


def _chosen(package: Governance, decisions: Sequence[str]) -> dict[str, Value]:
    if not decisions:
        return {}
    values = by_path(package)
    return {path: values[path] for path in decisions}
