"""Statistics of parameter sets: the model run on every case, block by block, kept on disk."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from psasim.calibration.bands import BANDS, CASES, Case
from psasim.calibration.prior import as_parameters
from psasim.declared.parameters import Parameters
from psasim.experiment.computing.backends import Backend, results
from psasim.experiment.computing.compute import RunSettings, Setting, Task, compute
from psasim.experiment.folder.durable import make_folder, write_whole
from psasim.mechanisms.ordered_sum import Floats
from psasim.results.measures import MEASURES
from psasim.scenario import load_scenario

BLOCK = 64
"""Sets that are run, and kept, together."""

MONTHS = 36

Report = Callable[[int], object]
"""Told of runs as they are done."""


@dataclass(frozen=True, slots=True, eq=False)
class Job:
    """Sets (n, parameters) to run on the case of this number in `CASES`; file: where their
    statistics go."""

    case: int
    rows: Floats
    worlds: int
    seed: int
    file: Path


def statistics(case: Case, sets: Sequence[Parameters], worlds: int, seed: int) -> Floats:
    """Mean over worlds and variance between them of the case's statistics.

    (2, sets, bands of the case); NaN where a run failed.
    """
    settings = tuple(
        Setting(number, case.scenario, case.package, case.governance, values)
        for number, values in enumerate(sets)
    )
    scenarios = {case.scenario: load_scenario(case.scenario)}
    outcome = compute(Task(
        RunSettings(seed, MONTHS, "ensemble", 0), scenarios, settings, range(worlds), case.paths
    ))
    measures = _measures(outcome.rows, len(sets), worlds)
    values = [band.statistic(measures, outcome.paths) for band in CASES[case]]
    return np.stack([
        np.stack([value.mean(axis=1) for value in values], axis=1),
        np.stack([value.var(axis=1, ddof=1) for value in values], axis=1),
    ])


def run(
    rows: Floats, factor: int, seed: int, folder: Path, backend: Backend,
    report: Report | None = None,
) -> Floats:
    """Statistics of every set on every case, (2, sets, bands) in the order of `BANDS`.

    rows: sets, (sets, parameters); factor: times the worlds of the first wave; folder:
    where blocks are kept, and found again; report: called with runs as they are done.
    """
    make_folder(folder)
    jobs = list(_jobs(rows, factor, seed, folder))
    lacking = [job for job in jobs if not job.file.exists()]
    if report is not None:
        report(sum(_size(job) for job in jobs) - sum(_size(job) for job in lacking))
    for done in results(backend, _keep, lacking):
        if report is not None:
            report(done)
    by_case = [
        np.concatenate([np.load(job.file) for job in jobs if job.case == case], axis=1)
        for case in range(len(CASES))
    ]
    found = [band.key for case in CASES for band in CASES[case]]
    return np.concatenate(by_case, axis=2)[:, :, [found.index(band.key) for band in BANDS]]


def size(sets: int, factor: int) -> int:
    """Runs that `run` makes."""
    return sets * factor * sum(case.worlds for case in CASES)


def _jobs(rows: Floats, factor: int, seed: int, folder: Path) -> Iterator[Job]:
    for first in range(0, len(rows), BLOCK):
        for number, case in enumerate(CASES):
            file = folder / f"case-{number}-sets-{first:06d}.npy"
            yield Job(number, rows[first : first + BLOCK], case.worlds * factor, seed, file)


def _size(job: Job) -> int:
    return len(job.rows) * job.worlds


def _keep(job: Job) -> int:
    """Run a job and keep what came of it, whole or not at all; the runs it took."""
    case = list(CASES)[job.case]
    values = statistics(case, [as_parameters(row) for row in job.rows], job.worlds, job.seed)
    content = io.BytesIO()
    np.save(content, values)
    write_whole(job.file, content.getvalue())
    return _size(job)


def _measures(rows: bytes, sets: int, worlds: int) -> dict[str, Floats]:
    import pyarrow.parquet as pq

    table = pq.read_table(io.BytesIO(rows), columns=list(MEASURES.shipped))
    return {name: table[name].to_numpy().reshape(sets, worlds) for name in MEASURES.shipped}
