"""The tables of a scenario file: their columns, with unit and bounds, declared once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from enum import StrEnum
from types import MappingProxyType

from psasim.declared.declare import Assumption, Grade, Heading, Quantity
from psasim.errors import shown
from psasim.scenario.schema import Body, Contribution, Department, Indicator, Outcome


class Kind(StrEnum):
    """What a cell holds; lists are written a;b in CSV."""

    KEY = "key"
    KEYS = "list of keys"
    TEXT = "text"
    FLAG = "yes or no"
    NUMBER = "number"
    NUMBERS = "number, or list of numbers"


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `refers` names the tables whose keys it holds."""

    name: str
    kind: Kind
    description: str
    quantity: Quantity | None = None
    refers: tuple[str, ...] = ()


def _short(cell: object) -> str:
    return cell if isinstance(cell, str) and len(cell) <= 80 else shown(cell)


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a scenario; `identity` are the columns that name a row, in sort order."""

    name: str
    entity: type
    identity: tuple[str, ...]
    columns: Mapping[str, Column]

    @property
    def required(self) -> tuple[str, ...]:
        """Columns without a default."""
        empty = (MISSING, MISSING)
        return tuple(
            f.name
            for f in fields(self.entity)
            if (f.default, f.default_factory) == empty and f.name != "name"
        )

    def path(self, row: Mapping[str, object]) -> str:
        """Place of a row, such as `contributions.PSA09.DWP`."""
        cells = (row.get(name) for name in self.identity)
        return ".".join([self.name, *("?" if cell is None else _short(cell) for cell in cells)])


KEY_RULE = "letters, digits, _ and -, a letter first, 60 at most"
"""How a key may be spelt."""

PROVENANCE = ("source", "mark", "note")
"""Columns any table may have: where the row itself comes from."""

_BOUNDS = Assumption(
    "Bounds of what a scenario may state; each value has its own source there.",
    Grade.GREEN,
    Grade.GREEN,
)


def _number(name: str, unit: str, low: float, high: float, typical: float, description: str,
            heading: Heading = Heading.DELIVERY_MODELS, integer: bool = False,
            kind: Kind = Kind.NUMBER) -> Column:
    quantity = Quantity(name, unit, typical, low, high, heading, _BOUNDS, description,
                        integer=integer)
    return Column(name, kind, description, quantity)


_KEY = Column("key", Kind.KEY, f"Short key: {KEY_RULE}.")
_NAME = Column("name", Kind.TEXT, "Name in words; the key if left out.")
_OUTCOME = Column("outcome", Kind.KEY, "Key of the outcome.", refers=("outcomes",))
_DEPARTMENT = Column("department", Kind.KEY, "Key of the department.", refers=("departments",))


def _table(name: str, entity: type, identity: tuple[str, ...], *columns: Column) -> Table:
    return Table(name, entity, identity, MappingProxyType({c.name: c for c in columns}))


_ALL = (
    _table(
        "departments", Department, ("key",), _KEY, _NAME,
        _number("capacity", "mean department", 0.001, 1000, 1,
                "Effort a month, relative to a mean department."),
        _number("own_value", "stake", 0, 10, 1, "Stake of the department's own agenda.",
                Heading.WORKING_TOGETHER),
        _number("phase", "months", 0, 59, 0, "Month of the publishing interval in which it "
                "publishes.", Heading.TOOLS_AND_DATA, integer=True),
        _number("years_funded", "years", 1, 50, 2, "Years of certain funding.",
                Heading.WORKING_TOGETHER),
        _number("reading_offset", "of target", -1, 1, 0, "How far above the figures it reads "
                "success.", Heading.TOOLS_AND_DATA),
    ),
    _table(
        "outcomes", Outcome, ("key",), _KEY, _NAME,
        _number("technology", "CES exponent", -5, 1, 0, "How contributions combine: 1 additive, "
                "0 Cobb-Douglas, -5 near a bottleneck."),
        _number("planned_effort", "mean department-months a month", 0.0001, 1000, 0.2,
                "Effort a month the plan calls for, all contributions together."),
        _number("value", "centre's numeraire", 0.01, 100, 1, "Worth to the centre.",
                Heading.LEADERSHIP),
        _number("target_month", "months", 1, 600, 36, "Month the plan reaches the target.",
                Heading.LEADERSHIP, integer=True),
        _number("stretch", "of the plan's assumption", 0.1, 10, 1,
                "Effort that must be realised to meet the target, over what the plan assumes.",
                Heading.LEADERSHIP),
        _number("drift", "per month", 0, 0.5, 0.004, "Part of the outcome lost in a month; the "
                "parameter if left out."),
        _number("volatility", "of target per root month", 0, 1, 0.012, "Size of the monthly "
                "shock; the parameter if left out."),
        Column("cluster", Kind.TEXT, "Portfolio the centre may review together."),
    ),
    _table(
        "contributions", Contribution, ("outcome", "department"), _OUTCOME, _DEPARTMENT,
        _number("share", "fraction of planned effort", 0.001, 1, 0.2, "Part of the outcome's "
                "planned effort; sums to 1 over an outcome."),
        Column("lead", Kind.FLAG, "Whether this department leads; exactly one does."),
        _number("mission", "standard score", -5, 5, 0, "How much the department values the "
                "outcome for its own mission, against other contributions.",
                Heading.WORKING_TOGETHER),
    ),
    _table(
        "indicators", Indicator, ("outcome", "key"), _KEY, _OUTCOME, _DEPARTMENT,
        _number("validity", "fraction", 0, 1, 0.75, "How far the figure follows the outcome "
                "rather than the owner's activity.", Heading.TOOLS_AND_DATA),
        _number("lag", "months", 0, 60, 0, "Age of the data when published.",
                Heading.TOOLS_AND_DATA, integer=True),
        _number("noise", "of target", 0, 1, 0.02, "Standard deviation of the figure; the "
                "parameter if left out.", Heading.TOOLS_AND_DATA),
    ),
    _table(
        "bodies", Body, ("key",), _KEY, _NAME,
        Column("parents", Kind.KEYS, "Departments or bodies it answers to.",
               refers=("departments", "bodies")),
        Column("outcomes", Kind.KEYS, "Outcomes it serves.", refers=("outcomes",)),
        _number("alignment", "fraction", 0, 1, 0.7, "Professional alignment with each outcome, "
                "in their order, or one number for all.", Heading.WORKING_TOGETHER,
                kind=Kind.NUMBERS),
        _number("count", "bodies", 1, 1000000, 1, "Bodies this kind stands for.", integer=True),
        _number("flow", "relative", 0.001, 1000, 1, "Relative flow through it within its tier."),
    ),
)

TABLES: Mapping[str, Table] = MappingProxyType({table.name: table for table in _ALL})
