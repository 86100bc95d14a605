"""Killed at any instant, the same command goes on and ends with the same bytes."""

from __future__ import annotations

import collections
import csv
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

PROGRAM = Path(__file__).with_name("sweep.py")
KILLS = Path(__file__).with_name("kills.csv")
"""When the slow test killed the sweep, and what was there; kept with the tests."""


def _start(folder: Path, backend: str, worlds: int, log: Path) -> subprocess.Popen[str]:
    """The sweep as a program, from the moment it begins to work."""
    program = [sys.executable, str(PROGRAM), str(folder), backend, str(worlds), str(log)]
    process = subprocess.Popen(program, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def _finish(folder: Path, backend: str, worlds: int, log: Path) -> float:
    """Run the sweep to its end; seconds that took."""
    process = _start(folder, backend, worlds, log)
    begun = time.perf_counter()
    assert process.wait() == 0
    return time.perf_counter() - begun


def _kill(folder: Path, backend: str, worlds: int, log: Path, after: float) -> bool:
    """Kill the sweep after some seconds; whether it was still at work."""
    process = _start(folder, backend, worlds, log)
    try:
        process.wait(after)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait() != 0
    return False


def _survives(
    sweep, tmp_path: Path, backend: str, worlds: int, kills: int, log_to: Path | None
) -> None:
    """Kill `kills` times at random instants, then let it end."""
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    length = _finish(whole, backend, worlds, tmp_path / "whole.log")
    log = tmp_path / "broken.log"
    chance = random.Random(kills)
    rows = []
    for number in range(kills):
        after = chance.uniform(0.0, 2.5 * length / kills)
        killed = _kill(broken, backend, worlds, log, after)
        there = len(list((broken / "runs.parquet").glob("*.parquet")))
        rows.append((number, backend, f"{after:.4f}", int(killed), there))
    _finish(broken, backend, worlds, log)
    assert sweep.content(broken) == sweep.content(whole)
    assert sum(row[3] for row in rows) >= kills // 2
    if backend == "serial":
        _check_work(log, kills)
    if log_to is not None:
        with log_to.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file, lineterminator="\n").writerows(
                [("kill", "backend", "seconds_after_start", "was_running", "parts_there"), *rows]
            )


def _check_work(log: Path, kills: int) -> None:
    """No part is added twice, and none computed twice but those in flight at a kill."""
    lines = [line.split(maxsplit=1) for line in log.read_text(encoding="utf-8").splitlines()]
    added = collections.Counter(key for what, key in lines if what == "added")
    started = collections.Counter(key for what, key in lines if what == "start")
    assert max(added.values()) == 1
    assert sum(started.values()) - len(started) <= kills


def test_killed_a_few_times(sweep, tmp_path: Path) -> None:
    _survives(sweep, tmp_path, "serial", 1536, 6, None)


def test_workers_end_with_their_parent(tmp_path: Path) -> None:
    """A worker by itself would wait five minutes for work."""
    process = _start(tmp_path / "s", "processes", 10**7, tmp_path / "log")
    try:
        parts = tmp_path / "s" / "runs.parquet"
        _wait_for(lambda: len(list(parts.glob("*.parquet"))) > 4)  # so they are at work
        workers = _workers(process.pid)
    finally:
        process.kill()
        process.wait()
    assert workers
    _wait_for(lambda: not workers & _workers())


def _workers(parent: int | None = None) -> set[int]:
    """Process ids of workers at work, of one parent or of all."""
    asked = ["ps", "-A", "-ww", "-o", "pid=,ppid=,args="]
    told = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    rows = [line.split(maxsplit=2) for line in told.splitlines() if "popen_loky" in line]
    return {int(pid) for pid, above, _ in rows if parent in (None, int(above))}


def _wait_for(what):
    """What it gives as soon as that is something."""
    for _ in range(600):
        if found := what():
            return found
        time.sleep(0.1)
    pytest.fail("waited for a minute")


@pytest.mark.slow
def test_killed_at_fifty_instants(sweep, tmp_path: Path) -> None:
    _survives(sweep, tmp_path, "serial", 12_800, 50, KILLS)


@pytest.mark.slow
def test_killed_with_workers_at_work(sweep, tmp_path: Path) -> None:
    _survives(sweep, tmp_path, "processes", 12_800, 10, None)
