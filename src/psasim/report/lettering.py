"""Text into a figure: the only place where it is set, so that it is drawn as it stands.

Names come from users' files.  None is read as mathematics or TeX, none moves the writing
direction or breaks a line, and none is so long that the panels have no room.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any

from matplotlib import get_data_path
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.ft2font import FT2Font
from matplotlib.legend import Legend
from matplotlib.text import Text

LONGEST = 42
"""Characters of a name; longer ones lose their middle."""

LOST = "\N{REPLACEMENT CHARACTER}"
"""Drawn for what the font has no glyph for."""

MARKS = 2
"""Combining marks kept above one another."""

_USUAL = 0.6
"""Width of a usual character, in ems."""


@cache
def _font() -> FT2Font:
    """The font of all figures; it comes with matplotlib, so it is the same everywhere."""
    return FT2Font(f"{get_data_path()}/fonts/ttf/DejaVuSans.ttf")


@cache
def _glyphs() -> frozenset[int]:
    return frozenset(_font().get_charmap())


@cache
def _width(character: str) -> float:
    """In usual characters."""
    font = _font()
    font.set_size(100.0, 72)
    return float(font.load_char(ord(character)).linearHoriAdvance) / 65536.0 / 100.0 / _USUAL


def extent(text: str) -> float:
    """How wide a text is, in usual characters."""
    return sum(map(_width, text))


def one_line(text: str) -> str:
    """The text without what breaks lines, turns the writing direction or cannot be encoded."""
    kept: list[str] = []
    marks = 0
    for character in unicodedata.normalize("NFC", text):
        kind = unicodedata.category(character)
        marks = marks + 1 if kind[0] == "M" else 0
        if kind == "Cc" or character.isspace():
            kept.append(" ")
        elif kind == "Cs":
            kept.append(LOST)
        elif kind != "Cf" and marks <= MARKS:
            kept.append(character)
    return " ".join("".join(kept).split())


def literal(text: str) -> str:
    """`one_line` of characters that the font has; `LOST` for others."""
    has = _glyphs()
    return "".join(
        c if ord(c) in has else "" if unicodedata.category(c)[0] == "M" else LOST
        for c in one_line(text)
    )


def lost(texts: Iterable[str]) -> str:
    """Characters of the texts that are drawn as `LOST`, each once."""
    found = dict.fromkeys(c for text in texts for c in one_line(text) if literal(c) == LOST)
    return "".join(found)


def shortened(text: str, most: float = LONGEST) -> str:
    """A name of `most` usual characters at most: its beginning and its end."""
    text = literal(text)
    if extent(text) <= most:
        return text
    start, end = "", ""
    for first, last in zip(text, reversed(text), strict=True):
        if extent(start) + extent(end) + _width(first) + _width(last) > most - 2.0:
            break
        start, end = start + first, last + end
    return f"{start.rstrip()} \N{HORIZONTAL ELLIPSIS} {end.lstrip()}"


def wrapped(text: str, room: float, lines: int | None = None) -> str:
    """The text in lines of `room` usual characters; what is beyond `lines` is cut with an
    ellipsis."""
    done, line = [], ""
    for word in _pieces(literal(text).split(" "), room):
        longer = f"{line} {word}" if line else word
        if extent(longer) <= room:
            line = longer
        else:
            done.append(line)
            line = word
    done.append(line)
    if lines is not None and len(done) > lines:
        done = [*done[: lines - 1], f"{done[lines - 1]} \N{HORIZONTAL ELLIPSIS}"]
    return "\n".join(done)


def _pieces(words: Iterable[str], room: float) -> Iterable[str]:
    """Words, those wider than `room` in parts."""
    for word in words:
        piece = ""
        for character in word:
            if piece and extent(piece) + _width(character) > room:
                yield piece
                piece = ""
            piece += character
        yield piece


def put(
    artist: Text, text: str, *, room: float | None = None, lines: int | None = None,
    below: str = "",
) -> Text:
    """Set the text of an artist, literally.

    room, lines: as of `wrapped`, None for a single line; below: a last line of its own.
    """
    shown = literal(text) if room is None else wrapped(text, room, lines)
    artist.set_text(f"{shown}\n{literal(below)}" if below else shown)
    artist.set_parse_math(False)
    artist.set_usetex(False)
    return artist


def head(axes: Axes, text: str, *, room: float | None = None, lines: int | None = None,
         **style: Any) -> Text:
    """The title of an Axes, at its left."""
    return put(axes.set_title("", loc="left", **style), text, room=room, lines=lines)


def across(axes: Axes, text: str, **style: Any) -> Text:
    """The label of the horizontal axis."""
    return put(axes.set_xlabel("", **style), text)


def upwards(axes: Axes, text: str, *, room: float | None = None, lines: int | None = None,
            below: str = "", **style: Any) -> Text:
    """The label of the vertical axis."""
    return put(axes.set_ylabel("", **style), text, room=room, lines=lines, below=below)


def note(axes: Axes, x: float, y: float, text: str, **style: Any) -> Text:
    """Text at a place."""
    return put(axes.text(x, y, "", **style), text)


def beside(axes: Axes, at: tuple[float, float], text: str, *, away: tuple[float, float],
           **style: Any) -> Text:
    """Text some points away from a place in the data."""
    return put(axes.annotate("", at, xytext=away, textcoords="offset points", **style), text)


def ticks(axis: Axis, places: Sequence[float], names: Sequence[str], bold: Sequence[bool] = (),
          most: float = LONGEST, **style: Any) -> None:
    """Names along an axis, shortened to `most` usual characters where they are longer."""
    axis.set_ticks(list(places), told_apart(names, most), parse_math=False, usetex=False, **style)
    for tick, strong in zip(axis.get_majorticklabels(), bold, strict=False):
        tick.set_fontweight("bold" if strong else "normal")


def told_apart(names: Sequence[str], most: float = LONGEST) -> list[str]:
    """Names as `shortened`; those that are then alike are numbered."""
    short = [shortened(name, most) for name in names]
    return [
        name if short.count(name) == 1 else f"{name} ({short[:place].count(name) + 1})"
        for place, name in enumerate(short)
    ]


def key(owner: Axes | Figure, entries: tuple[Sequence[Any], Sequence[str]], *, title: str = "",
        **style: Any) -> Legend:
    """The legend of an Axes or a figure; entries: its handles and their names.

    matplotlib drops names that begin with `_`, so they are set afterwards.
    """
    handles, names = entries
    make: Callable[..., Legend] = owner.legend
    legend = make(handles, [str(place) for place in range(len(names))], frameon=False,
                  title=" " if title else None, **style)
    for artist, name in zip(legend.get_texts(), told_apart(names), strict=True):
        put(artist, name)
    if title:
        put(legend.get_title(), title)
    return legend
