"""When do joint targets help, and when do they only add meetings?  See README.md."""

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
    "owners_2": "two owners", "owners_8": "eight owners",
}
MAIN, ALONE = "csr2007", "joint"
TECHNOLOGY = "outcomes.*.technology"
BANDS = ((-3.0, -2.0), (-2.0, -1.0), (-1.0, 0.0), (0.0, 1.0))
BESIDE = {
    "joint": ("departmental", "nothing else"),
    "joint and data": ("data", "shared data"),
    "joint and agreement": ("agreement", "a delivery agreement"),
    "joint and priorities": ("priorities", "collective priorities"),
    "joint and board": ("board", "a board of senior officials"),
    "joint and lead": ("lead", "one lead"),
    "new_psa": ("new_psa less joint", "the new framework"),
}


def extract(results: FinishedResults) -> Tables:
    """What joint targets add to the same package without them; and when they backfire alone."""
    pairs = [(package, less) for package, (less, _) in BESIDE.items()]
    rules = results.backfire(ALONE)
    return {"differences": differences(results, pairs, ("attainment", "burden")),
            "technology": by_band(results, pairs, TECHNOLOGY, BANDS),
            "rules": rules[["scenario", "worse", "futures", "rule", "density", "density_lo95",
                            "density_hi95", "coverage"]]}


def _sorted(table: pd.DataFrame, package: str) -> dict[str, list[str]]:
    """Settings in which joint targets help, hurt, only take capacity, or turn on the future."""
    rows = rows_of(table, "attainment", package).loc[list(SETTINGS)]
    burden = rows_of(table, "burden", package).loc[list(SETTINGS)]
    found: dict[str, list[str]] = {"help": [], "hurt": [], "depend": [], "meetings": []}
    tied = rows["better"] + rows["worse"] <= 0.1 * rows["futures"]
    for setting, name in SETTINGS.items():
        kind = ("help" if helps(rows)[setting] else "hurt" if hurts(rows)[setting]
                else "meetings" if tied[setting] and hurts(burden)[setting] else "depend")
        found[kind].append(name)
    return found


def _most(table: pd.DataFrame) -> str:
    """Beside what they help in most settings; of equals where the fewest are hurt."""
    return max(BESIDE, key=lambda package: (len(_sorted(table, package)["help"]),
                                            -len(_sorted(table, package)["hurt"])))


def paragraph(tables: Tables) -> str:
    """The answer in one paragraph."""
    table = tables["differences"]
    alone, best = _sorted(table, ALONE), _most(table)
    row, burden = (rows_of(table, measure, ALONE).loc[MAIN] for measure in ("attainment", "burden"))
    whole = rows_of(table, "attainment", "new_psa").loc[MAIN]
    of, better = len(SETTINGS), _sorted(table, best)
    verdict = ("They help" if len(alone["help"]) == of else "They do not help"
               if not better["help"] else "It depends on what else is there, and where")
    return (
        f"**{verdict}.** With nothing else, joint targets help in nine of ten futures in "
        f"{counted(len(alone['help']), of)} settings"
        + (f" ({listed(alone['help'])})" if alone["help"] else "")
        + (f", hurt in {listed(alone['hurt'])}" if alone["hurt"] else "")
        + f", and turn on the future in the others. On the 30 PSAs they change attainment by "
        f"{interval(row)}, {over_futures(row)}, and take {points(burden['p50'])} points of all "
        f"capacity. Beside {BESIDE[best][1]} they help in {counted(len(better['help']), of)}"
        + (f" and hurt in {listed(better['hurt'])}" if better["hurt"] else "")
        + f". Within the new framework, on the 30 PSAs, they change it by {points(whole['p50'])} "
        f"points in the median future, {over_futures(whole)}. That joint working costs capacity as "
        "it was seen to is a pattern the model misses (P16)."
    )


def finding(tables: Tables) -> str:
    """Everything under the heading Finding."""
    table = tables["differences"]
    return "\n\n".join([
        "![Dots and bars: what joint targets add by themselves, beside an agreement, and within "
        "the new framework](joint.svg)",
        _kinds(table), _price(table), _technology(tables["technology"]), _rules(tables["rules"]),
        _table(table),
    ])


def _kinds(table: pd.DataFrame) -> str:
    body = []
    for package, (_, words) in BESIDE.items():
        found = _sorted(table, package)
        body.append([words, *(", ".join(found[kind]) or "none"
                              for kind in ("help", "hurt", "meetings", "depend"))])
    return ("**When.** Settings in which joint targets help or hurt in nine of ten futures, only "
            "add meetings (the same attainment in nine of ten, more capacity taken), or turn on "
            "the future:\n\n"
            + markdown(["beside", "help", "hurt", "only meetings", "turn on the future"], body))


def _price(table: pd.DataFrame) -> str:
    rows = rows_of(table, "burden", ALONE).loc[list(SETTINGS), "p50"]
    said = [f"{name} {points(rows[setting])}" for setting, name in SETTINGS.items()]
    return ("**What they take** of all capacity, with nothing else, in points, median future: "
            f"{listed(said)}.")


def _technology(bands: pd.DataFrame) -> str:
    told, more = band_table(bands, {p: words for p, (_, words) in BESIDE.items()}, "technology")
    mean, low, high = more[ALONE]
    return ("**Technology.** With nothing else they add "
            f"{points(mean)} points ({points(low)} to {points(high)}, 95 % over settings) where "
            "contributors can stand in for each other (right) over what they add where the least "
            f"of them holds back the rest (left). Beside\n\n{told}")


def _rules(rules: pd.DataFrame) -> str:
    said = []
    for _, row in rules.set_index("scenario").loc[list(SETTINGS)].reset_index().iterrows():
        start = (f"- {SETTINGS[row['scenario']]}: worse in {row['worse']} of {row['futures']} "
                 "futures")
        if isinstance(row["rule"], str) and row["rule"]:
            start += (f", but in {row['density']:.0%} ({row['density_lo95']:.0%} to "
                      f"{row['density_hi95']:.0%}) of those with "
                      f"{row['rule'].replace('outcomes.*.technology', 'technology')}")
        said.append(start)
    return ("**When they backfire alone**, with a rule where one is found on half of the futures "
            "and holds on the other half (`psasim analyse backfire`):\n\n" + "\n".join(said))


def _table(table: pd.DataFrame) -> str:
    body = [[name, *(cell(rows_of(table, "attainment", package).loc[setting])
                     for package in BESIDE)]
            for setting, name in SETTINGS.items()]
    return ("What joint targets add to attainment, in points: median future (middle nine tenths) "
            "and futures better/worse, beside\n\n"
            + markdown(["setting", *(words for _, words in BESIDE.values())], body))


def draw(tables: Tables) -> Mapping[str, Figure]:
    """The one figure."""
    table = tables["differences"]
    best = _most(table)
    shown = dict.fromkeys((ALONE, best, "new_psa"))
    groups = {f"Beside {BESIDE[package][1]}": {package: "joint targets"} for package in shown}
    alone = _sorted(table, ALONE)
    title = (f"Joint targets alone help reliably in {counted(len(alone['help']), len(SETTINGS))} "
             f"settings and hurt in {len(alone['hurt'])}; beside {BESIDE[best][1]} they help in "
             f"{counted(len(_sorted(table, best)['help']), len(SETTINGS))}")
    foot = ("What joint targets add to attainment, against the same without them, in the same "
            "worlds. Futures: the 100 plausible parameter sets, each with a technology of its own. "
            "Reliably: in nine of ten futures.")
    return {"joint": panels(table, groups, SETTINGS, "attainment", title, foot)}


STUDY = Study(Path(__file__).parent, extract, paragraph, finding, draw)

if __name__ == "__main__":
    STUDY.main()
