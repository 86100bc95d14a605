"""Fifty of all these through the real command, each in a process and a folder of its own."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random

import pytest

from tests.fuzz import test_experiments, test_scenarios, test_settings
from tests.fuzz.settings import settings
from tests.fuzz.support import Ended

SETTINGS, SCENARIOS, EXPERIMENTS = 20, 20, 10
TINY = ["worlds=1", "months=2", "backend=serial"]


def _typed(arguments: list[str]) -> bool:
    """Whether a shell can hand these on: no NUL, nothing longer than a system takes."""
    return all("\0" not in argument and len(argument) < 5000 for argument in arguments)


def _cases(folder: Path) -> list[tuple[list[str], object, str]]:
    """Arguments, what a message must name, and what shows it again."""
    random = Random(7)
    typed = [arguments for arguments in (settings(random) for _ in range(200)) if _typed(arguments)]
    cases: list[tuple[list[str], object, str]] = [
        ([*TINY, *arguments], test_settings.names_of(arguments), repr(arguments))
        for arguments in typed[:SETTINGS]]
    sources = test_scenarios.sources()
    for number in range(SCENARIOS):
        place = test_scenarios.written(random, sources, folder / f"case{number}")
        cases.append(([*TINY, f"scenario={place}"], test_scenarios.names, place))
    sources = test_experiments.sources()
    for number in range(SCENARIOS, SCENARIOS + EXPERIMENTS):
        arguments, place = test_experiments.written(random, sources, folder / f"case{number}")
        cases.append(([*TINY, *arguments], test_experiments.names, place))
    return cases


@pytest.mark.slow
def test_the_real_command_ends_alike(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def carry_out(number: int) -> subprocess.CompletedProcess[str]:
        folder = tmp_path / f"run{number}"
        folder.mkdir()
        return subprocess.run([sys.executable, "-m", "psasim", "run", *cases[number][0]],
                              cwd=folder, capture_output=True, check=False, encoding="utf-8",
                              errors="replace")

    cases = _cases(tmp_path)
    ended = Ended(capsys)
    with ThreadPoolExecutor(2) as pool:
        for case, done in zip(cases, pool.map(carry_out, range(len(cases))), strict=True):
            ended.judge(done.returncode, done.stderr, case[1], case[2])
    ended.show()
    assert sum(ended.codes.values()) == SETTINGS + SCENARIOS + EXPERIMENTS
    assert min(ended.codes.values()) > 4
