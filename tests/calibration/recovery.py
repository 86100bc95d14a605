"""Calibration to data that the model made under known parameters, at `teaching` size."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.stats import qmc

from psasim.calibration.bands import BANDS
from psasim.calibration.waves import CUTOFF, implausibility
from psasim.coefficients import build_coefficients
from psasim.declared.parameters import PARAMETERS, Parameters
from psasim.declared.presets import preset
from psasim.engines import ensemble
from psasim.month.worlds import draw_worlds
from psasim.results.measures import measure
from psasim.scenario import load_scenario
from psasim.structure.layout import build_layout

FREE = ("mobilising_ratio", "problem_hazard", "planned_yield", "trust_start")
SEEN = ("time_to_mobilise", "undetected_risk_time", "attainment", "trust")
CANDIDATES, WORLDS, DATA_WORLDS, MONTHS = 8192, 32, 20, 36

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Recovery:
    """What calibration to one truth gave, as fractions of the prior's range.

    left: sets not ruled out; hull: from the least to the greatest of them, (free, 2);
    central: the middle 90 % of all sets weighted by exp(-sum of squared implausibility / 2),
    the posterior where statistics are normal, (free, 2).
    """

    truth: Floats
    left: int
    hull: Floats
    central: Floats


def covers(interval: Floats, truth: Floats) -> NDArray[np.bool_]:
    """Whether each parameter's interval holds the truth."""
    return (interval[:, 0] <= truth) & (truth <= interval[:, 1])


def run(unit: Floats, worlds: int, seed: int) -> tuple[Floats, Floats]:
    """Mean and variance over worlds of what is seen, (sets, seen); unit: (sets, free)."""
    layout = build_layout(load_scenario("teaching"))
    drawn = draw_worlds(layout, seed, range(worlds), MONTHS)
    beside = 1024 // worlds
    means, variances = [], []
    for first in range(0, len(unit), beside):
        sets = [parameters(row) for row in unit[first : first + beside]]
        k = build_coefficients(layout, sets, [preset("existing_psa")] * len(sets))
        k = k.columns(np.repeat(np.arange(len(sets)), worlds))
        t = ensemble.run(layout, k, drawn.repeated(len(sets)))
        values = measure(t, layout, k)
        table = np.stack([values[name].reshape(len(sets), worlds) for name in SEEN], axis=1)
        means.append(table.mean(axis=2))
        variances.append(table.var(axis=2, ddof=1))
    return np.concatenate(means), np.concatenate(variances)


def parameters(row: Floats) -> Parameters:
    return Parameters(**{
        name: PARAMETERS[name].low + float(x) * (PARAMETERS[name].high - PARAMETERS[name].low)
        for name, x in zip(FREE, row, strict=True)
    })


def recoveries(repeats: int, seed: int) -> list[Recovery]:
    """Calibrate to the data of `repeats` truths drawn from the prior.

    Candidates are run once, in worlds of their own: they do not depend on the data.
    """
    unit = qmc.Sobol(len(FREE), rng=seed).random(CANDIDATES)
    mean, variance = run(unit, WORLDS, seed + 1)
    truths = np.random.default_rng(seed + 2).random((repeats, len(FREE)))
    found = []
    for number, truth in enumerate(truths):
        data, spread = run(truth[None], DATA_WORLDS, seed + 10 + number)
        bands = [
            replace(BANDS[0], low=x, high=x, spread=float(np.sqrt(v / DATA_WORLDS)))
            for x, v in zip(data[0], spread[0], strict=True)
        ]
        far = implausibility(mean, variance, [WORLDS] * len(SEEN), bands)
        kept = unit[(far <= CUTOFF).all(axis=1)]
        hull = np.stack([kept.min(axis=0), kept.max(axis=0)], axis=1)
        weight = np.exp(-0.5 * (far**2).sum(axis=1))
        central = np.array([weighted(column, weight, (0.05, 0.95)) for column in unit.T])
        found.append(Recovery(truth, len(kept), hull, central))
    return found


def weighted(values: Floats, weight: Floats, at: tuple[float, ...]) -> Floats:
    """Quantiles of weighted values."""
    order = np.argsort(values)
    below = np.cumsum(weight[order]) - 0.5 * weight[order]
    return np.interp(np.array(at) * weight.sum(), below, values[order])
