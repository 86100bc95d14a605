"""What a comparison shows, and what it does not, in a few sentences."""

from __future__ import annotations

import numpy as np
import pandas as pd

from psasim.report.effort import base_sentence, by_line, most_moved, moves
from psasim.report.names import short
from psasim.report.verdict import MET, interval, tally
from psasim.results.results import Comparison

PAPER = "met_on_paper"
SHOWN = 6
"""Packages at most whose gain is set beside their price."""


def findings(results: Comparison) -> str:
    """Sentences on the best package, prices, reports, where effort went, and the limits."""
    said = [failures(results)]
    if len(results.packages) > 1:
        measured = results.contrasts().set_index(["measure", "package"])
        best = _best(measured.loc[MET])
        said += [
            _shows(results, measured.loc[MET], best), _price(results, measured),
            _on_paper(results, measured.loc[PAPER], best),
        ]
    else:
        best = results.baseline
    said += [_effort(results, best), _limits(results)]
    return "\n".join(sentence for sentence in said if sentence)


def failures(results: Comparison) -> str:
    """How many runs failed and were left out; empty if none did."""
    failed = results.failed()
    total = sum(failed.values())
    if not total:
        return ""
    names = ", ".join(f"{name} {count}" for name, count in failed.items() if count)
    return (f"{total} of {sum(results.runs().values())} runs failed and are left out, each with "
            f"its pair: {names}.")


def _best(met: pd.DataFrame) -> str | None:
    """The package with the highest difference; None where no run of any was finite."""
    return str(met["mean"].idxmax()) if met["mean"].notna().any() else None


def _shows(results: Comparison, met: pd.DataFrame, best: str | None) -> str:
    """Which package meets most targets, and how many do better than the baseline."""
    baseline = results.baseline
    if best is None:
        return f"No world has a finite run both under {baseline} and under another package."
    row, name = met.loc[best], short(best, baseline)
    if np.isnan(row["lo95"]):
        return (f"In one world {name} is highest in real targets met, at {row['mean']:+.3f} "
                f"of targets against {baseline}; one world tells nothing about the next.")
    if row["hi95"] < 0.0:
        lead = f"Every package meets fewer targets than {baseline}: the highest, {name}, differs by"
    elif row["lo95"] <= 0.0:
        lead = (f"No package is shown to meet more targets than {baseline}: the highest, {name}, "
                "differs by")
    else:
        return (f"{name} meets the highest share of targets, {interval(row)} more than {baseline}"
                f"{_runner_up(results, met, best)}; {tally(met, baseline)}.")
    return f"{lead} {interval(row)} of targets; {tally(met, baseline)}."


def _runner_up(results: Comparison, met: pd.DataFrame, best: str) -> str:
    """Whether the second is told apart from the best, in the same worlds."""
    others = met["mean"].drop(best).dropna()
    if others.empty:
        return ""
    second = str(others.idxmax())
    table = results.contrasts(baseline=best).set_index(["measure", "package"])
    name = short(second, results.baseline)
    return (f", and is not told apart from {name}" if table.loc[(MET, second), "hi95"] >= 0.0
            else f", ahead of {name}")


def _price(results: Comparison, measured: pd.DataFrame) -> str:
    """The gain of those packages that no other beats on gain, capacity and money at once."""
    met = measured.loc[MET]
    wide = measured["mean"].unstack("measure").loc[met.index[met["lo95"] > 0.0]]
    gain, burden, cost = wide[MET], wide["burden"], wide["cost"]
    best = [
        name for name in gain.sort_values(ascending=False, kind="stable").index
        if not _beaten(name, gain, -burden, -cost)
    ]
    if not best:
        return ""
    said = [
        f"{short(name, results.baseline)} ({100.0 * gain[name]:+.1f} points for "
        f"{burden[name]:z.1%} and {cost[name]:.2f})"
        for name in best[:SHOWN]
    ]
    more = f"; {len(best) - SHOWN} more" if len(best) > SHOWN else ""
    return ("Gain set against burden (share of capacity) and cost (index): none of the others "
            f"gains as many targets for as little as {', '.join(said)}{more}.")


def _beaten(name: str, *goods: pd.Series) -> bool:
    """Whether another is no worse in any of the goods and better in one."""
    no_worse = np.logical_and.reduce([good >= good[name] for good in goods])
    better = np.logical_or.reduce([good > good[name] for good in goods])
    return bool((no_worse & better).any())


def _on_paper(results: Comparison, paper: pd.DataFrame, best: str | None) -> str:
    """Targets met in figures only, and figures moved: under the best package, and where most."""
    if best is None:
        return ""
    levels, baseline = results.levels(), results.baseline
    row, base = levels.loc[best], levels.loc[baseline]
    said = [
        f"Under {short(best, baseline)} {row['targets_met_reported']:.1%} of assessed targets are "
        f"reported met and {row[MET]:.1%} of targets are met; against {baseline} those met on "
        f"paper only go from {base[PAPER]:.1%} to {row[PAPER]:.1%}, and figures moved to a "
        f"threshold from {base['gaming_events']:.0f} to {row['gaming_events']:.0f} a run."
    ]
    raised = paper.loc[paper["lo95"] > 0.0, "mean"]
    if raised.empty:
        said.append("No package is shown to add to targets met on paper only.")
    elif (most := str(raised.idxmax())) != best:
        said.append(f"Most are met on paper only under {short(most, baseline)}, "
                    f"{levels.loc[most, PAPER]:.1%}.")
    return " ".join(said)


def _effort(results: Comparison, best: str | None) -> str:
    """Where capacity went under the baseline, under the best package, and where it moved most."""
    baseline, wide = results.baseline, by_line(results.ledger_shares())
    if baseline not in wide.index:
        return ""
    said = base_sentence(wide, baseline, baseline)
    if best is None or best == baseline or best not in wide.index:
        return f"{said}."
    said += (f"; under {short(best, baseline)} {wide.loc[best, 'realised']:.1%} does: "
             f"{moves(wide, baseline, best)}.")
    other = most_moved(wide, baseline, but=best)
    if other is None:
        return said
    return (f"{said} Of the others {short(other, baseline)} moves most capacity: "
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
