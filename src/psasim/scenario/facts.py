"""Numbers of a scenario by the path of their keys, and the scenario with some of them changed.

`outcomes.Obesity.technology` is one number, `outcomes.*.technology` that column of every row.
With `.times` at the end what is given is a multiple of the scenario's own value.  In a member of
the family `structure.owners` is one too: with another value it is another member.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from math import fsum
from typing import Any

from psasim.declared.declare import Quantity
from psasim.errors import InputError
from psasim.mechanisms.produce import NEAREST_TO_ZERO
from psasim.scenario.cells import row_problems
from psasim.scenario.check import SHARE_TOLERANCE, numbers_checked
from psasim.scenario.family import FAMILY, STRUCTURE_PATHS, member_like
from psasim.scenario.schema import Contribution, Member, Scenario
from psasim.scenario.tables import TABLES, Column, Kind, Table

EVERY, TIMES = "*", "times"
_NUMERIC = (Kind.NUMBER, Kind.NUMBERS)


@dataclass(frozen=True, slots=True)
class Named:
    """What a path names: rows of a table by their keys, `*` for any, and a column of them."""

    table: Table
    keys: tuple[str, ...]
    column: Column
    times: bool

    @property
    def every(self) -> bool:
        """Whether it names rows by a pattern."""
        return EVERY in self.keys

    @property
    def is_share(self) -> bool:
        return self.table.name == "contributions" and self.column.name == "share"

    def has(self, row: object) -> bool:
        """Whether it names this row; a single `*` stands for all keys of it."""
        keys = _keys(self.table, row)
        return self.keys == (EVERY,) or all(
            wanted in (EVERY, key) for wanted, key in zip(self.keys, keys, strict=True))


def named(path: str) -> Named | None:
    """What `path` names, if it has the form of a fact's path."""
    first, *keys = path.split(".")
    times = keys[-1:] == [TIMES]
    *keys, last = ["", *(keys[:-1] if times else keys)]
    table = TABLES.get(first)
    column = table.columns.get(last) if table else None
    if table is None or column is None or column.kind not in _NUMERIC:
        return None
    if len(keys[1:]) != len(table.identity) and keys[1:] != [EVERY]:
        return None
    return Named(table, tuple(keys[1:]), column, times)


def matching(scenario: Scenario, what: Named) -> dict[str, float | None]:
    """The numbers that are named, by path; None where the scenario leaves one to a parameter,
    or has several in a cell."""
    return {
        f"{_path(what.table, row)}.{what.column.name}": _number(getattr(row, what.column.name))
        for row in getattr(scenario, what.table.name) if what.has(row)
    }


class Changes:
    """The facts that values of some paths set in a scenario, looked up once for many rows.

    paths: other paths among them are not looked at.  Whole numbers are rounded, a technology
    nearer to 0 than the model takes is 0.  Shares stay shares: what is set is kept and the
    outcome's other shares keep to their proportions in what is left; where all of an outcome
    are set, each is divided by their sum.  Where structure is set, the other paths are looked up
    in the member that it makes.
    """

    def __init__(self, scenario: Scenario, paths: Iterable[str]) -> None:
        paths = tuple(paths)
        self._scenario = scenario
        self._structure = [path for path in paths if path in STRUCTURE_PATHS]
        self._rest = [path for path in paths if path not in STRUCTURE_PATHS]
        self._targets = [
            (path, what, matching(scenario, what))
            for path, what in ((path, named(path)) for path in self._rest) if what is not None
        ]
        shares = {fact for _, what, facts in self._targets if what.is_share for fact in facts}
        every = [{share_path(item): item.share for item in items}
                 for items in owners(scenario).values()]
        self._shares = [(own, [path for path in own if path in shares])
                        for own in every if not shares.isdisjoint(own)]

    def of(self, values: Mapping[str, float | str]) -> dict[str, float]:
        """Facts by path, in full."""
        if self._structure:
            built = {path: _settled(STRUCTURE_PATHS[path], float(values[path]))
                     for path in self._structure}
            return built | Changes(with_facts(self._scenario, built), self._rest).of(values)
        found: dict[str, float] = {}
        for path, what, facts in self._targets:
            value = float(values[path])
            for fact, before in facts.items():
                number = (before or 0.0) * value if what.times else value
                assert what.column.quantity is not None
                found[fact] = _settled(what.column.quantity, number)
        for own, given in self._shares:
            found |= _as_shares(own, {path: found[path] for path in given})
        return found


def with_facts(scenario: Scenario, facts: Mapping[str, float]) -> Scenario:
    """The scenario with these numbers, by path; raises `InputError` where it is none then."""
    built = {path: value for path, value in facts.items() if path in STRUCTURE_PATHS}
    if built:
        scenario = _other_member(scenario, built)
    if len(built) == len(facts):
        return scenario
    changes: dict[tuple[str, str], dict[str, float]] = {}
    for path, value in facts.items():
        if path in built:
            continue
        row, _, column = path.rpartition(".")
        changes.setdefault((path.partition(".")[0], row), {})[column] = value
    tables: dict[str, Any] = {}
    problems: list[tuple[str, str]] = []
    for table in (TABLES[name] for name in dict.fromkeys(name for name, _ in changes)):
        rows = []
        for row in getattr(scenario, table.name):
            own = changes.get((table.name, _path(table, row)))
            if own:
                row = replace(row, **{name: _cell(table.columns[name], row, value)
                                      for name, value in own.items()})
                problems += row_problems(table, _columns(row))
            rows.append(row)
        tables[table.name] = tuple(rows)
    return numbers_checked(replace(scenario, **tables), problems)


def _other_member(scenario: Scenario, built: Mapping[str, float]) -> Scenario:
    """The member of the family that differs from the scenario in these numbers."""
    if not isinstance(scenario, Member):
        raise InputError(f"{next(iter(built))} is not a number of scenario {scenario.name}, which "
                         "is written out; take scenario=" + FAMILY)
    settings = {path.partition(".")[2]: value for path, value in built.items()}
    made = member_like(scenario, (dict(scenario.structure) | settings).items())
    return numbers_checked(made, ())


def owners(scenario: Scenario) -> Mapping[str, list[Contribution]]:
    """Contributions by outcome."""
    found: dict[str, list[Contribution]] = {}
    for item in scenario.contributions:
        found.setdefault(item.outcome, []).append(item)
    return found


def share_path(item: Contribution) -> str:
    return f"contributions.{item.outcome}.{item.department}.share"


def _as_shares(own: Mapping[str, float], given: Mapping[str, float]) -> dict[str, float]:
    """An outcome's shares, of which some are given."""
    rest = {path: share for path, share in own.items() if path not in given}
    total = fsum(given.values())
    if rest:
        left = (1.0 - total) / fsum(rest.values())
        return {**given, **{path: share * left for path, share in rest.items()}}
    if total > 0.0 and abs(total - 1.0) > SHARE_TOLERANCE:
        return {path: share / total for path, share in given.items()}
    return dict(given)


def _settled(quantity: Quantity, number: float) -> float:
    if quantity.integer:
        return float(round(number))
    return 0.0 if quantity.name == "technology" and abs(number) < NEAREST_TO_ZERO else number


def _cell(column: Column, row: Any, value: float) -> Any:
    """The value as the row holds it: one number for all of a list."""
    if column.kind is Kind.NUMBERS:
        return (value,) * len(getattr(row, column.name))
    return int(value) if column.quantity is not None and column.quantity.integer else value


def _number(cell: Any) -> float | None:
    if isinstance(cell, tuple):
        return cell[0] if len(set(cell)) == 1 else None
    return cell


def _keys(table: Table, row: object) -> Iterator[str]:
    return (getattr(row, name) for name in table.identity)


def _path(table: Table, row: object) -> str:
    return ".".join([table.name, *_keys(table, row)])


def _columns(row: Any) -> dict[str, object]:
    cells = {item.name: getattr(row, item.name) for item in fields(row)}
    return {name: cell for name, cell in cells.items() if cell != ""}
