"""A scenario to begin with: a small one that runs, each fact with how one comes by it.

What is said of a fact is said in its declaration; here are only the example's own values.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields
from textwrap import wrap
from types import MappingProxyType

from psasim.scenario.tables import TABLES, Column, Kind, Table

Example = Mapping[str, object]

_EXAMPLE: Mapping[str, tuple[Example, ...]] = MappingProxyType({
    "departments": (
        {"key": "Health", "name": "Department of Health", "capacity": 1.0},
        {"key": "Schools", "name": "Department for Schools", "capacity": 1.0},
    ),
    "outcomes": (
        {"key": "HealthyChildren", "name": "Fewer children overweight", "technology": -0.5,
         "planned_effort": 0.7, "cluster": "children"},
    ),
    "contributions": (
        {"outcome": "HealthyChildren", "department": "Health", "share": 0.6, "lead": True},
        {"outcome": "HealthyChildren", "department": "Schools", "share": 0.4},
    ),
    "indicators": (
        {"key": "weight", "outcome": "HealthyChildren", "department": "Health",
         "validity": 0.9, "lag": 4},
    ),
    "bodies": (
        {"key": "Boards", "name": "Health boards", "parents": ["Health"],
         "outcomes": ["HealthyChildren"], "alignment": 0.8, "count": 12},
        {"key": "School", "name": "Schools", "parents": ["Schools", "Boards"],
         "outcomes": ["HealthyChildren"], "alignment": 0.5, "count": 900},
    ),
})

_WIDTH = 98

_HEAD = """\
# A scenario for psasim. It runs as it stands:  psasim run scenario={file}
# Replace the example by departments and outcomes of your own. The first row of each table tells
# every fact: what it is (unit, lowest to highest) and how to come by it. Facts after the line
# "may be left out" then have the value that stands here, or the model's parameter.
# What you are not sure of gets a range at the end of the file, and is varied by
#   psasim run scenario={file} experiment=own_case parameters=plausible
# More: docs/scenarios.md and, for what each fact does, docs/model.md.

# On one line; it heads tables and figures. The file's name if left out.
title: Two owners of one outcome

# What it is about, who made it and when.
description: >
  An example to be replaced: two departments share an outcome that neither reaches alone.

# Goals of government outside the scenario, which share the time of ministers and of a delivery unit
# (goals, 0 to 1000): the number of goals that government published, less those here.
other_goals: 0

# exact: shares of an outcome sum to 1. relative: they are weights, divided by their sum.
shares: exact
"""
_TAIL = """\
# Where facts come from: citations by a key of your own, then for each table its rows, a column or
# one cell (such as Schools.capacity). A mark says how sure: found, high, medium or low; an
# assumption needs a note instead. low and high beside it are what the fact may honestly be: give
# them to whatever you are not sure of, and experiment=own_case says whether the answer survives.
sources:
  plan: "Replace by a document: who, what, when, which table"
provenance:
  departments:
    rows: {source: plan, mark: found}
    capacity: {source: assumption, note: "Example: both alike, for want of budgets.",
               low: 0.7, high: 1.4}
  outcomes:
    technology: {source: assumption, note: "Example: each matters, more or less.", low: -3, high: 1}
"""


def template(file: str) -> str:
    """The text of a scenario file that is called `file`."""
    tables = ("\n".join([*_comment(table.meaning, ""), f"{name}:", *_rows(table)])
              for name, table in TABLES.items())
    return "\n\n".join([_HEAD.format(file=file).rstrip(), *tables, _TAIL])


def template_in_tables(file: str) -> dict[str, str]:
    """The same with every table in a CSV file beside it: texts by name of file, `file` first."""
    texts = {
        name: "\n".join([*_comment(table.meaning, ""), *_told(table), f"{name}: {name}.csv"])
        for name, table in TABLES.items()
    }
    return {
        file: "\n\n".join([_HEAD.format(file=file).rstrip(), *texts.values(), _TAIL]),
        **{f"{name}.csv": _csv(table) for name, table in TABLES.items()},
    }


def _rows(table: Table) -> Iterator[str]:
    """Rows of the example, the first with every fact."""
    first, *others = _EXAMPLE[table.name]
    for number, (column, optional) in enumerate(_in_order(table)):
        if optional and not _in_order(table)[number - 1][1]:
            yield "    # -- what follows may be left out --"
        yield from _comment(_about(column), "    " if number else "  ")
        value = _value(table, first, column)
        off = "# " if value is None else ""
        shown = _yaml(_typical(column) if value is None else value)
        yield f"  {'  ' if number else '- '}{off}{column.name}: {shown}"
    for row in others:
        cells = ", ".join(f"{name}: {_yaml(value)}" for name, value in row.items())
        yield from wrap(f"  - {{{cells}}}", _WIDTH, subsequent_indent=" " * 5)


def _in_order(table: Table) -> list[tuple[Column, bool]]:
    """Columns and whether they may be left out, those that must be given first."""
    columns = [(column, column.name not in table.required) for column in table.columns.values()]
    return sorted(columns, key=lambda item: item[1])


def _told(table: Table) -> Iterator[str]:
    for column, optional in _in_order(table):
        yield f"#   {column.name}" + (" (may be empty)" if optional else "")
        yield from _comment(_about(column), "#     ")


def _about(column: Column) -> str:
    """The fact, its unit and bounds, and how one comes by it."""
    quantity = column.quantity
    form = {Kind.KEY: "", Kind.TEXT: ""}.get(column.kind, f" ({column.kind})")
    if quantity is not None:
        low, high = quantity.bounds
        form = f" ({quantity.unit}, {low:.10g} to {high:.10g}{', whole' * quantity.integer})"
    return f"{column.description}{form}\nHow to know: {column.how}"


def _comment(text: str, indent: str) -> Iterator[str]:
    for line in text.split("\n"):
        mark = indent if indent.startswith("#") else f"{indent}# "
        yield from wrap(line, _WIDTH, initial_indent=mark, subsequent_indent=mark)


def _value(table: Table, row: Example, column: Column) -> object:
    """The example's value, or what stands where none is given; None for the parameter."""
    if column.name in row:
        return row[column.name]
    default = next(item.default for item in fields(table.entity) if item.name == column.name)
    return _typical(column) if default is MISSING else default


def _typical(column: Column) -> object:
    assert column.quantity is not None, f"the example says nothing of {column.name}"
    return column.quantity.default


def _yaml(value: object) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_yaml, value))}]"
    return _plain(value)


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _csv(table: Table) -> str:
    """The example's rows with every column, empty where the parameter stands."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(table.columns)
    for row in _EXAMPLE[table.name]:
        values = [_value(table, row, column) for column in table.columns.values()]
        writer.writerow([
            ";".join(value) if isinstance(value, list) else "" if value is None else _plain(value)
            for value in values
        ])
    return text.getvalue()
