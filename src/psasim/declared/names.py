"""Checks of names and values that come from outside, with messages that help."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from psasim.declared.declare import Choice, Quantity
from psasim.errors import InputError


def unknown(name: str, known: Iterable[str], path: str) -> InputError:
    """The error for a name nobody declared, with the nearest declared name."""
    known = sorted(known)
    alike = [item for item in known if item.lower() == name.lower()]
    near = alike or get_close_matches(name, known, n=1, cutoff=0.5)
    hint = f"did you mean {near[0]!r}?" if near else f"known: {', '.join(known)}"
    return InputError(f"{path}: unknown name {name!r}; {hint}")


def check_values(
    values: Mapping[str, object], table: Mapping[str, Quantity | Choice], path: str
) -> None:
    """Raise `InputError` unless every value is declared in `table` and within bounds."""
    for name, value in values.items():
        if name not in table:
            raise unknown(name, table, path)
        problem = table[name].problem(value, f"{path}.{name}")
        if problem:
            raise InputError(problem)
