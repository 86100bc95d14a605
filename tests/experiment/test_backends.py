"""The same bytes from every backend, however runs are put side by side."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from psasim.errors import InputError
from psasim.experiment import runner
from psasim.experiment.computing import backends
from psasim.experiment.computing.backends import Backend

PROGRAM = Path(__file__).with_name("sweep.py")


@pytest.fixture(autouse=True)
def _no_job_is_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "SMALL", 0.0)


@pytest.mark.parametrize("chunk", [1, 7, 128, 1000, 4096])
def test_chunks(sweep, tmp_path: Path, chunk: int) -> None:
    for name, size in (("a", None), ("b", chunk)):
        sweep.run(tmp_path / name, 10, Backend("serial", chunk=size), bands=5)
    assert sweep.content(tmp_path / "a") == sweep.content(tmp_path / "b")


def test_processes(sweep, unbroken, tmp_path: Path) -> None:
    sweep.run(tmp_path, backend=Backend("processes", workers=2))
    assert sweep.content(tmp_path) == unbroken


@pytest.mark.slow
@pytest.mark.parametrize("name", ["dask", "ray"])
def test_clusters_started_here(sweep, unbroken, tmp_path: Path, name: str) -> None:
    sweep.run(tmp_path, backend=Backend(name, workers=2))
    assert sweep.content(tmp_path) == unbroken


@contextmanager
def _program(*arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen([sys.executable, "-m", *arguments], **quiet)
    try:
        yield process
    finally:
        process.terminate()
        process.wait()


@contextmanager
def _dask(folder: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler and two workers as processes of their own; its address, and the workers."""
    told = folder / "scheduler.json"
    with _program("distributed.cli.dask_scheduler", "--port", "0", "--no-dashboard",
                  "--scheduler-file", str(told)):
        worker = ("distributed.cli.dask_worker", "--scheduler-file", str(told), "--no-nanny",
                  "--nthreads", "1", "--no-dashboard", "--local-directory", str(folder))
        while not told.exists():
            time.sleep(0.05)
        with _program(*worker) as first, _program(*worker) as second:
            import json

            from distributed import Client

            address = json.loads(told.read_text(encoding="utf-8"))["address"]
            with Client(address) as client:
                client.wait_for_workers(2)
            yield address, [first, second]


@pytest.mark.slow
def test_a_dask_worker_killed_in_the_middle(sweep, tmp_path: Path) -> None:
    sweep.run(tmp_path / "whole", 2560)
    with _dask(tmp_path) as (address, workers):
        program = [sys.executable, str(PROGRAM), str(tmp_path / "broken"), "dask", "2560",
                   str(tmp_path / "log"), address]
        with subprocess.Popen(program) as process:
            parts = tmp_path / "broken" / "runs.parquet"
            while not parts.exists() or len(list(parts.glob("*.parquet"))) < 4:
                assert process.poll() is None
                time.sleep(0.02)
            os.kill(workers[0].pid, signal.SIGKILL)
            assert len(list(parts.glob("*.parquet"))) < 40
            assert process.wait() == 0
    assert sweep.content(tmp_path / "broken") == sweep.content(tmp_path / "whole")


def test_small_jobs_start_no_process(
    sweep, unbroken, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner, "SMALL", 1e9)
    monkeypatch.setattr(backends, "_pool", lambda backend: pytest.fail("started a pool"))
    sweep.run(tmp_path, backend=Backend("processes"))
    assert sweep.content(tmp_path) == unbroken


@pytest.mark.parametrize(("name", "address", "why"), [
    ("dask", "tcp://127.0.0.1:1", "Timed out"),
    ("ray", "127.0.0.1:1", "refused"),
    ("ray", "ray://127.0.0.1:1", "refused"),
    ("ray", "127.0.0.1", "Invalid address format"),
])
def test_an_address_that_does_not_answer(
    monkeypatch: pytest.MonkeyPatch, name: str, address: str, why: str
) -> None:
    monkeypatch.setattr(backends, "PATIENCE", 0.5)
    with pytest.raises(InputError, match=rf"nothing of {name} answers there \(.*{why}.*HOST:"):
        list(backends.results(Backend(name, address=address), len, ["a"]))


@pytest.mark.slow
def test_an_address_where_something_else_answers(tmp_path: Path) -> None:
    """Ray is asked in a process of its own, as it reads how often to ask when imported."""
    with socket.create_server(("127.0.0.1", 0)) as mute:
        told = subprocess.run(
            [sys.executable, "-m", "psasim", "run", "scenario=teaching", "worlds=4",
             "backend=ray", f"backend.address=127.0.0.1:{mute.getsockname()[1]}"],
            cwd=tmp_path, capture_output=True, text=True, timeout=240,
        )
    assert told.returncode == 2
    assert "nothing of ray answers there" in told.stderr
    assert "Traceback" not in told.stderr


def test_settings_that_do_not_go_together(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError, match=r"backend\.address = x does not go with backend=serial"):
        Backend("serial", address="x")
    monkeypatch.setattr(backends, "find_spec", lambda name: None)
    with pytest.raises(InputError, match=r"pip install -e '\.\[ray\]' -c constraints\.txt"):
        Backend("ray")


PYTHONS = [sys.executable, *os.environ.get("PSASIM_PYTHONS", "").split()]
"""This Python, and others that have what psasim needs, named in the environment."""


@pytest.mark.parametrize("python", PYTHONS)
def test_pythons(sweep, unbroken, tmp_path: Path, python: str) -> None:
    """Same bytes from a process of its own, of this and of other versions of Python."""
    source = Path(runner.__file__).parents[2]
    environment = {**os.environ, "PYTHONPATH": str(source), "PYTHONHASHSEED": "1"}
    given = [str(tmp_path / "store"), "serial", "300", str(tmp_path / "log")]
    subprocess.run([python, str(PROGRAM), *given], env=environment, check=True,
                   stdout=subprocess.DEVNULL)
    assert sweep.content(tmp_path / "store") == unbroken
