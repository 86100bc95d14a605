"""Which parameters the evidence moves, and which it leaves where the prior has them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from scipy import stats

from psasim.declared.parameters import PARAMETERS
from psasim.mechanisms.ordered_sum import Floats

LEVEL = 0.05
RESAMPLES = 1000
ENOUGH = 20
"""Sets from which a correlation is looked for."""


@dataclass(frozen=True, slots=True)
class Fit:
    """One parameter, before and after.

    ratio: standard deviation among the sets left over that of the prior; shift: of the
    mean, in standard deviations of the prior; each with a 95 % bootstrap interval; p: of
    no difference between sets left and sets ruled out (Kolmogorov-Smirnov), times the
    number of parameters.
    """

    name: str
    ratio: tuple[float, float, float]
    shift: tuple[float, float, float]
    p: float

    @property
    def constrained(self) -> bool:
        """Whether its distribution was moved by more than chance among so many would."""
        return self.p < LEVEL


def fits(
    rows: Floats, left: np.ndarray, seed: int, names: Sequence[str] = tuple(PARAMETERS)
) -> list[Fit]:
    """How each parameter's distribution was moved, those moved most first.

    rows: sets of the first wave, (sets, parameters); left: which were never ruled out; names: of
    the columns.
    """
    kept, out = rows[left], rows[~left]
    mean, deviation = rows.mean(axis=0), rows.std(axis=0, ddof=1)
    draws = np.random.default_rng(seed).integers(0, len(kept), (RESAMPLES, len(kept)))
    again = [kept[draw] for draw in draws]
    ratios = np.array([sample.std(axis=0, ddof=1) for sample in again]) / deviation
    shifts = (np.array([sample.mean(axis=0) for sample in again]) - mean) / deviation
    found = [
        Fit(
            name,
            _interval(kept[:, i].std(ddof=1) / deviation[i], ratios[:, i]),
            _interval((kept[:, i].mean() - mean[i]) / deviation[i], shifts[:, i]),
            _p(kept[:, i], out[:, i], len(names)),
        )
        for i, name in enumerate(names)
    ]
    return sorted(found, key=lambda fit: (fit.p, -abs(fit.shift[0])))


@dataclass(frozen=True, slots=True)
class Pair:
    """Two parameters that the evidence ties to each other; rank: their correlation by rank among
    the sets left."""

    one: str
    other: str
    rank: float


def pairs(rows: Floats, left: np.ndarray, names: Sequence[str]) -> list[Pair]:
    """Parameters that are told only together, the closest first: where one may be higher if the
    other is lower, no data of the kind can tell them apart (p times the number of pairs below
    0.05)."""
    kept = rows[left]
    if len(kept) < ENOUGH:
        return []
    places = list(combinations(range(len(names)), 2))
    found = [(i, j, stats.spearmanr(kept[:, i], kept[:, j])) for i, j in places]
    tied = [Pair(names[i], names[j], float(test.statistic)) for i, j, test in found
            if len(places) * test.pvalue < LEVEL]
    return sorted(tied, key=lambda pair: -abs(pair.rank))


def _interval(value: float, samples: Floats) -> tuple[float, float, float]:
    low, high = np.quantile(samples, [0.025, 0.975])
    return float(value), float(low), float(high)


def _p(kept: Floats, out: Floats, tests: int) -> float:
    """Bonferroni's: as likely as not by chance in one of `tests`."""
    if not out.size:
        return 1.0
    return float(min(1.0, tests * stats.ks_2samp(kept, out, method="asymp").pvalue))
