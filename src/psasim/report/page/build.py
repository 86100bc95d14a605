"""The page of a folder: its first page, and its sections."""

from __future__ import annotations

from psasim.report.names import count
from psasim.report.page.content import Page
from psasim.report.page.first import answer
from psasim.report.page.reading import Reading
from psasim.report.page.sections import SECTIONS


def page(reading: Reading) -> Page:
    """All that is said of a folder."""
    results = reading.results
    titles = list(dict.fromkeys(part.scenario.title for part in reading.parts))
    title = titles[0] if len(titles) == 1 else f"{len(titles)} scenarios"
    under = "" if len(titles) == 1 else f"{'; '.join(titles)}. "
    under += (f"{count(len(results.packages), 'package')} of governance, the same "
             f"{count(results.worlds, 'simulated world')}, {count(results.months, 'month')}")
    if reading.several_futures:
        under += f", {count(results.futures, 'future')}"
    return Page(title, f"{under}.", answer(reading), tuple(make(reading) for make in SECTIONS),
                reading.notices)
