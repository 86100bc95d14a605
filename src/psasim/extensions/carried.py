"""Extensions on their way to another process: as where they are, which is looked up there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from psasim.extensions.given import NONE, Extensions, as_extensions, core_of
from psasim.extensions.load import Reference, found_again, reference


@dataclass(frozen=True, slots=True)
class Carried:
    """Extensions that another process finds again by file or module; nothing of them is
    pickled."""

    own: Extensions = NONE

    @property
    def references(self) -> list[Reference | None]:
        """Where each is; None of what a notebook or a prompt defined, which is here alone."""
        return [
            reference(item, getattr(core_of(item), "__name__", ""),
                      getattr(core_of(item), "__module__", ""))
            for item in self.own.given
        ]

    @property
    def stays(self) -> bool:
        """Whether they cannot leave this process."""
        return None in self.references

    def __reduce__(self) -> tuple[Callable, tuple]:
        return _arrived, (self.references,)


def _arrived(references: Sequence[Reference]) -> Carried:
    return Carried(as_extensions(found_again(references)))
