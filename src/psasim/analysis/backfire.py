"""When does a package backfire?  A rule of few factors, judged on futures it was not fitted to."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from psasim.analysis.answer import Answer
from psasim.analysis.factors import short, unit_of, words_of
from psasim.analysis.rows import Rows, rows_of
from psasim.analysis.statistics.intervals import holm, share_of
from psasim.analysis.statistics.prim import Box, Judged, find, judge
from psasim.declared.names import one_of
from psasim.errors import Unanswerable
from psasim.experiment.folder.panel import FUTURES
from psasim.experiment.folder.reader import StoredResults
from psasim.results.measures import MEASURES
from psasim.results.places import ROUNDING
from psasim.results.verdict import few, named

SURE = 0.05
ENOUGH = 20
"""Cases, and futures that are none, from which a rule may be looked for."""

CONTEND = 4
"""Packages at most that are looked at where none is named."""

OWN = "a row's own package"
COLUMNS = ["package", "baseline", "worse", "futures", "base", "base_lo95", "base_hi95", "rule",
           "density", "density_lo95", "density_hi95", "coverage", "coverage_lo95", "coverage_hi95",
           "p_holm", "judged_on"]
LIMITS = ["package", "factor", "unit", "low", "high"]
SPLIT = 1
"""Seed by which futures are dealt to fitting and to judging."""


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """A package, in which futures it does worse, and the rule that was found, if one was looked
    for; why: what is to be said where none was."""

    package: str
    worse: int
    futures: int
    box: Box | None
    judged: Judged | None
    why: str = ""


def backfire(results: StoredResults, package: str | None = None) -> Answer:
    """A row a package: in how many futures it does worse than the baseline, and the rule for them.

    Half of the futures are dealt to finding the rule (PRIM), half to judging it: density (share
    of futures in the box that backfire) and coverage (share of those that backfire that are in it)
    are of the latter alone.  No rule is named that luck would give in one of twenty experiments,
    all packages together (Holm).
    """
    rows = rows_of(results)
    cases = [_case(rows, name) for name in _contenders(results, rows, package)]
    p = holm(np.array([np.nan if case.judged is None else case.judged.p for case in cases]))
    sure = [bool(value < SURE and case.box is not None and case.box.limits)
            for case, value in zip(cases, p, strict=True)]
    table = pd.DataFrame([
        _row(rows, case, value, found) for case, value, found in zip(cases, p, sure, strict=True)
    ], columns=COLUMNS)
    limits = [row for case, found in zip(cases, sure, strict=True) if found
              for row in _limits(rows, case)]
    notes = [f"{case.package}: {case.why}" for case in cases if case.why and case.worse]
    notes.append(f"worse is by {named(results.headline)}, mean over {results.worlds} worlds")
    if any(case.judged is not None for case in cases):
        notes.append("a rule is found on one half of the futures and judged on the other")
    share = "share of futures"
    return Answer(
        _sentence(results, table, sure), table, sum(results.runs().values()),
        {name: share for name in COLUMNS if name.startswith(("base_", "density", "coverage"))}
        | {"base": share, "p_holm": "probability"},
        tuple(notes), {"limits": pd.DataFrame(limits, columns=LIMITS)},
        table[["package", "worse", "futures", "base", "density", "coverage"]])


def _contenders(results: StoredResults, rows: Rows, package: str | None) -> list[str | None]:
    """The package that is meant, or those with the best means."""
    if rows.over == "levers":
        raise Unanswerable(f"nothing uncertain was varied; {FUTURES} would show when")
    if not rows.futures:
        return [None]
    if package is not None:
        return [one_of(package, rows.packages, "package")]
    if not rows.packages:
        raise Unanswerable(f"only {results.baseline} was run, and nothing can backfire against it")
    levels = MEASURES[results.headline].good * results.levels()[results.headline]
    return list(levels[rows.packages].sort_values(ascending=False, kind="stable").index[:CONTEND])


def _case(rows: Rows, package: str | None) -> Case:
    """Found on one half, judged on the other, in which rows that share values count once."""
    good = MEASURES[rows.results.headline].good
    means = good * rows.differences(package).mean(axis=1)
    whole = np.isfinite(means)
    worse, given = means < -ROUNDING, rows.given.to_numpy()
    to_fit = _dealt(rows.blocks)
    apart = np.zeros(len(given), dtype=bool)
    apart[rows.independent] = True
    fit, held = whole & to_fit, whole & ~to_fit & apart
    seen = apart & whole
    name = OWN if package is None else package
    number, total = int(worse[seen].sum()), int(seen.sum())
    if why := _too_few(number, total):
        return Case(name, number, total, None, None, why)
    box = find(given[fit], worse[fit])
    return Case(name, number, total, box, judge(box, given[held], worse[held]))


def _dealt(blocks: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Half of the blocks, (rows,): rows that share values of factors are not parted."""
    names = np.unique(blocks)
    chosen = np.random.default_rng(SPLIT).permutation(names)[: (len(names) + 1) // 2]
    return np.isin(blocks, chosen)


def _too_few(number: int, total: int) -> str:
    least = min(number, total - number)
    if least >= ENOUGH:
        return ""
    if number in (0, total):
        return "in none" if number == 0 else "in all of them, so no factor tells when"
    wanted = ceil(ENOUGH * total / least / 10) * 10
    what = "backfire" if least == number else "do not"
    return (f"{least} of {total} futures {what}, too few for a rule; about {wanted:,} "
            "futures would do")


def _row(rows: Rows, case: Case, p: float, sure: bool) -> tuple:
    low, high = share_of(case.worse, case.futures)
    start = (case.package, rows.results.baseline, case.worse, case.futures,
             case.worse / max(case.futures, 1), float(low), float(high))
    if case.judged is None or not sure:
        judged_on = 0 if case.judged is None else case.judged.futures
        return (*start, "", *[np.nan] * 6, p, judged_on)
    return (*start, _rule(rows, case.box), *case.judged.density, *case.judged.coverage, p,
            case.judged.futures)


def _rule(rows: Rows, box: Box | None) -> str:
    """`inertia above 0.2 (fraction) and sanctions at most 0.4 (fraction)`."""
    assert box is not None
    return " and ".join(
        _worded(rows, str(rows.given.columns[factor]), ends)
        for factor, ends in sorted(box.limits.items()))


def _worded(rows: Rows, path: str, ends: tuple[float, float]) -> str:
    name, unit = short(path), unit_of(path)
    options = words_of(rows.sample.drawn, path)
    if options:
        held = [text for place, text in enumerate(options) if ends[0] <= place <= ends[1]]
        return f"{name} {' or '.join(held)}"
    after = f" ({unit})" if unit else ""
    if np.isinf(ends[0]):
        return f"{name} below {ends[1]:.3g}{after}"
    if np.isinf(ends[1]):
        return f"{name} above {ends[0]:.3g}{after}"
    return f"{name} from {ends[0]:.3g} to {ends[1]:.3g}{after}"


def _limits(rows: Rows, case: Case) -> list[tuple]:
    assert case.box is not None
    return [
        (case.package, short(path), unit_of(path), low, high)
        for factor, (low, high) in sorted(case.box.limits.items())
        for path in [str(rows.given.columns[factor])]
    ]


def _sentence(results: StoredResults, table: pd.DataFrame, sure: list[bool]) -> str:
    if any(sure):
        row = table.loc[sure.index(True)]
        ends = f"95% {row['density_lo95']:.0%} to {row['density_hi95']:.0%}"
        return (f"{row['package']} does worse than {row['baseline']} in {row['base']:.0%} of "
                f"futures, but where {row['rule']} in {row['density']:.0%} ({ends}), which covers "
                f"{row['coverage']:.0%} of them (by {row['judged_on']} futures it was not fitted "
                "to).")
    some = table[table["worse"] > 0]
    if some.empty:
        most = table["base_hi95"].max()
        return (f"{few(list(table['package']))} {'does' if len(table) == 1 else 'do'} worse than "
                f"{results.baseline} in none of {table['futures'].max()} futures (at most "
                f"{most:.1%} of such futures, 95%).")
    said = [f"{row['package']} in {row['worse']} of {row['futures']}" for _, row in some.iterrows()]
    return (f"Worse than {results.baseline} {'does' if len(said) == 1 else 'do'} {few(said)} "
            "futures, and no rule of few factors is shown to tell which.")
