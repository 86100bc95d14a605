"""How figures look and how they are kept: the same bytes for the same data."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any
from xml.sax.saxutils import escape

import matplotlib as mpl
import pandas as pd
from matplotlib.figure import Figure

from psasim.report.lettering import one_line, put

INK = "#222222"
MUTED = "#5f5f5f"

# Of seaborn's palette `colorblind`.
_BLUE, _ORANGE, _GREEN, _RED, _YELLOW = "#0173b2", "#de8f05", "#029e73", "#d55e00", "#ece133"

MOST_LINES = 10
"""Lines of a message or a caption; psasim's own have four or so, users' names the rest."""

REAL, REPORTED = _BLUE, _RED

LINE_COLOURS: Mapping[str, str] = MappingProxyType({
    "realised": _GREEN,
    "mix": _YELLOW,
    "practice": _ORANGE,
    "chain": _RED,
    "distortion": "#cc78bc",
    "gaming": "#000000",
    "overhead": _BLUE,
    "slack": "#ffffff",
    "own": "#c8c8c8",
})
"""Colours of the ledger's lines, in the order they are stacked from the axis."""

_RC: dict[Any, Any] = {
    "font.family": ["DejaVu Sans"],
    "font.size": 9,
    "axes.titlesize": 9.5,
    "axes.titlelocation": "left",
    "axes.axisbelow": True,
    "axes.edgecolor": MUTED,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "text.color": INK,
    "axes.labelcolor": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "svg.hashsalt": "psasim",
    "svg.fonttype": "path",
    "savefig.dpi": 150,
}


@dataclass(frozen=True, slots=True, eq=False)
class Chart:
    """A figure with what it says: title is its message, foot how to read it, alt describes it to
    those who do not see it, data is what it shows."""

    name: str
    title: str
    foot: str
    alt: str
    data: pd.DataFrame
    figure: Figure


def chart(name: str, kind: str, title: str, foot: str, data: pd.DataFrame, figure: Figure) -> Chart:
    """A chart whose description is what is drawn, its message, and where the numbers are."""
    finish(figure, title, foot)
    alt = f"{kind}. {title}. Every number is in {name}.csv."
    return Chart(name, title, foot, alt, data, figure)


@contextmanager
def styled() -> Iterator[None]:
    """psasim's style and nothing of the user's, for figures made and saved inside."""
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(_RC)
        yield


def finish(figure: Figure, title: str, foot: str) -> None:
    """Put the message above the panels and how to read them below, and settle the layout."""
    width, height = figure.get_size_inches()
    for artist, text, room in (
        (figure.suptitle("", x=0.01, ha="left", fontsize=12, fontweight="bold"), title, 8.6),
        (figure.supxlabel("", x=0.01, ha="left", fontsize=8, color=MUTED), foot, 14.4),
    ):
        lines = put(artist, text, room=width * room, lines=MOST_LINES).get_text().count("\n")
        height += max(lines - 1, 0) * float(artist.get_fontsize()) / 60.0  # beyond two lines
    figure.set_figheight(height)
    engine = figure.get_layout_engine()
    if engine is not None:
        engine.execute(figure)
    figure.set_layout_engine(None)  # settled: what has an engine is drawn twice for every file


def save(chart: Chart, folder: Path) -> None:
    """Write a chart as SVG and PNG, and its data as CSV; no version, no date."""
    about = {"Title": one_line(chart.title), "Description": one_line(chart.alt)}
    svg = folder / f"{chart.name}.svg"
    chart.figure.savefig(svg, metadata={**about, "Date": None, "Creator": None})
    text = _described(svg.read_text(encoding="utf-8"), about["Description"])
    svg.write_text(text, encoding="utf-8", newline="\n")
    chart.figure.savefig(folder / f"{chart.name}.png", metadata={**about, "Software": None})
    chart.data.to_csv(folder / f"{chart.name}.csv", index=False, lineterminator="\n")


def save_or_say(
    charts: Mapping[str, Callable[[], Chart]], folder: Path
) -> tuple[list[Chart], dict[str, str]]:
    """Make and write charts: those that are written, and of the others, by name, why not.

    Raises `OSError` if the folder cannot be written.
    """
    written: list[Chart] = []
    failed: dict[str, str] = {}
    with styled():
        for name, make in charts.items():
            try:
                made = make()
                save(made, folder)
                written.append(made)
            except OSError:
                raise
            except Exception as error:  # a picture is not worth the runs and tables beside it
                failed[name] = one_line(f"{type(error).__name__}: {error}")
                for left in folder.glob(f"{name}.*"):
                    left.unlink()
    return written, failed


def _described(svg: str, alt: str) -> str:
    """Tell assistive technology that this is one image, with its title and description."""
    before, after = svg.split("</title>", 1)
    before = before.replace("<svg ", '<svg role="img" aria-labelledby="title desc" ', 1)
    before = before.replace("<title>", '<title id="title">', 1)
    return f'{before}</title>\n <desc id="desc">{escape(alt)}</desc>{after}'
