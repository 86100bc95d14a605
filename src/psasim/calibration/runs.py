"""Statistics of parameter sets: the model run on every case, block by block, kept on disk."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from psasim.calibration.bands import SHIPPED, Band, Evidence
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

Report = Callable[[int], object]
"""Told of runs as they are done."""


@dataclass(frozen=True, slots=True, eq=False)
class Job:
    """Sets (n, parameters) to run on the one case of `bands`; names: of the parameters; file:
    where their statistics go."""

    bands: tuple[Band, ...]
    names: tuple[str, ...]
    rows: Floats
    worlds: int
    seed: int
    file: Path


def statistics(
    bands: Sequence[Band], sets: Sequence[Parameters], worlds: int, seed: int
) -> Floats:
    """Mean over worlds and variance between them of the statistics of bands of one case.

    (2, sets, bands); NaN where a run failed.
    """
    case = bands[0].case
    settings = tuple(
        Setting(number, case.scenario, case.package, case.governance, values)
        for number, values in enumerate(sets)
    )
    scenarios = {case.scenario: load_scenario(case.scenario)}
    outcome = compute(Task(
        RunSettings(seed, case.months, "ensemble", 0), scenarios, settings, range(worlds),
        case.paths,
    ))
    measures = _measures(outcome.rows, len(sets), worlds)
    values = [band.statistic(measures, outcome.paths) for band in bands]
    return np.stack([
        np.stack([value.mean(axis=1) for value in values], axis=1),
        np.stack([value.var(axis=1, ddof=1) for value in values], axis=1),
    ])


def run(
    rows: Floats, factor: int, seed: int, folder: Path, backend: Backend,
    report: Report | None = None, evidence: Evidence = SHIPPED,
) -> Floats:
    """Statistics of every set on every case, (2, sets, bands) in the order of the bands.

    rows: sets, (sets, parameters); factor: times the worlds of the first wave; folder:
    where blocks are kept, and found again; report: called with runs as they are done.
    """
    make_folder(folder)
    jobs = list(_jobs(rows, factor, seed, folder, evidence))
    lacking = [job for job in jobs if not job.file.exists()]
    if report is not None:
        report(sum(_size(job) for job in jobs) - sum(_size(job) for job in lacking))
    for done in results(backend, _keep, lacking):
        if report is not None:
            report(done)
    by_case = [
        np.concatenate([np.load(job.file) for job in jobs if job.bands == bands], axis=1)
        for bands in evidence.cases.values()
    ]
    found = [band.key for bands in evidence.cases.values() for band in bands]
    order = [found.index(band.key) for band in evidence.bands]
    return np.concatenate(by_case, axis=2)[:, :, order]


def size(sets: int, factor: int, evidence: Evidence = SHIPPED) -> int:
    """Runs that `run` makes."""
    return sets * factor * sum(case.worlds for case in evidence.cases)


def _jobs(
    rows: Floats, factor: int, seed: int, folder: Path, evidence: Evidence
) -> Iterator[Job]:
    for first in range(0, len(rows), BLOCK):
        for number, (case, bands) in enumerate(evidence.cases.items()):
            file = folder / f"case-{number}-sets-{first:06d}.npy"
            yield Job(bands, evidence.names, rows[first : first + BLOCK],
                      case.worlds * factor, seed, file)


def _size(job: Job) -> int:
    return len(job.rows) * job.worlds


def _keep(job: Job) -> int:
    """Run a job and keep what came of it, whole or not at all; the runs it took."""
    sets = [as_parameters(row, job.names) for row in job.rows]
    values = statistics(job.bands, sets, job.worlds, job.seed)
    content = io.BytesIO()
    np.save(content, values)
    write_whole(job.file, content.getvalue())
    return _size(job)


def _measures(rows: bytes, sets: int, worlds: int) -> dict[str, Floats]:
    import pyarrow.parquet as pq

    table = pq.read_table(io.BytesIO(rows), columns=list(MEASURES.shipped))
    return {name: table[name].to_numpy().reshape(sets, worlds) for name in MEASURES.shipped}
