"""Workers that the system ends, and memory it does not give: told as that, and gone on from."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from types import SimpleNamespace

import joblib
import pytest

from psasim.cli import main
from psasim.errors import InputError
from psasim.experiment import runner
from psasim.experiment.computing import backends, compute
from psasim.experiment.computing.backends import Backend, WorkersLost


@pytest.mark.skipif(sys.platform == "win32", reason="kills as POSIX does")
@pytest.mark.parametrize("times", [1, 100])
def test_a_worker_that_is_killed_is_gone_on_without(
    sweep, unbroken, tmp_path: Path, times: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once; and ever again, until no worker is left but the command itself."""
    here, log, once = os.getpid(), tmp_path / "log", runner._compute

    def killed(job: runner.Job, tick=None) -> runner.Done:
        if os.getpid() != here and len(list(log.iterdir())) < times:
            (log / str(os.getpid())).touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return once(job, tick)

    log.mkdir()
    monkeypatch.setattr(runner, "_compute", killed)
    monkeypatch.setattr(runner, "SMALL", 0.0)
    sweep.run(tmp_path / "s", backend=Backend("processes", workers=4))
    assert list(log.iterdir())
    assert sweep.content(tmp_path / "s") == unbroken


def test_too_little_memory_is_no_failed_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def greedy(self, *_: object) -> None:
        raise MemoryError

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(compute._Scenario, "_engine", greedy)
    command = ("run", "scenario=teaching", "worlds=3", "months=3", "backend=serial",
               "hydra.run.dir=out")
    assert main(command) == 2
    said = capsys.readouterr().err
    assert "(MemoryError)" in said
    assert "backend.chunk=" in said
    assert not list((tmp_path / "out" / "runs.parquet").iterdir())


@pytest.mark.parametrize("name", sorted(backends.LOST))
def test_what_clusters_raise_where_a_worker_is_gone(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lose(*_: object) -> None:
        raise type(name, (Exception,), {})("gone")

    with pytest.raises(WorkersLost, match=name):
        list(backends.results(Backend("serial"), lose, [1]))
    assert WorkersLost.exit_code == 2


def test_other_errors_stay_what_they_are() -> None:
    def divide(job: int) -> float:
        return 1 / job

    with pytest.raises(ZeroDivisionError):
        list(backends.results(Backend("serial"), divide, [0]))


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="cores are not given out here")
def test_one_core_is_one(capsys: pytest.CaptureFixture[str]) -> None:
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(before)})
    try:
        assert backends.cores() == 1
        assert main(["design", "scenario=teaching", "worlds=3"]) == 0
    finally:
        os.sched_setaffinity(0, before)
    (line,) = [li for li in capsys.readouterr().out.splitlines() if li.startswith("time ")]
    assert "on one core (" in line
    assert backends.cores() == joblib.cpu_count()


def test_a_ray_that_cannot_start_here_is_not_an_address(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_: object) -> None:
        raise OSError("AF_UNIX path length cannot exceed 107 bytes: /long/socket")

    fake = SimpleNamespace(init=refuse, shutdown=lambda: None)
    monkeypatch.setitem(sys.modules, "ray", fake)
    monkeypatch.setitem(sys.modules, "ray.util", SimpleNamespace())
    monkeypatch.setitem(sys.modules, "ray.util.joblib", SimpleNamespace(register_ray=lambda: None))
    monkeypatch.setattr(backends, "find_spec", lambda name: True)
    with pytest.raises(InputError, match=r"could not be started here.*set TMPDIR") as told:
        list(backends.results(Backend("ray"), str, [1]))
    assert "address" not in str(told.value)
