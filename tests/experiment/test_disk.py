"""A full disk: told plainly, nothing lost, and the same command goes on."""

from __future__ import annotations

import errno
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from psasim.experiment.folder import durable


class SmallDisk:
    """A file system with room for `size` bytes: a tmpfs, or where mounting is not allowed
    a stand-in that raises as the operating system would."""

    def __init__(self, folder: Path, size: int, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self._size = size
        folder.mkdir()
        mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
        try:
            self.real = subprocess.run(mount, capture_output=True).returncode == 0
        except FileNotFoundError:
            self.real = False
        self._monkeypatch = monkeypatch
        if not self.real:
            monkeypatch.setattr(durable, "_write", self._write(durable._write))

    def _write(self, write: Callable) -> Callable:
        def limited(path: Path, content: bytes) -> None:
            used = sum(p.stat().st_size for p in self.folder.rglob("*") if p.is_file())
            if path.is_relative_to(self.folder) and used + len(content) > self._size:
                write(path, content[: max(self._size - used, 0)])
                raise OSError(errno.ENOSPC, "No space left on device")
            write(path, content)

        return limited

    def grow(self) -> None:
        if self.real:
            subprocess.run(["mount", "-o", "remount,size=100m", str(self.folder)], check=True)
        else:
            self._monkeypatch.undo()

    def close(self) -> None:
        if self.real:
            subprocess.run(["umount", str(self.folder)], check=True)


@pytest.fixture
def disk(
    tmp_path: Path, unbroken: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> Iterator[SmallDisk]:
    """With room for some of the sweep's parts, not for all."""
    made = SmallDisk(tmp_path / "disk", sum(map(len, unbroken.values())) // 2, monkeypatch)
    yield made
    made.close()


def test_disk_full(sweep, unbroken, disk: SmallDisk) -> None:
    folder = disk.folder / "store"
    with pytest.raises(OSError, match="No space left on device") as caught:
        sweep.run(folder)
    assert caught.value.errno == errno.ENOSPC
    assert str(caught.value.filename).startswith(str(folder))
    kept = {name for name in sweep.content(folder) if name.startswith("runs.parquet")}
    assert kept and kept < set(unbroken)
    assert all(unbroken[name] == sweep.content(folder)[name] for name in kept)
    disk.grow()
    sweep.run(folder)
    assert sweep.content(folder) == unbroken
