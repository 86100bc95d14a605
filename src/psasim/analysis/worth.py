"""What is worth its cost?  Packages that no other beats on gain and cost at once."""

from __future__ import annotations

import numpy as np
import pandas as pd

from psasim.analysis.answer import Answer
from psasim.analysis.prices import KINDS, Prices
from psasim.analysis.statistics.front import front_share, intervals, on_front, surely_beaten
from psasim.errors import Unanswerable
from psasim.experiment.folder.panel import panel
from psasim.experiment.folder.reader import StoredResults
from psasim.mechanisms.ordered_sum import Floats
from psasim.results.headline import TAKEN, TAKES
from psasim.results.measures import MEASURES
from psasim.results.verdict import few, named

MOST = 500
"""Packages beyond which pairs of them take too long."""


def worth(results: StoredResults, prices: Prices | None = None) -> Answer:
    """A row a package: its headline, burden and cost (with prices: money and posts) less the
    baseline's; whether it is on the front, how stably, and which package surely beats it.

    All that is called beaten is so together with probability 95 %.
    """
    headline = results.headline
    if headline in TAKEN:
        raise Unanswerable(f"{named(headline)} is itself what packages take; name a gain, "
                           "--headline attainment")
    found = panel(results, headline)
    if len(found.packages) > MOST:
        raise Unanswerable(f"{len(found.packages):,} packages are too many to hold each against "
                           f"each, at most {MOST}; screen levers first (psasim analyse levers)")
    counts, units, goods = _counts(results, found.by_world, prices)
    if goods.shape[2] < 2:
        raise Unanswerable("one world has no interval; give the run's command again with "
                           "worlds=20 or more")
    signs = np.array([MEASURES[headline].good, *([-1] * (len(counts) - 1))])
    table = _table(results, found.packages, counts, signs, goods)
    notes = ["front_share is the share of resampled worlds in which a package is on the front: how "
             "stable that is, not the chance of its being right"]
    notes += [found.left_out] if found.left_out else []
    return Answer(
        _sentence(table, counts, headline), table, found.runs,
        {f"{name}{end}": unit for name, unit in units.items() for end in ("", "_lo95", "_hi95")},
        tuple(notes), brief=table[["package", *counts, "front_share"]].assign(
            beaten=table["beaten_by"] != ""))


def _counts(
    results: StoredResults, gain: Floats, prices: Prices | None
) -> tuple[list[str], dict[str, str], Floats]:
    """Names, units, and values signed so that more is better, (packages, counts, worlds)."""
    headline, names = results.headline, list(results.packages)
    takes = {name: panel(results, name).by_world for name in TAKES}
    units = {name: MEASURES[name].unit for name in (headline, *TAKES)}
    if prices is not None:
        takes, units = _priced(results, prices, takes["burden"], names), {headline: units[headline]}
        units |= {kind: prices.unit(kind) for kind in KINDS}
    counts = [headline, *takes]
    worlds = min(gain.shape[1], *(each.shape[1] for each in takes.values()))
    signed = [MEASURES[headline].good * gain, *(-each for each in takes.values())]
    values = np.stack([each[:, :worlds] for each in signed], axis=1)
    base = values[names.index(results.baseline)]
    return counts, units, values - base


def _priced(
    results: StoredResults, prices: Prices, burden: Floats, names: list[str]
) -> dict[str, Floats]:
    """Money over the run and posts on average, (packages, worlds)."""
    capacity = float(results.ledger_shares()["capacity_mean"].iloc[0])
    months, found = results.months, {}
    for kind in KINDS:
        size = capacity if kind == "money" else capacity / months
        years = months / 12.0 if kind == "money" else 1.0
        fixed = [years * prices.of_levers(results.packages[name], kind) for name in names]
        price = size * prices.department_month.get(kind, 0.0)
        found[kind] = burden * price + np.array(fixed)[:, None]
    return found


def _table(
    results: StoredResults, packages: tuple[str, ...], counts: list[str], signs: Floats,
    goods: Floats,
) -> pd.DataFrame:
    mean, low, high = intervals(goods)
    beaten = surely_beaten(goods)
    columns: dict[str, object] = {"package": packages}
    for place, (name, sign) in enumerate(zip(counts, signs, strict=True)):
        ends = np.sort(np.stack([sign * low[:, place], sign * high[:, place]]), axis=0)
        columns |= {name: sign * mean[:, place] + 0.0, f"{name}_lo95": ends[0],
                    f"{name}_hi95": ends[1]}
    table = pd.DataFrame(columns | {
        "on_front": on_front(mean), "front_share": front_share(goods),
        "beaten_by": [packages[i] if i >= 0 else "" for i in beaten],
        "worlds": goods.shape[2],
    })
    return table.sort_values(["on_front", counts[0]], ascending=[False, signs[0] < 0],
                             kind="stable", ignore_index=True)


def _sentence(table: pd.DataFrame, counts: list[str], headline: str) -> str:
    front = list(table.loc[table["on_front"], "package"])
    beaten = int((table["beaten_by"] != "").sum())
    open_ = len(table) - len(front) - int((~table["on_front"] & (table["beaten_by"] != "")).sum())
    takes = " and ".join(counts[1:])
    return (f"On {named(headline)} against {takes} no other beats {few(front)}: {len(front)} of "
            f"{len(table)} packages; {beaten} are beaten by another beyond luck, and {open_} "
            "are behind on average only.")
