"""Extensions found again by where they are: a file named on the command line, or a package.

A file is run as Python, so it is named by whoever runs psasim, and never by data: no scenario,
experiment, results folder or record names one.
"""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path
from types import ModuleType
from typing import Any

from psasim.declared.names import unknown
from psasim.errors import InputError
from psasim.extensions.given import core_of, is_extension
from psasim.extensions.origin import FILE

GROUP = "psasim.extensions"
"""Entry points of installed packages: each a list of extensions, or one."""

SUFFIX = ".py"


@dataclass(frozen=True, slots=True)
class Reference:
    """Where an extension can be found by another process: a file or a module, and the name in
    it; source: digest of the file, empty of a module."""

    place: str
    name: str
    source: str = ""


def from_text(text: str) -> list[Any]:
    """Extensions of `rules.py`, `rules.py:Name`, or of an installed package's entry point.

    Raises `psasim.errors.InputError` where there is none, and from the file's own exception.
    """
    head, found, name = text.rpartition(f"{SUFFIX}:")
    if text.endswith(SUFFIX):
        return _all_of(_module_of(Path(text)), text)
    if found:
        return [_named(_module_of(Path(head + SUFFIX)), name, text)]
    known = {entry.name: entry for entry in entry_points(group=GROUP)}
    if text not in known:
        told = unknown(text, known, "extensions") if known else f"extensions = {text}"
        raise InputError(f"{told}; name a file, extensions=rules.py or extensions=rules.py:Name, "
                         f"or a package that is installed and has an entry point in {GROUP}")
    loaded = known[text].load()
    return list(loaded) if isinstance(loaded, (list, tuple)) else [loaded]


def offered() -> dict[str, str]:
    """Extensions that installed packages offer: entry point by name."""
    return {entry.name: entry.value for entry in entry_points(group=GROUP)}


def reference(item: Any, name: str, module: str) -> Reference | None:
    """Where another process finds an item; None of what a notebook or a prompt defined."""
    loaded = sys.modules.get(module)
    if loaded is None or getattr(loaded, name, None) is not item:
        return None
    file = getattr(loaded, "__file__", None)
    if file and "." not in module and file.endswith(SUFFIX) and module != "__main__":
        return Reference(file, name, _digest(Path(file)))  # wherever Python was started
    return Reference(module, name) if getattr(loaded, "__spec__", None) else None


def found_again(references: Sequence[Reference]) -> list[Any]:
    """The items, in another process; raises `InputError` where a file has changed."""
    return [_found(each) for each in references]


def _found(where: Reference) -> Any:
    if not where.source:
        return getattr(importlib.import_module(where.place), where.name)
    path = Path(where.place)
    if _digest(path) != where.source:
        raise InputError(f"{path} was changed while its extensions were in use; run the command "
                         "again")
    return getattr(_module_of(path), where.name)


def _module_of(path: Path) -> ModuleType:
    """A file as a module of its own, run once in a process for each content it has."""
    path = path.expanduser()
    if not path.is_file():
        raise InputError(f"extensions = {path}: there is no such file; check the path, which is "
                         f"seen from {Path.cwd()}")
    name = f"{FILE}{path.stem}_{_digest(path)}"
    if name in sys.modules:
        return sys.modules[name]
    spec = importlib.util.spec_from_file_location(name, path.resolve())
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # before it runs, as dataclasses look themselves up
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        del sys.modules[name]
        said = " ".join(f"{type(error).__name__}: {error}".split())
        raise InputError(f"{path} could not be run: {said}") from error
    return module


def _all_of(module: ModuleType, text: str) -> list[Any]:
    """Those of its list `EXTENSIONS`, or every extension that a file defines, in its order; what
    it imports is not its own."""
    if isinstance(listed := getattr(module, "EXTENSIONS", None), (list, tuple)):
        return list(listed)
    own = [item for item in vars(module).values() if is_extension(item)
           and core_of(item).__module__ in (module.__name__, "psasim.engines.mesa.agents")]
    if not own:
        raise InputError(f"{text} defines no extension: a subclass of psasim.Rule, agents, or what "
                         "psasim.measure, lever, hook or mechanism make")
    return own


def _named(module: ModuleType, name: str, text: str) -> Any:
    item = getattr(module, name, None)
    if item is None or not is_extension(item):
        known = [key for key, value in vars(module).items() if is_extension(value)]
        raise unknown(name, known, text)
    return item


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]
