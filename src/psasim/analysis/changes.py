"""What does each package change, for whom, and at what cost?"""

from __future__ import annotations

import pandas as pd

from psasim.analysis.answer import Answer
from psasim.analysis.outcomes import by_outcome
from psasim.analysis.prices import Prices, priced
from psasim.errors import Unanswerable
from psasim.experiment.folder.reader import StoredResults
from psasim.results.headline import summary_of
from psasim.results.measures import MEASURES
from psasim.results.verdict import alone, best, better, few, interval, named, signed, tally

_TAKES = {"burden": "of capacity in burden", "cost": "in the cost index"}
COLUMNS = ["package", "baseline", "measure", "unit", "mean", "lo95", "hi95", "equal", "worlds"]


def changes(results: StoredResults, prices: Prices | None = None) -> Answer:
    """Paired differences from the baseline: headline, measures beside it, burden and cost, and
    `by_outcome`; with prices money and posts too."""
    if len(results.packages) < 2:
        raise Unanswerable(f"only {results.baseline} was run; name packages to compare, presets: "
                           "[new_psa, existing_psa] in the experiment")
    measures = [*summary_of(results.headline)]
    found = results.contrasts()
    table = found[found["measure"].isin(measures)]
    order = {name: place for place, name in enumerate(measures)}
    table = table.sort_values("measure", key=lambda m: m.map(order), kind="stable")
    notes = []
    if prices is not None:
        money = priced(results, prices).assign(baseline=results.baseline)
        table = pd.concat([table, money], ignore_index=True)[COLUMNS]
        notes.append("money is over the run, posts on average over it; both as the prices say")
    outcomes, said = by_outcome(results)
    notes += [said] if said else []
    if results.worlds < 2:
        notes.append("one world has no interval; worlds=20 or more gives one")
    return Answer(
        _sentence(results, table, outcomes), table.reset_index(drop=True),
        sum(results.runs().values()), {"mean": "see unit", "lo95": "see unit", "hi95": "see unit",
                                       "equal": "share of worlds"},
        tuple(notes), {"by_outcome": outcomes},
        _brief(results, table))


def _brief(results: StoredResults, table: pd.DataFrame) -> pd.DataFrame:
    """A row a package, the best first: the headline with its interval, and what it takes."""
    wide = table.pivot(index="package", columns="measure", values="mean")
    own = table[table["measure"] == results.headline].set_index("package")
    takes = [name for name in ("burden", "cost", "money", "posts")
             if name in wide and name != results.headline]
    brief = pd.concat([own["mean"].rename(results.headline), own[["lo95", "hi95"]], wide[takes]],
                      axis=1)
    rising = MEASURES[results.headline].good < 0
    return brief.sort_values(results.headline, ascending=rising, kind="stable").reset_index(
        names="package")


def _sentence(results: StoredResults, table: pd.DataFrame, outcomes: pd.DataFrame) -> str:
    measured = table.set_index(["measure", "package"])
    rows, good = measured.loc[results.headline], MEASURES[results.headline].good
    top = best(rows, good)
    if top is None:
        return f"No world has a finite run both under {results.baseline} and another package."
    cost = ", ".join(
        f"{signed(row['mean'])} {_TAKES.get(what, row['unit'])}"
        for what in ("burden", "cost", "money", "posts") if (what, top) in measured.index
        for row in [measured.loc[(what, top)]])
    own = outcomes[outcomes["package"] == top]
    fallen = own[own["hi95"] < 0.0]
    whom = f"; {few(list(fallen['outcome']))} lose by it" if len(fallen) else ""
    if len(rows) == 1:
        return (f"{top} {alone(rows.loc[top], results.baseline, good)} in "
                f"{named(results.headline)}: {interval(rows.loc[top])}, for {cost}{whom}.")
    return (f"{top} changes {named(results.headline)} by {interval(rows.loc[top])} against "
            f"{results.baseline} for {cost}{whom}; {tally(rows, results.baseline, good)}."
            if better(rows.loc[[top]], good).all() else
            f"No package is shown to better {named(results.headline)}: the nearest, {top}, differs "
            f"by {interval(rows.loc[top])} for {cost}; {tally(rows, results.baseline, good)}.")
