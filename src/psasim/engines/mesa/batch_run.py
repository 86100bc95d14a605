"""Mesa's own batch runner, which makes a model several times over without telling it."""

from __future__ import annotations

import inspect
import sys
from typing import Any

import mesa

from psasim.errors import InputError


def refuse_repeats(seed: int | None) -> None:
    """Raise `InputError` in an iteration of `mesa.batch_run` that would be the first again.

    Mesa 3.2 and 3.3 hand a model nothing that tells iterations apart, so their number is
    read off the caller's frame; later ones hand on a seed, from `batch_run(rng=[...])`, and
    Mesa 4 has no batch runner.
    """
    if not hasattr(mesa, "batch_run"):
        return
    iteration, handed = _run_of_a_batch()
    if "rng" not in inspect.signature(mesa.batch_run).parameters:
        handed = {}
    if iteration > 0 and (seed is None or handed.get("rng", handed.get("seed")) is None):
        raise InputError(
            f"iteration {iteration} of mesa.batch_run would be iteration 0 again, since world and "
            "seed decide a run; leave iterations at 1 and give worlds as a parameter, "
            "{'world': range(3)}"
        )


def _run_of_a_batch() -> tuple[int, dict[str, Any]]:
    """Iteration of the batch run that is making a model, and what it hands the model; 0 and
    nothing outside of one."""
    frame = sys._getframe()
    while frame.f_back is not None:
        frame = frame.f_back
        if frame.f_globals.get("__name__") == "mesa.batchrunner" and "run" in frame.f_locals:
            run = frame.f_locals["run"]
            if isinstance(run, tuple) and len(run) == 3:
                return run[1], run[2]
    return 0, {}
