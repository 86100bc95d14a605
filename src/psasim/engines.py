"""The engines by name: how a run is computed, and how many side by side."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from psasim import ensemble
from psasim.names import unknown
from psasim.parts import Engine

if TYPE_CHECKING:  # Mesa takes a second to import
    from psasim.agents import Agents


def engine(name: str, chunk: int, agents: Agents | None = None) -> tuple[Engine, int]:
    """The engine called `name` and how many runs it takes: `chunk`, or one on Mesa.

    agents: agents of one's own, for Mesa.  Raises `psasim.errors.InputError` for an
    unknown name.
    """
    if name == "ensemble":
        return ensemble.run, chunk
    if name == "mesa":
        from psasim import delivery_model

        return partial(delivery_model.run, agents=agents or delivery_model.DEFAULT), 1
    raise unknown(name, ("ensemble", "mesa"), "engine")
