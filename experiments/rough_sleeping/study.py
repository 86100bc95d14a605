"""Which way of working together suits rough sleeping?  The worked case of docs/analysis.md."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd
from matplotlib.figure import Figure

from experiments.differences import (
    cell,
    differences,
    interval,
    listed,
    markdown,
    over_futures,
    panels,
    points,
    rows_of,
)
from experiments.studying import Study, Tables
from psasim.analysis.finished import FinishedResults

SETTING = "rough_sleeping"
ALONE = "departmental"
PACKAGES = ("lead department", "agreement", "joint board", "joint unit")


def extract(results: FinishedResults) -> Tables:
    """What each package adds to departments on their own, and whether the ranking survives."""
    pairs = [(package, ALONE) for package in PACKAGES]
    places = results.ranking()
    measures = ("attainment", "targets_met_real", "burden")
    return {"differences": differences(results, pairs, measures),
            "ranking": places[["package", "first_alone", "first_tied", "first_lo95", "first_hi95",
                               "regret", "regret_max", "worse"]]}


def _row(table: pd.DataFrame, package: str, measure: str = "attainment") -> pd.Series:
    return rows_of(table, measure, package).loc[SETTING]


def _safest(ranking: pd.DataFrame) -> str:
    return str(ranking.loc[ranking["regret"].idxmin(), "package"])


def paragraph(tables: Tables) -> str:
    """The answer in one paragraph."""
    table, ranking = tables["differences"], tables["ranking"].set_index("package")
    safest = _safest(tables["ranking"])
    share = ranking["first_alone"] + ranking["first_tied"]
    first = str(share.idxmax())
    most = f"{first} is" if share[first] > 0.5 else "none is"
    row = _row(table, safest) if safest != ALONE else None
    risky = [f"{name} in {_row(table, name)['worse']}" for name in PACKAGES
             if _row(table, name)["worse"] > 0]
    gain = ("" if row is None else f" It changes attainment by {interval(row)}, "
            f"{over_futures(row)}.")
    return (
        f"**By what one may come to regret, {safest}; {most} best in most futures.** "
        f"Over what is not known of the case and of the model, {first} is first most often, in "
        f"{share[first]:.0%} of futures (95 % interval {ranking.loc[first, 'first_lo95']:.0%} to "
        f"{ranking.loc[first, 'first_hi95']:.0%}); {safest} falls least short of the best, by "
        f"{100 * ranking.loc[safest, 'regret']:.1f} points on average.{gain}"
        + (f" Worse than departments on their own, of {_row(table, PACKAGES[0])['futures']} "
           f"futures: {listed(risky)}." if risky else "")
        + " Shares, capacities and alignments of the case are assumed; what they may be is varied."
    )


def finding(tables: Tables) -> str:
    """Everything under the heading Finding."""
    table = tables["differences"]
    ranking = tables["ranking"].set_index("package")
    body = [[name, cell(_row(table, name)), cell(_row(table, name, "targets_met_real")),
             points(_row(table, name, "burden")["p50"]),
             f"{ranking.loc[name, 'first_alone'] + ranking.loc[name, 'first_tied']:.0%}",
             f"{100 * ranking.loc[name, 'regret']:.1f}",
             f"{100 * ranking.loc[name, 'regret_max']:.1f}"]
            for name in PACKAGES]
    heads = ["against departments on their own", "attainment", "targets met, real",
             "burden (% of capacity)", "first", "regret", "at most"]
    return ("![Dots and bars: what each way of working together adds](packages.svg)\n\n"
            "Points: median future (middle nine tenths), and futures better/worse. *First*: share "
            "of futures in which it is best. *Regret*: what it falls short of the best of each "
            f"future, in points, on average and at most.\n\n{markdown(heads, body)}")


def draw(tables: Tables) -> Mapping[str, Figure]:
    """The one figure."""
    table = tables["differences"].copy()
    table = table[table["measure"] == "attainment"]
    table["scenario"], table["package"] = table["package"], "attainment"
    ranking = tables["ranking"]
    safe = [name for name in PACKAGES if _row(tables["differences"], name)["worse"] == 0]
    title = (f"{_safest(ranking)[:1].upper()}{_safest(ranking)[1:]} is regretted least; "
             f"{listed(safe) if safe else 'none'} never does worse than departments on their own")
    return {"packages": panels(
        table, {"Attainment": {"attainment": "a package"}}, {name: name for name in PACKAGES},
        "attainment", title, "Against departments on their own, in the same worlds. Futures: the "
        "100 plausible parameter sets, each with facts of the case drawn from their ranges.")}


STUDY = Study(Path(__file__).parent, extract, paragraph, finding, draw)

if __name__ == "__main__":
    STUDY.main()
