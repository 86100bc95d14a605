"""Scenarios from files: the shipped ones by name, a user's own by path."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from math import fsum
from pathlib import Path
from typing import Any

from psasim.declared.names import unknown
from psasim.errors import InputError
from psasim.reading.csv import read_csv
from psasim.reading.text import number
from psasim.reading.yaml import Row, read_yaml
from psasim.scenario import provenance
from psasim.scenario.check import checked, raise_problems, row_problems
from psasim.scenario.schema import Contribution, Scenario
from psasim.scenario.tables import PROVENANCE, TABLES, Column, Kind, Table

SCENARIO_FILE = "scenario.yaml"
_SHIPPED = Path(__file__).parent / "data"
_TEXTS = ("title", "description")
_KEYS = (*_TEXTS, "shares", "sources", "provenance", *TABLES)
_SHARES = ("exact", "relative")
_FLAGS = {"yes": True, "true": True, "no": False, "false": False}


def scenario_names() -> tuple[str, ...]:
    """Names of the shipped scenarios."""
    return tuple(sorted(path.parent.name for path in _SHIPPED.glob(f"*/{SCENARIO_FILE}")))


def load_scenario(name_or_path: str | Path) -> Scenario:
    """The checked scenario of a shipped name, a folder, or a `.yaml` file.

    Raises `InputError` that names file, line, path, value, bound and fix.
    """
    if str(name_or_path) in scenario_names():
        return read_scenario(_SHIPPED / str(name_or_path) / SCENARIO_FILE)
    path = Path(name_or_path)
    if path.is_dir():
        path = path / SCENARIO_FILE
    elif isinstance(name_or_path, str) and path.name == name_or_path and not path.suffix:
        raise unknown(name_or_path, scenario_names(), "scenario")
    return read_scenario(path)


def read_scenario(path: Path) -> Scenario:
    """The checked scenario of one YAML file and the CSV files beside it."""
    content = read_yaml(path)
    _check_top(content, str(path))
    tables = {name: _rows(content.get(name), path, name) for name in TABLES}
    places = {TABLES[name].path(row): row.place for name, rows in tables.items() for row in rows}
    raise_problems(
        (found for name, rows in tables.items() for row in rows
         for found in row_problems(TABLES[name], row)),
        places,
    )
    rules = content.get("provenance") or {}
    citations = content.get("sources") or {}
    raise_problems(_labelled(provenance.problems(tables, rules, citations), path), places)
    name = path.parent.name if path.name == SCENARIO_FILE else path.stem
    scenario = Scenario(
        name=name,
        title=content.get("title") or name,
        description=(content.get("description") or "").strip(),
        facts=provenance.facts(tables, rules),
        citations=tuple(citations.items()),
        **{key: tuple(_entity(TABLES[key], row) for row in rows) for key, rows in tables.items()},
    )
    if content.get("shares") == "relative":
        scenario = replace(scenario, contributions=_divided(scenario.contributions))
    return checked(scenario, places)


def _labelled(problems: Iterator[tuple[str, str]], path: Path) -> Iterator[tuple[str, str]]:
    """Problems with the file's name before those that belong to no row."""
    return ((row, text if row else f"{path}: {text}") for row, text in problems)


def _check_top(content: Row, file: str) -> None:
    """Refuse unknown keys and wrong types at the top of a scenario file."""
    for key, value in content.items():
        if key not in _KEYS:
            raise unknown(str(key), _KEYS, file)
        if key in _TEXTS and not isinstance(value, str):
            raise InputError(f"{file}: {key} = {value!r} is not text; put it in quotes")
        if key == "shares" and value not in _SHARES:
            raise InputError(f"{file}: shares = {value!r} is not one of {', '.join(_SHARES)}")
    for key in ("sources", "provenance"):
        for name, value in _mapping(content.get(key), f"{file}: {key}").items():
            if key == "provenance":
                _mapping(value, f"{file}: {key}.{name}")
            elif not isinstance(value, str):
                raise InputError(f"{file}: {key}.{name} = {value!r} is not text")
    for key in ("departments", "outcomes", "contributions"):
        if not content.get(key):
            raise InputError(f"{file}: {key} is missing; add rows, or the name of a CSV file")


def _mapping(value: object, path: str) -> Mapping:
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise InputError(f"{path} = {value!r} does not hold keys with values")
    return value


def _rows(value: object, file: Path, name: str) -> list[Row]:
    """Rows of one table, written in the YAML file or in a CSV file beside it."""
    if value is None:
        return []
    if isinstance(value, str):
        if Path(value).name != value or not value.endswith(".csv"):
            raise InputError(
                f"{file}: {name} = {value!r} is not the name of a CSV file in the same folder"
            )
        table = TABLES[name]
        return [_parsed_row(row, table) for row in read_csv(file.parent / value, _columns(table))]
    if not isinstance(value, list) or not all(isinstance(row, Row) for row in value):
        raise InputError(
            f"{file}: {name} is neither a list of rows (- {{key: ..., ...}}) nor a CSV file's name"
        )
    return value


def _columns(table: Table) -> Callable[[str, str], str]:
    """What reads a header cell: a column of the table, or of where rows come from."""

    def column(cell: str, place: str) -> str:
        if cell not in table.columns and cell not in PROVENANCE:
            raise unknown(cell, [*table.columns, *PROVENANCE], f"{place}: column")
        return cell

    return column


def _parsed_row(cells: Row, table: Table) -> Row:
    """A row of a CSV file with the values that its cells stand for, without the empty ones."""
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


def _entity(table: Table, row: Row) -> Any:
    """The entity of a row whose cells have been checked."""
    given = {name: row[name] for name in table.columns if row.get(name) is not None}
    for name, value in given.items():
        column = table.columns[name]
        if column.kind is Kind.NUMBER and column.quantity:
            given[name] = int(value) if column.quantity.integer else float(value)
        elif column.kind is Kind.KEYS:
            given[name] = tuple(value)
        elif column.kind is Kind.NUMBERS:
            numbers = value if isinstance(value, list) else [value] * len(row["outcomes"])
            given[name] = tuple(float(number) for number in numbers)
    if "name" in table.columns:
        given.setdefault("name", row["key"])
    return table.entity(**given)


def _divided(contributions: tuple[Contribution, ...]) -> tuple[Contribution, ...]:
    """Contributions with each share divided by the sum over its outcome."""
    total = {
        outcome: fsum(c.share for c in contributions if c.outcome == outcome)
        for outcome in {c.outcome for c in contributions}
    }
    return tuple(replace(c, share=c.share / total[c.outcome]) for c in contributions)
