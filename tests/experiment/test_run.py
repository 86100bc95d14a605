"""`psasim run` stopped on the way: by Ctrl-C, and killed at any instant, report and all."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

RUN = ("run", "scenario=teaching", "months=12", "hydra.run.dir=out")


def _start(folder: Path, *more: str) -> subprocess.Popen[str]:
    """The command in a process group of its own, as a terminal would start it."""
    folder.mkdir(exist_ok=True)
    # a shell that starts the tests in the background has them ignore Ctrl-C
    return subprocess.Popen(
        [sys.executable, "-m", "psasim", *RUN, *more], cwd=folder, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )


def _files(folder: Path) -> dict[str, bytes]:
    """Every file of the results, the record without what may vary."""
    files = {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*")) if path.is_file() and path.name != ".lock"
    }
    record = json.loads(files["record.json"])
    del record["created"]
    return files | {"record.json": json.dumps(record).encode()}


@pytest.mark.parametrize("backend", ["serial", "processes"])
@pytest.mark.parametrize("times", [1, 3])
def test_ctrl_c(tmp_path: Path, backend: str, times: int) -> None:
    process = _start(tmp_path / "a", "worlds=100000", f"backend={backend}", "backend.workers=2")
    parts = tmp_path / "a" / "out" / "runs.parquet"
    while len(list(parts.glob("*.parquet"))) < 3:
        assert process.poll() is None
        time.sleep(0.05)
    for _ in range(times):
        os.killpg(process.pid, signal.SIGINT)
        time.sleep(0.02)
    try:
        _, said = process.communicate(timeout=120)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        raise
    assert process.returncode == 130, said
    assert "Traceback" not in said
    if times > 1:  # ended at once, or in time
        return
    assert "runs are kept in" in said
    assert "the same command goes on from there" in said
    assert not list(parts.glob(".*"))


@pytest.mark.slow
def test_killed_report_and_all(tmp_path: Path) -> None:
    whole = _start(tmp_path / "whole", "worlds=600")
    begun = time.perf_counter()
    whole.communicate()
    length = time.perf_counter() - begun
    chance = random.Random(4)
    for _ in range(8):
        process = _start(tmp_path / "broken", "worlds=600")
        try:
            process.communicate(timeout=chance.uniform(0.3, 1.0) * length)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
    last = _start(tmp_path / "broken", "worlds=600")
    last.communicate()
    assert (whole.returncode, last.returncode) == (0, 0)
    assert _files(tmp_path / "broken" / "out") == _files(tmp_path / "whole" / "out")
