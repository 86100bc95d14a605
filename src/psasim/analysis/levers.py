"""Which levers move the answer, which need each other, and how is a package's gain shared?"""

from __future__ import annotations

import numpy as np
import pandas as pd

from psasim.analysis.answer import Answer, listed
from psasim.analysis.shares import shares, told
from psasim.analysis.statistics.effects import Effects, effects, pairs_pass_for_levers
from psasim.errors import Unanswerable
from psasim.experiment.design.factors import without_group
from psasim.experiment.folder.panel import Panel, panel
from psasim.experiment.folder.reader import StoredResults
from psasim.experiment.folder.sensitivity import Sample
from psasim.mechanisms.ordered_sum import Floats
from psasim.results.measures import MEASURES
from psasim.results.verdict import named, signed

SUBSETS = ("levers: {design: subsets, over: [lead, data_sharing, sanctions]} in the experiment (or "
           "fractional_factorial with resolution: 5 for more of them; docs/designs.md)")
SURE = 0.05
SAID = 3
"""Levers and pairs that a sentence names at most."""


def levers(results: StoredResults, package: str | None = None) -> Answer:
    """A row a lever, and a pair of levers where the design tells pairs apart: its effect, and
    what luck would make of all of them together (Holm).  Beside it how the gain of a package is
    shared among its levers, where enough of its parts were run."""
    found = panel(results, results.headline)
    said: list[str] = []
    notes = [found.left_out] if found.left_out else []
    table, more, why = pd.DataFrame(), {}, ""
    try:
        signs, values = _design(results, found)
        have = effects(list(signs), signs.to_numpy(), values)
        table = _table(results, have, len(signs), values.shape[1])
        said.append(_sentence(results, have))
        notes += _notes(have, signs.to_numpy(), values.shape[1])
    except Unanswerable as error:
        why = str(error)
    try:
        share, name = shares(results, found, package)
        more["shares"] = share
        said.append(told(share, name, results.headline))
    except Unanswerable as error:
        if not said:
            raise Unanswerable(f"{why}; {error}") from None
        notes += [str(error)] if package is not None else []
    main = table if len(table) else more["shares"]
    unit = MEASURES[results.headline].unit
    return Answer(f"{'; '.join(said)}.", main, found.runs,
                  {name: unit for name in ("mean", "lo95", "hi95") if name in main},
                  tuple(notes), more, main[["term" if len(table) else "lever", "mean", "lo95",
                                            "hi95", *(["p_holm"] if len(table) else [])]])


def _design(results: StoredResults, found: Panel) -> tuple[pd.DataFrame, Floats]:
    """Signs (rows, levers) and values (rows, worlds) of a balanced design of two levels."""
    drawn = results.design.designs.get("levers")
    if drawn is None:
        raise Unanswerable(f"no design over levers was run; {SUBSETS} would tell whether they need "
                           "each other")
    given = Sample(results, "levers").inputs()
    low, high = given.min(), given.max()
    signs = 2.0 * (given - low) / (high - low) - 1.0
    two = (signs.abs() == 1.0).all(axis=None)
    inner = signs.T.to_numpy() @ signs.to_numpy() / len(signs)
    if not two or np.abs(inner - np.eye(len(inner))).max() > 1e-9 or signs.sum().abs().max() > 0:
        raise Unanswerable(f"rows of {drawn['design']} do not set two levels of each lever equally "
                           f"often against all others; {SUBSETS} would")
    signs.columns = [without_group(path) for path in signs]
    rows = [found.packages.index(name) for name in drawn["packages"]]
    return signs, found.by_world[rows]


def _table(results: StoredResults, have: Effects, rows: int, worlds: int) -> pd.DataFrame:
    return pd.DataFrame({
        "term": [" with ".join(term) for term in have.terms],
        "levers": [len(term) for term in have.terms],
        "unit": MEASURES[results.headline].unit,
        "mean": have.mean, "lo95": have.low, "hi95": have.high, "p_holm": have.p,
        "not_told_from": ["; ".join(" with ".join(term) for term in group) for group in have.alias],
        "rows": rows, "worlds": worlds,
    })


def _sentence(results: StoredResults, have: Effects) -> str:
    good = MEASURES[results.headline].good
    if np.isnan(have.p).all():
        return ("One world tells nothing of luck, so no effect of a lever can be told from it: "
                "worlds=20 or more would")
    order = np.argsort(-np.abs(have.mean), kind="stable")
    sure = [i for i in order if have.p[i] < SURE]
    single = [i for i in sure if len(have.terms[i]) == 1]
    pairs = [i for i in sure if len(have.terms[i]) == 2]
    number = sum(len(term) == 1 for term in have.terms)
    moved = (f"{len(single)} of {number} levers move {named(results.headline)} beyond luck"
             f"{_few(have, single)}")
    if not have.clear:
        return moved
    need = [i for i in pairs if good * have.mean[i] > 0.0]
    instead = [i for i in pairs if good * have.mean[i] < 0.0]
    pairs_told = "groups of pairs not told apart" if any(have.alias) else "pairs"
    return (f"{moved}; of {len(have.terms) - number} {pairs_told} {len(need)} add more together "
            f"than apart{_few(have, need)} and {len(instead)} less{_few(have, instead)}")


def _few(have: Effects, which: list[int]) -> str:
    if not which:
        return ""
    said = [f"{' with '.join(have.terms[i])} {signed(have.mean[i])}" for i in which[:SAID]]
    lead = "most " if len(which) > SAID else ""
    return f" ({lead}{listed(said)})"


def _notes(have: Effects, signs: Floats, worlds: int) -> list[str]:
    said = ["an effect is the mean with the lever less that without it, over all rows; a pair's is "
            "half of what the one's effect gains by the other; p is for all of them together"]
    if not have.clear:
        said.append(f"this design does not tell pairs apart; {SUBSETS} would")
    if pairs_pass_for_levers(signs):
        said.append("a pair may pass for a single lever here; foldover: true, or resolution: 4 and "
                    "more, would clear them")
    if any(have.alias):
        said.append("terms that this fraction cannot tell apart stand in not_told_from")
    if worlds < 20:
        said.append(f"{worlds} worlds are few for an interval; 20 or more would do")
    return said
