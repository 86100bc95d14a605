"""Tables of what is declared: what is shipped, and after it what users declare of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Protocol, TypeVar

from psasim.errors import InputError


class Named(Protocol):
    """Anything with a name."""

    @property
    def name(self) -> str: ...


T = TypeVar("T", bound=Named)
U = TypeVar("U")


class Declared(Mapping[str, T]):
    """Declared things by name, in order: those shipped, then those of one's own.

    what: what one of them is called in messages; shipped: those of psasim itself, which
    nothing can change.
    """

    def __init__(self, what: str, shipped: Iterable[T]) -> None:
        self._what = what
        self._shipped = {item.name: item for item in shipped}
        self._own: dict[str, T] = {}

    def __getitem__(self, name: str) -> T:
        return self._shipped[name] if name in self._shipped else self._own[name]

    def __iter__(self) -> Iterator[str]:
        yield from self._shipped
        yield from self._own

    def __len__(self) -> int:
        return len(self._shipped) + len(self._own)

    @property
    def shipped(self) -> Mapping[str, T]:
        """Those of psasim itself."""
        return self._shipped

    @property
    def own(self) -> Mapping[str, T]:
        """Those that were added."""
        return self._own

    def add(self, item: T) -> None:
        """Declare one of one's own; the last of a name holds, as a cell that is run again means
        it.  Raises `InputError` where psasim ships one of that name."""
        if item.name in self._shipped:
            raise InputError(f"{self._what} {item.name!r} is psasim's own; choose another name")
        self._own[item.name] = item


class Viewed(Mapping[str, U]):
    """What is made of each of a table's things, whatever is added to the table later."""

    def __init__(self, table: Mapping[str, T], view: Callable[[T], U]) -> None:
        self._table = table
        self._view = view

    def __getitem__(self, name: str) -> U:
        return self._view(self._table[name])

    def __iter__(self) -> Iterator[str]:
        return iter(self._table)

    def __len__(self) -> int:
        return len(self._table)
