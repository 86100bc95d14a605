"""The engines by name: how a run is computed, and how many side by side."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from psasim.coefficients import Coefficients
from psasim.declared.names import unknown
from psasim.engines import ensemble
from psasim.engines.trajectory import Trajectory
from psasim.month.worlds import Worlds
from psasim.structure.layout import Layout

if TYPE_CHECKING:  # Mesa takes a second to import
    from psasim.engines.mesa.agents import Agents

Engine = Callable[[Layout, Coefficients, Worlds], Trajectory]


def engine(name: str, chunk: int, agents: Agents | None = None) -> tuple[Engine, int]:
    """The engine called `name` and how many runs it takes: `chunk`, or one on Mesa.

    agents: agents of one's own, for Mesa.  Raises `psasim.errors.InputError` for an
    unknown name.
    """
    if name == "ensemble":
        return ensemble.run, chunk
    if name == "mesa":
        from psasim.engines.mesa import model as delivery_model

        return partial(delivery_model.run, agents=agents or delivery_model.DEFAULT), 1
    raise unknown(name, ("ensemble", "mesa"), "engine")
