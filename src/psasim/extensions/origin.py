"""Where an extension came from: what a record says of it, and what tells two apart."""

from __future__ import annotations

import hashlib
import inspect
import linecache
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

FILE = "psasim_file_"
"""How the modules of files that are named on the command line begin."""


@dataclass(frozen=True, slots=True)
class Origin:
    """kind: `rule`, `agents`, `measure`, `lever`, `hook` or `mechanism`; name: what it is
    called; module, qualname: where it is defined; source: 16 hexadecimal digits, of its whole
    file where it has one, else of its own text."""

    kind: str
    name: str
    module: str
    qualname: str
    source: str

    def __str__(self) -> str:
        return f"{self.kind} {self.name} ({self.module}.{self.qualname}, source {self.source})"


def origin_of(kind: str, name: str, item: Any) -> Origin:
    """Origin of a class or a function."""
    module = getattr(item, "__module__", "") or ""
    if module.startswith(FILE):  # a file that was named
        module = Path(inspect.getfile(item)).name
    qualname = getattr(item, "__qualname__", type(item).__qualname__)
    return Origin(kind, name, module, qualname, source_of(item))


def source_of(item: Any) -> str:
    """16 hexadecimal digits of its content."""
    return hashlib.sha256(content_of(item)).hexdigest()[:16]


def content_of(item: Any) -> bytes:
    """The file that defines it; in a notebook or at a prompt, its functions."""
    try:
        file = Path(inspect.getsourcefile(item) or "")
    except (OSError, TypeError):  # a class of a notebook or a prompt, an object
        file = Path()
    return file.read_bytes() if file.is_file() else b"\n".join(_texts(item))


def _texts(item: Any) -> Iterator[bytes]:
    """Text of a function, or of all that a class defines; its code where no text is kept."""
    for function in _functions(item):
        lines = linecache.getlines(function.__code__.co_filename)
        text = "".join(inspect.getblock(lines[function.__code__.co_firstlineno - 1:]))
        yield text.encode() if text else _code(function.__code__)


def _functions(item: Any) -> Iterator[FunctionType]:
    if isinstance(item, FunctionType):
        yield item
    for kind in item.__mro__ if isinstance(item, type) else ():
        if kind.__module__.partition(".")[0] not in ("psasim", "mesa", "builtins", "typing"):
            yield from (value for value in vars(kind).values() if isinstance(value, FunctionType))


def _code(code: CodeType) -> bytes:
    inner = [_code(c) if isinstance(c, CodeType) else repr(c).encode() for c in code.co_consts]
    return b"\n".join([code.co_code, repr(code.co_names).encode(), *inner])


