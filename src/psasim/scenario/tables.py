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
    """One column; `how` says how one comes by the fact, `refers` names the tables whose keys
    it holds."""

    name: str
    kind: Kind
    description: str
    how: str
    quantity: Quantity | None = None
    refers: tuple[str, ...] = ()


def _short(cell: object) -> str:
    return cell if isinstance(cell, str) and len(cell) <= 80 else shown(cell)


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a scenario; `identity` are the columns that name a row, in sort order."""

    name: str
    entity: type
    meaning: str
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
            how: str, heading: Heading = Heading.DELIVERY_MODELS, integer: bool = False,
            kind: Kind = Kind.NUMBER) -> Column:
    quantity = Quantity(name, unit, typical, low, high, heading, _BOUNDS, description,
                        integer=integer)
    return Column(name, kind, description, how, quantity)


_KEY = Column("key", Kind.KEY, f"Short key: {KEY_RULE}.", "An abbreviation of your own.")
_NAME = Column("name", Kind.TEXT, "Name in words; the key if left out.", "As in its documents.")
_OUTCOME = Column("outcome", Kind.KEY, "Key of the outcome.", "One of the outcomes above.",
                  refers=("outcomes",))
_DEPARTMENT = Column("department", Kind.KEY, "Key of the department.",
                     "One of the departments above.", refers=("departments",))


def _table(name: str, entity: type, meaning: str, identity: tuple[str, ...],
           *columns: Column) -> Table:
    return Table(name, entity, meaning, identity, MappingProxyType({c.name: c for c in columns}))


_ALL = (
    _table(
        "departments", Department, "Who acts: each plans its effort every month.",
        ("key",), _KEY, _NAME,
        _number("capacity", "mean department", 0.001, 1000, 1,
                "Effort a month, relative to a mean department.",
                "Budget or staff over the mean of the departments here, from annual reports."),
        _number("own_value", "stake", 0, 10, 1, "Stake of the department's own agenda.",
                "Judgement: 1 where a goal of its own weighs as much with it as a shared one.",
                Heading.WORKING_TOGETHER),
        _number("phase", "months", 0, 59, 0, "Month of the publishing interval in which it "
                "publishes.", "Dates of its reports, counted from the first to come out; all 0 if "
                "they come out together.", Heading.TOOLS_AND_DATA, integer=True),
        _number("years_funded", "years", 1, 50, 2, "Years of certain funding.",
                "Years of the settlement that those who deliver can count on.",
                Heading.WORKING_TOGETHER),
        _number("reading_offset", "of target", -1, 1, 0, "How far above the figures it reads "
                "success.", "What it called met over what the figures said, in past reports; 0 if "
                "all owners read the target alike.", Heading.TOOLS_AND_DATA),
    ),
    _table(
        "outcomes", Outcome, "What is to be reached, each with a target.", ("key",), _KEY, _NAME,
        _number("technology", "CES exponent", -5, 1, 0, "How contributions combine: 1 additive, "
                "0 Cobb-Douglas, -5 near a bottleneck.",
                "Ask what happens when one contributor stops: the others make up for it (1), each "
                "matters in proportion (0), all is held up (-3). Try several."),
        _number("planned_effort", "mean department-months a month", 0.0001, 1000, 0.2,
                "Effort a month the plan calls for, all contributions together.",
                "Spending or staff planned for it, over a mean department's. In the shipped "
                "scenarios all outcomes together take 30 to 40 % of all capacity."),
        _number("value", "centre's numeraire", 0.01, 100, 1, "Worth to the centre.",
                "1 for all, unless ministers have said which count for more.", Heading.LEADERSHIP),
        _number("target_month", "months", 1, 600, 36, "Month the plan reaches the target.",
                "The date in the agreement, counted from its start.",
                Heading.LEADERSHIP, integer=True),
        _number("stretch", "of the plan's assumption", 0.1, 10, 1,
                "Effort that must be realised to meet the target, over what the plan assumes.",
                "Above 1 where earlier targets of its kind were missed for want of effort.",
                Heading.LEADERSHIP),
        _number("start", "of target", 0, 1, 0, "Where the outcome stands at the start; the plan "
                "leads from there to the target.",
                "The last figure before the start, of the way from the baseline to the target.",
                Heading.LEADERSHIP),
        Column("convened", Kind.FLAG, "Whether its owners have been convened before the start.",
               "Whether a joint board of its owners met before the plan began."),
        _number("convening", "relative", 0.01, 10, 1, "Cost of convening its owners against that "
                "of a usual outcome.", "Judgement: above 1 where owners are strangers, or many.",
                Heading.LEADERSHIP),
        _number("drift", "per month", 0, 0.5, 0.004, "Part of the outcome lost in a month; the "
                "parameter if left out.", "How fast gains faded after earlier programmes ended."),
        _number("volatility", "of target per root month", 0, 1, 0.012, "Size of the monthly "
                "shock; the parameter if left out.", "Standard deviation of the series around its "
                "trend from year to year, over the target and the root of 12."),
        Column("cluster", Kind.TEXT, "Portfolio the centre may review together.",
               "One word for all that a committee or board looks at together."),
    ),
    _table(
        "contributions", Contribution, "Which department contributes to which outcome.",
        ("outcome", "department"), _OUTCOME, _DEPARTMENT,
        _number("share", "fraction of planned effort", 0.001, 1, 0.2, "Part of the outcome's "
                "planned effort; sums to 1 over an outcome.",
                "What each is to spend on it, in the delivery agreement. For weights that do not "
                "sum to 1, or equal ones, write `shares: relative`."),
        Column("lead", Kind.FLAG, "Whether this department leads; exactly one does.",
               "The department that the agreement names first."),
        _number("mission", "standard score", -5, 5, 0, "How much the department values the "
                "outcome for its own mission, against other contributions.",
                "Judgement: 1 for what it would do unasked, -1 for what it does for others.",
                Heading.WORKING_TOGETHER),
    ),
    _table(
        "indicators", Indicator, "How outcomes are measured; an outcome may have none.",
        ("outcome", "key"), _KEY, _OUTCOME, _DEPARTMENT,
        _number("validity", "fraction", 0, 1, 0.75, "How far the figure follows the outcome "
                "rather than the owner's activity.",
                "Reviews of data quality: a survey of the outcome itself .9, counts of what was "
                "done .4.", Heading.TOOLS_AND_DATA),
        _number("lag", "months", 0, 60, 0, "Age of the data when published.",
                "The calendar of statistical releases: publication less the month measured.",
                Heading.TOOLS_AND_DATA, integer=True),
        _number("noise", "of target", 0, 1, 0.02, "Standard deviation of the figure; the "
                "parameter if left out.", "The figure's published standard error over the target.",
                Heading.TOOLS_AND_DATA),
        Column("open_ended", Kind.FLAG, "Whether what it counts may pass its target, as a count "
               "of cases may and a rate may not.", "Whether the figure has a natural ceiling."),
    ),
    _table(
        "bodies", Body, "The chain that delivers, below the departments; there may be none.",
        ("key",), _KEY, _NAME,
        Column("parents", Kind.KEYS, "Departments or bodies it answers to.",
               "Whoever funds or directs it.", refers=("departments", "bodies")),
        Column("outcomes", Kind.KEYS, "Outcomes it serves.", "Those it has a part in.",
               refers=("outcomes",)),
        _number("alignment", "fraction", 0, 1, 0.7, "Professional alignment with each outcome, "
                "in their order, or one number for all.",
                "Surveys of its staff, or judgement: 1 if the outcome is what they came for.",
                Heading.WORKING_TOGETHER, kind=Kind.NUMBERS),
        _number("count", "bodies", 1, 1000000, 1, "Bodies this kind stands for.",
                "Official lists: how many councils, boards, schools.", integer=True),
        _number("flow", "relative", 0.001, 1000, 1, "Relative flow through it within its tier.",
                "Cases or money that pass through it, over others' at its level."),
    ),
)

OTHER_GOALS = _number(
    "other_goals", "goals", 0, 1000, 0, "Goals of government outside the scenario, which share the "
    "time of ministers and of a delivery unit.",
    "The number of goals that government published, less those of the scenario.",
    Heading.LEADERSHIP, integer=True,
)
"""The one fact of a scenario that stands in no table."""

TABLES: Mapping[str, Table] = MappingProxyType({table.name: table for table in _ALL})
