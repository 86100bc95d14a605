"""Do penalties pay without shared data and external challenge?  See README.md."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd
from matplotlib.figure import Figure

from experiments.differences import (
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
}
MAIN = "csr2007"
REAL, REPORTED, ATTAINMENT = "targets_met_real", "targets_met_reported", "attainment"
STAKES = {"sanctions": "Penalties", "rewards": "Rewards"}
BESIDE = {"neither": (0, 0), "challenge": (0, 1), "data": (1, 0), "both": (1, 1)}
WORDS = {"neither": "neither", "challenge": "external challenge", "data": "shared data",
         "both": "both"}
LEVERS = ("sanctions", "rewards", "data_sharing", "external_challenge")


def extract(results: FinishedResults) -> Tables:
    """What penalties, and rewards, add beside each of four; and effects of levers and pairs."""
    named = {tuple(int(package[lever]["strength"]) for lever in LEVERS): name
             for name, package in results.packages.items()}
    labels: dict[str, str] = {}
    pairs = []
    for beside, (data, challenge) in BESIDE.items():
        for stake, on in (("sanctions", (1, 0)), ("rewards", (0, 1))):
            package, less = named[(*on, data, challenge)], named[(0, 0, data, challenge)]
            labels |= {package: f"{stake}, {beside}", less: beside}
            pairs.append((package, less))
    table = differences(results, pairs, (ATTAINMENT, REAL, REPORTED))
    for column in ("package", "less"):
        table[column] = table[column].map(labels)
    effects = results.levers()
    if "scenario" not in effects:
        effects = effects.assign(scenario=results.scenario.name)
    return {"differences": table,
            "effects": effects[["scenario", "term", "mean", "lo95", "hi95", "p_holm"]]}


def _row(table: pd.DataFrame, measure: str, beside: str, stake: str = "sanctions") -> pd.Series:
    return rows_of(table, measure, f"{stake}, {beside}").loc[MAIN]


def _settings(table: pd.DataFrame, beside: str, way: str) -> list[str]:
    """Settings in which penalties gain, or lose, attainment in nine of ten plausible sets."""
    rows = rows_of(table, ATTAINMENT, f"sanctions, {beside}").loc[list(SETTINGS)]
    test = helps(rows) if way == "gain" else hurts(rows)
    return [SETTINGS[str(name)] for name in rows.index[test]]


def _verdict(table: pd.DataFrame) -> str:
    bare, both = (_row(table, REAL, beside) for beside in ("neither", "both"))
    if bare["lo95"] > 0:
        return "On the 30 PSAs, yes"
    return f"On the 30 PSAs no; beside both they do{'' if both['lo95'] > 0 else ' not either'}"


def paragraph(tables: Tables) -> str:
    """The answer in one paragraph."""
    table = tables["differences"]
    bare, both = (_row(table, REAL, beside) for beside in ("neither", "both"))
    gain, lose = _settings(table, "both", "gain"), _settings(table, "neither", "lose")
    still = _settings(table, "both", "lose")
    return (
        f"**{_verdict(table)}.** Put on the existing framework by themselves, "
        f"penalties change targets met, real, by {interval(bare)}, {over_futures(bare)}; targets "
        f"reported met change by {points(_row(table, REPORTED, 'neither')['mean'])}. Beside shared "
        f"data and external challenge they change targets met, real, by {interval(both)}, "
        f"{over_futures(both)}. By attainment, in nine of ten plausible sets, bare penalties lose "
        f"in {counted(len(lose), len(SETTINGS))} settings, and with both they gain in "
        f"{counted(len(gain), len(SETTINGS))}"
        + (f" and still lose in {listed(still)}" if still else "")
        + ". Sizes of penalties, and how they crowd out what a department would do unasked, are "
        "assumed."
    )


def finding(tables: Tables) -> str:
    """Everything under the heading Finding."""
    table = tables["differences"]
    return "\n\n".join([
        "![Dots and bars: what penalties add to targets met, real and reported, by what is "
        "beside them](penalties.svg)",
        _gap(table), _which(table), _effects(tables["effects"]), _table(table, "sanctions"),
        _table(table, "rewards"),
    ])


def _gap(table: pd.DataFrame) -> str:
    body = [[f"{STAKES[stake].lower()} beside {WORDS[beside]}",
             *(cell(_row(table, measure, beside, stake))
               for measure in (REAL, REPORTED, ATTAINMENT))]
            for stake in STAKES for beside in BESIDE]
    return ("**Real and reported**, on the 30 PSAs, in points: median plausible set (middle nine "
            "tenths) and sets better/worse.\n\n"
            + markdown(["added", "targets met, real", "targets met, reported", "attainment"], body))


def _which(table: pd.DataFrame) -> str:
    bare, data, challenge, both = (_row(table, REAL, b)["mean"]
                                   for b in ("neither", "data", "challenge", "both"))
    pair = both - data - challenge + bare
    way = "more than" if pair > 0 else "less than"
    return ("**Which of the two it takes.** Penalties are worth "
            f"{points(data - bare)} points of targets met, real, more with shared data, "
            f"{points(challenge - bare)} more with external challenge, and {points(both - bare)} "
            f"more with both, {way} the two apart: data let a consequence reach the owner it is "
            "meant for, challenge keeps the figure honest that it hangs on.")


def _effects(effects: pd.DataFrame) -> str:
    own = effects[(effects["scenario"] == MAIN) & (effects["p_holm"] < 0.05)]
    own = own.sort_values("mean", key=abs, ascending=False)
    said = [f"- {row['term']}: {points(row['mean'])} ({points(row['lo95'])} to "
            f"{points(row['hi95'])})" for _, row in own.iterrows()]
    return ("**Effects over the whole factorial** on attainment, 30 PSAs, beyond luck (Holm), in "
            "points; a pair's is half of what one gains by the other:\n\n"
            + ("\n".join(said) or "None."))


def _table(table: pd.DataFrame, stake: str) -> str:
    body = [[name, *(cell(rows_of(table, ATTAINMENT, f"{stake}, {beside}").loc[setting])
                     for beside in BESIDE)] for setting, name in SETTINGS.items()]
    return (f"**{STAKES[stake]}, by setting**: attainment, as above, beside\n\n"
            + markdown(["setting", *WORDS.values()], body))


def draw(tables: Tables) -> Mapping[str, Figure]:
    """The one figure."""
    table = tables["differences"]
    both = table[table["measure"].isin((REAL, REPORTED))].copy()
    both["package"] = both["measure"] + ", " + both["package"]
    both["measure"] = "targets"
    groups = {
        f"Beside {beside}": {f"{REAL}, sanctions, {beside}": "targets met, real",
                                    f"{REPORTED}, sanctions, {beside}": "targets met, reported"}
        for beside in BESIDE}
    bare, full = (_row(table, REAL, beside)["p50"] for beside in ("neither", "both"))
    told = _row(table, REPORTED, "neither")["p50"]
    title = (f"Bare penalties move targets met on the 30 PSAs by {points(bare)} points and targets "
             f"reported met by {points(told)}; with shared data and challenge {points(full)} are "
             "real")
    foot = ("What penalties add to the existing framework, in the same worlds, over the 100 "
            "plausible parameter sets. Settings with one or two targets move in steps.")
    return {"penalties": panels(both, groups, SETTINGS, "targets", title, foot)}


STUDY = Study(Path(__file__).parent, extract, paragraph, finding, draw)

if __name__ == "__main__":
    STUDY.main()
