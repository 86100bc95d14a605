"""Does the ranking survive: over futures, and over scenarios."""

from __future__ import annotations

import pandas as pd

from psasim.analysis.answer import Answer
from psasim.experiment.design.refusals import told as refused_told
from psasim.experiment.folder.reader import StoredResults
from psasim.experiment.folder.spread import spread
from psasim.report.figures.spans import table_of
from psasim.report.names import by_headline
from psasim.report.page.amounts import called, difference, unit
from psasim.report.page.content import Section, Table
from psasim.report.page.reading import Reading
from psasim.results.headline import summary_of


def ranking(reading: Reading) -> Section:
    """In how many futures each package is better than the baseline, and first."""
    title = "Does the ranking survive?"
    if not reading.several_futures or not reading.compares:
        return Section("ranking", title, lacks=(
            "This design has one set of parameters, so it does not say. What survives over "
            "parameters that the evidence does not rule out is told by the same command with"),
            commands=("parameters=plausible",))
    results = reading.results
    says = [found.sentence for part in reading.parts
            if isinstance(found := reading.answer(part, "ranking"), Answer)]
    says += ["A future is one setting of what nobody knows. Every package meets the same futures "
            "and the same worlds, so a package that is first in most of them does not owe that to "
            "one assumed number."]
    if results.refused:
        says.append(f"{refused_told(results.refused, results.points)} Left out of every package.")
    tables = tuple(_table(part, number, len(reading.parts))
                   for number, part in enumerate(reading.parts, start=1))
    pictures = reading.below("ranges")
    return Section("ranking", title, tuple(says), pictures=pictures, tables=tables)


def scenarios(reading: Reading) -> Section:
    """What packages add, scenario by scenario."""
    title = "Does it hang on the scenario?"
    if reading.one is not None or not reading.compares:
        return Section("scenarios", title, lacks=(
            "One scenario was run, so this page does not say whether another would put the "
            "packages in another order. An experiment file with "
            "scenarios: [one, another] compares them by"),
            commands=("psasim run experiment=FILE",))
    table = Table(
        "by_scenario", "What each package adds, scenario by scenario", table_of(reading.results),
        f"Differences in {called(reading.results.headline)}, parts of 1 as they are: the middle, "
        "and the range from low to high, over futures where there are several, else the mean and "
        "its 95% interval.", folded=True)
    pictures = reading.below("scenarios", *(() if reading.several_futures else ("ranges",)))
    return Section("scenarios", title, (
        "A package that helps in one scenario and hurts in another should be chosen for its "
        "scenario, or not at all.",), pictures=pictures, tables=(table,))


def _table(part: StoredResults, number: int, of: int) -> Table:
    measure = part.headline
    frame = spread(part, summary_of(measure))
    rows = frame[frame["measure"] == measure].set_index("package")
    order = [name for name in by_headline(part) if name in rows.index]
    shown = pd.DataFrame([{
        "package": name,
        f"better than {part.baseline}": _of(row, row["better"]),
        "first, alone": _of(row, row["first_alone"]),
        "first, tied": _of(row, row["first_tied"]),
        f"5% of futures below ({unit(measure)})": _difference(row["p05_sets"], measure),
        "5% of futures above": _difference(row["p95_sets"], measure),
        "worst future": _difference(row["worst"], measure),
    } for name in order for row in [rows.loc[name]]])
    return Table(
        "ranking" if of == 1 else f"ranking_{number}",
        f"In how many futures, by {called(measure)}: {part.scenario.title}", frame,
        f"The three columns at the right are differences from {part.baseline}, in "
        f"{unit(measure)}.", shown,
        columns="Each row is in the unit that it names; sets are futures. sd_sets is the standard "
                "deviation between futures, sd_worlds between worlds within one.")


def _of(row: pd.Series, share: float) -> str:
    return "not available" if pd.isna(share) else f"{round(share * row['sets'])} of {row['sets']}"


def _difference(value: float, measure: str) -> str:
    return "not available" if pd.isna(value) else difference(value, measure, unit=False)
