"""History matching: sets are ruled out, wave after wave, by how implausible they are.

The model is quick enough to be run itself, so no emulator stands in for it.  A later wave
runs what an earlier one left in more worlds, where chance blurs less.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from psasim.calibration.bands import SHIPPED, Band, Evidence
from psasim.calibration.prior import prior_rows
from psasim.calibration.runs import Report, run, size
from psasim.experiment.computing.backends import Backend
from psasim.mechanisms.ordered_sum import Floats

CUTOFF = 3.0
"""Implausibility from which a set is ruled out: of any distribution with one peak 95 % lie
within three standard deviations (Pukelsheim 1994)."""

POOLED = 4.0
"""Worlds' worth of weight that the sets together have in the variance of one."""

NEAR, FEW = 0.01, 5
"""Part of the prior, and number of sets, that must come near a band for it to speak of
parameters at all."""

FACTORS = (1, 4)
"""Worlds of each wave, times those of the first."""


@dataclass(frozen=True, slots=True, eq=False)
class Wave:
    """rows: sets that were run, (sets, parameters); values: mean of each statistic, (sets,
    bands); implausible: (sets, bands); left: which sets are not ruled out."""

    factor: int
    rows: Floats
    values: Floats
    implausible: Floats
    left: NDArray[np.bool_]


def implausibility(
    mean: Floats, variance: Floats, worlds: Sequence[int], bands: Sequence[Band]
) -> Floats:
    """How many standard deviations each statistic lies outside its band, (sets, bands).

    mean, variance: over worlds, (sets, bands); worlds: by band.  The deviation is of the
    band's spread and of the mean over worlds; a set's own variance is shrunk towards that
    of all sets, as if `POOLED` worlds more had shown it, so that it is never nothing.
    """
    low = np.array([band.low for band in bands])
    high = np.array([band.high for band in bands])
    spread = np.array([band.spread for band in bands])
    outside = np.maximum(np.maximum(low - mean, mean - high), 0.0)
    number = np.array(worlds)
    pooled = (number * variance + POOLED * np.nanmean(variance, axis=0)) / (number + POOLED)
    deviation = np.sqrt(spread**2 + pooled / number)
    safe = np.where(deviation > 0.0, deviation, 1.0)
    return np.where(deviation > 0.0, outside / safe, np.where(outside > 0.0, np.inf, 0.0))


def missed(implausible: Floats) -> NDArray[np.bool_]:
    """Bands that fewer sets come near than `NEAR` and `FEW` ask, (bands,): what they show is
    that the model lacks something, and to go after them would leave the corner where errors
    cancel."""
    near = (implausible <= CUTOFF).sum(axis=0)
    return np.less(near, max(NEAR * len(implausible), FEW))


def left_over(implausible: Floats, ignored: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Sets that no band rules out, those ignored left aside; a failed run rules out."""
    return np.asarray((implausible[:, ~ignored] <= CUTOFF).all(axis=1))


def match(
    sets: int, seed: int, folder: Path, backend: Backend,
    begin: Callable[[int, int], Report] | None = None, evidence: Evidence = SHIPPED,
) -> list[Wave]:
    """Every wave, from `sets` sets of the prior.

    folder: where blocks of runs are kept, and found again; begin: called with the number
    of a wave and its runs, gives what is told of progress.  A band that the first wave
    finds missed rules nothing out.
    """
    rows = prior_rows(sets, seed, evidence.names)
    waves: list[Wave] = []
    ignored = np.zeros(len(evidence.bands), dtype=bool)
    for number, factor in enumerate(FACTORS, start=1):
        report = begin(number, size(len(rows), factor, evidence)) if begin else None
        mean, variance = run(
            rows, factor, seed, folder / f"wave-{number}", backend, report, evidence)
        worlds = [band.case.worlds * factor for band in evidence.bands]
        implausible = implausibility(mean, variance, worlds, evidence.bands)
        if number == 1:
            ignored = missed(implausible)
        left = left_over(implausible, ignored)
        waves.append(Wave(factor, rows, mean, implausible, left))
        rows = rows[left]
        if not len(rows):
            break
    return waves
