"""How a thing is declared: its unit, range, default, and where its number comes from.

Everything a user can set or read is declared once with these classes; the
configuration schema, the documentation tables, the sampler ranges and the
reports all derive from the declarations.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from math import isfinite
from numbers import Integral, Real
from typing import Any

from psasim.errors import shown


class Heading(StrEnum):
    """The recurring headings of the 2007 deck (requirement R85)."""

    DELIVERY_MODELS = "delivery models"
    LEADERSHIP = "leadership, focus, capacity, clarity"
    KNOWLEDGE = "knowing what works"
    WORKING_TOGETHER = "working together"
    TOOLS_AND_DATA = "tools and data"


class Grade(StrEnum):
    """Red/amber/green grade of an assumption's quality or impact."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


@dataclass(frozen=True, slots=True)
class Source:
    """A published source for a number.

    key: short key used in the documents; citation: enough to find it.
    """

    key: str
    citation: str


@dataclass(frozen=True, slots=True)
class Assumption:
    """A number owned up to as assumed.

    rationale: why this value; quality: how good the basis is (green is good);
    impact: how far results move over its range (red is far).
    """

    rationale: str
    quality: Grade = Grade.RED
    impact: Grade = Grade.AMBER


@dataclass(frozen=True, slots=True)
class Quantity:
    """One declared number.

    name: full name in code; letter: shorthand in `docs/model.md`; unit: unit of
    the value; default: value when nothing is set; low, high: range that is
    sampled and accepted (inclusive); hard_low, hard_high: bounds outside which a
    value is refused (default to low and high); integer: whole numbers only;
    heading: deck heading; basis: `Source` or `Assumption`; moves: the state or
    measure it moves nearest, and in which direction (+1, -1, 0 undeclared).
    """

    name: str
    unit: str
    default: float
    low: float
    high: float
    heading: Heading
    basis: Source | Assumption
    description: str
    letter: str = ""
    hard_low: float | None = None
    hard_high: float | None = None
    integer: bool = False
    moves: str = ""
    direction: int = 0
    context: str = "any"

    def __post_init__(self) -> None:
        lower, upper = self.bounds
        if not lower <= self.low <= self.default <= self.high <= upper:
            raise ValueError(f"{self.name}: bounds, range and default are out of order")
        if self.direction not in (-1, 0, 1):
            raise ValueError(f"{self.name}: direction must be -1, 0 or 1")

    @property
    def bounds(self) -> tuple[float, float]:
        """Lowest and highest value that is accepted."""
        lower = self.low if self.hard_low is None else self.hard_low
        upper = self.high if self.hard_high is None else self.hard_high
        return lower, upper

    def problem(self, value: object, path: str) -> str | None:
        """What is wrong with `value` at configuration `path`; None if nothing is."""
        kind = "a whole number" if self.integer else "a number"
        number = _number(value)
        if number is None:
            return f"{path} = {shown(value)} is not {kind} ({self.unit}){_as_number(value)}"
        lower, upper = self.bounds
        if isinstance(number, float) and not isfinite(number):
            return f"{path} = {number!r} is not finite ({self.unit})"
        if self.integer and number != int(number):
            return f"{path} = {number!r} is not a whole number ({self.unit})"
        given = shown(number) if isinstance(number, int) else f"{number:g}"
        if number < lower:
            return f"{path} = {given} is below its lower bound {lower:,.10g} ({self.unit})"
        if number > upper:
            return f"{path} = {given} is above its upper bound {upper:,.10g} ({self.unit})"
        return None

    def read(self, value: Any) -> float:
        """A value without a `problem` as a plain number, whole where whole ones are meant."""
        return int(value) if self.integer else float(value) + 0.0  # -0 is 0


def _number(value: object) -> int | float | None:
    """Python's number of a number, NumPy's among them; None of anything else."""
    if isinstance(value, bool) or not isinstance(value, Real):
        return None
    return int(value) if isinstance(value, Integral) else float(value)


@dataclass(frozen=True, slots=True)
class Choice:
    """One declared choice among named options."""

    name: str
    options: tuple[str, ...]
    default: str
    description: str

    def problem(self, value: object, path: str) -> str | None:
        """What is wrong with `value` at configuration `path`; None if nothing is."""
        if isinstance(value, str) and value in self.options:
            return None
        return f"{path} = {shown(value)} is not one of {', '.join(self.options)}"

    def read(self, value: Any) -> str:
        """A value without a `problem`, as plain text."""
        return str(value)


_GROUPED = re.compile(r"([0-9]{1,3})((?:[ ,'_][0-9]{3})+)(\.[0-9]+)?")
_DECIMAL_COMMA = re.compile(r"([0-9]+),([0-9]+)")
_PERCENT = re.compile(r"([0-9]+(?:\.[0-9]+)?) *%")
_PLAIN = re.compile(r"[-+]?[0-9]*\.?[0-9]+")


def _as_number(value: object) -> str:
    """How to write the number that a text was meant for."""
    text = value.strip() if isinstance(value, str) and len(value) < 40 else ""
    if match := _GROUPED.fullmatch(text):
        return f"; write {match[1]}{re.sub('[^0-9]', '', match[2])}{match[3] or ''}"
    if match := _DECIMAL_COMMA.fullmatch(text):
        return f"; write {match[1]}.{match[2]}"
    if match := _PERCENT.fullmatch(text):
        return f"; write {float(match[1]) / 100:g}"
    return "; leave out the quotes" if _PLAIN.fullmatch(text) else ""
