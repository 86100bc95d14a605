"""Many runs side by side along the last axis, a chunk at a time."""

from __future__ import annotations

import numpy as np

from psasim.coefficients import Coefficients
from psasim.engines.rule import decide
from psasim.engines.trajectory import Recorder, Trajectory
from psasim.engines.variant import USUAL, Variant
from psasim.month import start, step
from psasim.month.worlds import Worlds
from psasim.structure.layout import Layout

CHUNK, CONTRIBUTIONS = 256, 160
"""Runs side by side that fit the cache and still hide the cost of a call, and the
contributions of the scenario (`csr2007`) they were found best for."""

BUFFER = 64
"""Elements NumPy copies of a column at a time to meet an array of runs: no more than a
row of runs.  Its usual 8192 refill a whole array's worth."""


def side_by_side(layout: Layout) -> int:
    """Runs to take at a time: fewer the more contributions, a power of two."""
    fitting = CHUNK * CONTRIBUTIONS / layout.contributions
    return 1 << int(np.clip(np.log2(fitting), 5, 10))


def run(
    layout: Layout, k: Coefficients, worlds: Worlds, variant: Variant = USUAL
) -> Trajectory:
    """Run every world; k: (rows, 1) for one design point, or (rows, runs), one a world."""
    usual = np.setbufsize(BUFFER)
    try:
        return _run(layout, k, worlds, variant)
    finally:
        np.setbufsize(usual)


def _run(layout: Layout, k: Coefficients, worlds: Worlds, variant: Variant) -> Trajectory:
    decisions = decide(variant.rule, layout, worlds)
    state = start(layout, k, worlds.runs)
    recorder = Recorder(layout, worlds.months, worlds.runs)
    for month in range(worlds.months):
        state, flows = step(state, layout, k, worlds.month(month), decisions)
        state = variant.after(state, flows, layout, k, worlds)
        recorder.record(state, flows)
    return recorder.trajectory(layout, k, decisions)
