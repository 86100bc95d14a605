"""The bar that shows how far a command has come."""

from __future__ import annotations

import os
import sys

from tqdm import tqdm

COLUMNS = 80
"""Width of a terminal that does not say."""

ROWS = 24
"""Height, of which a bar takes one line."""


def bar(description: str, total: int | None = None) -> tqdm:
    """Runs done, their rate and time left, on a terminal; nothing where there is none."""
    return tqdm(total=total, unit="run", unit_scale=True, desc=description, smoothing=0.1,
                disable=not sys.stderr.isatty(), ncols=_columns(), nrows=ROWS,
                file=getattr(sys.stderr, "steady", sys.stderr))


def _columns() -> int:
    """Of the terminal errors go to; some say 0, at which tqdm would show nothing."""
    try:
        return os.get_terminal_size(sys.stderr.fileno()).columns or COLUMNS
    except (OSError, ValueError):
        return COLUMNS
