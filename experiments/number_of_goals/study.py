"""How many goals can a centre carry?  See README.md."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from experiments.differences import (
    COLOURS,
    MOST,
    cell,
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
from psasim.experiment.folder.panel import panel
from psasim.report.lettering import across, head, key, upwards
from psasim.report.style import MUTED, finish
from psasim.results.places import ROUNDING

SETTINGS = {"csr2007": "30 PSAs of 2007", "sr2004": "ten targets of 2004"}
MAIN = "csr2007"
GOALS = (2, 4, 6, 8, 10, 15, 20, 30)
CENTRES = {"half": "of half its time", "usual": "as it is", "double": "of twice its time"}
TARGETS = (2, 5, 10, 15, 20, 30)
LOAD = "departments.*.capacity.times"
BANDS = ((0.7, 0.9), (0.9, 1.1), (1.1, 1.3))
FEW = 10


def named(centre: str, goals: int) -> str:
    return f"unit on {goals}" if centre == "unit" else f"{centre}, {goals} goals"


GROUPS = {**{centre: [named(centre, n) for n in GOALS] for centre in CENTRES},
          "unit": [named("unit", n) for n in TARGETS]}


def extract(results: FinishedResults) -> Tables:
    """What fewer goals add to all of them, how often each number is best, and that by load."""
    pairs = [(name, group[-1]) for group in GROUPS.values() for name in group[:-1]]
    pairs += [("half, 30 goals", "usual, 30 goals"), ("double, 30 goals", "usual, 30 goals")]
    return {"differences": differences(results, pairs, ("attainment", "targets_met_real")),
            "best": _best(results), "load": _by_load(results)}


def _best(results: FinishedResults) -> pd.DataFrame:
    """In how many futures each number of goals is the best of its group, the least of equals."""
    rows = []
    for part in results.by_scenario():
        found = panel(part, "attainment")
        for group, names in GROUPS.items():
            values = found.by_future[[found.packages.index(name) for name in names]]
            first = (values >= values.max(axis=0) - ROUNDING).argmax(axis=0)
            rows += [(part.scenario.name, group, name, int((first == place).sum()), len(first))
                     for place, name in enumerate(names)]
    return pd.DataFrame(rows, columns=["scenario", "centre", "package", "first", "futures"])


def _by_load(results: FinishedResults) -> pd.DataFrame:
    """What ten goals add to all, by how large departments are."""
    rows = []
    for part in results.by_scenario():
        found = panel(part, "attainment")
        size = {point.future: float(point.factors[LOAD]) for point in part.points}
        at = np.array([size[future] for future in found.futures])
        for centre in CENTRES:
            few, every = (found.of(named(centre, n)).mean(axis=1) for n in (FEW, GOALS[-1]))
            rows += [(part.scenario.name, centre, low, high,
                      (few - every)[(low <= at) & (at < high)].mean()) for low, high in BANDS]
    return pd.DataFrame(rows, columns=["scenario", "centre", "low", "high", "mean"])


def _own(table: pd.DataFrame, package: str, less: str = "") -> pd.Series:
    rows = table[table["less"] == less] if less else table
    return rows_of(rows, "attainment", package).loc[MAIN]


def _first(best: pd.DataFrame, centre: str, which: slice) -> tuple[int, int]:
    """Futures in which one of these numbers of goals is best, of how many."""
    rows = best[(best["scenario"] == MAIN) & best["package"].isin(GROUPS[centre][which])]
    return int(rows["first"].sum()), int(rows["futures"].iloc[0])


def _best_median(table: pd.DataFrame, centre: str) -> tuple[str, float]:
    """The number of goals with the highest median in the main setting, 0 for all of them."""
    medians = {name: _own(table, name)["p50"] for name in GROUPS[centre][:-1]}
    medians[GROUPS[centre][-1]] = 0.0
    name = max(medians, key=lambda name: medians[name])
    return name, medians[name]


def _verdict(between: int, of: int, unit: pd.Series) -> str:
    goals = ("All that it has time for, or hardly any" if between < 0.1 * of
             else "Fewer than all, in some futures")
    few = unit["better"] >= MOST * unit["futures"]
    return f"**{goals}{'; its delivery unit few' if few else ''}.**"


def paragraph(tables: Tables) -> str:
    """The answer in one paragraph."""
    table, best = tables["differences"], tables["best"]
    ten, unit = _own(table, named("usual", FEW)), _own(table, named("unit", 5))
    whole, of = _first(best, "usual", slice(-1, None))
    between, _ = _first(best, "usual", slice(1, -1))
    tight, _ = _first(best, "half", slice(-1, None))
    few, _ = _first(best, "unit", slice(0, 3))
    return (
        f"{_verdict(between, of, unit)} On the 30 PSAs, cutting the goals of the new framework to "
        f"the ten most valuable changes attainment by {interval(ten)}, {over_futures(ten)}. All 30 "
        f"are the best number in {whole} of {of} futures with the centre as it is and in {tight} "
        f"with one of half its time; a number between two and 30 is in {between}. For a delivery "
        "unit with time for 15 targets, taking on five rather than all 30 changes attainment by "
        f"{interval(unit)}, {over_futures(unit)}; ten or fewer are best in {few} of {of}. The "
        "model misses the pattern that many goals freeze delivery (P9), so this cannot speak for "
        "having many."
    )


def finding(tables: Tables) -> str:
    """Everything under the heading Finding."""
    table, best = tables["differences"], tables["best"]
    return "\n\n".join([
        "![Lines of the first table: what fewer goals, and fewer targets of a delivery unit, "
        "add](goals.svg)",
        _numbers(table), _table(table, CENTRES, GOALS, "goals"), _how_often(best),
        _load(tables["load"]), _unit(table), _table(table, {"unit": ""}, TARGETS, "targets"),
        _smaller(table),
    ])


def _numbers(table: pd.DataFrame) -> str:
    said = []
    for centre, label in CENTRES.items():
        name, value = _best_median(table, centre)
        said.append(f"{name.split(', ')[1]} with a centre {label} ({points(value)})")
    return ("**How many goals.** The best number by the median future, and what it adds to "
            f"pursuing all 30 with the same centre, in points: {listed(said)}.")


def _table(table: pd.DataFrame, centres: Mapping[str, str], numbers: tuple[int, ...],
           what: str) -> str:
    heads = [f"{SETTINGS[MAIN]}: {what}", *(f"centre {label}" if label else "attainment"
                                           for label in centres.values())]
    body = [[str(n), *(cell(_own(table, named(centre, n))) for centre in centres)]
            for n in numbers[:-1]]
    return (f"Attainment against all 30 {what}, in points: median future (middle nine tenths) and "
            f"futures better/worse.\n\n{markdown(heads, body)}")


def _how_often(best: pd.DataFrame) -> str:
    rows = best[best["scenario"] == MAIN].set_index("package")["first"]
    body = [[label, *(str(rows[named(centre, n)]) for n in GOALS)]
            for centre, label in CENTRES.items()]
    return ("**How sure.** In how many futures each number of goals delivers most:\n\n"
            + markdown(["centre", *map(str, GOALS)], body))


def _load(load: pd.DataFrame) -> str:
    rows = load[load["scenario"] == MAIN].pivot(index="centre", columns="low", values="mean")
    body = [[label, *(points(rows.loc[centre, low]) for low, _ in BANDS)]
            for centre, label in CENTRES.items()]
    heads = ["centre", *(f"departments {low:g} to {high:g} times as large" for low, high in BANDS)]
    return (f"**Load.** What the {FEW} most valuable goals add to all 30, in points, where "
            "departments have less capacity for the same plans, or more:\n\n"
            + markdown(heads, body))


def _unit(table: pd.DataFrame) -> str:
    name, value = _best_median(table, "unit")
    return ("**How many targets a delivery unit takes on**, all 30 goals being pursued, with time "
            f"for 15: best by the median future is {name.removeprefix('unit on ')}, "
            f"{points(value)} points against all 30.")


def _smaller(table: pd.DataFrame) -> str:
    half, double = (_own(table, f"{centre}, 30 goals", "usual, 30 goals")
                    for centre in ("half", "double"))
    small = rows_of(table, "attainment", named("usual", 4)).loc["sr2004"]
    return (f"**The centre's own size**, all 30 goals: half its time changes attainment by "
            f"{interval(half)}, {over_futures(half)}; twice its time by {interval(double)}, "
            f"{over_futures(double)}. Where there are ten targets (2004), four rather than ten "
            f"change it by {interval(small)}, {over_futures(small)}.")


def draw(tables: Tables) -> Mapping[str, Figure]:
    """The one figure."""
    table = tables["differences"]
    figure = Figure(figsize=(10.5, 4.6), layout="constrained")
    left, right = figure.subplots(1, 2, sharey=True)
    for place, (centre, label) in enumerate(CENTRES.items()):
        _line(left, table, centre, GOALS, COLOURS[place], f"centre {label}")
    _line(right, table, "unit", TARGETS, COLOURS[3], "delivery unit")
    for axes, text in ((left, "Goals that are pursued together"),
                       (right, "Targets that a delivery unit takes on")):
        axes.axhline(0.0, color=MUTED, linewidth=1.0, zorder=0)
        axes.grid(color="#e6e6e6", linewidth=0.6)
        head(axes, text, fontweight="bold")
        across(axes, "Number, of 30")
    upwards(left, "Difference from all 30 (points)")
    handles, labels = left.get_legend_handles_labels()
    key(figure, (handles, labels), loc="outside right center")
    ten, _ = _best_median(table, "usual")
    unit, _ = _best_median(table, "unit")
    finish(figure, (
        f"With the centre as it is {ten.split(', ')[1]} of 30 deliver most; its delivery unit does "
        f"best on {unit.removeprefix('unit on ')} targets"
    ), ("30 PSAs of 2007, new framework; attainment, in the same worlds. Lines: median of 100 "
        "plausible parameter sets, each with a size of departments of its own; bands: middle nine "
        "tenths."))
    return {"goals": figure}


def _line(axes: object, table: pd.DataFrame, centre: str, numbers: tuple[int, ...], colour: str,
          label: str) -> None:
    rows = [_own(table, named(centre, n)) for n in numbers[:-1]]
    low, middle, high = ([100 * row[name] for row in rows] + [0.0]
                         for name in ("p05", "p50", "p95"))
    axes.fill_between(numbers, low, high, color=colour, alpha=0.12, linewidth=0)
    axes.plot(numbers, middle, marker="o", color=colour, label=label)


STUDY = Study(Path(__file__).parent, extract, paragraph, finding, draw)

if __name__ == "__main__":
    STUDY.main()
