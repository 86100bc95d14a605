"""What each package changes."""

from __future__ import annotations

import pandas as pd

from psasim.experiment.folder.reader import StoredResults
from psasim.report.names import by_headline, count
from psasim.report.page.amounts import called, told, unit
from psasim.report.page.content import Section, Table
from psasim.report.page.reading import Reading
from psasim.results.headline import summary_of
from psasim.results.measures import MEASURES

MOST = 100
"""Packages at most that the page's table shows; the files have them all."""
MEASURES_SHOWN = 5
"""Measures at most that the page's table shows, the headline first."""


def changes(reading: Reading) -> Section:
    """A row a package: its differences from the baseline, the best first."""
    title = "What each package changes"
    if not reading.compares:
        return Section("changes", title, lacks=(
            "One package was run, so there is no difference to show. Two or more would be "
            "compared by"), commands=("psasim run",))
    base, measure = reading.results.baseline, reading.results.headline
    packages = count(len(reading.results.packages) - 1, "package")
    says = [f"Mean differences from {base} in the same worlds, the best in {called(measure)} "
            "first, each with its 95% interval in brackets where there is one. A difference whose "
            "interval holds 0 cannot be told from none."]
    tables = [_table(part, number, len(reading.parts))
              for number, part in enumerate(reading.parts, start=1)]
    if len(reading.results.packages) - 1 > MOST:
        says.append(f"The first {MOST} of {packages} are shown; the files have them all.")
    return Section("changes", title, tuple(says), pictures=reading.below("outcomes"),
                   tables=tuple(tables))


def _table(part: StoredResults, number: int, of: int) -> Table:
    contrasts = part.contrasts()
    chosen = [m for m in summary_of(part.headline)
              if contrasts.loc[contrasts["measure"] == m, "mean"].notna().any()][:MEASURES_SHOWN]
    order = [name for name in by_headline(part) if name != part.baseline]
    measured = contrasts.set_index(["measure", "package"])
    shown = pd.DataFrame({"package": order[:MOST]} | {
        f"{MEASURES[m].label} ({unit(m)})": [
            told(measured.loc[(m, name)], m) for name in order[:MOST]]
        for m in chosen
    })
    place = contrasts["package"].map({name: at for at, name in enumerate(order)})
    frame = contrasts.iloc[place.argsort(kind="stable")].reset_index(drop=True)
    return Table(
        "contrasts" if of == 1 else f"contrasts_{number}",
        f"Differences from {part.baseline}: {part.scenario.title}", frame,
        "Means of paired differences, each in the unit of its row, with the 95% interval (lo95, "
        "hi95); equal is the share of worlds in which both have the same number.", shown)
