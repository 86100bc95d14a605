"""`python -m tests.bits.numbers [--write]`: one hash of numbers that any machine must give.

Of runs in every shipped scenario (measures, monthly paths), of what is reckoned from them
(contrasts, bands, the ledger's shares), and of what designs are drawn with.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from psasim.calibration.prior import prior_rows
from psasim.experiment.design.samplers import LatinHypercube, Morris, Saltelli, Sobol
from psasim.results.simulate import compare
from psasim.results.student import student_quantile
from psasim.scenario import scenario_names

COMMITTED = Path(__file__).with_name("hash.txt")
PACKAGES = ("departmental", "existing_psa", "new_psa")
WORLDS = 24


def numbers() -> Iterator[np.ndarray]:
    """Everything that is hashed, in one order."""
    for name in scenario_names():
        results = compare(PACKAGES, scenario=name, worlds=WORLDS)
        for part in results.parts.values():
            yield from part.measures.values()
            yield from part.paths.values()
        for frame in (results.contrasts(), results.trajectories(), results.ledger_shares()):
            yield _floats(frame)
    for sampler in (
        LatinHypercube(design="latin_hypercube", points=50), Sobol(design="sobol", points=32),
        Saltelli(design="saltelli", points=16), Morris(design="morris", trajectories=8),
    ):
        yield sampler.unit(7)
    yield prior_rows(64, 2007)
    yield np.array([student_quantile(0.975, n) for n in (1, 2, 7, 24, 99, 255, 999, 10_000)])


def _floats(frame: pd.DataFrame) -> np.ndarray:
    return frame.select_dtypes("number").to_numpy(dtype=np.float64)


def digest() -> str:
    """SHA-256 of all numbers, 32 hexadecimal digits."""
    total = hashlib.sha256()
    for values in numbers():
        total.update(np.ascontiguousarray(values, dtype="<f8").tobytes())
    return total.hexdigest()[:32]


if __name__ == "__main__":
    found = digest()
    if "--write" in sys.argv:
        COMMITTED.write_text(found + "\n", encoding="utf-8", newline="\n")
    print(found)
