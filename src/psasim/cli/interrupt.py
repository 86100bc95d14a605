"""Ctrl-C: the first stops a command, which then puts its things in order."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

CODE = 130
"""What a command that was stopped ends with."""

ENOUGH = 3
"""Times after which a command that has not stopped yet is ended at once; parts on disk are
whole whenever that happens."""


@contextmanager
def interruptible() -> Iterator[None]:
    """Raise KeyboardInterrupt once only, so that no second one breaks into the putting in order.
    """
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread hears of signals
        return
    pressed = 0

    def stop(*signalled: object) -> None:
        nonlocal pressed
        pressed += 1
        if pressed == 1:
            raise KeyboardInterrupt
        if pressed >= ENOUGH:
            with suppress(OSError):
                os.write(2, b"\npsasim: stopped at once\n")
            os._exit(CODE)

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        # once pressed the process ends, and its own putting in order is not broken into either
        signal.signal(signal.SIGINT, signal.SIG_IGN if pressed else before)
