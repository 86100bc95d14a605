"""Of the step from the existing to the new framework, which elements carry the gain?  README.md."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from experiments.differences import (
    counted,
    differences,
    interval,
    listed,
    markdown,
    over_futures,
    points,
    rows_of,
)
from experiments.studying import Study, Tables
from psasim.analysis.finished import FinishedResults
from psasim.analysis.statistics.shapley import from_both_ends
from psasim.experiment.folder.panel import panel
from psasim.report.figures import heat_map
from psasim.report.style import finish

SETTINGS = {
    "csr2007": "30 PSAs of 2007", "sr2004": "joint targets of 2004", "teaching": "teaching",
    "child_obesity": "child obesity", "offences_to_justice": "offences to justice",
}
MAIN, OLD, NEW = "csr2007", "existing_psa", "new_psa"
ELEMENTS = ("lead", "delivery_agreement", "data_sharing", "collective_priorities",
            "ministerial_attention", "official_leadership", "escalation", "frontline_engagement",
            "internal_reporting")
REST = "three or more together"
MOST = 0.9


def extract(results: FinishedResults) -> Tables:
    """The whole step, and the share of it that each element carries."""
    shares = pd.concat([_shares(part).assign(scenario=part.scenario.name)
                        for part in results.by_scenario()], ignore_index=True)
    pairs = [(NEW, OLD), *((f"new less {name}", NEW) for name in ELEMENTS)]
    return {"step": differences(results, pairs, ("attainment", "targets_met_real", "burden")),
            "shares": shares[["scenario", *shares.columns.drop("scenario")]]}


def _shares(part: FinishedResults) -> pd.DataFrame:
    """Shares over all runs as `psasim analyse levers` gives them, and what they are in a future."""
    table = part.shares(NEW).set_index("lever")
    found = panel(part, "attainment")
    value = {name: found.by_future[found.packages.index(name)] for name in found.packages}
    first = np.stack([value[f"existing and {name}"] - value[OLD] for name in ELEMENTS])
    last = np.stack([value[NEW] - value[f"new less {name}"] for name in ELEMENTS])
    own = from_both_ends(first, last)
    own = np.vstack([own, value[NEW] - value[OLD] - own.sum(axis=0)])
    low, middle, high = np.quantile(own, [0.05, 0.5, 0.95], axis=1)
    return pd.DataFrame({
        "lever": [*ELEMENTS, REST], **{c: table.loc[[*ELEMENTS, REST], c].to_numpy()
                                       for c in ("mean", "lo95", "hi95", "as_first", "as_last")},
        "p05": low, "p50": middle, "p95": high, "better": (own > 0).sum(axis=1),
        "worse": (own < 0).sum(axis=1), "futures": own.shape[1],
    })


def _of(shares: pd.DataFrame, setting: str) -> pd.DataFrame:
    """Shares of a setting, the largest first, what is left to three or more together last."""
    own = shares[shares["scenario"] == setting].set_index("lever")
    return own.loc[[*own["mean"].drop(REST).sort_values(ascending=False).index, REST]]


def _gaining(step: pd.DataFrame) -> list[str]:
    """Settings in which the whole step gains on average."""
    rows = rows_of(step, "attainment", NEW).loc[list(SETTINGS)]
    return [str(name) for name in rows.index[rows["mean"] > 0]]


def paragraph(tables: Tables) -> str:
    """The answer in one paragraph."""
    whole = rows_of(tables["step"], "attainment", NEW).loc[MAIN]
    own = _of(tables["shares"], MAIN)
    top, second = own.index[:2]
    gaining, of = _gaining(tables["step"]), len(SETTINGS)
    leads = sum(_of(tables["shares"], setting).index[0] == top for setting in SETTINGS)
    last = f"new less {top}"
    without = rows_of(tables["step"], "attainment", last).loc[MAIN]
    return (
        f"**On the 30 PSAs {_name(top, False)} and {_name(second, False)}.** The whole step adds "
        f"{interval(whole)} to attainment, {over_futures(whole)}. Shared out (Shapley), "
        f"{_name(top, False)} carries {points(own.loc[top, 'mean'])} of it (95 % interval "
        f"{points(own.loc[top, 'lo95'])} to {points(own.loc[top, 'hi95'])}), "
        f"{_name(second, False)} {points(own.loc[second, 'mean'])}. They stand in for each other: "
        f"added first, {_name(top, False)} is worth {points(own.loc[top, 'as_first'])}, left out "
        f"of the whole it is missed by {points(-without['mean'])}. {_name(top)} carries most in "
        f"{counted(leads, of)} settings, and the step gains in {counted(len(gaining), of)}"
        + (f", not in {listed(n for s, n in SETTINGS.items() if s not in gaining)}"
           if len(gaining) < of else "")
        + ". Strengths are those assumed for the two packages."
    )


def _name(lever: str, first: bool = True) -> str:
    words = lever.replace("_", " ")
    words = {"lead": "a named lead", "data sharing": "shared data",
             "delivery agreement": "the delivery agreement"}.get(words, words)
    return words[:1].upper() + words[1:] if first else words


def finding(tables: Tables) -> str:
    """Everything under the heading Finding."""
    step, shares = tables["step"], tables["shares"]
    return "\n\n".join([
        "![Heat map: the share of the gain that each element carries, by setting](shares.svg)",
        _step(step), _main(shares), _substitutes(shares), _reliable(shares), _dispensable(step),
    ])


def _step(step: pd.DataFrame) -> str:
    said = []
    for setting, name in SETTINGS.items():
        row = rows_of(step, "attainment", NEW).loc[setting]
        burden = rows_of(step, "burden", NEW).loc[setting]
        said.append(f"- {name}: {interval(row)}, {over_futures(row)}; it takes "
                    f"{points(burden['mean'])} points of capacity more")
    return ("**The whole step**, from the existing to the new framework, in attainment:\n\n"
            + "\n".join(said))


def _main(shares: pd.DataFrame) -> str:
    own = _of(shares, MAIN)
    body = [[f"`{lever}`" if lever != REST else REST,
             f"{points(row['mean'])} ({points(row['lo95'])} to {points(row['hi95'])})",
             f"{points(row['p05'])} to {points(row['p95'])}", f"{row['better']}/{row['worse']}",
             *(points(row[c]) if np.isfinite(row[c]) else "" for c in ("as_first", "as_last"))]
            for lever, row in own.iterrows()]
    return ("**Shared out, on the 30 PSAs**, in points of attainment: what an element adds on "
            "average over all orders in which the elements may be put in.\n\n" + markdown(
                ["element", "share (95 %)", "middle nine tenths of futures", "futures up/down",
                 "put in first", "put in last"], body))


def _substitutes(shares: pd.DataFrame) -> str:
    own = _of(shares, MAIN).drop(REST)
    less = own.index[own["as_last"] < own["as_first"]]
    first, last = own["as_first"].sum(), own["as_last"].sum()
    return (f"**They crowd each other out.** {counted(len(less), len(own)).capitalize()} elements "
            "are worth less put in last than put in first; the first values add up to "
            f"{points(first)}, the last ones to {points(last)} points.")


def _reliable(shares: pd.DataFrame) -> str:
    rows = shares[shares["lever"] != REST]
    up = (rows["better"] >= MOST * rows["futures"]).groupby(rows["lever"]).sum()
    down = (rows["worse"] >= MOST * rows["futures"]).groupby(rows["lever"]).sum()
    of = len(SETTINGS)
    said = [f"- `{lever}`: gains in {counted(int(up[lever]), of)}"
            + (f", loses in {int(down[lever])}" if down[lever] else "")
            for lever in up.sort_values(ascending=False, kind="stable").index]
    return ("**How it holds.** Settings in which an element's share is of one sign in nine of ten "
            "plausible parameter sets:\n\n" + "\n".join(said))


def _dispensable(step: pd.DataFrame) -> str:
    said = []
    for name in ELEMENTS:
        rows = rows_of(step, "attainment", f"new less {name}").loc[list(SETTINGS)]
        fine = [SETTINGS[str(s)] for s in rows.index[rows["better"] >= MOST * rows["futures"]]]
        if fine:
            said.append(f"`{name}` in {listed(fine)}")
    return ("**What the new framework does better without**, in nine of ten plausible sets: "
            + ("; ".join(said) if said else "nothing") + ".")


def draw(tables: Tables) -> Mapping[str, Figure]:
    """The one figure."""
    order = list(_of(tables["shares"], MAIN).index)
    wide = 100 * tables["shares"].pivot(index="lever", columns="scenario", values="mean")
    figure = Figure(figsize=(9.5, 4.6), layout="constrained")
    heat_map(wide.loc[order, list(SETTINGS)], figure.subplots(), columns=list(SETTINGS.values()),
             rows=[lever.replace("_", " ") for lever in order])
    gaining = _gaining(tables["step"])
    finish(figure, (
        f"{_name(order[0])} and {_name(order[1], False)} carry most of what the new framework adds "
        f"on the 30 PSAs; the step gains in {counted(len(gaining), len(SETTINGS))} settings"
    ), ("Share of the difference in attainment between the new and the existing framework, in "
        "percentage points (Shapley; exact but for three or more elements together). Mean over the "
        "plausible parameter sets."))
    return {"shares": figure}


STUDY = Study(Path(__file__).parent, extract, paragraph, finding, draw)

if __name__ == "__main__":
    STUDY.main()
