"""Where did the effort go?  The ledger, from capacity to what moved an outcome."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from psasim.analysis.answer import Answer
from psasim.analysis.effort_by import MOST, by_heading, by_place, gains_most
from psasim.experiment.folder.reader import LINE_MEASURES, StoredResults
from psasim.experiment.folder.store import DETAILS
from psasim.month.ledger import LINES
from psasim.results.details import DEPARTMENT, OUTCOME
from psasim.results.effort import base_sentence, by_line, moves
from psasim.results.measures import MEASURES
from psasim.results.verdict import best

COLUMNS = ["package", "line", "label", "heading", "share", "left", "change", "lo95", "hi95",
           "worlds"]


def effort(results: StoredResults) -> Answer:
    """A row a package and line of the ledger: its share of capacity, what is left of capacity
    after it (the steps of a waterfall), and its paired change from the baseline."""
    shares = results.ledger_shares()
    measured = None
    if len(results.packages) > 1:
        measured = results.contrasts().set_index(["package", "measure"])
    rows = []
    for package, own in shares.groupby("package", sort=False):
        left = 1.0
        for line, share in zip(own["line"], own["share"], strict=True):
            left -= share if line != "realised" else 0.0
            change: tuple = (0.0, 0.0, 0.0, results.worlds)
            if measured is not None and package != results.baseline:
                found = measured.loc[(package, LINE_MEASURES[line])]
                change = found["mean"], found["lo95"], found["hi95"], found["worlds"]
            rows.append((package, line, LINES[line].label, str(LINES[line].heading), share,
                         left, *change))
    table = pd.DataFrame(rows, columns=COLUMNS)
    top = _top(results)
    more, told = _apart(results, top)
    units = dict.fromkeys(("share", "left", "change", "lo95", "hi95"), "share of capacity")
    notes = () if results.keeps(DETAILS) else (
        "by department and by outcome: the run's command with keep=details keeps that of every "
        "run",)
    return Answer(
        _sentence(results, shares, top, told), table, sum(results.runs().values()), units,
        notes, more, _brief(results, table), beside=_beside(more, top))


def _top(results: StoredResults) -> str | None:
    """The package that does best by the headline."""
    if len(results.packages) < 2:
        return None
    rows = results.contrasts().query("measure == @results.headline").set_index("package")
    return best(rows, MEASURES[results.headline].good)


def _apart(results: StoredResults, top: str | None) -> tuple[dict[str, pd.DataFrame], str]:
    """Effort by heading, and by department and outcome where that was kept; what to say of it."""
    more = {"by_heading": by_heading(results)}
    if not results.keeps(DETAILS):
        return more, ""
    good = MEASURES[results.headline].good
    levels = good * results.levels()[results.headline]
    ranked = levels.sort_values(ascending=False, kind="stable").index[:MOST]
    packages = list(dict.fromkeys([results.baseline, *ranked]))
    for of in (DEPARTMENT, OUTCOME):
        more[f"by_{of}"] = by_place(results, of, packages)
    if top is None:
        return more, ""
    said = [f"by {of} such effort {where}" for of in (DEPARTMENT, OUTCOME)
            if (where := gains_most(more[f"by_{of}"], of, top))]
    return more, "; ".join(said)


def _beside(more: Mapping[str, pd.DataFrame], top: str | None) -> dict[str, pd.DataFrame]:
    """Of the best package the change on each line, a row a heading, department or outcome."""
    if top is None:
        return {}
    found = {}
    for name, table in more.items():
        own = table[table["package"] == top]
        of = name.removeprefix("by_")
        if of == "heading":
            found[f"By deck heading, under {top}, share of capacity"] = own[
                ["heading", "share", "change", "lo95", "hi95"]]
        else:
            wide = own.pivot(index=of, columns="label", values="change")
            moved = LINES["realised"].label
            wide = wide[list(dict.fromkeys([moved, *own["label"]]))].sort_values(
                moved, ascending=False, kind="stable")
            found[f"By {of}, what {top} changes, department-months"] = wide.reset_index()
    return found


def _brief(results: StoredResults, table: pd.DataFrame) -> pd.DataFrame:
    """A row a package, the baseline first, a column a line."""
    wide = table.pivot(index="package", columns="line", values="share")[list(LINES)]
    first = wide.index.get_indexer([results.baseline])
    rest = wide["realised"].drop(results.baseline).sort_values(ascending=False).index
    wide = wide.loc[[*wide.index[first], *rest]]
    return wide.rename(columns={name: line.label for name, line in LINES.items()}).reset_index()


def _sentence(
    results: StoredResults, shares: pd.DataFrame, top: str | None, told: str
) -> str:
    wide, baseline = by_line(shares), results.baseline
    if baseline not in wide.index:
        return "No run is finite, so nothing is known of effort."
    said = base_sentence(wide, baseline, baseline)
    if top is not None and top in wide.index:
        said += (f"; under {top}, the best in {results.headline}, "
                 f"{wide.loc[top, 'realised']:.1%} does: {moves(wide, baseline, top)}")
        said += f"; {told}" if told else ""
    return f"{said}."
