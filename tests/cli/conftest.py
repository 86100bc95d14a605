"""The command line, called in-process."""

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
def psasim(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Said]:
    """Runs `psasim <arguments>` in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str) -> Said:
        try:
            code = main(arguments)
        except SystemExit as stop:  # argparse, for flags
            code = int(stop.code or 0)
        return Said(code or 0, *capsys.readouterr())

    return call
