"""Text from users' files is drawn as it stands in every figure, and stops none."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from matplotlib import rc_context
from matplotlib.figure import Figure
from matplotlib.text import Text

import psasim
from psasim.report.figures import (
    charts,
    forest,
    forest_chart,
    heat_map,
    ledger_bars,
    ranges,
    write_figures,
)
from psasim.report.lettering import LONGEST, LOST, extent, key, literal, lost, ticks
from psasim.report.style import Chart
from psasim.report.validation import pattern_chart
from psasim.results.results import Results
from psasim.results.simulate import compare
from psasim.structure.layout import build_layout
from psasim.validation.pattern import Claim
from psasim.validation.patterns import PATTERNS
from psasim.validation.verdict import Answer, Finding

HOSTILE = (
    r"$\frac{$ costs $5 and \$6$", "_hidden", "a\nb\x07\x1b[31mc", "\u202eabc\u2066",
    "\u05e9\u05dc\u05d5\u05dd", "Z" + "\u0351\u036b\u0343\u036a" * 20, "x" * 300, "x" * 301,
    "\u65e5\u672c\u8a9e\u306e\u76ee\u6a19 \U0001f9ff", "%", "{name}", "",
)
SOURCES = Path(psasim.__file__).parent
SETTERS = {
    "annotate", "bar_label", "clabel", "figtext", "legend", "set_label", "set_text", "set_title",
    "set_xlabel", "set_xticklabels", "set_xticks", "set_ylabel", "set_yticklabels", "set_yticks",
    "suptitle", "supxlabel", "supylabel", "table", "text",
}


@pytest.fixture(scope="module")
def hostile() -> Results:
    """Names that break figures, refused or not where they are given: of the scenario, its
    outcomes and its packages."""
    names = {"departmental": "departmental"}
    names |= {f"package {place}": name or "empty" for place, name in enumerate(HOSTILE)}
    packages = {name: {"lead": 0.5} for name in list(names)[1:]}
    plain = compare({"departmental": "departmental", **packages}, scenario="teaching", worlds=3,
                    months=12)
    few = replace(
        plain, packages={names[name]: package for name, package in plain.packages.items()},
        parts={names[name]: part for name, part in plain.parts.items()},
    )
    scenario = replace(few.scenario, title=HOSTILE[0] + HOSTILE[4] + HOSTILE[8], outcomes=tuple(
        replace(outcome, name=name)
        for outcome, name in zip(few.scenario.outcomes, (HOSTILE[0], HOSTILE[6]), strict=True)
    ))
    return replace(few, scenario=scenario, layout=build_layout(scenario))


@pytest.fixture(scope="module")
def drawn(hostile: Results, many: Results) -> list[Chart]:
    scenario = replace(many.scenario, outcomes=tuple(
        replace(outcome, name=HOSTILE[place % len(HOSTILE)])
        for place, outcome in enumerate(many.scenario.outcomes)
    ))
    wide = replace(many, scenario=scenario, layout=build_layout(scenario))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return [*charts(hostile, hostile.trajectories()), *charts(wide, wide.trajectories()),
                pattern_chart(_finding())]


def _finding() -> Finding:
    pattern = replace(PATTERNS["P4"], title=HOSTILE[0] + HOSTILE[6])
    claim = Claim(says=HOSTILE[0], statistic=lambda _: np.zeros(1), unit=HOSTILE[8], low=0.0)
    means = np.linspace(-1.0, 1.0, 5)
    answer = Answer(claim, means, 0.0, -0.5, 0.5, 0.4, 0.1, 0.1)
    return Finding(pattern, (answer,), 0.4, 0, "not reproduced")


def texts(figure: Figure) -> Iterator[Text]:
    for artist in figure.findobj(Text):
        assert isinstance(artist, Text)
        if artist.get_text():
            yield artist


def test_no_text_of_any_chart_is_read_as_mathematics_or_tex(drawn: list[Chart]) -> None:
    assert {chart.name for chart in drawn} >= {"forest", "ledger", "trajectories", "outcomes"}
    with_dollars = set()
    for chart in drawn:
        named = [text for text in texts(chart.figure) if "$" in text.get_text()]
        with_dollars |= {chart.name for _ in named[:1]}
        assert not any(text.get_parse_math() or text.get_usetex() for text in named), chart.name
    assert with_dollars == {chart.name for chart in drawn}


def test_what_is_drawn_has_a_glyph_and_one_direction(drawn: list[Chart], tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for chart in drawn:
            chart.figure.savefig(tmp_path / "figure.png")
            for text in texts(chart.figure):
                for line in text.get_text().split("\n"):
                    assert line.replace("\N{MINUS SIGN}", "") == literal(
                        line.replace("\N{MINUS SIGN}", ""))


def test_panels_keep_their_room(drawn: list[Chart]) -> None:
    for chart in drawn:
        for axes in (axes for axes in chart.figure.axes if axes.axison):
            width, height = axes.get_window_extent().size / chart.figure.dpi
            assert width > 0.8, chart.name
            assert height > 0.5, chart.name


def test_titles_end_within_the_figure(drawn: list[Chart]) -> None:
    for chart in drawn:
        for text in (chart.figure._suptitle, chart.figure._supxlabel):
            assert text.get_window_extent().x1 <= chart.figure.bbox.x1, chart.name


@pytest.mark.parametrize("setting", [{"text.usetex": True}, {"text.parse_math": True}, {}])
def test_functions_that_draw_on_given_axes_do_so_under_the_users_settings(
    hostile: Results, setting: dict[str, bool]
) -> None:
    with rc_context(setting):
        axes = Figure().subplots(1, 4)
        forest(hostile.contrasts(), axes[0])
        ledger_bars(hostile.ledger_shares(), axes[1])
        names = [name or "empty" for name in HOSTILE]
        values = pd.DataFrame(np.eye(len(names)), index=names, columns=names)
        heat_map(values, axes[2])
        ranges(pd.DataFrame({"package": names, "middle": 0.0, "low": -1.0, "high": 1.0}), axes[3])
        for panel in axes:
            ticks_of = [tick for tick in panel.get_yticklabels() if tick.get_text()]
            assert len(ticks_of) >= len(HOSTILE) - 1
            assert not any(tick.get_parse_math() or tick.get_usetex() for tick in ticks_of)


def test_the_report_is_written_with_one_line_of_warning(
    hostile: Results, tmp_path: Path
) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        said = write_figures(hostile, hostile.trajectories(), tmp_path / "figures")
    assert len(said) == 1
    assert said[0].startswith("figures have no glyph for ")
    assert "\n" not in said[0]
    readme = (tmp_path / "figures" / "README.md").read_text(encoding="utf-8")
    assert "\x07" not in readme
    assert "Not drawn" not in readme


def test_text_is_set_in_one_place_only() -> None:
    """A module that draws sets text through `lettering`, or where it has none from users."""
    rooms = [*SOURCES.glob("report/**/*.py"), *SOURCES.glob("documents/**/*.py"),
             *(SOURCES.parents[1] / "experiments").glob("**/*.py")]
    assert len(rooms) > 20
    found = []
    for file in rooms:
        if file.name == "lettering.py":
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and (
                (node.func.attr in SETTERS and not _empty(node))
                or (node.func.attr in ("set", "heatmap") and _names_text(node))
            ):
                found.append(f"{file.name}:{node.lineno} {node.func.attr}")
    assert found == []


def _empty(call: ast.Call) -> bool:
    """Whether a call makes an artist without a text, to be set by `put`."""
    return bool(call.args) and ast.unparse(call.args[0]) in ("''", "[]")


def _names_text(call: ast.Call) -> bool:
    """Whether a call of many settings sets a text among them, or has others written."""
    named = {word.arg: word.value for word in call.keywords}
    return any(
        not (isinstance(named[name], ast.Constant) and not named[name].value)
        for name in ("annot", "label", "title", "xlabel", "xticklabels", "ylabel", "yticklabels")
        if name in named
    )


@pytest.mark.parametrize(("text", "shown"), [
    ("plain", "plain"),
    ("a\tb\r\nc\x00d", "a b c d"),
    ("\u202eabc\u200b", "abc"),
    ("e\u0301", "\u00e9"),
    ("\u65e5x", f"{LOST}x"),
    ("\ud800x", f"{LOST}x"),
])
def test_literal(text: str, shown: str) -> None:
    assert literal(text) == shown


def test_lost_characters_are_told_once() -> None:
    assert lost(["\u65e5\u65e5a", "\u672c"]) == "\u65e5\u672c"
    assert lost(["plain \N{PLUS-MINUS SIGN}"]) == ""


def test_long_names_stay_apart_and_short() -> None:
    axes = Figure().subplots()
    ticks(axes.yaxis, range(3), ["x" * 300, "x" * 301, "W" * 300])
    names = [tick.get_text() for tick in axes.get_yticklabels()]
    assert len(set(names)) == 3
    assert all(extent(name) < LONGEST + 5 for name in names)


def test_a_legend_shows_names_that_begin_with_an_underscore() -> None:
    axes = Figure().subplots()
    line, = axes.plot([0, 1])
    legend = key(axes, ([line], ["_hidden"]), title="$x$")
    assert [text.get_text() for text in legend.get_texts()] == ["_hidden"]
    assert legend.get_title().get_text() == "$x$"
    assert not legend.get_title().get_parse_math()


def test_a_message_and_a_caption_end(hostile: Results) -> None:
    scenario = replace(hostile.scenario, title="name of a scenario " * 500)
    chart = forest_chart(replace(hostile, scenario=scenario))
    lines = chart.figure._supxlabel.get_text().split("\n")
    assert len(lines) == 10
    assert lines[-1].endswith("\N{HORIZONTAL ELLIPSIS}")
    assert chart.figure.get_figheight() < 12
