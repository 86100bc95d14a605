"""What analysis and report of a large finished experiment cost, beside reading its parts once.

`python -m benchmarks.million [--runs 1000000]` makes a folder of the teaching scenario under many
futures, whose measures are one real block's with noise (nothing else is simulated), then asks every
question and writes the report, in one process; it prints seconds, the ratio to one reading of all
parts, and the peak of memory.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from psasim.analysis.questions import QUESTIONS, Asked
from psasim.cli.composed import composed
from psasim.errors import Unanswerable
from psasim.experiment import runner
from psasim.experiment.computing.backends import Backend
from psasim.experiment.computing.compute import Outcome, Task, Tick, _Block, _table, compute
from psasim.experiment.computing.parquet import parquet_bytes
from psasim.experiment.folder.reader import open_results, stored
from psasim.experiment.folder.store import Store
from psasim.report import write_stored
from psasim.report.page import write_page
from psasim.results.measures import MEASURES

FUTURES = 50


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=1_000_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "out"
        made, runs = _clock(lambda: _make(folder, given.runs))
        print(f"{runs:,} runs made in {made:.0f} s")
        once, _ = _clock(lambda: [pq.read_table(p) for p in (folder / "runs.parquet").iterdir()])
        asked, _ = _clock(lambda: _ask(folder))
        told, _ = _clock(lambda: write_page(folder))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"all parts read once {once:.1f} s; every question {asked:.1f} s, {asked / once:.0f} "
          f"times that; report {told:.1f} s, {told / once:.0f} times; peak {peak:.2f} GB")


def _clock(job: Any) -> tuple[float, Any]:
    start = time.perf_counter()
    found = job()
    return time.perf_counter() - start, found


def _ask(folder: Path) -> None:
    results = open_results(folder)
    for question in QUESTIONS.values():
        with suppress(Unanswerable):
            question.answer(results, Asked())


def _make(folder: Path, runs: int) -> int:
    futures = f"{{design: latin_hypercube, points: {FUTURES}, over: all}}"
    config = composed(["scenario=teaching", f"experiment.uncertainties={futures}"])
    worlds = max(runs // len(config.points), 20)
    patched, runner.compute = runner.compute, _Made()
    try:
        with Store(folder, config.design, seed=1, months=12) as store:
            runner.fill(store, range(worlds), backend=Backend("serial"), engine="ensemble")
            write_stored(store, stored(store, worlds), settings={"headline": "attainment",
                                                                 "worlds": worlds}, command="")
    finally:
        runner.compute = patched
    return worlds * len(config.points)


class _Made:
    """Outcomes of tasks: the first one's measures, moved by point and world."""

    def __init__(self) -> None:
        self._real: dict[str, float] = {}

    def __call__(self, task: Task, tick: Tick | None = None) -> Outcome:
        if not self._real:
            first = compute(replace(task, settings=task.settings[:1], worlds=range(8)))
            table = pq.read_table(pa.BufferReader(first.rows))
            self._real = {name: float(table[name].to_numpy().mean()) for name in MEASURES}
            self._print = first.fingerprint
        rng = np.random.default_rng([task.settings[0].number, task.worlds.start])
        shape = len(task.settings), len(task.worlds)
        block = _Block({name: value + 0.05 * rng.standard_normal(shape)
                        for name, value in self._real.items()}, None, {}, set(), {})
        return Outcome(parquet_bytes(_table(task, block)), None, 0, self._print)


if __name__ == "__main__":
    main()
