"""What agents show of themselves: numbers of the state at the end of the last month."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from psasim.mechanisms.ordered_sum import Floats

Rows = Callable[[Any], Any]


def contributions(agent: Any) -> Any:
    """Rows of a department's contributions."""
    return (agent.model.layout.department == agent.row).nonzero()[0]


def shared_tasks(agent: Any) -> Any:
    """Rows of its tasks that are contributions: all but its own agenda."""
    return agent.model.layout.task_of_contribution[contributions(agent)]


def links(agent: Any) -> Any:
    """Rows of a body's links."""
    return agent.model.layout.chain.links_of[agent.row]


class Shown:
    """An attribute of agents, read from the model's state: what data collectors ask for.

    name: of the array in `psasim.month.state.State`; rows: those of an agent; total: their
    sum, not their mean, which is NaN of none.  Nobody decides by it, and an attribute of that
    name of an agent of one's own stands in its place.
    """

    def __init__(self, name: str, rows: Rows, what: str, total: bool = False) -> None:
        self._name, self._rows, self._total = name, rows, total
        self.__doc__ = what

    def __get__(self, agent: Any, kind: type) -> Any:
        if agent is None:
            return self
        values: Floats = getattr(agent.model.state, self._name)[self._rows(agent)]
        if self._total:
            return float(values.sum())
        return float(values.mean()) if values.size else float(np.nan)
