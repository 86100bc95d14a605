"""What every test needs: nothing of one's own is left declared for the next."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from psasim.declared.levers import LEVERS
from psasim.results.measures import MEASURES


@pytest.fixture(autouse=True)
def _only_what_is_shipped() -> Iterator[None]:
    """Levers and measures that a test declares are gone after it, as in a new process; those of
    a module are declared again by whoever hands them in."""
    before = [(table, dict(table.own)) for table in (LEVERS, MEASURES)]
    yield
    for table, own in before:
        table.own.clear()  # type: ignore[attr-defined]
        table.own.update(own)  # type: ignore[attr-defined]
