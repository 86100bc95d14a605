"""Figures: functions that draw on given axes, and charts composed of them.

`forest`, `heat_map`, `ledger_bars`, `outcome_path`, `plan_and_target` and `ranges` take
data and an Axes and return the Axes; the `*_chart` functions make a whole figure of a
comparison.  `waterfall`, `index_bars` and `front` draw answers of `open_results(DIR)`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from html import escape
from pathlib import Path

import pandas as pd

from psasim.experiment.folder.reader import StoredResults
from psasim.report.figures.answers import front, index_bars, waterfall
from psasim.report.figures.forest import forest, forest_chart
from psasim.report.figures.heat import heat_map
from psasim.report.figures.ledger import ledger_bars, ledger_chart
from psasim.report.figures.outcomes import outcomes_chart
from psasim.report.figures.ranges import ranges, ranges_chart
from psasim.report.figures.scenarios import MANY, scenarios_chart
from psasim.report.figures.trajectories import (
    FEW,
    outcome_path,
    plan_and_target,
    trajectories_chart,
)
from psasim.report.lettering import LOST, lost, one_line
from psasim.report.style import Chart, save_or_say
from psasim.results.results import Comparison

__all__ = [
    "charts", "forest", "forest_chart", "front", "heat_map", "index_bars", "ledger_bars",
    "ledger_chart", "outcome_path", "outcomes_chart", "plan_and_target", "ranges", "ranges_chart",
    "scenarios_chart", "trajectories_chart", "waterfall", "write_figures",
]

FEW_CHARACTERS = 5


def charts(results: Comparison, paths: pd.DataFrame | None = None) -> Iterator[Chart]:
    """Every chart of a comparison; what compares packages needs two of them.

    paths: `results.trajectories()`, if at hand; of one scenario and future only.
    """
    for make in makers(results, paths).values():
        yield make()


def makers(
    results: Comparison, paths: pd.DataFrame | None
) -> Mapping[str, Callable[[], Chart]]:
    """What makes each chart, by its name."""
    if isinstance(results, StoredResults) and _is_several(results):
        return _of_several(results)
    made: dict[str, Callable[[], Chart]] = {}
    if len(results.packages) > 1:
        made["forest"] = partial(forest_chart, results)
    made["ledger"] = partial(ledger_chart, results)
    made["trajectories"] = partial(trajectories_chart, results, paths)
    if len(results.packages) > 1 and len(results.scenario.outcomes) > FEW:
        made["outcomes"] = partial(outcomes_chart, results, paths)
    return made


def _is_several(results: StoredResults) -> bool:
    return results.futures > 1 or len({point.scenario for point in results.points}) > 1


def _of_several(results: StoredResults) -> Mapping[str, Callable[[], Chart]]:
    """Charts of several futures, several scenarios, or both."""
    scenarios = len({point.scenario for point in results.points})
    made: dict[str, Callable[[], Chart]] = {}
    if len(results.packages) > 1 and scenarios <= MANY:
        made["ranges"] = partial(ranges_chart, results)
    if len(results.packages) > 1 and scenarios > 1:
        made["scenarios"] = partial(scenarios_chart, results)
    if scenarios == 1:
        made["ledger"] = partial(ledger_chart, results)
    return made


def write_figures(
    results: Comparison, paths: pd.DataFrame | None, folder: Path
) -> list[str]:
    """Write every chart as SVG, PNG and CSV, and a README with messages and alt text.

    Returns what is to be said of them: a chart that could not be drawn, and why, and
    characters there is no glyph for.  Raises `OSError` if the folder cannot be written.
    """
    folder.mkdir()
    written, failed = save_or_say(makers(results, paths), folder)
    pages = [_page(chart) for chart in written]
    pages += [f"## {name}\n\nNot drawn: {cause}\n" for name, cause in failed.items()]
    text = "# Figures\n\n" + "\n".join(pages)
    (folder / "README.md").write_text(text, encoding="utf-8", newline="\n")
    said = [f"the figure {name} was not drawn: {cause}; all else is written, and the same again "
            "tries again" for name, cause in failed.items()]
    return _without_glyph(results) + said


def _page(chart: Chart) -> str:
    title, alt = _literal(chart.title), _literal(chart.alt)
    return (f"## {title}\n\n![{alt}]({chart.name}.svg)\n\n"
            f"Data: [{chart.name}.csv]({chart.name}.csv)\n")


def _literal(text: str) -> str:
    """A line of Markdown that shows the text: no tag, link or code in it acts."""
    return re.sub(r"([\\`*$\[\]])", r"\\\1", escape(one_line(text), quote=False))


def _without_glyph(results: Comparison) -> list[str]:
    scenario = results.scenario
    names = [scenario.title, *results.packages]
    names += [text for outcome in scenario.outcomes for text in (outcome.key, outcome.name)]
    characters = lost(names)
    if not characters:
        return []
    few = characters[:FEW_CHARACTERS]
    more = f" and {len(characters) - len(few)} more" if len(characters) > len(few) else ""
    return [f"figures have no glyph for {few}{more}, and show {LOST} instead; the tables have the "
            "names in full"]
