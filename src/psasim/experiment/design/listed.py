"""Points listed one by one: rows that set levers and parameters together, or a user's table."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from psasim.declared.levers import Governance
from psasim.declared.names import unknown
from psasim.declared.parameters import Parameters
from psasim.errors import InputError
from psasim.experiment.design.crossing import future
from psasim.experiment.design.decisions import by_path, with_levers
from psasim.experiment.design.designs import Drawn
from psasim.experiment.design.factors import DECISIONS, Value
from psasim.experiment.design.points import Point, factors_of, in_order
from psasim.scenario.facts import Changes
from psasim.scenario.schema import Scenario

NAMES = ("scenario", "package")
"""Columns of a table that name things; the others are factors."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A point before it has a number; row: of the design, None for a baseline beside it."""

    scenario: str
    package: str
    governance: Governance
    parameters: Parameters
    varied: Mapping[str, Value]
    row: int | None
    facts: Mapping[str, float]

    @property
    def future(self) -> tuple[object, ...]:
        """What is uncertain, the same in every scenario."""
        return self.parameters, tuple(
            (path, value) for path, value in self.varied.items() if path not in DECISIONS)


def listed_points(
    drawn: Drawn, on: str, known: Mapping[str, Governance], scenarios: Mapping[str, Scenario],
    base: Parameters, path: str,
) -> Iterator[Listed]:
    """The rows of a design over levers and parameters, in each scenario or in their own.

    Levers are set on the package a row names, if it is among `known`, and else on `on`;
    a package without a name is called `on`, with a number for each different one.
    Raises `InputError`.
    """
    named = dict(known)
    changes = {name: Changes(scenario, drawn.columns) for name, scenario in scenarios.items()}
    seen: dict[Governance, str] = {known[on]: on}
    for number in range(drawn.rows):
        row = drawn.row(number)
        place = f"{path}, point {number + 1}"
        given = str(row["package"]) if "package" in row else None
        governance = with_levers(known.get(given or on, known[on]), row)
        name = given or seen.setdefault(governance, f"{on}{drawn.labels[number]}")
        if named.setdefault(name, governance) != governance:
            raise InputError(f"{place}: package {name} is already another one; rename it")
        varied = {name: value for name, value in row.items() if name not in NAMES}
        for scenario in _scenarios(row, scenarios, place):
            facts = changes[scenario].of(varied)
            yield Listed(scenario, name, governance, future(base, row), varied, number, facts)


def _scenarios(
    row: Mapping[str, Value], scenarios: Collection[str], place: str
) -> Iterable[str]:
    if "scenario" not in row:
        return scenarios
    if row["scenario"] not in scenarios:
        raise unknown(str(row["scenario"]), scenarios, f"{place}: scenario")
    return (str(row["scenario"]),)


def number_points(
    listed: Iterable[Listed], baseline: str, package: Governance
) -> tuple[Point, ...]:
    """Points by number: the rows in their order, each future's first after the baseline.

    So every row has what it is compared with, and rows added to a table are added at
    the end of the design.  Rows alike in what is uncertain are in one future; every row is a
    point, also where it equals another; the first that is the baseline is the future's.
    """
    rows: list[Listed] = []
    added: dict[tuple[str, tuple[object, ...]], int] = {}
    futures: dict[tuple[object, ...], int] = {}
    for item in listed:
        futures.setdefault(item.future, len(futures))
        future_of = item.scenario, item.future
        if future_of not in added:
            added[future_of] = len(rows)
            rows.append(_baseline(item, baseline, package))
        if item.package == baseline and rows[added[future_of]].row is None:
            rows[added[future_of]] = item
        else:
            rows.append(item)
    return tuple(
        Point(number, p.scenario, p.package, p.governance, p.parameters,
              in_order(p.varied, factors_of(p.governance, p.parameters)),
              futures[p.future], p.row, p.facts)
        for number, p in enumerate(rows)
    )


def _baseline(beside: Listed, name: str, package: Governance) -> Listed:
    values = by_path(package)
    varied = {
        path: values[path] if path in DECISIONS else value
        for path, value in beside.varied.items()
    }
    return Listed(beside.scenario, name, package, beside.parameters, varied, None, beside.facts)
