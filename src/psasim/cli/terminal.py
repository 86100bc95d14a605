"""Text to a terminal, a pipe or a file: it never ends a command, and steers no terminal.

What a stream cannot encode is replaced; what a name or a title could steer a terminal with
is left out; and a stream that is closed, or fails, is written to no more.
"""

from __future__ import annotations

import errno
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, TextIO

_STEERING = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]"  # colours, moves
    r"|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)"  # titles of windows, links
    r"|[\x00-\x08\x0b-\x1f\x7f-\x9f]"  # what else is no letter, but for tab and new line
    r"|[\u202a-\u202e\u2066-\u2069]"  # what turns text round
)
_GONE = (errno.EPIPE, errno.EBADF, errno.EINVAL)
"""The reader has seen enough, or there was none; Windows says EINVAL of a broken pipe."""


def plain(text: str) -> str:
    """Text without what steers a terminal."""
    return _STEERING.sub("", text)


def tell(message: str) -> None:
    """Something beside the results, to whoever watches."""
    print(f"psasim: {message}", file=sys.stderr)


class Steady:
    """A stream that writes what it can.

    failure: why it is written to no more, None while it is or where its reader just left.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._open = True
        self.failure: OSError | None = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        """Write, with what cannot be encoded replaced; returns how much was given."""
        if self._open:
            try:
                self._written(text)
            except (OSError, ValueError) as error:  # a closed one raises ValueError
                self._give_up(error)
        return len(text)

    def flush(self) -> None:
        """Hand over what is buffered."""
        if self._open:
            try:
                self._stream.flush()
            except (OSError, ValueError) as error:
                self._give_up(error)

    def _written(self, text: str) -> None:
        try:
            self._stream.write(text)
        except UnicodeEncodeError:
            encoding = self._stream.encoding or "ascii"
            self._stream.write(text.encode(encoding, "replace").decode(encoding))

    def _give_up(self, error: OSError | ValueError) -> None:
        self._open = False
        if isinstance(error, OSError) and error.errno not in _GONE:
            self.failure = error
        with suppress(OSError, ValueError):  # the interpreter flushes once more when it ends
            os.dup2(os.open(os.devnull, os.O_WRONLY), self._stream.fileno())


class Terminal(Steady):
    """A steady stream of plain text; steady: the same for what draws on a terminal."""

    def __init__(self, stream: TextIO) -> None:
        super().__init__(stream)
        self.steady = Steady(stream)

    def write(self, text: str) -> int:
        """Write without what steers a terminal; returns how much was given."""
        super().write(plain(text))
        return len(text)


@contextmanager
def terminals() -> Iterator[Terminal]:
    """`sys.stdout`, which is given, and `sys.stderr` as terminals; closed ones lead nowhere."""
    _occupy()
    before = sys.stdout, sys.stderr
    out, err = (Terminal(stream or _nowhere()) for stream in before)
    sys.stdout, sys.stderr = out, err
    try:
        yield out
    finally:
        out.flush()
        err.flush()
        sys.stdout, sys.stderr = before


def _occupy() -> None:
    """Take the numbers of closed standard streams, lest a file of results gets one of them."""
    while (number := os.open(os.devnull, os.O_RDWR)) <= 2:
        pass
    os.close(number)


def _nowhere() -> TextIO:
    return open(os.devnull, "w", encoding="utf-8")
