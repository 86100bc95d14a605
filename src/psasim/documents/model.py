"""The generated parts of `docs/model.md`, between its markers."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from types import MappingProxyType

from psasim.declared.declare import Quantity
from psasim.declared.parameters import PARAMETERS
from psasim.declared.references import REFERENCES
from psasim.documents.markdown import code, default, spread, table
from psasim.documents.worked_month import worked_month
from psasim.errors import InputError
from psasim.month.ledger import LINES
from psasim.month.worlds import DRAWN
from psasim.scenario.family import STRUCTURE
from psasim.scenario.tables import OTHER_GOALS, TABLES, Column, Table

_BLOCK = re.compile(r"(<!-- generated: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def filled(text: str) -> str:
    """The text with every generated part made anew.

    Raises `psasim.errors.InputError` unless each part has its place exactly once.
    """
    places = [name for _, name, _ in _BLOCK.findall(text)]
    if sorted(places) != sorted(BLOCKS):
        raise InputError(
            f"model.md: generated parts are {', '.join(places) or 'missing'}; give each of "
            f"{', '.join(BLOCKS)} one place"
        )
    return _BLOCK.sub(lambda match: f"{match[1]}\n{BLOCKS[match[2]]()}\n\n{match[3]}", text)


def _facts() -> str:
    """Facts of a scenario by entity."""
    alone = (code(OTHER_GOALS.name), _unit(OTHER_GOALS), "0", OTHER_GOALS.description)
    rows = (
        (code(f"{name}.{column.name}"), _unit(column), _left_out(facts, column.name),
         column.description)
        for name, facts in TABLES.items()
        for column in facts.columns.values()
        if column.name not in ("key", "name")
    )
    return table(("fact", "unit, range", "if left out", "meaning"), (alone, *rows))


def _left_out(facts: Table, name: str) -> str:
    """What stands where a scenario does not give the fact."""
    default = next(field.default for field in fields(facts.entity) if field.name == name)
    if default is MISSING:
        return "must be given"
    if default is None:
        return "the parameter"
    if isinstance(default, bool):
        return "yes" if default else "no"
    return f"{default:g}" if isinstance(default, int | float) else default or "no name"


def _unit(column: Column) -> str:
    quantity: Quantity | None = column.quantity
    if quantity is None:
        return str(column.kind)
    low, high = quantity.bounds
    return f"{quantity.unit}, {low:g} to {high:g}"


def _structure() -> str:
    """What a member of the family of scenarios is built of."""
    rows = ((code(f"structure.{q.name}"), default(q), spread(q), q.unit, q.description)
            for q in STRUCTURE.values())
    return table(("structure", "default", "range", "unit", "meaning"), rows)


def _parameters() -> str:
    rows = (
        (code(q.name), q.letter, q.unit, f"{q.default:g}", q.description)
        for q in PARAMETERS.values()
    )
    return table(("parameter", "letter", "unit", "default", "meaning"), rows)


def _draws() -> str:
    rows = ((code(kind), names, what, how) for kind, names, what, how in DRAWN)
    return table(("kind", "names", "decides", "distribution"), rows)


def _ledger() -> str:
    rows = (
        (code(line.name), line.label, "contribution" if line.by_contribution else "department",
         line.heading or "nothing is lost")
        for line in LINES.values()
    )
    return table(("line", "label", "known by", "heading of the deck"), rows)


def _references() -> str:
    return " ".join(map(str, REFERENCES))


BLOCKS: Mapping[str, Callable[[], str]] = MappingProxyType({
    "facts": _facts,
    "structure": _structure,
    "parameters": _parameters,
    "draws": _draws,
    "ledger": _ledger,
    "worked_month": worked_month,
    "references": _references,
})
