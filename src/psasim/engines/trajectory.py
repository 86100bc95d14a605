"""What is kept of a run: monthly outcomes, sums over the months, and how it closed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from psasim.coefficients import Coefficients
from psasim.mechanisms.ordered_sum import Floats
from psasim.month import closing_figures
from psasim.month.decisions import Decisions
from psasim.month.state import Flows, State
from psasim.structure.layout import Layout

SUMMED = (
    "overhead",
    "gaming",
    "slack",
    "own",
    "distortion",
    "chain",
    "practice",
    "mix",
    "realised",
    "output",
    "moved",
    "undetected",
    "escalated",
)


@dataclass(frozen=True, slots=True, eq=False)
class Trajectory:
    """What is kept of runs side by side.

    real, reported, rated: (months, O, R), the last in bands of the FCO rule; sums:
    flows added over the months, by name; waiting, short: months an outcome was not
    mobilised, and had never met its target, (O, R); clarity (B): in the last month;
    closing (I): figures of the closing assessment; final: the last state; memory: what a rule
    or agents of one's own remembered, (rows, R), by name.
    """

    months: int
    real: Floats
    reported: Floats
    rated: Floats
    sums: dict[str, Floats]
    waiting: Floats
    short: Floats
    clarity: Floats
    closing: Floats
    final: State
    memory: Mapping[str, Floats] = field(default_factory=dict)


class Recorder:
    """Adds up months as they pass."""

    def __init__(self, layout: Layout, months: int, runs: int) -> None:
        shape = (months, layout.outcomes, runs)
        self._real = np.empty(shape)
        self._reported = np.empty(shape)
        self._rated = np.empty(shape)
        self._waiting = np.zeros(shape[1:])
        self._short = np.zeros(shape[1:])
        self._reached = np.zeros(shape[1:], dtype=bool)
        self._sums: dict[str, Floats] = {}
        self._last: tuple[State, Flows] | None = None

    def record(self, state: State, flows: Flows) -> None:
        """Take in one month."""
        row = state.month - 1
        self._real[row] = state.real
        self._reported[row] = flows.reported
        self._rated[row] = flows.rated
        self._waiting += 1.0 - state.mobilised
        self._reached |= state.real >= 1.0
        self._short += ~self._reached
        for name in SUMMED:
            flow = getattr(flows, name)
            if name in self._sums:
                self._sums[name] += flow
            else:
                self._sums[name] = flow.copy()
        self._last = (state, flows)

    def trajectory(self, layout: Layout, k: Coefficients, decisions: Decisions) -> Trajectory:
        """What was recorded, with the closing assessment."""
        if self._last is None:
            raise ValueError("no month was recorded")
        state, flows = self._last
        return Trajectory(
            months=state.month,
            real=self._real,
            reported=self._reported,
            rated=self._rated,
            sums=self._sums,
            waiting=self._waiting,
            short=self._short,
            clarity=flows.clarity,
            closing=closing_figures(state, layout, k, decisions),
            final=state,
            memory=memory_of(decisions),
        )


def memory_of(decisions: Decisions) -> Mapping[str, Floats]:
    """What whoever decided remembered; the usual ones remember nothing."""
    hand_out = getattr(decisions, "memory", None)
    return {} if hand_out is None else hand_out()
