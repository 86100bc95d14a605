"""The picture of the first page: the few packages that a choice is between."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from psasim.experiment.folder.reader import StoredResults
from psasim.report.figures import forest_chart, ranges_chart
from psasim.report.page.standing import Standing
from psasim.report.style import Chart

NAME = "contenders"


def contenders(results: StoredResults) -> Mapping[str, Callable[[], Chart]]:
    """What draws them, if they are fewer than all, and two or more."""
    chosen = Standing(results).contenders()
    if not 1 < len(chosen) < len(results.packages) - 1:
        return {}
    make = ranges_chart if results.futures > 1 else forest_chart
    return {NAME: partial(make, results, name=NAME, only=chosen)}
