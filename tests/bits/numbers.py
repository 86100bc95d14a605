"""`python -m tests.bits.numbers [--write|--each]`: one hash of numbers that any machine must give.

Of runs in every shipped scenario (measures, monthly paths), of what is reckoned from them
(contrasts, bands, the ledger's shares), and of what designs are drawn with.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from psasim.calibration.prior import prior_rows
from psasim.experiment.design.samplers import LatinHypercube, Morris, Saltelli, Sobol
from psasim.results.simulate import compare
from psasim.results.student import student_quantile
from psasim.scenario import scenario_names

COMMITTED = Path(__file__).with_name("hash.txt")
PACKAGES = ("departmental", "existing_psa", "new_psa")
WORLDS = 24


def numbers() -> Iterator[tuple[str, np.ndarray]]:
    """Everything that is hashed, in one order, each with a name."""
    for scenario in scenario_names():
        results = compare(PACKAGES, scenario=scenario, worlds=WORLDS)
        for package, part in results.parts.items():
            for name, values in (part.measures | part.paths).items():
                yield f"{scenario} {package} {name}", values
        for name in ("contrasts", "trajectories", "ledger_shares"):
            frame = getattr(results, name)()
            yield f"{scenario} {name}", frame.select_dtypes("number").to_numpy(dtype=np.float64)
    for sampler in (
        LatinHypercube(design="latin_hypercube", points=50), Sobol(design="sobol", points=32),
        Saltelli(design="saltelli", points=16), Morris(design="morris", trajectories=8),
    ):
        yield sampler.design, sampler.unit(7)
    yield "prior", prior_rows(64, 2007)
    freedoms = (1, 2, 7, 24, 99, 255, 999, 10_000)
    yield "student", np.array([student_quantile(0.975, freedom) for freedom in freedoms])


def hashes() -> dict[str, str]:
    """SHA-256 of each, by name."""
    return {
        name: hashlib.sha256(np.ascontiguousarray(values, dtype="<f8").tobytes()).hexdigest()
        for name, values in numbers()
    }


def digest() -> str:
    """One hash of all, 32 hexadecimal digits."""
    return hashlib.sha256("".join(hashes().values()).encode()).hexdigest()[:32]


if __name__ == "__main__":
    if "--each" in sys.argv:
        print("\n".join(f"{value[:16]} {name}" for name, value in hashes().items()))
        sys.exit()
    found = digest()
    if "--write" in sys.argv:
        COMMITTED.write_text(found + "\n", encoding="utf-8", newline="\n")
    print(found)
