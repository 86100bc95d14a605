"""Do we always need a single point of responsibility?  See README.md."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd
from matplotlib.figure import Figure

from experiments.differences import (
    band_table,
    by_band,
    cell,
    counted,
    differences,
    helps,
    hurts,
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

SETTINGS = {
    "csr2007": "30 PSAs of 2007", "sr2004": "joint targets of 2004", "teaching": "teaching",
    "child_obesity": "child obesity", "offences_to_justice": "offences to justice",
    "owners_2": "two owners", "owners_4": "four owners", "owners_8": "eight owners",
}
MAIN, MEASURES = "csr2007", ("attainment", "targets_met_real", "burden")
NOBODY = {"alone": "departmental", "framework": "framework"}
WHO = {"one": "one owner", "two": "two owners", "all": "every owner"}
GROUPS = {
    "By itself": {f"alone with {who}": name for who, name in WHO.items()},
    "Within the new framework": {f"framework with {who}": name for who, name in WHO.items()},
}
BANDS = ((-3.0, -2.0), (-2.0, -1.0), (-1.0, 0.0), (0.0, 1.0))
TECHNOLOGY = "outcomes.*.technology"


def extract(results: FinishedResults) -> Tables:
    """What each way of answering adds to nobody's being named, and that by technology."""
    pairs = [(package, NOBODY[package.split()[0]])
             for group in GROUPS.values() for package in group]
    return {"differences": differences(results, pairs, MEASURES),
            "technology": by_band(results, pairs, TECHNOLOGY, BANDS)}


def _tally(table: pd.DataFrame, package: str) -> tuple[list[str], list[str]]:
    """Settings that gain and that lose in nine of ten futures."""
    rows = rows_of(table, "attainment", package).loc[list(SETTINGS)]
    return ([SETTINGS[str(s)] for s in rows.index[helps(rows)]],
            [SETTINGS[str(s)] for s in rows.index[hurts(rows)]])


def _verdict(table: pd.DataFrame) -> str:
    gain, _ = _tally(table, "framework with one")
    return {0: "No", len(SETTINGS): "Yes"}.get(len(gain), "Not always")


def _most(table: pd.DataFrame) -> dict[str, str]:
    """By setting, who adds most within the framework in the median future; nobody if none adds."""
    found = {}
    for setting in SETTINGS:
        medians = {who: rows_of(table, "attainment", f"framework with {who}").loc[setting, "p50"]
                   for who in WHO}
        best = max(medians, key=lambda who: medians[who])
        found[setting] = best if medians[best] > 5e-5 else "nobody"
    return found


def paragraph(tables: Tables) -> str:
    """The answer in one paragraph."""
    table = tables["differences"]
    one = rows_of(table, "attainment", "framework with one")
    gain, lose = _tally(table, "framework with one")
    alone, _ = _tally(table, "alone with one")
    every = rows_of(table, "attainment", "framework with all")
    burden = rows_of(table, "burden", "framework with all").loc[MAIN]
    of = len(SETTINGS)
    return (
        f"**{_verdict(table)}.** Where the new framework's other parts are there, naming one owner "
        f"changes attainment on the 30 PSAs by {interval(one.loc[MAIN])}, "
        f"{over_futures(one.loc[MAIN])}. In nine of ten futures it helps in "
        f"{counted(len(gain), of)} settings"
        + (f" and hurts in {listed(lose)}" if lose else "")
        + f"; with nothing else in place it helps in {counted(len(alone), of)}. That every owner "
        "answers in full helps within the framework in "
        f"{counted(int(helps(every).sum()), of)}, but on the 30 PSAs it takes "
        f"{points(burden['p50'])} points of all capacity and loses in {every.loc[MAIN, 'worse']} "
        f"of {every.loc[MAIN, 'futures']} futures. How much a lead takes over and pushes is "
        "assumed; the signs, over what is plausible, are the finding."
    )


def finding(tables: Tables) -> str:
    """Everything under the heading Finding."""
    table = tables["differences"]
    return "\n\n".join([
        "![Dots and bars of the table below: what one, two or every owner's answering adds, by "
        "setting](lead.svg)",
        _within(table), _alone(table), _capacity(table), _technology(tables["technology"]),
        _table(table),
    ])


def _within(table: pd.DataFrame) -> str:
    most = _most(table)
    names = {**WHO, "nobody": "nobody in particular"}
    said = [f"{name} in {listed(SETTINGS[s] for s, who in most.items() if who == key)}"
            for key, name in names.items() if key in most.values()]
    return ("**Within the framework** the best that answers, by the median future, is "
            f"{'; '.join(said)}.")


def _alone(table: pd.DataFrame) -> str:
    said = []
    for who, name in WHO.items():
        gain, lose = _tally(table, f"alone with {who}")
        said.append(f"- {name}: gains in {listed(gain) if gain else 'no setting'}"
                    + (f", loses in {listed(lose)}" if lose else ""))
    return ("**By itself**, with no other lever, by nine of ten futures or more:\n\n"
            + "\n".join(said))


def _capacity(table: pd.DataFrame) -> str:
    said = [f"{name} {points(rows_of(table, 'burden', f'framework with {who}').loc[MAIN, 'p50'])}"
            for who, name in WHO.items()]
    return ("**What it takes** of all capacity on the 30 PSAs, within the framework, in points, "
            f"median future: {listed(said)}.")


def _technology(bands: pd.DataFrame) -> str:
    packages = {name: name for group in GROUPS.values() for name in group}
    told, more = band_table(bands, packages, "technology")
    said = [f"{name} {points(mean)} ({points(low)} to {points(high)})"
            for name, (mean, low, high) in more.items() if name.endswith("one")]
    return ("**Technology.** How much more one lead adds where contributors can stand in for each "
            "other (right) than where the least of them holds back the rest (left), in points, "
            f"with a 95 % interval over settings: {listed(said)}.\n\n{told}")


def _table(table: pd.DataFrame) -> str:
    packages = {package: f"{group.split()[0].lower()}: {name}" for group, own in (
        ("alone", GROUPS["By itself"]), ("framework", GROUPS["Within the new framework"]))
        for package, name in own.items()}
    body = [[name, *(cell(rows_of(table, "attainment", package).loc[s]) for package in packages)]
            for s, name in SETTINGS.items()]
    return ("Attainment, in points, against nobody's being named: median future (middle nine "
            "tenths) and numbers of futures better/worse.\n\n"
            + markdown(["setting", *packages.values()], body))


def draw(tables: Tables) -> Mapping[str, Figure]:
    """The one figure."""
    table = tables["differences"]
    gain, lose = _tally(table, "framework with one")
    title = (f"Within the framework one lead helps reliably in {counted(len(gain), len(SETTINGS))} "
             f"settings and hurts in {len(lose)}; by itself it helps in "
             f"{counted(len(_tally(table, 'alone with one')[0]), len(SETTINGS))}")
    foot = ("What naming who answers adds to attainment, against nobody's being named, in the same "
            "worlds. Futures: the 100 plausible parameter sets, each with a technology of its own. "
            "Reliably: in nine of ten futures.")
    return {"lead": panels(table, GROUPS, SETTINGS, "attainment", title, foot)}


STUDY = Study(Path(__file__).parent, extract, paragraph, finding, draw)

if __name__ == "__main__":
    STUDY.main()
