"""Jobs timed in turn, so that what else the machine does falls on all of them alike."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

Job = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Spread:
    """Median and range of repeated measurements."""

    median: float
    low: float
    high: float

    @classmethod
    def of(cls, values: ArrayLike) -> Spread:
        return cls(float(np.median(values)), float(np.min(values)), float(np.max(values)))


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds of each repeat: of this process on a processor, and on the clock."""

    cpu: np.ndarray
    wall: np.ndarray


def in_turn(jobs: Mapping[str, Job], repeats: int) -> dict[str, Times]:
    """Time every job once a repeat, after one untimed round; each round starts elsewhere."""
    names = list(jobs)
    for job in jobs.values():
        job()
    cpu, wall = np.empty((repeats, len(names))), np.empty((repeats, len(names)))
    for row in range(repeats):
        for place in range(len(names)):
            column = (row + place) % len(names)
            clock, processor = time.perf_counter(), time.process_time()
            jobs[names[column]]()
            cpu[row, column] = time.process_time() - processor
            wall[row, column] = time.perf_counter() - clock
    return {name: Times(cpu[:, i], wall[:, i]) for i, name in enumerate(names)}


def slope(sizes: np.ndarray, costs: np.ndarray) -> np.ndarray:
    """Log-log slope of cost against size, one for each repeat; costs: (repeats, sizes)."""
    x = np.log(sizes) - np.log(sizes).mean()
    return (np.log(costs) @ x) / (x @ x)
