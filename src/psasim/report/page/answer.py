"""The first page: the answer in five sentences, with the two caveats that decide how far it
carries."""

from __future__ import annotations

import numpy as np
import pandas as pd

from psasim.calibration.outcome import shipped_report
from psasim.calibration.plainly import plainly
from psasim.declared.presets import description, preset, preset_names
from psasim.experiment.folder.reader import StoredResults
from psasim.report.figures.spans import message, table_of
from psasim.report.findings import beside
from psasim.report.names import count
from psasim.report.page.amounts import called, difference, interval, level
from psasim.report.page.bearing import best_packages, judging_best
from psasim.report.page.reading import Reading
from psasim.report.page.standing import Standing
from psasim.report.page.wording import package_in_words
from psasim.results.basis import without_value
from psasim.results.effort import base_sentence, by_line, moves
from psasim.results.measures import MEASURES
from psasim.results.verdict import MET, NAMED, better, few, tied
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
    change = difference(rows.loc[top, "mean"], stand.measure) + _range(stand, top)
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


def _range(stand: Standing, top: str) -> str:
    """`; +1.7 to +11.2 in the middle 90% of futures`; empty of one future."""
    if stand.results.futures < 2:
        return ""
    row = stand.futures.loc[top]
    if pd.isna(row["p05_sets"]):
        return ""
    low, high = (difference(row[end], stand.measure, unit=False)
                 for end in ("p05_sets", "p95_sets"))
    return f" on average; {low} to {high} in the middle 90% of futures"


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
            f"interval of that difference, for luck and nothing that is assumed, is "
            f"{interval(row, stand.measure)}{apart}.")


def _over_futures(stand: Standing, top: str) -> str:
    results = stand.results
    rows = stand.futures
    row = rows.loc[top]
    sets = int(row["sets"])
    said = f"Over {count(sets, 'future')}, settings of what nobody knows, {top} "
    if pd.isna(row["better"]):
        return f"{said}was not compared in each."
    said += f"does better than {results.baseline} in {round(row['better'] * sets)}"
    if not pd.isna(row["first_alone"]):
        first = round((row["first_alone"] + row["first_tied"]) * sets)
        said += (f" and is the best of all {len(results.packages)}, alone or beside others, in "
                 f"{first}")
    if pd.isna(row["worst"]):
        return f"{said}."
    worst = difference(row["worst"], stand.measure)
    said += f"; in its worst future the difference is {worst}"
    first_in = ((rows["first_alone"] + rows["first_tied"]) * rows["sets"]).round()
    oftener = first_in.idxmax()
    if first_in[oftener] > first_in[top]:
        said += f"; {oftener} is the best oftener, in {first_in[oftener]:.0f}"
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
    said = (f"Next comes {others[0]} "
            f"({difference(stand.rows.loc[others[0], 'mean'], stand.measure, unit=False)})")
    worse = [str(name) for name in order.index[::-1]
             if better(stand.rows.loc[[name]], -stand.good).all()]
    does = "does worse" if len(worse) == 1 else "do worse"
    who = f"{few(worse)} {does}" if worse else "no package is shown to do worse"
    who += f" than {stand.results.baseline}"
    if stand.results.futures < 2:
        return f"{said}; {who}."
    return f"{said}; on average {who}{_in_single_futures(stand)}."


def _in_single_futures(stand: Standing) -> str:
    """`, but joint board does in 33 of 100 futures and agreement in 11, joint unit in none`."""
    rows = stand.futures
    if rows["better"].isna().any():
        return ""
    number = (rows["sets"] * (1.0 - rows["better"] - rows["equal"])).round().astype(int)
    some = number[number > 0].sort_values(ascending=False, kind="stable")
    if some.empty:
        return ", nor in any single future"
    sets = count(int(rows["sets"].iloc[0]), "future")
    said = [f"{name} {'does so in' if place == 0 else 'in'} {value}{f' of {sets}' * (place == 0)}"
            for place, (name, value) in enumerate(some.items())]
    never = list(number.index[number == 0])
    none = f", {few(never)} in none" if never else ""
    return f", but {few(said)}{none}"


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
    said += f" ({levels.loc[base, PAPER]:.1%} under {base})." if top != base else "."
    return said + _in_part(stand)


def _in_part(stand: Standing) -> str:
    """Why attainment is high where few targets are met, and whether more are."""
    base = stand.results.baseline
    if stand.measure != "attainment":
        return ""
    said = " Attainment counts what is delivered in part, so it can be high while few are met"
    rows = stand.measured.loc[[(MET, stand.chosen)]] if stand.chosen != base else pd.DataFrame()
    if rows.empty or rows["lo95"].isna().any() or tied(rows).all():
        return f"{said}."
    told = (better(rows, 1) | better(rows, -1)).all()
    return (f"{said}; the difference in targets met, {difference(rows['mean'].iloc[0], MET)}, is "
            f"{'more than luck gives' if told else 'not told from none'}.")


def terms(reading: Reading) -> tuple[tuple[str, str], ...]:
    """What the names in the first sentence stand for: the measure, and packages."""
    measure = MEASURES[reading.results.headline]
    named = [reading.results.baseline, *(Standing(part).chosen for part in reading.parts
                                         if reading.compares)]
    packages = reading.results.packages
    return (
        (measure.label, f"{measure.definition} Unit: {measure.unit}."),
        *((name, description(name) if name in preset_names() and packages[name] == preset(name)
           else package_in_words(packages[name])) for name in dict.fromkeys(named)),
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
    found = judging_best(reading)
    who = few(best_packages(reading)) or "the packages compared"
    if not found:
        return ("No observed pattern that the model was held against judges these levers, so "
                "nothing seen elsewhere supports this answer.")
    missed = [item for item in found if item.verdict == NOT_REPRODUCED]
    hits = sum(item.verdict == REPRODUCED for item in found)
    said = (f"Of {count(len(found), 'observed pattern')} that bear on the levers of {who} the "
            f"model reproduces {hits} and misses {len(missed)}")
    if missed:
        told = [f"“{_lower(item.title)}” ({item.id})" for item in missed[:NAMED]]
        said += f"{':' if len(missed) <= NAMED else ', among them'} {few(told)}"
    return f"{said}."


def _lower(title: str) -> str:
    return f"{title[:1].lower()}{title[1:]}"
