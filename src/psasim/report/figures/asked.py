"""Charts of what a finished experiment answers: effort, drivers, worth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
from matplotlib.figure import Figure

from psasim.report.figures.answers import front, index_bars, waterfall
from psasim.report.lettering import across, head
from psasim.report.names import count
from psasim.report.style import Chart, chart, styled
from psasim.results.effort import by_line, label
from psasim.results.measures import MEASURES
from psasim.results.verdict import few, named

INDICES = ("ST", "mu_star", "ratio")
"""Indices of drivers that are drawn, the first of them that there is."""

READ = {
    "ST": "ST is the share of the variance between futures in which a factor has a hand, by itself "
          "or with others, so shares may add up to more than 1; lines are 95% intervals",
    "mu_star": "mu_star is how far the answer moves on average when a factor alone goes over its "
               "range; lines are 95% intervals",
    "ratio": "The ratio is the share of the variance between rows that goes with a factor by "
             "itself; it has no interval, and what is grey luck alone may have given",
}
LOST = ("overhead", "gaming", "distortion", "chain", "practice", "mix")
"""Lines of the ledger that take what was not kept back."""


@styled()
def waterfall_chart(
    table: pd.DataFrame, packages: Sequence[str], *, title: str, name: str = "waterfall"
) -> Chart:
    """From capacity to what moved an outcome, a panel a package, two at most.

    table: as of `effort()`, of one scenario; title: of the scenario.
    """
    figure = Figure(figsize=(6.0 + 4.4 * (len(packages) - 1), 3.9), layout="constrained")
    panels = figure.subplots(1, len(packages), sharex=True, sharey=True, squeeze=False)[0]
    for package, axes in zip(packages, panels, strict=True):
        head(waterfall(table, axes, package), package, room=40, lines=2, fontweight="bold")
    shown = table[table["package"].isin(packages)].reset_index(drop=True)
    foot = (f"{title}. Read from the top: each bar is what a line takes of all capacity, and the "
            "next begins where it ends; the last is what moved an outcome. Shares follow from "
            "assumed parameters: compare packages, not levels.")
    return chart(name, "Waterfall of the share of capacity that each line takes, a panel a package",
                 _lost_most(shown, packages), foot, shown, figure)


def _lost_most(table: pd.DataFrame, packages: Sequence[str]) -> str:
    """What takes most of each, and what takes most once what is kept back is left aside."""
    wide = by_line(table).loc[list(packages)]
    return (f"What takes most of capacity is {_largest(wide.drop(columns='realised'))}; the "
            f"largest loss on the way to outcomes: {_largest(wide[list(LOST)])}")


def _largest(wide: pd.DataFrame) -> str:
    """`own agenda (63.7% under a, 63.6% under b)`, `slack (40.0% under a) and ...`."""
    shares = wide.max(axis=1)
    said: dict[str, list[str]] = {}
    for package, line in wide.idxmax(axis=1).items():
        said.setdefault(label(str(line)), []).append(f"{shares[package]:.1%} under {package}")
    return " and ".join(f"{line} ({', '.join(under)})" for line, under in said.items())


@styled()
def drivers_chart(
    table: pd.DataFrame, message: str, *, title: str, name: str = "indices"
) -> Chart:
    """The factors that the first target of `drivers()` is most sensitive to, by the best index
    there is; message: what was found; title: of the scenario."""
    own = table[table["target"] == table["target"].iloc[0]]
    index = next(known for known in INDICES if known in set(own["index"]))
    shown = own[own["index"] == index].sort_values("value", ascending=False, ignore_index=True)
    figure = Figure(figsize=(8.5, 1.9 + 0.26 * min(len(shown), 12)), layout="constrained")
    index_bars(own, figure.subplots(), index)
    foot = f"{title}. {READ[index]}. {_first(len(shown), 12)}"
    return chart(name, "Bars of an index of sensitivity, a factor a row", message, foot, shown,
                 figure)


def _first(rows: int, most: int) -> str:
    return f"The first {most} of {rows} factors." if rows > most else ""


@styled()
def front_chart(
    table: pd.DataFrame, units: Mapping[str, str], *, title: str, name: str = "front"
) -> Chart:
    """What packages gain against what they take, a panel each thing taken.

    table: as of `worth()`; units: of its gain, then of what is taken; title: of the scenario.
    """
    gain, *takes = units
    figure = Figure(figsize=(4.2 * len(takes) + 3.2, 4.6), layout="constrained")
    panels = figure.subplots(1, len(takes), sharey=True, squeeze=False)[0]
    for take, axes in zip(takes, panels, strict=True):
        front(table, axes, gain, take)
        if take not in MEASURES:
            unit = "on average" if units[take] == take else units[take]
            across(axes, f"{take.capitalize()} beyond the baseline's ({unit})")
    for axes in panels[:-1]:
        axes.get_legend().remove()
    for axes in panels[1:]:
        axes.set_ylabel("")
    on = int(table["on_front"].sum())
    beaten = int((table["beaten_by"] != "").sum())
    message = (f"{count(on, 'package')} of {len(table)} {'is' if on == 1 else 'are'} beaten by no "
               f"other in {named(gain)} and what it takes at once; {beaten} "
               f"{'is' if beaten == 1 else 'are'} beaten beyond luck")
    foot = (f"{title}. Differences from the baseline, which is at 0. Higher gains more, further "
            "left takes less; lines are 95% intervals, mostly shorter than the marks. Numbers are "
            "those of the list.")
    return chart(name, f"Marks by what packages gain and take ({few(list(takes))}), those on the "
                 "front numbered", message, foot, table, figure)
