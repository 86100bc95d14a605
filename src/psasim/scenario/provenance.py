"""Where every fact of a scenario comes from: rules by column, with exceptions by cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from psasim.declared.names import unknown
from psasim.errors import shown
from psasim.scenario.schema import Fact
from psasim.scenario.tables import PROVENANCE, TABLES, Kind, Table

ASSUMPTION = "assumption"
MARKS = ("found", "high", "medium", "low")
RANGE = ("low", "high")
"""Keys of a rule for numbers: what its source leaves open, which a design may vary over."""
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
    low, high = (float(str(origin[end])) if end in origin else None for end in RANGE)
    return Fact(path, source, mark, str(origin.get("note", "")), low, high)


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
            if isinstance(origin, Mapping):
                yield from _range_problems(table, rows[name], str(place), rule)
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
        if key in RANGE and not row:
            continue
        if key not in PROVENANCE:
            yield row, str(unknown(str(key), PROVENANCE if row else (*PROVENANCE, *RANGE), path))
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


def _range_problems(
    table: Table, rows: list, place: str, rule: Mapping[str, Mapping[str, object]]
) -> Iterator[tuple[str, str]]:
    """A range has two ends, in bounds and in order, around what the scenario states."""
    path = f"provenance.{table.name}.{place}"
    ends = {end: rule[place][end] for end in RANGE if end in rule[place]}
    if not ends:
        return
    column = table.columns.get(place.rpartition(".")[2])
    quantity = None if column is None else column.quantity
    if quantity is None:
        yield "", f"{path}: low and high belong to a column of numbers or a cell; remove them"
        return
    if len(ends) < 2:
        yield "", f"{path}: a range has two ends; give low and high"
        return
    wrong = [problem for end, value in ends.items()
             if (problem := quantity.problem(value, f"{path}.{end}"))]
    yield from (("", problem) for problem in wrong)
    if wrong:
        return
    low, high = (float(str(value)) for value in ends.values())
    if not low < high:
        yield "", f"{path}: low = {low:g} is not below high = {high:g}"
        return
    for row in rows:
        cell = f"{table.path(row)}.{quantity.name}".removeprefix(f"{table.name}.")
        value = row.get(quantity.name)
        meant = place == cell or (place == quantity.name and cell not in rule)
        if meant and isinstance(value, int | float) and not low <= value <= high:
            yield "", (f"{path}: {table.path(row)}.{quantity.name} = {value:g} stands outside its "
                       f"range {low:g} to {high:g}; widen it, or give the cell a rule of its own")
