"""What such data could tell: calibrated to planted truths, in worlds of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from psasim.calibration.bands import Band, Evidence
from psasim.calibration.prior import prior_rows
from psasim.calibration.runs import run
from psasim.calibration.waves import Wave, implausibility, left_over
from psasim.experiment.computing.backends import Backend
from psasim.mechanisms.ordered_sum import Floats

TRUTHS = 20

_OTHER = 1_000_003
"""Added to the seed: truths are other sets than those of the waves, their data other worlds."""


def planted(
    evidence: Evidence, first: Wave, seed: int, folder: Path, backend: Backend
) -> dict[str, Any]:
    """Calibrate the first wave's sets to what the model gives under known sets of the prior.

    Bands keep their widths and spreads and lie about what a truth gave.  truths: how many;
    kept: part of them that their own data do not rule out (a check of the method: 95 % or so);
    left: part of the sets that is left, mean; ratio: by parameter, the standard deviation of the
    sets left over the prior's, mean over truths: near 1 where such data cannot tell.
    """
    rows = prior_rows(TRUTHS, (seed + _OTHER) % 2**32, evidence.names)
    data, _ = run(rows, 1, (seed + _OTHER) % 2**32, folder / "planted-data", backend,
                  evidence=evidence)
    own, own_variance = run(rows, 1, seed, folder / "planted", backend, evidence=evidence)
    worlds = [band.case.worlds for band in evidence.bands]
    _, variance = run(first.rows, 1, seed, folder / "wave-1", backend, evidence=evidence)
    none = np.zeros(len(evidence.bands), dtype=bool)
    kept, parts, ratios = [], [], []
    for truth in np.flatnonzero(np.isfinite(data).all(axis=1)):
        bands = _about(evidence.bands, data[truth])
        kept.append(left_over(implausibility(
            own, own_variance, worlds, bands)[truth : truth + 1], none)[0])
        left = left_over(implausibility(first.values, variance, worlds, bands), none)
        parts.append(left.mean())
        if left.sum() > 1:
            ratios.append(first.rows[left].std(axis=0, ddof=1) / first.rows.std(axis=0, ddof=1))
    found: Floats = np.mean(ratios, axis=0) if ratios else np.full(len(evidence.names), np.nan)
    return {
        "truths": len(kept), "kept": float(np.mean(kept)) if kept else None,
        "left": float(np.mean(parts)) if parts else None,
        "ratio": {name: float(r) if np.isfinite(r) else None
                  for name, r in zip(evidence.names, found, strict=True)},
    }


def _about(bands: Sequence[Band], data: Floats) -> list[Band]:
    """Bands of the same widths about other data; an end that is open stays open."""
    found = []
    for band, value in zip(bands, data, strict=True):
        half = (band.high - band.low) / 2.0 if np.isfinite(band.high - band.low) else 0.0
        found.append(replace(
            band, low=value - half if np.isfinite(band.low) else band.low,
            high=value + half if np.isfinite(band.high) else band.high))
    return found
