"""Pieces of Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from psasim.declared.declare import Assumption, Choice, Quantity, Source

NOTICE = (
    "<!-- Generated from the declarations by `python -m psasim.documents`; change those, "
    "not this page. -->"
)


def table(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; bars within cells are escaped."""
    lines = [headers, ["---"] * len(headers), *rows]
    return "\n".join(
        f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines
    )


def document(title: str, *parts: str) -> str:
    """A whole generated page: its title, the notice, and its parts."""
    return "\n\n".join([f"# {title}", NOTICE, *parts]) + "\n"


def code(name: str) -> str:
    """A name as code; nothing for no name."""
    return f"`{name}`" if name else ""


def spread(item: Quantity | Choice) -> str:
    """The sampled range, and in brackets what else is accepted; or the options."""
    if isinstance(item, Choice):
        return ", ".join(item.options)
    inner, outer = (item.low, item.high), item.bounds
    text = f"{inner[0]:g} to {inner[1]:g}"
    return text if inner == outer else f"{text} ({outer[0]:g} to {outer[1]:g})"


def default(item: Quantity | Choice) -> str:
    """The default as text."""
    return item.default if isinstance(item, Choice) else f"{item.default:g}"


def basis(of: Source | Assumption) -> str:
    """A source's key, or how good an assumption is and how far it reaches."""
    if isinstance(of, Source):
        return f"[{of.key}](#sources)"
    return f"assumed: quality {of.quality}, impact {of.impact}"


def moves(name: str, direction: int) -> str:
    """What is moved, and which way."""
    return f"{name} {'+' if direction > 0 else '-'}" if direction else name
