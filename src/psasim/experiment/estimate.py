"""What a design will take, from a pilot on this machine."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from psasim.experiment.computing.compute import RunSettings, Setting, Task, compute
from psasim.experiment.computing.details import detail_bytes
from psasim.experiment.computing.raw import raw_bytes
from psasim.experiment.design.points import Design
from psasim.experiment.folder.manifest import shape_of
from psasim.experiment.folder.store import DETAILS, RAW

ENOUGH = 0.5
"""Seconds of a pilot that make its rate worth quoting."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """runs: points times worlds; seconds: on one core; size: bytes of `runs.parquet`;
    rows: bytes by which of `ROWS` is asked for; piloted: runs that were computed to tell."""

    runs: int
    seconds: float
    size: float
    rows: Mapping[str, float]
    piloted: int


def estimate(
    design: Design, worlds: int, study: RunSettings, rows: Collection[str]
) -> Estimate:
    """Time and disk for the design in so many worlds, scenario by scenario.

    rows: which of `ROWS` are kept of every run.  The pilot runs points from all
    over the design, in blocks like those of a store.
    """
    points = Counter(point.scenario for point in design.points)
    seconds = size = 0.0
    of_rows = dict.fromkeys(rows, 0.0)
    piloted = 0
    for scenario, count in points.items():
        task = _task(design, scenario, count, worlds, study, rows)
        pilot = _pilot(task)
        share = count * worlds / pilot.runs
        seconds += pilot.seconds * share
        size += pilot.size * share
        of_rows = {name: own + pilot.rows.get(name, 0.0) * share for name, own in of_rows.items()}
        piloted += pilot.runs
    return Estimate(len(design.points) * worlds, seconds, size, of_rows, piloted)


def _task(
    design: Design, scenario: str, count: int, worlds: int, study: RunSettings,
    rows: Collection[str],
) -> Task:
    """A block of evenly spaced points of a scenario."""
    shape = shape_of(len(design.points))
    every = max(count // shape.points, 1)
    own = (point for point in design.points if point.scenario == scenario)
    chosen = [point for place, point in enumerate(own) if place % every == 0][: shape.points]
    settings = tuple(Setting.of(point) for point in chosen)
    scenarios = {scenario: design.scenarios[scenario]}
    return Task(study, scenarios, settings, range(min(worlds, shape.worlds)), RAW in rows,
                details=DETAILS in rows)


def _pilot(task: Task) -> Estimate:
    """Of the runs of the pilot; the first run of a block, which warms up, is not counted."""
    compute(replace(task, settings=task.settings[:1], worlds=range(1)))
    start = time.perf_counter()
    runs = size = 0
    rows = {RAW: 0.0, DETAILS: 0.0}
    while not runs or time.perf_counter() - start < ENOUGH:
        outcome = compute(task)
        size += len(outcome.rows)
        rows[RAW] += 0 if outcome.paths is None else len(raw_bytes(task, outcome.paths))
        rows[DETAILS] += len(detail_bytes(task, outcome.details)) if task.details else 0
        runs += task.runs
    return Estimate(runs, time.perf_counter() - start, size, rows, runs)
