"""The parameter sets a pattern is asked over."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from psasim.calibration import plausible
from psasim.calibration.prior import prior_sample
from psasim.errors import InputError
from psasim.parameters import Parameters
from psasim.validation.carry_out import SEED


def _plausible(sets: int) -> list[Parameters]:
    every = plausible()
    if sets > len(every):
        raise InputError(f"--sets {sets} is above the {len(every)} sets of the plausible ensemble")
    return every[:sets]


ENSEMBLES: Mapping[str, Callable[[int], list[Parameters]]] = {
    "plausible": _plausible,
    "prior": lambda sets: prior_sample(sets, SEED),
}
"""By name: the sets that calibration does not rule out, and the declared ranges as they are."""
