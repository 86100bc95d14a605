"""Failing disks and crashes between any two system calls: what is there stays whole.

A crash with the power gone forgets what was not synced: the bytes of a file since its last
sync, and names that were moved or taken away since their folder's.
"""

from __future__ import annotations

import errno
import os
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from psasim.errors import PsasimError
from psasim.experiment import runner
from psasim.experiment.folder import durable
from psasim.experiment.folder.reader import open_results
from psasim.experiment.folder.store import DETAILS, RAW

CALLS = ("open", "write", "fsync", "close", "replace", "unlink")
FAULTS = (None, errno.EIO, errno.ENOSPC)
POINTS = 200
"""Crashes and errors that are tried, of all there could be."""


class Crash(BaseException):
    """The machine stops: nothing that would be done after it is."""


class Disk:
    """`os` for the one module that writes, which fails at the call of a number.

    fault: an error number, or None for a crash; power: whether what was not synced is
    lost with it; syncs: whether syncing does anything.
    """

    def __init__(
        self, at: int = 0, fault: int | None = None, power: bool = True, syncs: bool = True
    ) -> None:
        self.at, self.fault, self.power, self.syncs = at, fault, power, syncs
        self.count, self.dead = 0, False
        self._paths: dict[int, Path] = {}
        self._dirty: set[Path] = set()
        self._names: list[tuple[Path, Callable[[], object]]] = []

    def __getattr__(self, name: str) -> Any:
        call = getattr(os, name)
        return (lambda *given: self._call(name, call, given)) if name in CALLS else call

    def _call(self, name: str, call: Callable[..., Any], given: tuple[Any, ...]) -> Any:
        if self.dead:
            raise Crash
        self.count += 1
        if self.count == self.at and self.fault is not None and name != "unlink":
            raise OSError(self.fault, os.strerror(self.fault))
        if self.count == self.at and self.fault is None:
            self.dead = True
            self._lose()
            raise Crash
        return getattr(self, f"_{name}", lambda call, *given: call(*given))(call, *given)

    def _open(self, call: Callable, path: Path, *given: Any) -> int:
        file = call(path, *given)
        self._paths[file] = Path(path)
        return file

    def _write(self, call: Callable, file: int, content: bytes) -> int:
        self._dirty.add(self._paths[file])
        return call(file, content[: max(len(content) // 2, 1)])  # disks may write less

    def _fsync(self, call: Callable, file: int) -> None:
        call(file)
        if self.syncs:
            path = self._paths[file]
            self._dirty.discard(path)
            self._names = [(folder, undo) for folder, undo in self._names if folder != path]

    def _replace(self, call: Callable, old: Path, new: Path) -> None:
        before = new.read_bytes() if new.exists() else None
        self._names.append((new.parent, lambda: (
            new.unlink(missing_ok=True) if before is None else new.write_bytes(before))))
        if old in self._dirty:
            self._dirty.add(new)
        call(old, new)

    def _unlink(self, call: Callable, path: Path) -> None:
        if path.exists():
            content = path.read_bytes()
            self._names.append((path.parent, lambda: path.write_bytes(content)))
        call(path)

    def _lose(self) -> None:
        """The bytes that were not synced are gone; of the names, every second."""
        if not self.power:
            return
        for path in self._dirty:
            if path.exists():
                path.write_bytes(b"")
        for number, (_, undo) in enumerate(reversed(self._names)):
            if (number + self.at) % 2:
                undo()


def _broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, syncs: bool) -> list[int]:
    """Calls at which a crash leaves a file neither as it was nor as it should be."""
    path, found = tmp_path / "file", []
    for power in (True, False):
        at = 0
        crashed = True
        while crashed:
            at += 1
            path.write_bytes(b"old")
            with monkeypatch.context() as patch:
                patch.setattr(durable, "os", Disk(at, power=power, syncs=syncs))
                try:
                    durable.write_whole(path, b"new and longer")
                    crashed = False
                except Crash:
                    pass
            if path.read_bytes() not in (b"old", b"new and longer"):
                found.append(at)
        assert at > len(CALLS)
    return found


def test_a_file_is_as_it_was_or_as_it_should_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _broken(tmp_path, monkeypatch, syncs=True) == []


def test_without_syncs_it_is_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert _broken(tmp_path, monkeypatch, syncs=False)


def test_a_sweep_goes_on_after_any_fault(
    sweep, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """First half of it made at once, the other added, so that every kind of write is met."""
    kept: dict[Any, Any] = {}

    def compute(task: Any, tick: Any = None) -> Any:
        key = task.stamp, task.paths, task.details
        if key not in kept:
            kept[key] = once(task, tick)
        return kept[key]

    once = runner.compute
    monkeypatch.setattr(runner, "compute", compute)

    def finish(folder: Path) -> None:
        sweep.run(folder, worlds=4, points=12, bands=4, rows=[RAW, DETAILS])

    def run(folder: Path) -> None:
        sweep.run(folder, worlds=2, points=5)
        finish(folder)

    healthy = Disk()
    with monkeypatch.context() as patch:
        patch.setattr(durable, "os", healthy)
        run(tmp_path / "whole")
    whole = sweep.content(tmp_path / "whole")
    chance = random.Random(8)
    for number in range(POINTS):
        folder = tmp_path / str(number)
        disk = Disk(chance.randint(1, healthy.count), FAULTS[number % 3], power=number % 2 > 0)
        told: list[OSError] = []
        with monkeypatch.context() as patch:
            patch.setattr(durable, "os", disk)
            try:
                run(folder)
            except OSError as error:
                told.append(error)
            except Crash:
                assert disk.fault is None
        assert all(error.errno == disk.fault and error.filename for error in told)
        if folder.exists():
            try:
                results = open_results(folder)
                assert len(results.to_frame()) == len(results.points) * results.worlds
            except PsasimError:
                pass
        finish(folder)
        assert sweep.content(folder) == whole, (number, disk.at, disk.fault, disk.power)
