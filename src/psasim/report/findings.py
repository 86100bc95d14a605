"""What a comparison shows, and what it does not, in a few sentences."""

from __future__ import annotations

import numpy as np
import pandas as pd

from psasim.report.cautions import cautions
from psasim.report.edges import at_an_end
from psasim.report.judged import missed
from psasim.report.price import unbeaten
from psasim.results.basis import without_value
from psasim.results.effort import base_sentence, by_line, most_moved, moves
from psasim.results.measures import MEASURES
from psasim.results.results import Comparison
from psasim.results.verdict import (
    MET,
    alone,
    best,
    better,
    extreme,
    few,
    interval,
    named,
    signed,
    tally,
    tied,
)

PAPER = "met_on_paper"
SHOWN = 6
"""Packages at most whose gain is set beside their price."""


def findings(results: Comparison) -> str:
    """Sentences on the best package, prices, reports, where effort went, and the limits."""
    said = [extended(results), failures(results)]
    if len(results.packages) > 1:
        measured = results.contrasts().set_index(["measure", "package"])
        rows = measured.loc[results.headline]
        top = best(rows, MEASURES[results.headline].good)
        said += [_shows(results, rows, top), at_an_end(results), _price(results, measured)]
        if top is not None and tied(rows.loc[[top]]).all():
            top = results.baseline  # nothing is above it
        said.append(_on_paper(results, measured.loc[PAPER], top))
    else:
        top = results.baseline
    said += [_effort(results, top), *cautions(results), missed(results), _limits(results)]
    return "\n".join(sentence for sentence in said if sentence)


def extended(results: Comparison) -> str:
    """What of users' own the numbers rest on; empty where it is psasim's model as it is."""
    if not results.extensions:
        return ""
    own = few([f"{o.kind} {o.name} ({o.module})" for o in results.extensions])
    return f"These runs are not of the model as it is, but with {own}."


def failures(results: Comparison) -> str:
    """How many runs failed and were left out; empty if none did."""
    failed = results.failed()
    total = sum(failed.values())
    if not total:
        return ""
    names = ", ".join(f"{name} {count}" for name, count in failed.items() if count)
    return (f"{total} of {sum(results.runs().values())} runs failed and are left out, each with "
            f"its pair: {names}.")


def _shows(results: Comparison, rows: pd.DataFrame, top: str | None) -> str:
    """Which package is best by the headline, and how many do better than the baseline."""
    baseline, headline = results.baseline, results.headline
    if headline in without_value(results.layout):
        return (f"{named(headline)} has no value here, as no outcome counts in it; headline= "
                "another measure.")
    if top is None:
        return f"No world has a finite run both under {baseline} and under another package."
    row, good = rows.loc[top], MEASURES[headline].good
    if np.isnan(row["lo95"]):
        return (f"In one world {top} is {extreme(headline)} in {named(headline)}, at "
                f"{signed(row['mean'])} against {baseline}; one world tells nothing about the "
                "next.")
    if rows["equal"].eq(1.0).all():
        who = "Every package" if len(rows) > 1 else top
        return f"{who} ties with {baseline} in {named(headline)}, world by world."
    if len(rows) == 1:
        return f"{top} {alone(row, baseline, good)} in {named(headline)}: {interval(row)}."
    counts = tally(rows, baseline, good)
    if better(rows.loc[[top]], -good).all():
        lead = f"Every package does worse than {baseline}"
    elif not better(rows.loc[[top]], good).all():
        lead = f"No package is shown to do better than {baseline}"
    else:
        return (f"{top} is {extreme(headline)} in {named(headline)}, {interval(row)} against "
                f"{baseline}{beside(results, rows, top)}; {counts}.")
    return (f"{lead} in {named(headline)}: the {extreme(headline)}, {top}, differs by "
            f"{interval(row)}; {counts}.")


def beside(results: Comparison, rows: pd.DataFrame, top: str) -> str:
    """Who ties with the best in the same worlds, and who is not told apart from it."""
    others = rows["mean"].drop(top).dropna().index
    if others.empty:
        return ""
    good = MEASURES[results.headline].good
    against = results.contrasts(baseline=top).set_index(["measure", "package"])
    against = against.loc[results.headline].loc[others]
    ties = tied(against)
    near = ~ties & ~better(against, -good)
    said = [f", {words} {few(list(against.index[which]))}" for words, which in
            (("tied with", ties), ("not told apart from", near)) if which.any()]
    return "".join(said) or ", ahead of every other"


def _price(results: Comparison, measured: pd.DataFrame) -> str:
    """The gain of those packages that no other beats on gain, capacity and money at once."""
    headline = results.headline
    chosen = unbeaten(measured, headline)
    if chosen.empty:
        return ""
    if len(measured.loc[headline]) == 1:
        return (f"Burden and cost of it: {chosen['burden'].iloc[0]:z.1%} of capacity and "
                f"{chosen['cost'].iloc[0]:.2f} (index).")
    said = [
        f"{name} ({signed(row[headline])} for {row['burden']:z.1%} and {row['cost']:.2f})"
        for name, row in chosen.iloc[:SHOWN].iterrows()
    ]
    more = f"; {len(chosen) - SHOWN} more" if len(chosen) > SHOWN else ""
    return (f"Gain in {named(headline)} set against burden (share of capacity) and cost (index): "
            f"no other gains as much for as little as {', '.join(said)}{more}.")


def _on_paper(results: Comparison, paper: pd.DataFrame, top: str | None) -> str:
    """Targets met in figures only, and figures moved: under the best package, and where most."""
    if top is None:
        return ""
    if not results.layout.measured.any():
        return ("No outcome has an indicator, so nothing is reported: targets met in reports or "
                "on paper have no value here.")
    levels, baseline = results.levels(), results.baseline
    row, base = levels.loc[top], levels.loc[baseline]
    said = [f"Under {top} {row['targets_met_reported']:.1%} of assessed targets are reported met "
            f"and {row[MET]:.1%} of targets are met"]
    if top == baseline:
        said[0] += f", {row[PAPER]:.1%} on paper only."
    else:
        changes = [
            f"{what} {base[name]:{form}} to {row[name]:{form}}{each}"
            for name, what, form, each in (
                (PAPER, "those met on paper only go from", ".1%", ""),
                ("gaming_events", "figures moved to a threshold go from", ".0f", " a run"))
            if f"{base[name]:{form}}" != f"{row[name]:{form}}"]
        said[0] += f"; against {baseline} {' and '.join(changes)}." if changes else "."
    raised = paper.loc[paper["lo95"] > 0.0, "mean"]
    if raised.empty:
        said.append("No package is shown to add to targets met on paper only.")
    elif (most := str(raised.idxmax())) != top:
        said.append(f"Most are met on paper only under {most}, "
                    f"{levels.loc[most, PAPER]:.1%}.")
    return " ".join(said)


def _effort(results: Comparison, top: str | None) -> str:
    """Where capacity went under the baseline, under the best package, and where it moved most."""
    baseline, wide = results.baseline, by_line(results.ledger_shares())
    if baseline not in wide.index:
        return ""
    said = base_sentence(wide, baseline, baseline)
    if top is None or top == baseline or top not in wide.index:
        return f"{said}."
    said += (f"; under {top} {wide.loc[top, 'realised']:.1%} does: "
             f"{moves(wide, baseline, top)}.")
    other = most_moved(wide, baseline, but=top)
    if other is None:
        return said
    return (f"{said} Of the others {other} moves most capacity: "
            f"{moves(wide, baseline, other)}.")


def _limits(results: Comparison) -> str:
    """What no comparison of this model shows."""
    luck = ("intervals cover the luck of the worlds only" if results.worlds > 1
            else "one world has no interval")
    return (
        "Levels follow from assumed parameters, and the strengths of levers are assumptions: "
        f"compare packages, within this scenario; {luck}, and a ranking may change with the "
        "assumptions."
    )
