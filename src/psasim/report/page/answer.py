"""The first page: the answer in five sentences, with the two caveats that decide how far it
carries."""

from __future__ import annotations

import numpy as np
import pandas as pd

from psasim.calibration.outcome import shipped_report
from psasim.calibration.plainly import plainly
from psasim.declared.presets import description, preset, preset_names
from psasim.experiment.folder.reader import StoredResults
from psasim.experiment.folder.spread import spread
from psasim.report.figures.spans import message, table_of
from psasim.report.findings import beside
from psasim.report.judged import compared
from psasim.report.names import count
from psasim.report.page.amounts import called, difference, interval, level
from psasim.report.page.reading import Reading
from psasim.report.page.standing import Standing
from psasim.results.basis import without_value
from psasim.results.effort import base_sentence, by_line, moves
from psasim.results.measures import MEASURES
from psasim.results.verdict import MET, better, few
from psasim.validation.shipped import judging
from psasim.validation.verdict import NOT_REPRODUCED, REPRODUCED

SCENARIOS = 3
"""Scenarios at most that have a sentence each."""
PAPER = "met_on_paper"


def sentences(reading: Reading) -> tuple[str, ...]:
    """Five at most."""
    results = reading.one
    if results is None:
        return _of_several(reading)
    if not reading.compares:
        return _of_one_package(results)
    stand = Standing(results)
    said = [_lead(stand), _how_sure(stand, reading.several_futures), _next(stand),
            _effort(stand), _on_paper(stand)]
    return tuple(text for text in said if text)


def caveats(reading: Reading) -> tuple[str, str]:
    """What no reader may miss: what the numbers rest on, and what was seen that they miss."""
    return _uncalibrated(reading), _missed(reading)


def _lead(stand: Standing) -> str:
    results, rows, top = stand.results, stand.rows, stand.top
    base, name = results.baseline, called(stand.measure)
    where = f"{count(len(rows), 'package')} held against {base}"
    if len(results.design.scenarios) > 1:
        where += f" in “{results.scenario.title}”"
    if stand.measure in without_value(results.layout):
        return (f"No outcome of “{results.scenario.title}” counts in {name}, so it has no value "
                "here.")
    if top is None:
        return f"Of {where} none can be compared: no world has a whole run of both."
    if rows["equal"].eq(1.0).all():
        return f"Of {where} none makes any difference to {name}: each has the same in every world."
    levels = results.levels()[stand.measure]
    change = difference(rows.loc[top, "mean"], stand.measure)
    ends = (f"{name} comes to {level(levels[top], stand.measure)}, against "
            f"{level(levels[base], stand.measure)} under {base} ({change})")
    if np.isnan(rows.loc[top, "lo95"]):
        return f"In the one world that was run {top} does best of {where}: {ends}."
    if stand.gains:
        average = " on average" if results.futures > 1 else ""
        return f"Of {where}, {top} does best{average}: {ends}."
    if better(rows, -stand.good).all():
        return f"Each of {where} does worse; the least so is {top}: {ends}."
    return f"Of {where} none is shown to do better; the best of them is {top}: {ends}."


def _how_sure(stand: Standing, futures: bool) -> str:
    rows, top, results = stand.rows, stand.top, stand.results
    if top is None or stand.measure in without_value(results.layout):
        return ""
    if futures:
        return _over_futures(stand, top)
    row = rows.loc[top]
    if np.isnan(row["lo95"]):
        return "One world tells nothing about the next, so this is no basis for a conclusion."
    if row["equal"] == 1.0:
        return ""
    how = beside(results, rows, top).removeprefix(", ")
    apart = f"; {top} is {how}" if how else ""
    return (f"Every package met the same {results.worlds} simulated worlds, and over them the 95% "
            f"interval of that difference is {interval(row, stand.measure)}{apart}.")


def _over_futures(stand: Standing, top: str) -> str:
    results = stand.results
    rows = spread(results, (stand.measure,)).set_index("package")
    row = rows.loc[top]
    sets = int(row["sets"])
    said = f"Over {count(sets, 'future')}, settings of what nobody knows, {top} "
    if pd.isna(row["better"]):
        return f"{said}was not compared in each."
    said += f"does better than {results.baseline} in {round(row['better'] * sets)}"
    if not pd.isna(row["first_alone"]):
        first = round((row["first_alone"] + row["first_tied"]) * sets)
        said += f" and is first, or shares first place, in {first}"
    if pd.isna(row["worst"]):
        return f"{said}."
    worst = difference(row["worst"], stand.measure)
    said += f"; in its worst future the difference is {worst}"
    first_in = ((rows["first_alone"] + rows["first_tied"]) * rows["sets"]).round()
    oftener = first_in.idxmax()
    if first_in[oftener] > first_in[top]:
        said += f"; {oftener} is first oftener, in {first_in[oftener]:.0f}"
    how = beside(results, stand.rows, top).removeprefix(", ")
    return f"{said}; on average {top} is {how}." if how.startswith("not told apart") else f"{said}."


def _next(stand: Standing) -> str:
    """Who comes next, and what leaving outcomes to their leads would do."""
    if stand.top is None or len(stand.rows) < 2 or stand.rows["equal"].eq(1.0).all():
        return ""
    order = (stand.good * stand.rows["mean"]).dropna().sort_values(ascending=False, kind="stable")
    others = [str(name) for name in order.index if name != stand.top]
    if not others:
        return ""
    average = " on average" if stand.results.futures > 1 else ""
    said = (f"Next comes {others[0]} "
            f"({difference(stand.rows.loc[others[0], 'mean'], stand.measure, unit=False)})")
    worse = [str(name) for name in order.index[::-1]
             if better(stand.rows.loc[[name]], -stand.good).all()]
    if worse:
        does = "does worse" if len(worse) == 1 else "do worse"
        return f"{said}; {few(worse)} {does} than {stand.results.baseline}{average}."
    return f"{said}; no package is shown to do worse than {stand.results.baseline}{average}."


def _effort(stand: Standing) -> str:
    results = stand.results
    wide, base, top = by_line(results.ledger_shares()), results.baseline, stand.chosen
    if base not in wide.index:
        return ""
    said = base_sentence(wide, base, base)
    if top == base or top not in wide.index:
        return f"{said}."
    return (f"{said}; under {top} {wide.loc[top, 'realised']:.1%} does, as "
            f"{moves(wide, base, top)}.")


def _on_paper(stand: Standing) -> str:
    results, top, base = stand.results, stand.chosen, stand.results.baseline
    if not results.layout.measured.any():
        return "No outcome has an indicator here, so nothing is reported."
    levels = results.levels()
    row = levels.loc[top]
    said = (f"Under {top} {row['targets_met_reported']:.1%} of assessed targets are reported met, "
            f"{row[MET]:.1%} of targets are met, and {row[PAPER]:.1%} are met on paper only")
    return f"{said} ({levels.loc[base, PAPER]:.1%} under {base})." if top != base else f"{said}."


def terms(reading: Reading) -> tuple[tuple[str, str], ...]:
    """What the names in the first sentence stand for: the measure, and packages that are known."""
    measure = MEASURES[reading.results.headline]
    named = [reading.results.baseline, *(Standing(part).chosen for part in reading.parts
                                         if reading.compares)]
    packages = reading.results.packages
    return (
        (measure.label, f"{measure.definition} Unit: {measure.unit}."),
        *((name, description(name)) for name in dict.fromkeys(named)
          if name in preset_names() and packages[name] == preset(name)),
    )


def _of_one_package(results: StoredResults) -> tuple[str, ...]:
    base, measure = results.baseline, results.headline
    value = level(results.levels().loc[base, measure], measure)
    stand = Standing(results)
    return tuple(text for text in (
        f"Only {base} was run in “{results.scenario.title}”, so there is nothing to hold it "
        f"against: {called(measure)} comes to {value}.",
        _effort_alone(results), _on_paper_alone(stand),
    ) if text)


def _effort_alone(results: StoredResults) -> str:
    wide = by_line(results.ledger_shares())
    base = results.baseline
    return f"{base_sentence(wide, base, base)}." if base in wide.index else ""


def _on_paper_alone(stand: Standing) -> str:
    levels = stand.results.levels().loc[stand.results.baseline]
    if not stand.results.layout.measured.any():
        return ""
    return (f"{levels['targets_met_reported']:.1%} of assessed targets are reported met and "
            f"{levels[MET]:.1%} of targets are met.")


def _of_several(reading: Reading) -> tuple[str, ...]:
    if not reading.compares:
        return tuple(_of_one_package(part)[0] for part in reading.parts[:SCENARIOS])
    said = [f"{message(reading.results, table_of(reading.results))}."]
    said += [_lead(Standing(part)) for part in reading.parts[:SCENARIOS]]
    if len(reading.parts) > SCENARIOS:
        said.append(f"The other {len(reading.parts) - SCENARIOS} scenarios are below.")
    return tuple(said)


def _uncalibrated(reading: Reading) -> str:
    """What the numbers rest on, and what an interval or a future covers."""
    found = plainly(shipped_report())
    if reading.several_futures:
        over = "The futures cover what the design varied, and nothing else that is assumed"
    elif reading.results.worlds > 1:
        over = ("The intervals cover luck only, under one set of assumed parameters; others may "
                "put the packages in another order")
    else:
        over = "One world has no interval"
    return f"{found[0]} {found[2]} {over}. Read the direction and the order, not the amount."


def _missed(reading: Reading) -> str:
    """What was seen elsewhere of the levers of the best package, and what is missed of it."""
    if not reading.compares:
        return ("One package was run, so nothing that was seen elsewhere of a lever can be held "
                "against it.")
    tops = {Standing(part).chosen for part in reading.parts} - {reading.results.baseline}
    who = few(sorted(tops)) if tops else "the packages compared"
    found = judging(compared(reading.results, tops or None))
    if not found:
        return ("No observed pattern that the model was held against judges these levers, so "
                "nothing seen elsewhere supports this answer.")
    missed = [item for item in found if item.verdict == NOT_REPRODUCED]
    hits = sum(item.verdict == REPRODUCED for item in found)
    said = (f"Of {count(len(found), 'observed pattern')} that bear on the levers of {who} the "
            f"model reproduces {hits} and misses {len(missed)}")
    if missed:
        said += f", among them {few([f'“{_lower(item.title)}”' for item in missed])}"
    return f"{said}."


def _lower(title: str) -> str:
    return f"{title[:1].lower()}{title[1:]}"
