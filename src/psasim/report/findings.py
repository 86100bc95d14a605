"""What a comparison shows, and what it does not, in a few sentences."""

from __future__ import annotations

import numpy as np
import pandas as pd

from psasim.ledger import LINES
from psasim.results import Comparison

MET = "targets_met_real"


def findings(results: Comparison) -> str:
    """Sentences on the best package, its price, where effort went, and the limits."""
    said = [failures(results)]
    if len(results.packages) > 1:
        measured = results.contrasts().set_index(["measure", "package"])
        best = _best(measured.loc[MET])
        said += [_shows(results, measured.loc[MET], best), _price(results, measured)]
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


def interval(row: pd.Series) -> str:
    """`+0.669 (95% interval +0.659 to +0.679)`."""
    if np.isnan(row["lo95"]):
        return f"{row['mean']:+.3f} (no interval: one world)"
    return f"{row['mean']:+.3f} (95% interval {row['lo95']:+.3f} to {row['hi95']:+.3f})"


def _shows(results: Comparison, met: pd.DataFrame, best: str | None) -> str:
    """Which package meets most targets in truth, and how many do better than the baseline."""
    baseline = results.baseline
    if best is None:
        return f"No world has a finite run both under {baseline} and under another package."
    row = met.loc[best]
    if np.isnan(row["lo95"]):
        return (f"In one world {best} is highest in targets met in truth, at {row['mean']:+.3f} "
                f"of targets against {baseline}; one world tells nothing about the next.")
    more, fewer = int((met["lo95"] > 0.0).sum()), int((met["hi95"] < 0.0).sum())
    if row["lo95"] <= 0.0:
        lead = (f"No package is shown to meet more targets in truth than {baseline}: the highest, "
                f"{best}, differs by {interval(row)} of targets")
    else:
        lead = (f"{best} meets most targets in truth, {interval(row)} of targets against "
                f"{baseline}{_runner_up(results, met, best)}")
    return (f"{lead}; of {len(met)} package{'s' * (len(met) > 1)} {more} "
            f"meet{'s' * (more == 1)} more, {fewer} fewer and {len(met) - more - fewer} cannot "
            f"be told from it.")


def _runner_up(results: Comparison, met: pd.DataFrame, best: str) -> str:
    """Whether the second is told apart from the best, in the same worlds."""
    others = met["mean"].drop(best).dropna()
    if others.empty:
        return ""
    second = str(others.idxmax())
    table = results.contrasts(baseline=best).set_index(["measure", "package"])
    return (f", and is not told apart from {second}" if table.loc[(MET, second), "hi95"] >= 0.0
            else f", ahead of {second}")


def _price(results: Comparison, measured: pd.DataFrame) -> str:
    """What takes most capacity and money, and where reported and real part most."""
    means = measured["mean"].unstack("measure").dropna()
    if means.empty:
        return ""
    burden, cost = str(means["burden"].idxmax()), str(means["cost"].idxmax())
    apart = str(means["reporting_gap"].abs().idxmax())
    change = means.loc[apart, "reporting_gap"]
    return (
        f"The dearest in capacity is {burden} ({means.loc[burden, 'burden']:+.1%} of it) and in "
        f"money {cost} ({means.loc[cost, 'cost']:+.2f} on the cost index); how reported figures "
        f"stand to real ones changes most under {apart}, where reported less real "
        f"{'rises' if change > 0.0 else 'falls'} by {abs(change):.3f} of target."
    )


def _effort(results: Comparison, best: str | None) -> str:
    """Where capacity went under the baseline, and under the best package instead."""
    shares = results.ledger_shares().pivot(index="line", columns="package", values="share")
    base = shares[results.baseline]
    if base.isna().any():
        return ""
    largest = str(base.drop("realised").idxmax())
    said = (f"Of all capacity {base['realised']:.1%} moved an outcome under {results.baseline} "
            f"and most of the rest went to {_label(largest)} ({base[largest]:.1%})")
    if best is None or best == results.baseline or shares[best].isna().any():
        return f"{said}."
    moved = str((shares[best] - base).drop("realised").abs().idxmax())
    return (f"{said}; under {best} {shares.loc['realised', best]:.1%} did, and what changes most "
            f"is the line '{_label(moved)}', "
            f"from {base[moved]:.1%} to {shares.loc[moved, best]:.1%}.")


def _label(line: str) -> str:
    return LINES[line].label.lower()


def _limits(results: Comparison) -> str:
    """What no comparison of this model shows."""
    luck = ("intervals cover the luck of the worlds only" if results.worlds > 1
            else "one world has no interval")
    return (
        "Levels are built in by the choice of parameters and the strengths of levers are "
        f"assumptions: only contrasts inform, within this scenario; {luck}, and a ranking may "
        "change with the assumptions."
    )
