"""Mesa's own batch runner, which makes a model several times over without telling it."""

from __future__ import annotations

import inspect
import sys

import mesa

from psasim.errors import InputError


def refuse_repeats(seed: int | None) -> None:
    """Raise `InputError` in an iteration of `mesa.batch_run` that would be the first again.

    Mesa 3.2 and 3.3 hand a model nothing that tells iterations apart, so their number is
    read off the caller's frame; later ones hand on a seed, from `batch_run(rng=[...])`.
    """
    hands_on = seed is not None and "rng" in inspect.signature(mesa.batch_run).parameters
    iteration = _iteration()
    if iteration > 0 and not hands_on:
        raise InputError(
            f"iteration {iteration} of mesa.batch_run would be iteration 0 again, since world and "
            "seed decide a run; leave iterations at 1 and give worlds as a parameter, "
            "{'world': range(3)}"
        )


def _iteration() -> int:
    """Of the batch run that is making a model; 0 outside of one."""
    frame = sys._getframe()
    while frame.f_back is not None:
        frame = frame.f_back
        if frame.f_globals.get("__name__") == "mesa.batchrunner" and "run" in frame.f_locals:
            run = frame.f_locals["run"]  # (number, iteration, arguments)
            return run[1] if isinstance(run, tuple) and len(run) == 3 else 0
    return 0
