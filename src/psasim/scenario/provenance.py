"""Where every fact of a scenario comes from: rules by column, with exceptions by cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from psasim.declared.names import unknown
from psasim.errors import shown
from psasim.scenario.schema import Fact
from psasim.scenario.tables import PROVENANCE, TABLES, Kind, Table

ASSUMPTION = "assumption"
MARKS = ("found", "high", "medium", "low")
_NUMERIC = (Kind.NUMBER, Kind.NUMBERS)

Rows = Mapping[str, list]
Rules = Mapping[str, Mapping[str, Mapping[str, object]]]


def facts(rows: Rows, rules: Rules) -> tuple[Fact, ...]:
    """One `Fact` for every row and every number that the file says the origin of.

    rows: rows by table, as read; rules: table -> `rows`, a column, or `row.column` ->
    source, mark and note.  A row's own source columns go before the rule for `rows`, and
    the rule for a cell before the rule for its column.
    """
    return tuple(_facts(rows, rules))


def _facts(rows: Rows, rules: Rules) -> Iterator[Fact]:
    for name, table in TABLES.items():
        rule = rules.get(name, {})
        for row in rows[name]:
            path = table.path(row)
            own = {key: row[key] for key in PROVENANCE if key in row}
            if own or "rows" in rule:
                yield _fact(path, own or rule["rows"])
            within = path.removeprefix(f"{name}.")
            for column in _numbers(table):
                origin = rule.get(f"{within}.{column}", rule.get(column))
                if origin and row.get(column) is not None:
                    yield _fact(f"{path}.{column}", origin)


def _numbers(table: Table) -> list[str]:
    return [name for name, column in table.columns.items() if column.kind in _NUMERIC]


def _fact(path: str, origin: Mapping[str, object]) -> Fact:
    source = str(origin["source"])
    mark = ASSUMPTION if source == ASSUMPTION else str(origin["mark"])
    return Fact(path, source, mark, str(origin.get("note", "")))


def problems(rows: Rows, rules: Rules, citations: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Rules for places that do not exist, and origins without source, mark or rationale."""
    for name, rule in rules.items():
        path = f"provenance.{name}"
        if name not in TABLES:
            yield "", str(unknown(name, TABLES, "provenance"))
            continue
        table = TABLES[name]
        cells = {
            f"{table.path(row).removeprefix(f'{name}.')}.{column}"
            for row in rows[name]
            for column in _numbers(table)
        }
        for place, origin in rule.items():
            if place not in cells and place not in ("rows", *_numbers(table)):
                known = ["rows", *_numbers(table), *cells]
                yield "", str(unknown(str(place), known, path))
            yield from _origin_problems(f"{path}.{place}", origin, citations, "")
    for name, table in TABLES.items():
        for row in rows[name]:
            own = {key: row[key] for key in PROVENANCE if key in row}
            if own:
                yield from _origin_problems(table.path(row), own, citations, table.path(row))


def _origin_problems(
    path: str, origin: object, citations: Mapping[str, str], row: str
) -> Iterator[tuple[str, str]]:
    if not isinstance(origin, Mapping):
        yield row, f"{path} = {shown(origin)}; write {{source: key, mark: found, note: text}}"
        return
    for key, text in origin.items():
        if key not in PROVENANCE:
            yield row, str(unknown(str(key), PROVENANCE, path))
        elif text is not None and not isinstance(text, str):
            yield row, f"{path}.{key} = {shown(text)} is not text; put it in quotes"
            return
    source, mark = origin.get("source"), origin.get("mark")
    if source is None:
        yield row, f"{path}: source is missing; name a key of `sources`, or {ASSUMPTION}"
    elif source == ASSUMPTION:
        if not origin.get("note"):
            yield row, f"{path}: an assumption needs its rationale; add a note"
        if mark not in (None, ASSUMPTION):
            yield row, f"{path}.mark = {shown(mark)}: an assumption takes no mark; remove it"
    else:
        if source not in citations:
            yield row, str(unknown(str(source), [*citations, ASSUMPTION], f"{path}.source"))
        if mark not in MARKS:
            yield row, f"{path}.mark = {shown(mark)} is not one of {', '.join(MARKS)}"
