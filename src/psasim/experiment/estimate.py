"""What a design will take, from a pilot on this machine."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, replace

from psasim.experiment.computing.compute import RunSettings, Setting, Task, compute
from psasim.experiment.computing.raw import raw_bytes
from psasim.experiment.design.points import Design
from psasim.experiment.folder.manifest import shape_of

ENOUGH = 0.5
"""Seconds of a pilot that make its rate worth quoting."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """runs: points times worlds; seconds: on one core; size: bytes of `runs.parquet`;
    raw: bytes of `trajectories_raw.parquet`, where asked for; piloted: runs that were
    computed to tell."""

    runs: int
    seconds: float
    size: float
    raw: float
    piloted: int


def estimate(design: Design, worlds: int, study: RunSettings, raw: bool) -> Estimate:
    """Time and disk for the design in so many worlds, scenario by scenario.

    raw: whether monthly outcomes of every run are kept.  The pilot runs points from all
    over the design, in blocks like those of a store.
    """
    points = Counter(point.scenario for point in design.points)
    seconds = size = size_raw = 0.0
    piloted = 0
    for scenario, count in points.items():
        task = _task(design, scenario, count, worlds, study, raw)
        pilot = _pilot(task)
        share = count * worlds / pilot.runs
        seconds += pilot.seconds * share
        size += pilot.size * share
        size_raw += pilot.raw * share
        piloted += pilot.runs
    return Estimate(len(design.points) * worlds, seconds, size, size_raw, piloted)


def _task(
    design: Design, scenario: str, count: int, worlds: int, study: RunSettings, raw: bool
) -> Task:
    """A block of evenly spaced points of a scenario."""
    shape = shape_of(len(design.points))
    every = max(count // shape.points, 1)
    own = (point for point in design.points if point.scenario == scenario)
    chosen = [point for place, point in enumerate(own) if place % every == 0][: shape.points]
    settings = tuple(Setting.of(point) for point in chosen)
    scenarios = {scenario: design.scenarios[scenario]}
    return Task(study, scenarios, settings, range(min(worlds, shape.worlds)), raw)


def _pilot(task: Task) -> Estimate:
    """Of the runs of the pilot; the first run of a block, which warms up, is not counted."""
    compute(replace(task, settings=task.settings[:1], worlds=range(1)))
    start = time.perf_counter()
    runs = size = raw = 0
    while not runs or time.perf_counter() - start < ENOUGH:
        outcome = compute(task)
        size += len(outcome.rows)
        raw += 0 if outcome.paths is None else len(raw_bytes(task, outcome.paths))
        runs += task.runs
    return Estimate(runs, time.perf_counter() - start, size, raw, runs)
