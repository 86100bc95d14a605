"""What is wrong with one row of a scenario, by itself: its columns, their kinds and bounds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from psasim.declared.names import text_problem, unknown
from psasim.errors import shown
from psasim.scenario.tables import KEY_RULE, PROVENANCE, Column, Kind, Table

_KEY_FORM = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,59}")


def row_problems(table: Table, row: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """(row path, problem) for unknown and missing columns, types and bounds."""
    path = table.path(row)
    for name in row:
        if name not in table.columns and name not in PROVENANCE:
            yield path, _unknown_column(str(name), table, path)
    for name in table.required:
        if row.get(name) is None:
            yield path, f"{path}: {name} is missing; add it ({_meaning(table.columns[name])})"
    for name, column in table.columns.items():
        if row.get(name) is not None:
            problem = cell_problem(column, row[name], f"{path}.{name}")
            if problem:
                yield path, problem


def _unknown_column(name: str, table: Table, path: str) -> str:
    if name == "name":
        return f"{path}: {table.name} have no name in words; leave it out"
    return str(unknown(name, [*table.columns, *PROVENANCE], path))


def _meaning(column: Column) -> str:
    unit = f"; {column.quantity.unit}" if column.quantity else ""
    return f"{column.kind}: {column.description}{unit}"


def cell_problem(column: Column, value: object, path: str) -> str | None:
    """What is wrong with a value of a column; None if nothing is."""
    kind = column.kind
    if kind in (Kind.KEYS, Kind.NUMBERS) and isinstance(value, list | tuple):
        if not value:
            return f"{path} is an empty list; {_meaning(column)}"
        single = replace(column, kind=Kind.KEY if kind is Kind.KEYS else Kind.NUMBER)
        found = (cell_problem(single, item, path) for item in value)
        return next((problem for problem in found if problem), None)
    if kind in (Kind.NUMBER, Kind.NUMBERS):
        return _number_problem(column, value, path)
    if kind is Kind.FLAG:
        return None if isinstance(value, bool) else f"{path} = {shown(value)}; write yes or no"
    if kind is Kind.KEYS:
        return f"{path} = {shown(value)} is not a list; write [a, b], or a;b in CSV"
    if kind is Kind.TEXT:
        return text_problem(value, path)
    if isinstance(value, bool | int | float):
        return f"{path} = {value!r} is not text; put it in quotes ({KEY_RULE})"
    if not isinstance(value, str) or not _KEY_FORM.fullmatch(value):
        return f"{path} = {shown(value)} is not a key; use {KEY_RULE}"
    return None


def _number_problem(column: Column, value: object, path: str) -> str | None:
    quantity = column.quantity
    assert quantity is not None
    low, high = quantity.bounds
    problem = quantity.problem(value, path)
    return f"{problem}; give a number from {low:g} to {high:g}" if problem else None
