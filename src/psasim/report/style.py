"""How figures look and how they are kept: the same bytes for the same data."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from xml.sax.saxutils import escape

import matplotlib as mpl
import pandas as pd
import seaborn as sns
from matplotlib.figure import Figure

INK = "#222222"
MUTED = "#5f5f5f"
_BLUE, _ORANGE, _GREEN, _RED, _PINK, _BROWN, _ROSE, _GREY, _YELLOW, _SKY = sns.color_palette(
    "colorblind"
).as_hex()

SERIES = (_GREY, _BLUE, _RED, _GREEN, _PINK, _ORANGE)
"""Colours of series side by side, the baseline's first."""

REAL, REPORTED = _BLUE, _RED

LINE_COLOURS: Mapping[str, str] = MappingProxyType({
    "realised": _GREEN,
    "mix": _YELLOW,
    "practice": _ORANGE,
    "chain": _RED,
    "gaming": "#000000",
    "overhead": _BLUE,
    "slack": "#ffffff",
    "own": "#c8c8c8",
})
"""Colours of the ledger's lines, in the order they are stacked from the axis."""

_RC = {
    **sns.axes_style("ticks"),
    "font.family": ["DejaVu Sans"],
    "font.size": 9,
    "axes.titlesize": 9.5,
    "axes.titlelocation": "left",
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
    """A figure with what it says: title is its message, alt describes it to those who do
    not see it, data is what it shows."""

    name: str
    title: str
    alt: str
    data: pd.DataFrame
    figure: Figure


def chart(name: str, kind: str, title: str, data: pd.DataFrame, figure: Figure) -> Chart:
    """A chart whose description is what is drawn, its message, and where the numbers are."""
    return Chart(name, title, f"{kind}. {title}. Every number is in {name}.csv.", data, figure)


@contextmanager
def styled() -> Iterator[None]:
    """psasim's style, for figures made and saved inside."""
    with mpl.rc_context(_RC):
        yield


def finish(figure: Figure, title: str, foot: str) -> None:
    """Put the message above the panels and how to read them below, and settle the layout."""
    width = figure.get_figwidth()
    figure.suptitle(
        textwrap.fill(title, int(width * 8.6)), x=0.01, ha="left", fontsize=12,
        fontweight="bold",
    )
    figure.supxlabel(
        textwrap.fill(foot, int(width * 15.0)), x=0.01, ha="left", fontsize=8, color=MUTED
    )
    figure.draw_without_rendering()
    figure.set_layout_engine("none")  # settled once, not again for every file


def save(chart: Chart, folder: Path) -> None:
    """Write a chart as SVG and PNG, and its data as CSV; no version, no date."""
    about = {"Title": chart.title, "Description": chart.alt}
    svg = folder / f"{chart.name}.svg"
    chart.figure.savefig(svg, metadata={**about, "Date": None, "Creator": None})
    svg.write_text(_described(svg.read_text(encoding="utf-8"), chart.alt), encoding="utf-8",
                   newline="\n")
    chart.figure.savefig(folder / f"{chart.name}.png", metadata={**about, "Software": None})
    chart.data.to_csv(folder / f"{chart.name}.csv", index=False, lineterminator="\n")


def _described(svg: str, alt: str) -> str:
    """Tell assistive technology that this is one image, with its title and description."""
    before, after = svg.split("</title>", 1)
    before = before.replace("<svg ", '<svg role="img" aria-labelledby="title desc" ', 1)
    before = before.replace("<title>", '<title id="title">', 1)
    return f'{before}</title>\n <desc id="desc">{escape(alt)}</desc>{after}'
