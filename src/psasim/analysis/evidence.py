"""What does the evidence say?  Patterns seen elsewhere that judge the levers compared."""

from __future__ import annotations

import pandas as pd

from psasim.analysis.answer import Answer
from psasim.declared.levers import LEVERS
from psasim.errors import Unanswerable
from psasim.experiment.folder.reader import StoredResults
from psasim.results.measures import MEASURES
from psasim.results.verdict import best, named
from psasim.validation.shipped import judging
from psasim.validation.verdict import NOT_REPRODUCED, REPRODUCED

COLUMNS = ["package", "pattern", "title", "verdict", "levers"]


def evidence(results: StoredResults) -> Answer:
    """A row a package and a pattern that judges one of the levers it sets otherwise than the
    baseline: whether the model reproduces it or misses it."""
    if len(results.packages) < 2:
        raise Unanswerable(f"only {results.baseline} was run, so no lever is judged; name packages "
                           "to compare, presets: [new_psa] in the experiment")
    base = results.packages[results.baseline]
    rows = []
    for name, package in results.packages.items():
        levers = {lever for lever in LEVERS if package[lever] != base[lever]}
        rows += [
            (name, item.id, item.title, item.verdict,
             ", ".join(lever for lever in item.levers if lever in levers))
            for item in judging(levers)
        ]
    table = pd.DataFrame(rows, columns=COLUMNS)
    rows = results.contrasts().query("measure == @results.headline").set_index("package")
    top = best(rows, MEASURES[results.headline].good)
    own = table[table["package"] == top]
    brief = pd.DataFrame({"pattern": own["title"] + " (" + own["pattern"] + ")",
                          f"verdict on {top}": own["verdict"]})
    return Answer(
        _sentence(results, table, top), table, sum(results.runs().values()),
        notes=("a pattern judges a package if its arms differ in one of the package's levers; "
               "docs/validation.md has each pattern, its source and the runs behind it",),
        brief=brief)


def _sentence(results: StoredResults, table: pd.DataFrame, top: str | None) -> str:
    if top is None:
        return "No package has a result, so there is no claim to hold against the evidence."
    own = table[table["package"] == top]
    lead = f"That {top} is best in {named(results.headline)}"
    if own.empty:
        return f"{lead} rests on levers that no observed pattern judges."
    counts = own["verdict"].value_counts()
    missed = ", ".join(own.loc[own["verdict"] == NOT_REPRODUCED, "pattern"])
    return (f"{lead} rests on levers that {len(own)} observed patterns judge, of which the model "
            f"reproduces {counts.get(REPRODUCED, 0)} and misses {counts.get(NOT_REPRODUCED, 0)}"
            f"{f' ({missed})' if missed else ''}.")
