"""Where the time of a month goes: each phase's own time, without the phases it calls."""

from __future__ import annotations

import inspect
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

import psasim.month
from psasim.engines import ensemble
from psasim.engines.trajectory import Recorder
from psasim.month.decisions import Everyone
from psasim.month.worlds import Worlds

METHODS = (
    (Everyone, ("allocate", "agree", "game", "review")),
    (Recorder, ("record", "trajectory")),
    (Worlds, ("month",)),
)


def _places() -> Iterator[tuple[Any, str, Callable]]:
    """Where what is timed is called from, as (owner, name, function): the schedule's own
    functions, its decisions and its records."""
    schedule = psasim.month.__name__
    inside = [m for name, m in sys.modules.items() if name.partition(schedule)[1] and m]
    for module in (*inside, ensemble):
        for name, value in list(vars(module).items()):
            if inspect.isfunction(value) and value.__module__.startswith(schedule):
                yield module, name, value
    for owner, names in METHODS:
        yield from ((owner, name, getattr(owner, name)) for name in names)


class _Clock:
    """Own processor time by phase."""

    def __init__(self) -> None:
        self.spent: Counter[str] = Counter()
        self._inside: list[float] = []

    def timed(self, name: str, call: Callable) -> Callable:
        @wraps(call)
        def wrapper(*args: Any, **kwargs: Any) -> Any:
            self._inside.append(0.0)
            start = time.process_time()
            try:
                return call(*args, **kwargs)
            finally:
                took = time.process_time() - start
                self.spent[name] += took - self._inside.pop()
                if self._inside:
                    self._inside[-1] += took

        return wrapper


@contextmanager
def clocked() -> Iterator[Counter[str]]:
    """Seconds each phase takes while the context lasts, by name."""
    clock = _Clock()
    places = list(_places())
    try:
        for owner, name, call in places:
            setattr(owner, name, clock.timed(call.__qualname__.lstrip("_"), call))
        yield clock.spent
    finally:
        for owner, name, call in places:
            setattr(owner, name, call)
