"""How far a run has come is seen from its start on, and when one goes on."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from tqdm import tqdm

from psasim.cli import experiment
from psasim.experiment import runner
from psasim.experiment.computing.backends import Backend
from psasim.experiment.folder.store import Store
from tests.experiment import sweep

ARGUMENTS = ("scenario=teaching", "governance=new_psa", "worlds=2000", "months=3")
BEGUN = """
import sys
from psasim.cli import main
from psasim.experiment import runner
def compute(task, tick):
    raise KeyboardInterrupt
runner.compute = compute
sys.exit(main(sys.argv[1:]))
"""


def test_a_bar_is_there_before_the_first_part_is_done(tmp_path: Path) -> None:
    """On a terminal, with processes: the first part is never done."""
    ours, theirs = pty.openpty()
    with subprocess.Popen([sys.executable, "-c", BEGUN, "run", *ARGUMENTS], cwd=tmp_path,
                          stdout=subprocess.DEVNULL, stderr=theirs) as process:
        os.close(theirs)
        said = b""
        while chunk := _read(ours):
            said += chunk
    os.close(ours)
    assert process.returncode == 130
    assert "0.00/4.00k" in said.decode()
    assert "0 of 4,000 runs are kept in" in said.decode()


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:  # how Linux says that the other end is closed
        return b""


def test_progress_moves_within_a_part(tmp_path: Path) -> None:
    """Mesa takes minutes for a part; what is not kept yet is told apart from what is."""
    told: list[runner.Progress] = []
    with Store(tmp_path, sweep.design(2), seed=sweep.SEED, months=2) as store:
        for worlds, bands in ((3, 0), (4, 4)):  # the second computes all again, for its bands
            runner.fill(store, range(worlds), backend=Backend("processes"), engine="mesa",
                        bands=bands, report=told.append)
    assert [(p.done, p.unkept) for p in told] == [
        (0, 0), *((0, run) for run in range(1, 7)), (6, 0),
        (0, 0), *((0, run) for run in range(1, 9)), (8, 0),
    ]


def test_the_bar_moves_within_a_part(psasim, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[int] = []

    class Bar(tqdm):
        def update(self, runs: float | None = 1) -> bool | None:
            self.n += runs
            shown.append(self.n)
            return None

    monkeypatch.setattr(experiment, "bar", lambda name: Bar(desc=name, disable=None))
    assert psasim("run", "scenario=teaching", "governance=new_psa", "worlds=2", "months=2",
                  "engine=mesa").code == 0
    assert shown == [0, 1, 2, 3, 4, 4]


def test_going_on_is_said(psasim, monkeypatch: pytest.MonkeyPatch) -> None:
    compute, left = runner.compute, iter(range(1))

    def stopping(task, tick):
        if next(left, None) is None:
            raise KeyboardInterrupt
        return compute(task, tick)

    monkeypatch.setattr(runner, "compute", stopping)
    assert psasim("run", *ARGUMENTS, "backend=serial").code == 130
    monkeypatch.setattr(runner, "compute", compute)
    again = psasim("run", *ARGUMENTS)
    assert again.code == 0
    assert "resuming: 1 of 4 parts found" in again.err
    assert "resuming" not in psasim("run", *ARGUMENTS).err
