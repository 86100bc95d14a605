"""Should this be joined up at all?  Against leaving it to departments, outcome by outcome."""

from __future__ import annotations

import pandas as pd

from psasim.analysis.answer import Answer
from psasim.analysis.outcomes import by_outcome
from psasim.errors import Unanswerable
from psasim.experiment.folder.reader import StoredResults
from psasim.results.measures import MEASURES
from psasim.results.verdict import best, better, change, few, named

LEAVE, JOIN, OPEN = "leave it", "join up", "cannot tell"
ALONE = "departmental"
COLUMNS = ["outcome", "verdict", "package", "baseline", "unit", "mean", "lo95", "hi95", "worlds"]


def join(results: StoredResults) -> Answer:
    """A row an outcome, and one for all by the headline: the package that adds most to it
    against departments on their own, and what follows.

    By outcome the statements hold together (Holm over outcomes and packages): join up where a
    package is shown to add, leave it where every one is shown to take.
    """
    against = ALONE if ALONE in results.packages else results.baseline
    if len(results.packages) < 2:
        raise Unanswerable(f"only {results.baseline} was run, so there is nothing that joins up; "
                           "name packages, presets: [departmental, new_psa] in the experiment")
    rows = results.contrasts(against).query("measure == @results.headline").set_index("package")
    whole = _whole(results, rows, against)
    outcomes, said = by_outcome(results, against)
    found = [_verdict(str(name), own) for name, own in outcomes.groupby("outcome", sort=False)]
    table = pd.DataFrame([whole, *found], columns=COLUMNS)
    notes = [said] if said else []
    if against != ALONE:
        notes.append(f"{ALONE} was not run; held against the baseline, {against}")
    return Answer(_sentence(results, rows, table, against), table, sum(results.runs().values()),
                  dict.fromkeys(("mean", "lo95", "hi95"), "see unit"), tuple(notes),
                  brief=table[["outcome", "verdict", "package", "mean", "lo95", "hi95"]])


def _whole(results: StoredResults, rows: pd.DataFrame, against: str) -> tuple:
    item = MEASURES[results.headline]
    top = best(rows, item.good)
    if top is None:
        raise Unanswerable(f"no world has a finite run both under {against} and another package")
    verdict = (JOIN if better(rows, item.good).any()
               else LEAVE if better(rows, -item.good).all() else OPEN)
    row = rows.loc[top]
    return ("all, by the headline", verdict, top, against, item.unit, row["mean"], row["lo95"],
            row["hi95"], row["worlds"])


def _verdict(outcome: str, own: pd.DataFrame) -> tuple:
    top = own.loc[own["mean"].idxmax()]
    sure = own["p_holm"] < 0.05
    if own["p_holm"].isna().all():
        verdict = OPEN
    elif (sure & (own["mean"] > 0.0)).any():
        verdict = JOIN
    else:
        verdict = LEAVE if (sure & (own["mean"] < 0.0)).all() else OPEN
    return (outcome, verdict, top["package"], top["baseline"], top["unit"], top["mean"],
            top["lo95"], top["hi95"], top["worlds"])


def _sentence(
    results: StoredResults, rows: pd.DataFrame, table: pd.DataFrame, against: str
) -> str:
    whole, each = table.iloc[0], table.iloc[1:]
    top, headline = whole["package"], named(results.headline)
    differs = change(rows.loc[top], results.headline)
    lead = {
        JOIN: f"Joining up pays here: {top} changes {headline} by {differs} "
              f"against {against}",
        LEAVE: f"Leave it to departments: every package does worse than {against} in {headline}, "
               f"the nearest, {top}, by {differs}",
        OPEN: f"No package is shown to better {headline} against {against}: the nearest, {top}, "
              f"differs by {differs}",
    }[whole["verdict"]]
    if each.empty or each["lo95"].isna().all():
        return f"{lead}."
    counts = each["verdict"].value_counts()
    leave = list(each.loc[each["verdict"] == LEAVE, "outcome"])
    named_too = f" ({few(leave)})" if leave else ""
    return (f"{lead}; of {len(each)} outcomes {counts.get(JOIN, 0)} are shown to gain from some "
            f"package, {counts.get(LEAVE, 0)} to lose by every one{named_too}, and "
            f"{counts.get(OPEN, 0)} cannot be told.")
