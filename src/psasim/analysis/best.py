"""Which package is best, and how sure is that?"""

from __future__ import annotations

import numpy as np
import pandas as pd

from psasim.analysis.answer import Answer, listed
from psasim.analysis.statistics.intervals import mean_interval
from psasim.declared.declare import Assumption, Heading, Quantity
from psasim.declared.names import checked
from psasim.errors import Unanswerable
from psasim.experiment.folder.panel import contest
from psasim.experiment.folder.reader import StoredResults
from psasim.experiment.precision import INDIFFERENCE
from psasim.experiment.selection import FIRST, Selection, p_not_best, select
from psasim.results.measures import MEASURES
from psasim.results.verdict import few, named, size

MOST = 2000
"""Packages beyond which pairs of them are not held in memory."""

_BASIS = Assumption("Given by the user.")
_INDIFFERENCE = Quantity("indifference", "of the headline", INDIFFERENCE, 1e-9, 1e9,
                         Heading.LEADERSHIP, _BASIS, "A difference nobody minds.")
_PROBABILITY = Quantity("probability", "fraction", 0.95, 0.5, 0.9999, Heading.LEADERSHIP, _BASIS,
                        "Of being right.")


def best(
    results: StoredResults, indifference: float = INDIFFERENCE, probability: float = 0.95
) -> Answer:
    """A row a package, the best first: its difference from the best, and after how many worlds
    another was ahead of it beyond luck.

    indifference: a difference in the headline, in its unit, that nobody minds; probability: of
    being right, for all that is said together.
    """
    indifference = float(checked(_INDIFFERENCE, indifference, "indifference"))
    probability = float(checked(_PROBABILITY, probability, "probability"))
    found, item = contest(results, results.headline), MEASURES[results.headline]
    if len(found.packages) > MOST:
        raise Unanswerable(f"{len(found.packages):,} packages are too many to hold each against "
                           f"each, at most {MOST:,}; screen levers first (psasim analyse levers)")
    values = item.good * found.values
    shared = values[:, np.isfinite(values).all(axis=0)]
    worlds = shared.shape[1]
    if worlds < FIRST:
        raise Unanswerable(f"{worlds} worlds are too few to tell luck from merit; give the run's "
                           f"command again with worlds={FIRST} or more")
    chosen = select(values, indifference, probability)
    table = _table(found.packages, values, item.good, chosen)
    notes = [found.left_out] if found.left_out else []
    if results.longest > results.worlds:
        notes.append(f"packages that were out met no more worlds than they stand with; all met "
                     f"{results.worlds:,}, which every other answer is of")
    if not chosen.decided and (p := p_not_best(shared, indifference)) <= 1.0 - probability:
        notes.append(f"had {worlds} worlds been fixed beforehand, and nothing looked at before, "
                     f"{table['package'].iloc[0]} could be called within "
                     f"{size(indifference, results.headline)} of the "
                     f"best with confidence {min(1.0 - p, 0.9999):.2%}")
    if found.futures > 1:
        notes.append(f"each world's value is the mean over {found.futures} futures, as they "
                     "were drawn; whether the best is the same in each of them says ranking")
    return Answer(
        _sentence(found.packages, chosen, results.headline, indifference, probability,
                  _near(table, indifference)),
        table, found.runs, {"mean": item.unit, "difference": item.unit, "lo95": item.unit,
                            "hi95": item.unit, "out_after": "worlds", "worlds": "worlds"},
        tuple(notes), brief=table[["package", "difference", "lo95", "hi95", "out_after", "worlds"]])


def _table(
    packages: tuple[str, ...], values: np.ndarray, good: int, chosen: Selection
) -> pd.DataFrame:
    """Means of the worlds that all met; differences from the best in those that a package and it
    met; those that are left first."""
    there = np.isfinite(values)
    means = values[:, there.all(axis=0)].mean(axis=1)
    order = np.lexsort((np.arange(len(means)), -means, ~chosen.left))
    apart = [mean_interval(good * (values[i] - values[order[0]])[there[i] & there[order[0]]])
             for i in order]
    return pd.DataFrame({
        "package": [packages[i] for i in order], "mean": good * means[order],
        **{name: [float(found[end]) for found in apart]
           for end, name in enumerate(("difference", "lo95", "hi95"))},
        "contends": chosen.left[order],
        "out_after": pd.array([int(chosen.out_at[i]) or None for i in order], dtype="Int64"),
        "out_by": [packages[chosen.by[i]] if chosen.by[i] >= 0 else "" for i in order],
        "worlds": there.sum(axis=1)[order],
    })


def _near(table: pd.DataFrame, indifference: float) -> list[str]:
    """Packages that went out though they are as good as the best to within the indifference."""
    close = table["difference"].abs() < indifference
    return list(table.loc[close & ~table["contends"], "package"])


def _sentence(
    packages: tuple[str, ...], chosen: Selection, headline: str, indifference: float,
    probability: float, near: list[str],
) -> str:
    left = [name for name, stays in zip(packages, chosen.left, strict=True) if stays]
    near_to = size(indifference, headline)
    provided = (f"with probability {_percent(probability)}, provided that the best is ahead of "
                f"all others by {near_to} or more")
    if chosen.decided and near:
        verb = "is" if len(near) == 1 else "are"
        return (f"{listed(left)} comes out best in {named(headline)} of {len(packages)} packages, "
                f"but {few(near)} {verb} within {near_to} of it on "
                "average, a difference that nobody is said to mind: choose by what they take.")
    if chosen.decided and len(left) == 1:
        return (f"{left[0]} is the best in {named(headline)} {provided}: of {len(packages)} "
                f"packages it is the one left after {chosen.worlds} worlds (Kim & Nelson 2001).")
    if chosen.decided:
        return (f"{listed(left)} are equal in every world and the best in {named(headline)} "
                f"{provided}: the others went out in {chosen.worlds} worlds (Kim & Nelson 2001).")
    return (f"{few(left)} still contend for the best in {named(headline)} after {chosen.worlds} "
            f"worlds; at the latest worlds={chosen.need:,} decides between them, for a best that "
            f"is ahead by {near_to}, with probability {_percent(probability)}.")


def _percent(probability: float) -> str:
    return f"{100.0 * probability:.4g}%"
