"""Checks of names and values that come from outside, with messages that help."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from difflib import get_close_matches
from typing import Any
from unicodedata import category

from psasim.declared.declare import Choice, Quantity
from psasim.errors import InputError, short, shown

FORMULA = ("=", "+", "-", "@")
"""How a cell begins that a spreadsheet computes."""

CLOSE = 0.7
"""How alike a name must be to what was written to be told without all the others."""

ROOM = 400
"""Characters of a list of names beyond which the nearest is told alone."""

_CONTROL = ("Cc", "Cs", "Zl", "Zp")
"""Unicode's categories of control codes, halves of a pair, and ends of a line or paragraph."""


def unknown(name: object, known: Iterable[str], path: str) -> InputError:
    """The error for a name nobody declared, with the nearest declared name."""
    known = sorted(known)
    text = name[:200] if isinstance(name, str) else ""
    alike = [item for item in known if item.lower() == text.lower()]
    near = alike or get_close_matches(text, known, n=1, cutoff=0.5)
    all_known = f"known: {', '.join(known)}"
    hint = f"did you mean {near[0]!r}?" if near else all_known
    far = near and not get_close_matches(text.lower(), [near[0].lower()], cutoff=CLOSE)
    if far and len(all_known) < ROOM:
        hint = f"{hint} {all_known}"
    return InputError(f"{path}: unknown name {shown(name)}; {hint}")


def text_problem(value: object, path: str) -> str | None:
    """What is wrong with a name or title at configuration `path`; None if nothing is.

    One that begins as a formula does would be computed by a spreadsheet, and control
    characters would reach the terminal.
    """
    if not isinstance(value, str):
        return f"{path} = {shown(value)} is not text; put it in quotes"
    if not value.strip():
        return f"{path} = {shown(value)} is empty; write a name, or leave the setting out"
    if value.startswith(FORMULA):
        return f"{path} = {shown(value)} begins with {value[0]}; begin with a letter"
    odd = next((item for item in value if category(item) in _CONTROL), None)
    if odd:
        return f"{path} = {shown(value)} holds {odd!r}; write it on one line, in plain characters"
    return None


def check_name(value: object, path: str) -> None:
    """Raise `InputError` for a name that no file or terminal should meet."""
    problem = text_problem(value, path)
    if problem:
        raise InputError(problem)


def table(given: Any, path: str, example: str = "<name>") -> dict[str, Any]:
    """A table of values by name from a mapping, or from what has keys, as a pandas Series.

    example: what a key in it may be.  Raises `InputError`.
    """
    if getattr(given, "ndim", 1) == 2 and hasattr(given, "iloc"):
        raise InputError(f"{path} is a table of several rows; give one of them, such as "
                         "frame.iloc[0]")
    if not (isinstance(given, Mapping) or (hasattr(given, "keys") and hasattr(given, "items"))):
        value = given if isinstance(given, str) else shown(given)
        raise InputError(f"{path} = {shown(given)} is not a table; use {path}.{example}="
                         f"{short(str(value))}")
    return {str(key): item for key, item in given.items()}


def one_of(name: object, known: Collection[str], path: str) -> str:
    """A known name; raises `InputError` for anything else."""
    if not isinstance(name, str) or name not in known:
        raise unknown(name, known, path)
    return name


def chosen(given: object, known: Collection[str], path: str) -> tuple[str, ...]:
    """One name or several, each of them known; raises `InputError`."""
    asked = (given,) if isinstance(given, str) else given
    if not isinstance(asked, Iterable):
        raise InputError(f"{path} = {shown(given)} is neither a name nor a list of names")
    return tuple(one_of(name, known, path) for name in asked)


def checked(item: Quantity | Choice, value: object, path: str) -> float | str:
    """The value of something declared, plain; raises `InputError` for one out of bounds."""
    problem = item.problem(value, path)
    if problem:
        raise InputError(problem)
    return item.read(value)


def checked_values(
    values: Mapping[str, object], declared: Mapping[str, Quantity | Choice], path: str
) -> dict[str, float | str]:
    """Plain values of what is declared; raises `InputError` for unknown names too."""
    for name in values:
        if name not in declared:
            raise unknown(name, declared, path)
    return {name: checked(declared[name], value, f"{path}.{name}")
            for name, value in values.items()}
