"""How commands end when something other than the input goes wrong."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from psasim.cli import composed, experiment
from psasim.errors import StoreError


def _raise(error: BaseException):
    def compute(*given: object) -> None:
        raise error

    return compute


def test_interrupted(psasim, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(experiment, "compute", _raise(KeyboardInterrupt()))
    said = psasim("run", "scenario=teaching")
    assert said.code == 130
    assert "stopped by Ctrl-C" in said.err


def test_store_in_conflict(psasim, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(experiment, "compute", _raise(StoreError("folder is locked")))
    said = psasim("run", "scenario=teaching")
    assert (said.code, said.err) == (3, "psasim: folder is locked\n")


def test_bug_is_saved_not_shown(psasim, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(experiment, "compute", _raise(ZeroDivisionError("planted")))
    said = psasim("run", "scenario=teaching")
    assert said.code == 1
    assert "Traceback" not in said.err
    place = re.search(r"details are in (\S+)", said.err)
    assert place is not None
    saved = Path(place.group(1))
    assert "ZeroDivisionError: planted" in saved.read_text(encoding="utf-8")
    saved.unlink()


def test_bug_while_settings_are_checked(psasim, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hydra wraps what fails while it names the folder; it must not pass for wrong input."""
    monkeypatch.setattr(composed, "run_config", lambda *a, **k: 1 / 0)
    said = psasim("run", "scenario=teaching")
    assert said.code == 1
    assert "ZeroDivisionError" in said.err
