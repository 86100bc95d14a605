"""How delivery models stand in the futures of the extract, and how ways to choose among them do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, product

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from experiments.delivery_models.rule import Floats, Leaf, Question, advice
from psasim.analysis.statistics.intervals import mean_interval

BASELINE = "departmental"
MODELS = (BASELINE, "lead_department", "joint_board", "joint_unit", "pooled_budget_lead",
          "agreement", "central_drive")
CIRCUMSTANCES = ("owners", "outcomes", "other_goals", "tiers", "width", "technology", "load",
                 "measurability", "years_funded", "missions", "trust_start")
NEAR = 0.01
"""Attainment within which models are as good as each other."""

PARTS = 3
"""Parts of a circumstance's range on the map, as near to equal in futures as values allow."""

Policy = Question | Leaf | None
"""A way to choose; None is chance."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A place on the map.  place, low, high: of the two circumstances; first: share of futures in
    which the winner, the best on average, is first or near; second: the next on average, and how
    far behind, points, with its 95 % interval over futures."""

    place: tuple[int, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    futures: int
    winner: int
    first: float
    regret: float
    second: int
    behind: float
    behind_lo95: float
    behind_hi95: float

    @property
    def tied(self) -> bool:
        return not self.behind_lo95 > 0.0


def gains_of(futures: pd.DataFrame) -> Floats:
    """Attainment, (futures, models)."""
    return futures[list(MODELS)].to_numpy(dtype=float)


def given_of(futures: pd.DataFrame) -> Floats:
    """(futures, circumstances)."""
    return futures[list(CIRCUMSTANCES)].to_numpy(dtype=float)


def regret_of(futures: pd.DataFrame) -> Floats:
    """What each model falls short of the best of its future, (futures, models)."""
    gains = gains_of(futures)
    return gains.max(axis=1, keepdims=True) - gains


def best_of(futures: pd.DataFrame) -> NDArray[np.intp]:
    """The model that is first in each future; of equal ones the first of `MODELS`."""
    return gains_of(futures).argmax(axis=1)


def halves(futures: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Futures to find a rule on, and to judge it on: each half of a Sobol' sequence is one."""
    middle = len(futures) // 2
    return futures.iloc[:middle], futures.iloc[middle:]


def judged(rules: Mapping[str, Policy], unseen: pd.DataFrame) -> pd.DataFrame:
    """How ways to choose do, by name: regret in points, shares not the best and far from it."""
    regret, rows = 100.0 * regret_of(unseen), {}
    for name, rule in rules.items():
        if rule is None:
            own, far, other = (x.mean(axis=1) for x in (regret, regret > 100 * NEAR, regret > 0.0))
        else:
            own = regret[np.arange(len(unseen)), advice(rule, given_of(unseen))]
            far, other = own > 100 * NEAR, own > 0.0
        mean, low, high = mean_interval(own)
        rows[name] = (float(mean), float(low), float(high), float(np.quantile(own, 0.95)),
                      float(own.max()), float(other.mean()), float(far.mean()))
    columns = ["regret", "regret_lo95", "regret_hi95", "regret_p95", "regret_max", "not_first",
               "far"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns)


def decisive(futures: pd.DataFrame) -> tuple[int, int]:
    """The two circumstances whose map loses least where its cells' best are chosen."""
    gains, parts = gains_of(futures), _parts(futures)

    def value(pair: tuple[int, int]) -> float:
        cell = parts[:, pair[0]] * PARTS + parts[:, pair[1]]
        return float(sum(gains[cell == number].sum(axis=0).max() for number in np.unique(cell)))

    return max(combinations(range(len(CIRCUMSTANCES)), 2), key=value)


def cells(futures: pd.DataFrame, pair: tuple[int, int]) -> Iterator[Cell]:
    """The map over two circumstances, a cell after the other; empty ones are left out."""
    parts, given = _parts(futures)[:, list(pair)], given_of(futures)[:, list(pair)]
    gains, regret = 100.0 * gains_of(futures), 100.0 * regret_of(futures)
    for place in product(range(PARTS), repeat=2):
        own = (parts == place).all(axis=1)
        if not own.any():
            continue
        winner, second = (int(x) for x in np.argsort(-gains[own].mean(axis=0), kind="stable")[:2])
        behind = mean_interval(gains[own, winner] - gains[own, second])
        rows = [parts[:, axis] == at for axis, at in enumerate(place)]
        yield Cell(
            place, tuple(float(given[row, axis].min()) for axis, row in enumerate(rows)),
            tuple(float(given[row, axis].max()) for axis, row in enumerate(rows)), int(own.sum()),
            winner, float((regret[own, winner] <= 100 * NEAR).mean()),
            float(regret[own, winner].mean()), second, *(float(x) for x in behind))


def _parts(futures: pd.DataFrame) -> NDArray[np.intp]:
    """The part of each circumstance's range that a future is in, (futures, circumstances)."""
    columns = []
    for values in given_of(futures).T:
        edges = np.unique(np.quantile(values, np.arange(1, PARTS) / PARTS, method="inverted_cdf"))
        columns.append(np.searchsorted(edges, values))
    return np.stack(columns, axis=1)
