"""What is the answer sensitive to?  Differences between packages, and which package wins."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from psasim.analysis.answer import Answer, listed
from psasim.analysis.factors import short, unit_of
from psasim.analysis.rows import Rows, has_indices, rows_of
from psasim.analysis.statistics.given_data import p_of_chance, p_of_luck, ratio_of
from psasim.analysis.statistics.intervals import holm
from psasim.declared.names import one_of
from psasim.errors import InputError, Unanswerable
from psasim.experiment.folder.panel import panel
from psasim.experiment.folder.reader import StoredResults
from psasim.mechanisms.ordered_sum import Floats
from psasim.results.measures import MEASURES
from psasim.results.places import places
from psasim.results.verdict import named

SURE = 0.05
LITTLE = 0.05
"""Share of variance that is not worth a word."""

SAID = 3
CONTEND = 4
"""Packages at most that are looked at where none is named."""

FEW_ROWS = 20
COLUMNS = ["target", "factor", "factor_unit", "index", "unit", "value", "lo95", "hi95", "p_holm",
           "rows"]
HALVES = {"S1": "S1_conf", "ST": "ST_conf", "mu_star": "mu_star_conf"}
"""Indices with a bootstrap interval, and its half-width."""

MORE = ("uncertainties: {design: saltelli, points: 64, over: all} gives shares of the variance, "
        "{design: morris, trajectories: 20} a cheap screening")


@dataclass(frozen=True, slots=True, eq=False)
class Target:
    """Something that may be driven: values (rows, worlds), NaN where there is none; wins: whether
    it is of being the best, and not a difference."""

    name: str
    unit: str
    values: Floats
    wins: bool = False


def drivers(results: StoredResults, package: str | None = None) -> Answer:
    """A row a target, factor and index.

    Targets: the paired difference of each package that contends, and whether it is the best;
    indices: SALib's of Sobol' or Morris rows, and of any rows the correlation ratio, which no
    model is behind, with p by shuffling (Holm).
    """
    rows = rows_of(results)
    targets = list(_targets(rows, package))
    if len(rows.independent) < FEW_ROWS:
        raise Unanswerable(f"{len(rows.independent)} rows that were drawn apart are too few to say "
                           f"what drives anything, at least {FEW_ROWS}; {MORE}")
    frames, notes, said = [], [], []
    for target in targets:
        luck = p_of_luck(target.values[np.isfinite(target.values).all(axis=1)])
        frame, left_out = _table(rows, target)
        frames.append(frame)
        notes += left_out
        said.append(_sentence(results, target, frame, luck, "futures" if rows.futures else "rows"))
    worlds = results.worlds
    if len(rows.independent) < 10 * rows.given.shape[1]:
        notes.append(f"{len(rows.independent)} rows that were drawn apart are few for "
                     f"{rows.given.shape[1]} factors: a ratio of ten rows a factor or more tells "
                     "weak factors from luck")
    if worlds < 2:
        notes.append("one world cannot tell futures from luck; worlds=10 or more would")
    if not has_indices(rows):
        notes.append(f"{rows.sample.drawn['design']} rows have no indices of their own; {MORE}")
    table = pd.concat(frames, ignore_index=True)
    units = {"value": "see unit", "lo95": "see unit", "hi95": "see unit", "p_holm": "probability"}
    first = dict.fromkeys(said[places] for places in _told_of(targets))
    return Answer(f"{'; '.join(first)}.", table, sum(results.runs().values()), units,
                  tuple(dict.fromkeys(notes)), brief=_brief(table), message=said[0])


def _told_of(targets: list[Target]) -> list[int]:
    """Places of the first difference and of the first package that may win or not."""
    wins = [place for place, target in enumerate(targets) if target.wins]
    return [0, *wins[:1]]


def _targets(rows: Rows, package: str | None) -> Iterator[Target]:
    results = rows.results
    unit = MEASURES[results.headline].unit
    if not rows.futures:
        yield Target(f"What rows add to {results.baseline}", unit, rows.differences(None))
        return
    found = panel(results, results.headline)
    good = MEASURES[results.headline].good
    first = _first(found.values, good)
    wins = first.mean(axis=(1, 2))
    order = [found.packages[i] for i in np.argsort(-wins - 1e-6 * _mean(found.values, good),
                                                   kind="stable")]
    if package is not None:
        chosen = [one_of(package, rows.packages, "package")]
    else:
        chosen = [name for name in order if name != results.baseline][:CONTEND]
        contends = [n for n in chosen if wins[found.packages.index(n)] > 0.0]
        chosen = contends or chosen[:1]
    places_of = {point.future: place for place, [point] in
                 enumerate(rows.sample.rows(results.baseline))}
    for name in chosen:
        yield Target(f"What {name} adds to {results.baseline}", unit, rows.differences(name))
    for name in chosen:
        share = first[found.packages.index(name)]
        if 0.0 < share.mean() < 1.0:
            values = np.full((len(rows.given), share.shape[1]), np.nan)
            values[[places_of[future] for future in found.futures]] = share
            yield Target(f"whether {name} is best", "share of worlds", values, wins=True)


def _first(values: Floats, good: int) -> Floats:
    """Share of the first place by package, future and world: 1, a half of two that tie, 0."""
    place, sharing = places(values.reshape(len(values), -1), good)
    return np.where(place == 1.0, 1.0 / sharing, 0.0).reshape(values.shape)


def _mean(values: Floats, good: int) -> Floats:
    return good * values.mean(axis=(1, 2))


def _table(rows: Rows, target: Target) -> tuple[pd.DataFrame, list[str]]:
    """Indices of a target, and what is to be said of rows that are left out."""
    means, found, notes = target.values.mean(axis=1), [], []
    if has_indices(rows):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                indices = rows.sample.indices_of(means, target.name)
            notes += [indices.attrs["left_out"]] if indices.attrs["left_out"] else []
            found += list(_of_indices(rows, target, indices))
        except InputError as why:
            notes.append(str(why))
    own = rows.independent[np.isfinite(means[rows.independent])]
    given, values = rows.given.to_numpy()[own], means[own]
    if lacking := len(rows.independent) - len(own):
        notes.append(f"{lacking} of {len(rows.independent)} rows that were drawn apart have not a "
                     "number in every world and are left out")
    if len(own) >= FEW_ROWS and np.ptp(values) > 0.0:
        p = holm(p_of_chance(given, values))
        found += [
            (target.name, short(path), unit_of(path), "ratio", "share of variance",
             float(ratio_of(given[:, i], values)), np.nan, np.nan, p[i], len(own))
            for i, path in enumerate(rows.given)
        ]
    return pd.DataFrame(found, columns=COLUMNS), notes


def _of_indices(rows: Rows, target: Target, indices: pd.DataFrame) -> Iterator[tuple]:
    for path, row in indices.iterrows():
        for name in (n for n in indices if not n.endswith("_conf")):
            half = float(row[HALVES[name]]) if name in HALVES else np.nan
            unit = target.unit if name.startswith(("mu", "sigma")) else "share of variance"
            yield (target.name, short(str(path)), unit_of(str(path)), name, unit, row[name],
                   row[name] - half, row[name] + half, np.nan, len(rows.given))


def _sentence(
    results: StoredResults, target: Target, frame: pd.DataFrame, luck: float, over: str
) -> str:
    what = target.name.replace("adds to", f"adds in {named(results.headline)} to")
    if frame.empty:
        return f"{what} is the same in all {over}, so nothing drives it"
    if luck >= SURE:
        return f"{what} differs between {over} no more than the luck of worlds makes it"
    strong = _strong(frame)
    if strong.empty:
        return f"{what} is driven by no single factor beyond luck"
    said = [f"{row['factor']} ({_size(row)})" for _, row in strong.head(SAID).iterrows()]
    return f"{what} is driven most by {listed(said)}"


def _strong(frame: pd.DataFrame) -> pd.DataFrame:
    """Factors that are shown to drive a target, the strongest first, by the best index there is:
    an ST or mu_star whose interval is above what is little, or a ratio that luck hardly gives."""
    for index in ("ST", "mu_star"):
        own = frame[frame["index"] == index]
        if len(own):
            least = LITTLE if index == "ST" else LITTLE * own["value"].max()
            return own[own["lo95"] > least].sort_values("value", ascending=False)
    own = frame[(frame["index"] == "ratio") & (frame["p_holm"] < SURE)]
    return own.sort_values("value", ascending=False)


def _size(row: pd.Series) -> str:
    if row["index"] == "ST":
        return (f"{row['value']:.0%} of its variance, 95% {row['lo95']:.0%} to "
                f"{min(row['hi95'], 1.0):.0%}")
    if row["index"] == "mu_star":
        return f"{row['value']:.3f} over its range, 95% {row['lo95']:.3f} to {row['hi95']:.3f}"
    return f"{row['value']:.0%} of its variance by itself, p {row['p_holm']:.3f}"


def _brief(table: pd.DataFrame) -> pd.DataFrame:
    """The first target, its strongest factors, an index a column."""
    if table.empty:
        return table
    own = table[table["target"] == table["target"].iloc[0]]
    wide = own.pivot(index="factor", columns="index", values="value")
    order = [n for n in ("ST", "S1", "mu_star", "mu", "sigma", "ratio") if n in wide]
    p = own[own["index"] == "ratio"].set_index("factor")["p_holm"]
    wide = wide[order].sort_values(order[0], ascending=False)
    return (wide.assign(p_holm=p) if len(p) else wide).reset_index()
