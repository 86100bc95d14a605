"""The engines by name: how a run is computed, and how many side by side."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from psasim.coefficients import Coefficients
from psasim.declared.names import unknown
from psasim.engines import ensemble
from psasim.engines.trajectory import Trajectory
from psasim.engines.variant import USUAL, Variant
from psasim.month.worlds import Worlds
from psasim.structure.layout import Layout

Engine = Callable[[Layout, Coefficients, Worlds], Trajectory]


def engine(name: str, chunk: int, variant: Variant = USUAL) -> tuple[Engine, int]:
    """The engine called `name` and how many runs it takes: `chunk`, or one on Mesa.

    variant: what users put in the place of psasim's own.  Raises `psasim.errors.InputError`
    for an unknown name.
    """
    if name == "ensemble":
        return partial(ensemble.run, variant=variant), chunk
    if name == "mesa":
        from psasim.engines.mesa import model as delivery_model

        return partial(delivery_model.run, variant=variant), 1
    raise unknown(name, ("ensemble", "mesa"), "engine")
