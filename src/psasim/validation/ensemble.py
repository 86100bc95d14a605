"""The parameter sets a pattern is asked over."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence

from psasim.calibration import plausible
from psasim.calibration.prior import prior_sample
from psasim.declared.parameters import Parameters
from psasim.errors import InputError
from psasim.experiment.folder.inputs import digest
from psasim.validation.carry_out import SEED

PRIOR_SETS = 64


def _plausible(sets: int | None) -> list[Parameters]:
    every = plausible()
    if sets is not None and sets > len(every):
        raise InputError(f"--sets {sets} is above {len(every)}, the sets of the plausible ensemble")
    return every[:sets]


def _prior(sets: int | None) -> list[Parameters]:
    return prior_sample(PRIOR_SETS if sets is None else sets, SEED)


ENSEMBLES: Mapping[str, Callable[[int | None], list[Parameters]]] = {
    "plausible": _plausible,
    "prior": _prior,
}
"""By name: the sets that calibration does not rule out, and the declared ranges as they are;
the first so many of them, or all (of the prior `PRIOR_SETS`)."""


def ensemble_digest(sets: Sequence[Parameters]) -> str:
    """Content hash of parameter sets, 16 hexadecimal digits."""
    return digest(json.dumps([dict(item) for item in sets], sort_keys=True).encode())
