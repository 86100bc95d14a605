"""Columns of numbers in plain text: as many as fit the width of any terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 80
LABEL = 38
"""Longest label that numbers stand beside; those of a longer one stand below it."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: what stands over it, a paragraph each, and a cell a row."""

    head: tuple[str, ...]
    cells: Sequence[str]

    @property
    def width(self) -> int:
        words = (word for text in self.head for word in text.split())
        return max(map(len, (*words, *self.cells)), default=0)

    @property
    def above(self) -> list[str]:
        """Lines of the head."""
        return [line for text in self.head for line in textwrap.wrap(text, self.width)]


def that_fit(labels: Sequence[str], columns: Sequence[Column]) -> list[Column]:
    """The first columns, as many as stand beside the labels within the width; one at least."""
    room = WIDTH - _indent(labels)
    shown: list[Column] = []
    for column in columns:
        room -= 2 + column.width
        if room < 0 and shown:
            break
        shown.append(column)
    return shown


def lines(labels: Sequence[str], columns: Sequence[Column]) -> list[str]:
    """Heads and rows, the numbers right-aligned."""
    indent = _indent(labels)
    heads = [column.above for column in columns]
    height = max(map(len, heads))
    heads = [[*[""] * (height - len(head)), *head] for head in heads]
    rows = [("", [head[line] for head in heads]) for line in range(height)]
    rows.append(("", ["-" * column.width for column in columns]))
    rows += [(label, [column.cells[row] for column in columns])
             for row, label in enumerate(labels)]
    said = []
    for label, cells in rows:
        numbers = "".join(f"  {cell:>{column.width}}"
                          for cell, column in zip(cells, columns, strict=True))
        if len(label) > indent:
            said.append(label)
            label = ""
        said.append(f"{label:<{indent}}{numbers}".rstrip())
    return said


def _indent(labels: Sequence[str]) -> int:
    return max((len(label) for label in labels if len(label) <= LABEL), default=0)
