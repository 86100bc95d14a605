"""Three thousand generated settings end in exit 0 or 2, with a message that names the setting."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from tests.fuzz.settings import settings
from tests.fuzz.support import Ended, composing, tiny

FAST, WHOLE = 2850, 150


def names_of(arguments: list[str]) -> Callable[[str], bool]:
    """Whether a message says a word of the keys that were typed, or an argument itself."""
    words = {word for argument in arguments
             for word in re.findall(r"\w{2,}", argument.partition("=")[0])}
    words |= {typed for argument in arguments for typed in (
        repr(argument)[:20], argument[:20], argument.partition("=")[2][:20])
        if len(typed.strip()) > 2}

    def names(said: str) -> bool:
        return any(word in said for word in words)

    return names


@pytest.mark.slow
def test_settings_are_taken_or_refused_by_name(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    random, ended = Random(1), Ended(capsys)
    with composing() as run:
        monkeypatch.setattr("psasim.cli.run.main", run)
        for _ in range(FAST):
            arguments = settings(random)
            ended.run(arguments, names_of(arguments), repr(arguments))
    ended.show()
    assert min(ended.codes.values()) > 200


@pytest.mark.slow
def test_the_same_through_all_of_hydra(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    random, ended = Random(2), Ended(capsys)
    monkeypatch.setattr("psasim.cli.run.carry_out", lambda config, *rest: tiny(config))
    for _ in range(WHOLE):
        arguments = settings(random)
        ended.run(arguments, names_of(arguments), repr(arguments))
    ended.show()
    assert min(ended.codes.values()) > 20
