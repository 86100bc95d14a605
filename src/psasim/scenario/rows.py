"""Rows of a scenario's tables, written in its YAML file or in CSV files beside it."""

from __future__ import annotations

from collections.abc import Callable
from math import fsum, isfinite
from pathlib import Path
from typing import Any

from psasim.declared.names import unknown
from psasim.errors import InputError, shown
from psasim.reading.csv import read_csv
from psasim.reading.text import number
from psasim.reading.yaml import Row
from psasim.scenario.tables import PROVENANCE, Column, Kind, Table

_FLAGS = {"yes": True, "true": True, "no": False, "false": False}


def rows_of(value: object, file: Path, table: Table) -> list[Row]:
    """The rows that `value` holds or names; `file` is the scenario's.  Raises `InputError`."""
    if value is None:
        return []
    if isinstance(value, str):
        if Path(value).name != value or not value.lower().endswith(".csv"):
            raise InputError(f"{file}: {table.name} = {shown(value)} is not the name of a CSV file "
                             "in the same folder")
        rows = read_csv(file.parent / value, _column_of(table))
        return [_parsed_row(row, table) for row in rows]
    example = f"- {{{', '.join(f'{name}: ...' for name in table.required)}}}"
    if not isinstance(value, list):
        raise InputError(f"{file}: {table.name} is neither a list of rows ({example}) nor the name "
                         "of a CSV file")
    for place, row in enumerate(value, start=1):
        if not isinstance(row, Row):
            raise InputError(f"{file}: row {place} of {table.name} = {shown(row)} does not hold "
                             f"keys with values; write {example}")
    return value


def divided(contributions: list[Row]) -> list[Row]:
    """Contributions with each weight divided by the sum over its outcome, as `shares: relative`
    asks; an outcome with what is no weight is left to be refused as it stands."""
    weights: dict[object, list[Any]] = {}
    for row in contributions:
        weights.setdefault(shown(row.get("outcome")), []).append(row.get("share"))
    total = {key: fsum(found) for key, found in weights.items() if all(map(_is_weight, found))}
    return [_over(row, total.get(shown(row.get("outcome")))) for row in contributions]


def _is_weight(value: Any) -> bool:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return is_number and isfinite(value) and value > 0


def _over(row: Row, total: float | None) -> Row:
    new = row if total is None else Row(row, share=row["share"] / total)
    new.place = row.place
    return new


def _column_of(table: Table) -> Callable[[str, str], str]:
    """What reads a header cell: a column of the table, or of where its rows come from."""

    def column(cell: str, place: str) -> str:
        if cell not in table.columns and cell not in PROVENANCE:
            raise unknown(cell, [*table.columns, *PROVENANCE], f"{place}: column of {table.name}")
        return cell

    return column


def _parsed_row(cells: Row, table: Table) -> Row:
    """The values that cells of a CSV file stand for, without the empty ones."""
    row = Row({
        name: _parsed(table.columns[name], text) if name in table.columns else text
        for name, text in cells.items() if text
    })
    row.place = cells.place
    return row


def _parsed(column: Column, text: str) -> object:
    """A CSV cell as the value it stands for; text that does not fit is left to the check."""
    if column.kind is Kind.FLAG:
        return _FLAGS.get(text.lower(), text)
    if column.kind is Kind.NUMBER:
        return _number(text)
    if column.kind is Kind.KEYS:
        return [item.strip() for item in text.split(";")]
    if column.kind is Kind.NUMBERS:
        items = [_number(item.strip()) for item in text.split(";")]
        return items if len(items) > 1 else items[0]
    return text


def _number(text: str) -> float | str:
    value = number(text)
    return text if value is None else value
