"""YAML as data that says what it is: scalars, lists and mappings, each key once.

Read is the part of YAML 1.2 that people write by hand, with yes, no, on and off as flags.
What makes a file more than its text (aliases, tags, further documents) is refused, so that
a file from someone else can neither grow nor act.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from psasim.errors import InputError, shown
from psasim.reading.text import control, number, read_text

LARGEST = 4
"""MB of the largest YAML file; tables that are longer stand in CSV files."""

DEEPEST = 20
"""Levels of lists and mappings within each other."""

_DIGITS = 18
_LONGEST_KEY = 200
_PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WHOLE = re.compile(r"[-+]?[0-9]+")
_WORDS = {
    **dict.fromkeys(("yes", "true", "on"), True),
    **dict.fromkeys(("no", "false", "off"), False),
    **dict.fromkeys(("", "~", "null"), None),
    **{f"{sign}.inf": float(f"{sign}inf") for sign in ("", "+", "-")},
    ".nan": float("nan"),
}


class Row(dict[str, Any]):
    """A mapping read from a file; `place` is its file and line."""

    place: str = ""


def read_yaml(path: Path) -> Row:
    """The mapping a YAML file holds: texts, numbers, flags, None, lists and `Row`.

    Keys are texts as written.  Raises `InputError` with file, line and fix.
    """
    text = read_text(path, LARGEST)
    try:
        content = _Reader(text, str(path)).document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = f" line {mark.line + 1}" if mark else ""
        raise InputError(f"{path}{line}: not YAML: {error.problem}{_tab(text, mark)}") from None
    except yaml.YAMLError as error:
        raise InputError(f"{path}: not YAML: {str(error).splitlines()[0]}") from None
    if not isinstance(content, Row):
        raise InputError(f"{path}: holds {_kind(content)}, not keys with values (key: value)")
    return content


def plain(value: Any) -> Any:
    """The same data with ordinary dictionaries."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return [plain(item) for item in value] if isinstance(value, list) else value


class _Reader:
    """Makes data of the parser's events, which come without any nesting of calls."""

    def __init__(self, text: str, file: str) -> None:
        self._file = file
        self._events: Iterator[Any] = yaml.parse(text, Loader=_PARSER)

    def document(self) -> object:
        next(self._events)  # the stream begins
        if isinstance(next(self._events), yaml.StreamEndEvent):
            return None
        content = self._value(next(self._events), 0)
        next(self._events)  # the document ends
        after = next(self._events)
        if not isinstance(after, yaml.StreamEndEvent):
            raise self._error(after, "a second document begins; keep one in a file")
        return content

    def _value(self, event: Any, depth: int) -> object:
        if isinstance(event, yaml.AliasEvent):
            raise self._error(event, f"*{shown(event.anchor)[1:-1]} stands for what is written "
                              "elsewhere (a YAML alias); write it out")
        if event.tag is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            raise self._error(event, f"{shown(tag)[1:-1]} is a YAML tag; remove it")
        if depth > DEEPEST:
            raise self._error(event, f"lists and tables stand more than {DEEPEST} deep; check "
                              "the brackets and the indentation")
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(event, depth)
        return [self._value(item, depth + 1) for item in self._until(yaml.SequenceEndEvent)]

    def _until(self, end: type) -> Iterator[Any]:
        while not isinstance(event := next(self._events), end):
            yield event

    def _mapping(self, event: Any, depth: int) -> Row:
        row = Row()
        row.place = f"{self._file} line {event.start_mark.line + 1}"
        lines: dict[str, int] = {}
        for key_event in self._until(yaml.MappingEndEvent):
            key = self._key(key_event)
            if key in lines:
                raise self._error(key_event, f"key {key!r} already stands on line {lines[key]}; "
                                  "remove one of the two")
            lines[key] = key_event.start_mark.line + 1
            row[key] = self._value(next(self._events), depth + 1)
            if row[key] is None and key.isdecimal():  # {count: 1,317}
                raise self._error(key_event, f"{key} stands alone after a comma; write numbers "
                                  "without commas: 1317, or 0.5")
        return row

    def _key(self, event: Any) -> str:
        if not isinstance(event, yaml.ScalarEvent) or event.tag is not None:
            raise self._error(event, "a key is a plain word; write key: value")
        key = self._text(event)
        if len(key) > _LONGEST_KEY:
            raise self._error(event, f"key {shown(key)} is longer than {_LONGEST_KEY} characters")
        return key

    def _text(self, event: Any) -> str:
        text: str = event.value
        found = control(text)
        if found:
            raise self._error(event, f"control character U+{ord(found[0]):04X} in {shown(text)}; "
                              "remove it")
        return text

    def _scalar(self, event: Any) -> object:
        text = self._text(event)
        if event.style:  # quoted or a block: text whatever it looks like
            return text
        word = text.lower()
        if word in _WORDS:
            return _WORDS[word]
        if _WHOLE.fullmatch(text):
            if len(text) > _DIGITS:
                raise self._error(event, f"{shown(text)[1:-1]} is a number of {len(text)} digits, "
                                  f"more than the {_DIGITS} that are read")
            return int(text)
        value = number(text)
        return text if value is None else value

    def _error(self, event: Any, what: str) -> InputError:
        return InputError(f"{self._file} line {event.start_mark.line + 1}: {what}")


def _tab(text: str, mark: Any) -> str:
    """What to do about the commonest cause, which the parser does not name."""
    lines = text.split("\n")
    near = lines[mark.line - 1:mark.line + 1] if mark else []
    return "; indent with spaces, not tabs" if any(re.match(r" *\t", at) for at in near) else ""


def _kind(value: object) -> str:
    names = {list: "a list", type(None): "nothing"}
    return names.get(type(value), "a single value")
