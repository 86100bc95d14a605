"""Where did the effort go?  The ledger, from capacity to what moved an outcome."""

from __future__ import annotations

import pandas as pd

from psasim.analysis.answer import Answer
from psasim.experiment.folder.reader import LINE_MEASURES, StoredResults
from psasim.month.ledger import LINES
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
    units = dict.fromkeys(("share", "left", "change", "lo95", "hi95"), "share of capacity")
    return Answer(
        _sentence(results, shares), pd.DataFrame(rows, columns=COLUMNS),
        sum(results.runs().values()), units,
        ("by department and outcome: psasim.compare(...).ledger(by=('outcome', 'heading')) of the "
         "same settings; a folder keeps the lines for all departments together",),
        brief=_brief(results, pd.DataFrame(rows, columns=COLUMNS)))


def _brief(results: StoredResults, table: pd.DataFrame) -> pd.DataFrame:
    """A row a package, the baseline first, a column a line."""
    wide = table.pivot(index="package", columns="line", values="share")[list(LINES)]
    first = wide.index.get_indexer([results.baseline])
    rest = wide["realised"].drop(results.baseline).sort_values(ascending=False).index
    wide = wide.loc[[*wide.index[first], *rest]]
    return wide.rename(columns={name: line.label for name, line in LINES.items()}).reset_index()


def _sentence(results: StoredResults, shares: pd.DataFrame) -> str:
    wide, baseline = by_line(shares), results.baseline
    if baseline not in wide.index:
        return "No run is finite, so nothing is known of effort."
    said = base_sentence(wide, baseline, baseline)
    if len(results.packages) > 1:
        rows = results.contrasts().query("measure == @results.headline").set_index("package")
        top = best(rows, MEASURES[results.headline].good)
        if top is not None and top in wide.index:
            said += (f"; under {top}, the best in {results.headline}, "
                     f"{wide.loc[top, 'realised']:.1%} does: {moves(wide, baseline, top)}")
    return f"{said}."
