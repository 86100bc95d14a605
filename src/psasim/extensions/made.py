"""Extensions made of functions: decorators for those who write one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from inspect import getdoc
from typing import Any

from psasim.declared.declare import Assumption, Heading, Quantity, Source
from psasim.declared.levers import Lever
from psasim.declared.measure import Measure
from psasim.declared.names import check_name, checked
from psasim.engines.replaced import check_mechanism
from psasim.engines.variant import Hook
from psasim.errors import InputError, shown

_OWN = Assumption("Given by whoever wrote the extension, without a source.")


@dataclass(frozen=True, slots=True)
class Mechanism:
    """A function that stands in the place of the mechanism `name`, `file.function` of
    `psasim.mechanisms`: the same arguments, the same shape of answer."""

    name: str
    function: Callable[..., Any]


def measure(unit: str, good: int = 0, *, label: str = "") -> Callable[[Callable], Measure]:
    """Decorator: a measure of one's own from a function of (trajectory, layout, coefficients).

    The function gives one value a run, (runs,), of a `psasim.engines.trajectory.Trajectory`;
    its name is the measure's, the first line of its docstring the definition.  unit: of the
    value; good: 1 where more is better, -1 where less is, 0 where neither; label: for tables.
    """
    if not isinstance(unit, str) or not isinstance(label, str):
        raise InputError(f"measure: unit = {shown(unit)}, label = {shown(label)}: give text")
    if isinstance(good, bool) or not isinstance(good, int) or good not in (-1, 0, 1):
        raise InputError(f"measure: good = {shown(good)} is no direction; give 1, -1 or 0")

    def made(function: Callable) -> Measure:
        name = _name(function, "measure")
        return Measure(name, label or _plain(name), unit, good, Heading.TOOLS_AND_DATA,
                       _first_line(function), function, open=True)

    return made


def lever(
    *,
    capacity: float = 0.0,
    money: float = 0.0,
    source: Source | Assumption = _OWN,
    fields: tuple[Quantity, ...] = (),
    heading: Heading = Heading.WORKING_TOGETHER,
) -> Callable[[Callable], Lever]:
    """Decorator: a lever of one's own from a function of (coefficients, strength, layout).

    coefficients: by name (`psasim.coefficients.Coefficients`), (rows, 1) or (rows, points);
    strength: (1, points), above 0 where the function counts; layout: the scenario's.  It gives
    those it moves, as they are at that strength.  Its name is the lever's, the first line of its
    docstring what it is.  capacity: effort it takes, department-months a month, of each
    contribution; money: index per outcome and year; source: where it comes from; fields: what
    else a package may set of it.
    """
    for name, value in (("capacity", capacity), ("money", money)):
        checked(Quantity(name, "department-months" if name == "capacity" else "index", 0.0, 0.0,
                         1e6, heading, _OWN, ""), value, f"lever: {name}")

    def made(function: Callable) -> Lever:
        name = _name(function, "lever")
        return Lever(name, _first_line(function), heading, (), "", 0, capacity, money, fields,
                     basis=source, act=function)

    return made


def hook(function: Callable) -> Hook:
    """Decorator: what a function (state, flows, layout, coefficients) makes of the state at the
    end of every month; see `psasim.engines.variant.Hook`."""
    return Hook(_name(function, "hook"), function)


def mechanism(name: str) -> Callable[[Callable], Mechanism]:
    """Decorator: a function in the place of a mechanism, named `file.function`, such as
    `learn.effectiveness`.  Raises `psasim.errors.InputError` where there is none of the name."""
    check_mechanism(name)
    return lambda function: Mechanism(name, function)


def _name(function: Callable, what: str) -> str:
    name = getattr(function, "__name__", "")
    check_name(name, f"{what}: name")
    if not name.isidentifier():
        raise InputError(f"{what}: {shown(function)} has no name; define it with def")
    return name


def _plain(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _first_line(function: Callable) -> str:
    return next(iter((getdoc(function) or _plain(function.__name__)).splitlines()))
