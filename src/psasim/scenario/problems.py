"""Problems of a scenario, told together: each kind that was met, with the places of a few."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from psasim.errors import InputError

Places = Mapping[str, str]
"""File and line of each row, by the row's path."""

Problem = tuple[str, str]
"""The path of a row, or "", and what is wrong with it."""

_SHOWN = 10
_OF_A_KIND = 3
_VARIES = re.compile(r"'[^']*'|[-+]?[0-9][0-9.e+-]*|\b(?:nan|inf|None|True|False)\b")


def raise_problems(problems: Iterable[Problem], places: Places) -> None:
    """Raise `InputError` if there is any; of each kind a few are shown and the rest counted."""
    raise_placed((places.get(row, ""), row, text) for row, text in problems)


def raise_placed(problems: Iterable[tuple[str, str, str]]) -> None:
    """The same for problems with their file and line before them, which may be ""."""
    kinds: dict[str, list[str]] = {}
    for place, row, text in problems:
        kinds.setdefault(_kind(row, text), []).append(f"{place}: {text}" if place else text)
    if not kinds:
        return
    some = _SHOWN if len(kinds) == 1 else _OF_A_KIND
    lines = []
    for found in list(kinds.values())[:_SHOWN]:
        lines += found[:some]
        if len(found) > some:
            lines.append(f"... and {len(found) - some} more of this kind")
    if len(kinds) > _SHOWN:
        lines.append(f"... and {len(kinds) - _SHOWN} more kinds of problem")
    raise InputError("\n".join(lines))


def _kind(row: str, text: str) -> str:
    """The problem without the row and the value that it was met with."""
    return _VARIES.sub("", text.replace(row, "") if row else text)
