"""matplotlib, loaded as if the user had set nothing: figures go to files, not to a screen."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

BACKEND = "MPLBACKEND"


@contextmanager
def loading() -> Iterator[None]:
    """Import what draws inside: an unknown `MPLBACKEND` does not stop it, and what matplotlib
    says of the user's matplotlibrc and folders, which are not used, is not printed."""
    fresh = "matplotlib" not in sys.modules
    asked = os.environ.pop(BACKEND, None)
    logger = logging.getLogger("matplotlib")
    before = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(before)
        if asked is not None:
            os.environ[BACKEND] = asked
    if asked is not None and fresh:  # for those who show figures of their own in this process
        import matplotlib

        with suppress(ValueError):
            matplotlib.rcParams["backend"] = asked
