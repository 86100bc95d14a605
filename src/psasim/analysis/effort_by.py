"""Where effort went by department, by outcome and by deck heading."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from psasim.analysis.statistics.intervals import mean_interval
from psasim.experiment.folder.details import by_world, names_of
from psasim.experiment.folder.reader import LINE_MEASURES, StoredResults
from psasim.experiment.folder.summary import partners
from psasim.mechanisms.ordered_sum import Floats
from psasim.month.ledger import LINES
from psasim.results.details import DEPARTMENT, EFFORT

MOST = 64
"""Packages at most that are told apart by department and outcome, the best ones."""

TOLD = 0.05
"""Department-months that a sentence can tell."""

MOVED = "moved an outcome"
_END = ["share", "change", "lo95", "hi95", "worlds"]


def by_heading(results: StoredResults) -> pd.DataFrame:
    """A row a package and deck heading: share of capacity lost there, and its paired change from
    the baseline with 95 %; the last is what moved an outcome."""
    lines: dict[str, list[str]] = {}
    for name, line in LINES.items():
        lines.setdefault(str(line.heading) or MOVED, []).append(LINE_MEASURES[name])
    found: list[tuple] = []
    for heading, measures in lines.items():
        values = np.sum([results.values(measure) for measure in measures], axis=0)
        for package, level, change in _by_package(results, values):
            found.append((package, results.baseline, heading, "share of capacity",
                          _mean(level), *_interval(change)))
    table = pd.DataFrame(found, columns=["package", "baseline", "heading", "unit", *_END])
    order = {name: place for place, name in enumerate(results.packages)}
    return table.sort_values("package", key=lambda each: each.map(order), kind="stable",
                             ignore_index=True)


def _by_package(results: StoredResults, values: Floats) -> list[tuple[str, Floats, Floats]]:
    """Values and differences from the baseline by package, means over futures, (worlds,)."""
    points, other = results.points, partners(results.points, results.baseline)
    place = {point.number: row for row, point in enumerate(points)}
    rows: dict[str, list[int]] = {}
    for row, point in enumerate(points):
        if point.number in other:
            rows.setdefault(point.package, []).append(row)
    found = []
    for package, own in rows.items():
        base = [place[other[points[row].number]] for row in own]
        found.append((package, _over(values[own]), _over(values[own] - values[base])))
    return found


def by_place(results: StoredResults, of: str, packages: Sequence[str]) -> pd.DataFrame:
    """A row a package, department or outcome, and line of the ledger: department-months over the
    run, their share of what the department has or what was worked on the outcome, and the paired
    change from the baseline with 95 %.

    of: `department` or `outcome`, which lacks what is known by department alone; results: that
    keep details.
    """
    lines = [name for name, line in LINES.items() if of == DEPARTMENT or line.by_contribution]
    names = names_of(results, of)
    apart = by_world(results, of, lines, packages, less=results.baseline)
    found: list[tuple] = []
    for package in packages:
        levels, change = apart[package]
        level = _over(levels, axis=2)
        total = level.sum(axis=1, keepdims=True)
        share = np.divide(level, total, out=np.zeros_like(level), where=total > 0.0)
        whole = np.isfinite(change).all(axis=(0, 1))
        ends = mean_interval(change[..., whole])
        found += [
            (package, results.baseline, name, line, LINES[line].label, str(LINES[line].heading),
             EFFORT, level[i, j], share[i, j], *(end[i, j] for end in ends), int(whole.sum()))
            for i, name in enumerate(names) for j, line in enumerate(lines)
        ]
    return pd.DataFrame(found, columns=["package", "baseline", of, "line", "label", "heading",
                                        "unit", "effort", *_END])


def gains_most(table: pd.DataFrame, of: str, package: str) -> str:
    """Where the effort that moves outcomes rises and falls most, as `rises most in HO (+3.1
    department-months)`; empty where it is not shown to."""
    own = table[(table["package"] == package) & (table["line"] == "realised")].set_index(of)
    sure = own[(own["lo95"] > 0.0) | (own["hi95"] < 0.0)]["change"].sort_values(kind="stable")
    ends = (("rises", sure[sure > TOLD].tail(1)), ("falls", sure[sure < -TOLD].head(1)))
    return " and ".join(f"{verb} most in {name} ({change:+.1f} {EFFORT})"
                        for verb, own in ends for name, change in own.items())


def _over(values: Floats, axis: int = 0) -> Floats:
    """Mean of what is finite; NaN where nothing is."""
    finite = np.isfinite(values)
    with np.errstate(invalid="ignore"):
        return np.where(finite, values, 0.0).sum(axis=axis) / finite.sum(axis=axis)


def _mean(values: Floats) -> float:
    return float(_over(values))


def _interval(change: Floats) -> tuple[float, float, float, int]:
    whole = change[np.isfinite(change)]
    mean, low, high = (float(end) for end in mean_interval(whole))
    return mean, low, high, whole.size
