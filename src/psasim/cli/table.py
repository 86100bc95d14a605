"""Plain text tables."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Sequence

NARROW = 40
"""Width below which prose is hard to read."""
FACT = 13
"""Columns of a fact's name."""


def terminal_width() -> int:
    """Columns of the terminal; 80 where the output is none."""
    return shutil.get_terminal_size((80, 24)).columns


def prose(text: str) -> str:
    """Sentences, a line each in `text`, wrapped to the terminal."""
    width = min(terminal_width(), 80)
    return "\n".join(textwrap.fill(line, max(width, NARROW)) for line in text.splitlines())


def text_table(headers: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> str:
    """Columns side by side, so that a line fits `width`.

    The last column is wrapped; where it would be narrow it goes below the others, with those
    before it, by name, that do not fit either.
    """
    columns = list(zip(headers, *rows, strict=True))
    widths = [max(map(len, column)) for column in columns[:-1]]
    indent = sum(widths) + 2 * len(widths)
    below = width - indent < NARROW
    if below:
        indent = 4
        while len(widths) > 1 and sum(widths) + 2 * (len(widths) - 1) > width:
            widths.pop()
    room = max(width - indent, NARROW)
    lines = []
    for row in (headers, ["-" * size for size in (*widths, len(headers[-1]))], *rows):
        start = "".join(f"{cell:<{size}}  " for cell, size in zip(row, widths, strict=False))
        named = zip(headers[len(widths):-1], row[len(widths):-1], strict=False)
        rest = [f"{name}: {cell}" if row is not headers else name for name, cell in named if cell]
        wrapped = [line for text in (*rest, row[-1]) for line in textwrap.wrap(text, room) or [""]]
        if below:
            wrapped.insert(0, "")
            start = start.rstrip()
        lines.append((start + wrapped[0]).rstrip())
        lines += [" " * indent + line for line in wrapped[1:]]
    return "\n".join(lines)


def facts(rows: Sequence[tuple[str, str]], width: int) -> str:
    """A name and what is said of it a row, wrapped beside the names."""
    return "\n".join(
        textwrap.fill(text, max(width, NARROW), initial_indent=f"{name:<{FACT}}",
                      subsequent_indent=" " * FACT, break_long_words=False,
                      break_on_hyphens=False)
        for name, text in rows)
