"""`extensions=` on the command line: the one place where a file of somebody's own is run.

It is taken out before Hydra sees it, and no experiment file can hold it: a file that is sent
is data.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from psasim.errors import InputError
from psasim.extensions import NONE, Extensions, as_extensions, from_text
from psasim.results.measures import declare_measures

KEY = "extensions="

_given: list[tuple[Extensions, tuple[str, ...]]] = []


def take(arguments: Sequence[str]) -> list[str]:
    """The other arguments; what `extensions=` names is loaded, and known from then on.

    Raises `psasim.errors.InputError` where it cannot be.
    """
    texts: list[str] = []
    for argument in arguments:
        if argument.startswith(KEY):
            texts += _listed(argument.removeprefix(KEY))
    _given[:] = [(from_texts(texts), tuple(f"{KEY}{text}" for text in texts))] if texts else []
    return [argument for argument in arguments if not argument.startswith(KEY)]


def from_texts(texts: Sequence[str]) -> Extensions:
    """Extensions of files and packages by name, their measures declared."""
    own = as_extensions([item for text in texts for item in from_text(text)])
    declare_measures(own.measures)
    return own


@contextmanager
def used(items: Iterable[Any]) -> Iterator[None]:
    """With these objects as if the command line had named them."""
    own = as_extensions(items)
    declare_measures(own.measures)
    before = _given[:]
    _given[:] = [(own, ())]
    try:
        yield
    finally:
        _given[:] = before


def given() -> Extensions:
    """What the command line named."""
    return _given[0][0] if _given else NONE


def as_given() -> tuple[str, ...]:
    """As it was written, for the record of the command."""
    return _given[0][1] if _given else ()


def _listed(text: str) -> list[str]:
    """`a.py` or `[a.py,b.py:Name]`."""
    inner = text[1:-1] if text.startswith("[") and text.endswith("]") else text
    names = [name.strip().strip("'\"") for name in inner.split(",")]
    if not all(names):
        raise InputError(f"{KEY}{text} names nothing; write {KEY}rules.py or {KEY}rules.py:Name")
    return names
