"""Computes what a results folder lacks, and adds it part by part as it is done."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from warnings import warn

from psasim.errors import StoreError
from psasim.experiment.computing.backends import Backend, WorkersLost, results
from psasim.experiment.computing.compute import (
    Outcome,
    RunSettings,
    Setting,
    Task,
    Tick,
    compute,
)
from psasim.experiment.computing.details import detail_bytes
from psasim.experiment.computing.raw import raw_bytes
from psasim.experiment.folder.part import Block
from psasim.experiment.folder.store import DETAILS, RAW, ROWS, Store
from psasim.extensions import Carried

SMALL = 3.0
"""Seconds of work that do not pay for starting processes."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Runs of which all that is asked for is kept, those asked for, those found done already,
    those that failed now, and those computed of a part that is not whole yet, which only
    parts computed here tell."""

    done: int
    total: int
    found: int
    failed: int
    unkept: int = 0


Report = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class Job:
    """What is missing of a block, as pieces in the order in which they are added; bands: whether
    monthly outcomes are kept for bands; rows: which of `ROWS` are kept."""

    block: Block
    pieces: tuple[Block, ...]
    tasks: tuple[Task, ...]
    bands: bool
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """The pieces of a block, and what came of each; rows: those of `ROWS` that are asked for."""

    block: Block
    pieces: tuple[Block, ...]
    outcomes: tuple[Outcome, ...]
    rows: Mapping[str, bytes]


def fill(
    store: Store,
    worlds: range,
    *,
    backend: Backend,
    engine: str,
    bands: int = 0,
    rows: Collection[str] = (),
    only: Collection[int] | None = None,
    report: Report | None = None,
) -> None:
    """Compute what the store lacks of its design in these worlds.

    bands: worlds whose monthly outcomes are kept until bands are made of them; rows: which of
    `ROWS` are kept of every run; only: points that are computed, None for all; report: called
    before the first part, as parts are done, and as runs are done of parts computed in this
    process.
    Every part that was added stays, whatever happens later.  Where a worker is lost, fewer
    go on.  Raises `StoreError` where a worker's processor gives other bits than this one's,
    and `InputError` where there is too little memory.
    """
    settings = RunSettings(
        store.manifest.study["seed"], store.manifest.study["months"], engine, backend.chunk or 0,
        Carried(store.design.extensions),
    )
    if settings.extensions.stays and backend.name != "serial":
        warn("extensions that a notebook or a prompt defines are computed in this process alone; "
             "in a file or a module of their own they go to several", stacklevel=3)
        backend = replace(backend, name="serial", address=None)
    wants = _Wants(store, bands, tuple(name for name in ROWS if name in rows))
    left: Backend | None = backend
    while left is not None:
        try:
            return _fill(store, list(store.blocks(worlds, only)), left, wants, settings, report)
        except (WorkersLost, MemoryError) as error:
            left = left.fewer()
            if left is None:
                raise WorkersLost(error.__cause__ or error) from None


def _fill(
    store: Store, blocks: Sequence[Block], backend: Backend, wants: _Wants, study: RunSettings,
    report: Report | None,
) -> None:
    total = sum(block.runs for block in blocks)
    lacking = {block: runs for block in blocks if (runs := wants.runs(block))}
    found = total - sum(lacking.values())
    progress = Progress(found, total, found, 0)
    if report is not None:
        report(progress)

    def compute_here(job: Job) -> Done:
        unkept = 0

        def tick(runs: int) -> None:
            nonlocal unkept
            unkept = min(unkept + runs, lacking[job.block])
            if report is not None:
                report(replace(progress, unkept=unkept))

        return _compute(job, tick)

    jobs = (_job(wants, block, study) for block in lacking)
    for done in _done(backend, jobs, total - found, compute_here):
        _add(store, done)
        failed = sum(outcome.failed for outcome in done.outcomes)
        kept = progress.done + lacking[done.block]
        progress = replace(progress, done=kept, failed=progress.failed + failed)
        if report is not None:
            report(progress)


@dataclass(frozen=True, slots=True)
class _Wants:
    """What a store lacks of what is asked for."""

    store: Store
    bands: int
    rows: tuple[str, ...]

    def lacks_bands(self, block: Block) -> bool:
        return block.worlds.start < self.bands and not self.store.has_paths(block)

    def lacks_rows(self, block: Block) -> tuple[str, ...]:
        return tuple(name for name in self.rows if not self.store.has_rows(name, block))

    def pieces(self, block: Block) -> list[Block]:
        """To be computed; bands and rows are of whole blocks, so its runs come with them."""
        if self.lacks_bands(block) or self.lacks_rows(block):
            return [self.store.widened(block)]
        return self.store.missing(block)

    def runs(self, block: Block) -> int:
        """Of those asked for, how many are to be computed."""
        return min(sum(piece.runs for piece in self.pieces(block)), block.runs)


def _job(wants: _Wants, block: Block, study: RunSettings) -> Job:
    bands, rows = wants.lacks_bands(block), wants.lacks_rows(block)
    pieces = tuple(wants.pieces(block))
    tasks = tuple(_task(wants.store, piece, study, bands or RAW in rows, DETAILS in rows)
                  for piece in pieces)
    return Job(block, pieces, tasks, bands, rows)


def _task(store: Store, piece: Block, study: RunSettings, paths: bool, details: bool) -> Task:
    points = store.design.points[piece.points.start : piece.points.stop]
    settings = tuple(Setting.of(point) for point in points)
    names = dict.fromkeys(setting.scenario for setting in settings)
    scenarios = {name: store.design.scenarios[name] for name in names}
    return Task(study, scenarios, settings, piece.worlds, paths, store.stamps.of(piece), details)


def _compute(job: Job, tick: Tick | None = None) -> Done:
    outcomes = tuple(compute(task, tick) for task in job.tasks)
    rows: dict[str, bytes] = {}
    if RAW in job.rows and outcomes[0].paths is not None:
        rows[RAW] = raw_bytes(job.tasks[0], outcomes[0].paths)
    if DETAILS in job.rows:
        rows[DETAILS] = detail_bytes(job.tasks[0], outcomes[0].details)
    outcomes = tuple(replace(outcome, details={}, paths=outcome.paths if job.bands else None)
                     for outcome in outcomes)
    return Done(job.block, job.pieces, outcomes, rows)


def _done(
    backend: Backend, jobs: Iterator[Job], runs: int, compute_here: Callable[[Job], Done]
) -> Iterator[Done]:
    """Jobs as they are done.

    With processes the first is computed here, and so are the others where its time says
    that starting processes would not pay.
    """
    first = next(jobs, None) if backend.name == "processes" else None
    if first is not None:
        start = time.perf_counter()
        yield compute_here(first)
        elapsed = time.perf_counter() - start
        size = sum(task.runs for task in first.tasks)
        if elapsed * (runs - size) < SMALL * size:
            backend = replace(backend, name="serial")
    yield from results(backend, compute_here if backend.name == "serial" else _compute, jobs)


def _add(store: Store, done: Done) -> None:
    for piece, outcome in zip(done.pieces, done.outcomes, strict=True):
        if outcome.fingerprint != store.manifest.fingerprint:
            raise StoreError(
                f"a worker gives bit fingerprint {outcome.fingerprint}, and {store.folder} holds "
                f"{store.manifest.fingerprint}: one of the two machines rounds "
                "otherwise than psasim knows; leave it out"
            )
        store.add(done.block, piece, outcome.rows)
        if outcome.paths is not None:
            store.add_paths(piece, outcome.paths)
        for name, rows in done.rows.items():
            store.add_rows(name, piece, rows)

