"""Pictures of answers: where effort goes, what drives the answer, what is worth its cost."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from psasim.analysis.answer import Answer
from psasim.report.figures.asked import drivers_chart, front_chart, waterfall_chart
from psasim.report.style import Chart

PICTURES: Mapping[str, str] = {"effort": "waterfall", "drivers": "indices", "worth": "front"}
"""Pictures by the question that they are of."""


def pictures(question: str, found: Answer, title: str, best: str, baseline: str, end: str
             ) -> Iterator[tuple[str, Callable[[], Chart]]]:
    """What draws an answer, by name; title: of the scenario; best: the package that the page is
    about; end: of the names, which tells scenarios apart."""
    if found.table.empty or question not in PICTURES:
        return
    name = f"{PICTURES[question]}{end}"
    if question == "effort":
        packages = list(dict.fromkeys((baseline, best)))
        yield name, partial(waterfall_chart, found.table, packages, title=title, name=name)
    elif question == "drivers":
        yield name, partial(drivers_chart, found.table, found.message, title=title, name=name)
    else:
        units = {count: unit for count, unit in found.units.items()
                 if f"{count}_lo95" in found.units}
        yield name, partial(front_chart, found.table, units, title=title, name=name)
