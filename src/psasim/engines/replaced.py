"""Mechanisms of one's own in the place of psasim's, for as long as a run takes.

A mechanism is a function that others look up by its name in their module.  Replacing it sets
that name, wherever the function stands, and sets it back.  Runs of other threads that want
other mechanisms wait.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from inspect import isfunction
from pkgutil import iter_modules
from types import ModuleType
from typing import Any

from psasim import mechanisms
from psasim.declared.names import unknown
from psasim.engines.answers import in_a_line
from psasim.errors import InputError

Replacements = Mapping[str, Callable]
"""By `file.function` of `psasim.mechanisms`."""

_changed = threading.Condition()
_active: list[Replacements] = []
"""What runs now, once a run; all alike."""
_put_now: dict[Callable, Callable] = {}
"""What stands in the place of what."""
_inside = threading.local()


def mechanism_names() -> list[str]:
    """Every mechanism, as `file.function`."""
    return sorted(
        f"{found.name}.{name}"
        for found in iter_modules(mechanisms.__path__)
        for name, item in vars(_module(found.name)).items()
        if isfunction(item) and item.__module__ == f"{mechanisms.__name__}.{found.name}"
        and not name.startswith("_")
    )


def check_mechanism(name: str) -> None:
    """Raise `InputError` where there is no such mechanism."""
    if not isinstance(name, str) or name not in mechanism_names():
        raise unknown(name, mechanism_names(), "mechanism")


@contextmanager
def replaced(wanted: Replacements) -> Iterator[None]:
    """Run with these mechanisms in place, and with psasim's own for the rest.

    Raises `InputError` where a run is begun within one that has other mechanisms.
    """
    outer = getattr(_inside, "wanted", None)
    if outer is not None:
        if dict(outer) != dict(wanted):
            raise InputError("a run is begun within a run that has other mechanisms; "
                             "let that one end first")
        yield
        return
    with _changed:
        _changed.wait_for(lambda: not _active or dict(_active[0]) == dict(wanted))
        if not _active:
            _put_now.update(_put(wanted))
        _active.append(wanted)
    _inside.wanted = wanted
    try:
        yield
    finally:
        _inside.wanted = None
        with _changed:
            _active.pop()
            if not _active:
                _restore(_put_now)
                _put_now.clear()
            _changed.notify_all()


def _put(wanted: Replacements) -> dict[Callable, Callable]:
    """Put each in the place of the original; what stands there now, with its original."""
    put = {_standing_in(name, mine): original(name) for name, mine in wanted.items()}
    for mine, usual in put.items():
        _swap(usual, mine)
    return put


def _restore(put: Mapping[Callable, Callable]) -> None:
    for mine, usual in put.items():
        _swap(mine, usual)


def _standing_in(name: str, mine: Callable) -> Callable:
    """A function that nobody else has, so that it can be found again wherever it went."""
    def standing_in(*given: Any, **named: Any) -> Any:
        try:
            return mine(*given, **named)
        except Exception as error:
            raise InputError(f"the mechanism in the place of {name} failed: {in_a_line(error)}"
                             ) from error

    return standing_in


def _swap(there: Callable, put: Callable) -> None:
    """Every name of psasim's modules that means one function means another."""
    for module in [m for n, m in sys.modules.items() if n.partition(".")[0] == "psasim"]:
        for name, item in list(vars(module).items()):
            if item is there:
                setattr(module, name, put)


def original(name: str) -> Callable:
    """psasim's own function; called where nothing stands in its place."""
    file, _, function = name.partition(".")
    return getattr(_module(file), function)


def _module(name: str) -> ModuleType:
    return import_module(f"{mechanisms.__name__}.{name}")
