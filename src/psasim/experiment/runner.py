"""Computes what a results folder lacks, and adds it part by part as it is done."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from psasim.errors import StoreError
from psasim.experiment.computing.backends import Backend, results
from psasim.experiment.computing.compute import Outcome, RunSettings, Setting, Task, compute
from psasim.experiment.folder.store import Block, Store

SMALL = 3.0
"""Seconds of work that do not pay for starting processes."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Runs done and asked for, those found done already, and those that failed now."""

    done: int
    total: int
    found: int
    failed: int


Report = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class Job:
    """What is missing of a block, as pieces in the order in which they are added."""

    block: Block
    pieces: tuple[Block, ...]
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """The pieces of a block, and what came of each."""

    block: Block
    pieces: tuple[Block, ...]
    outcomes: tuple[Outcome, ...]


def fill(
    store: Store,
    worlds: range,
    *,
    backend: Backend,
    engine: str,
    bands: int = 0,
    report: Report | None = None,
) -> None:
    """Compute what the store lacks of its design in these worlds.

    bands: worlds whose monthly outcomes are kept too; report: called before the first part
    and as parts are done.
    Every part that was added stays, whatever happens later.  Raises `StoreError` where a
    worker's processor gives other bits than this one's.
    """
    total = sum(block.runs for block in store.blocks(worlds))
    lacking = [b for b in store.blocks(worlds) if not store.has(b) or _lacks_paths(store, b, bands)]
    found = total - sum(piece.runs for block in lacking for piece in store.missing(block))
    progress = Progress(found, total, found, 0)
    if report is not None:
        report(progress)
    study = RunSettings(
        store.manifest.study["seed"], store.manifest.study["months"], engine, backend.chunk or 0
    )
    jobs = (_job(store, block, study, bands) for block in lacking)
    for done in _done(backend, jobs, total - found):
        new = sum(piece.runs for piece in store.missing(done.block))
        _add(store, done)
        failed = sum(outcome.failed for outcome in done.outcomes)
        progress = replace(progress, done=progress.done + new, failed=progress.failed + failed)
        if report is not None:
            report(progress)


def _lacks_paths(store: Store, block: Block, bands: int) -> bool:
    return block.worlds.start < bands and not store.has_paths(block)


def _job(store: Store, block: Block, study: RunSettings, bands: int) -> Job:
    """What to compute of a block; paths are of whole blocks, so its runs come with them."""
    paths = _lacks_paths(store, block, bands)
    pieces = [store.widened(block)] if paths else store.missing(block)
    return Job(block, tuple(pieces), tuple(_task(store, p, study, paths) for p in pieces))


def _task(store: Store, piece: Block, study: RunSettings, paths: bool) -> Task:
    points = store.design.points[piece.points.start : piece.points.stop]
    settings = tuple(
        Setting(p.number, p.scenario, p.package, p.governance, p.parameters) for p in points
    )
    names = dict.fromkeys(setting.scenario for setting in settings)
    scenarios = {name: store.design.scenarios[name] for name in names}
    return Task(study, scenarios, settings, piece.worlds, paths)


def _compute(job: Job) -> Done:
    return Done(job.block, job.pieces, tuple(compute(task) for task in job.tasks))


def _done(backend: Backend, jobs: Iterator[Job], runs: int) -> Iterator[Done]:
    """Jobs as they are done.

    With processes the first is computed here, and so are the others where its time says
    that starting processes would not pay.
    """
    first = next(jobs, None) if backend.name == "processes" else None
    if first is not None:
        start = time.perf_counter()
        yield _compute(first)
        elapsed = time.perf_counter() - start
        size = sum(task.runs for task in first.tasks)
        if elapsed * (runs - size) < SMALL * size:
            backend = replace(backend, name="serial")
    yield from results(backend, _compute, jobs)


def _add(store: Store, done: Done) -> None:
    for piece, outcome in zip(done.pieces, done.outcomes, strict=True):
        if outcome.fingerprint != store.manifest.fingerprint:
            raise StoreError(
                f"a worker gives bit fingerprint {outcome.fingerprint}, and {store.folder} holds "
                f"{store.manifest.fingerprint}: processors of two kinds differ in the last bits; "
                "use workers of one kind"
            )
        store.add(done.block, piece, outcome.rows)
        if outcome.paths is not None:
            store.add_paths(piece, outcome.paths)

