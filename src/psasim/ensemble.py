"""Many runs side by side along the last axis, a chunk at a time."""

from __future__ import annotations

from psasim.coefficients import Coefficients
from psasim.decisions import Everyone
from psasim.layout import Layout
from psasim.month import start, step
from psasim.trajectory import Recorder, Trajectory
from psasim.worlds import Worlds

CHUNK = 128
"""Runs side by side that fit the cache and still hide the cost of a call."""


def run(layout: Layout, k: Coefficients, worlds: Worlds) -> Trajectory:
    """Run every world; k: (rows, 1) for one design point, or (rows, runs), one a world."""
    decisions = Everyone(layout)
    state = start(layout, k, worlds.runs)
    recorder = Recorder(layout, worlds.months, worlds.runs)
    for month in range(worlds.months):
        state, flows = step(state, layout, k, worlds.month(month), decisions)
        recorder.record(state, flows)
    return recorder.trajectory(layout, k, decisions)
