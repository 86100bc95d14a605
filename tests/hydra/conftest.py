"""The command line, called in-process, in an empty folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from psasim.cli import main


class Said(NamedTuple):
    """What a command ended with."""

    code: int
    out: str
    err: str


@pytest.fixture
def run(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Said]:
    """Runs `psasim run <arguments>` on few and short worlds."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str) -> Said:
        code = main(["run", *arguments, "worlds=2", "months=3"])
        return Said(code, *capsys.readouterr())

    return call
