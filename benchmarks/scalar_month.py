"""The same month as a scalar compiled loop: one run at a time, one number at a time.

This is what the ensemble is measured against, and nothing else: `scalar_effort` and
`scalar_delivery` repeat the equations of the month by hand, and `ScalarLoop.disagreement`
holds the result to the ensemble's before either is timed.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import scalar_delivery as delivery
import scalar_effort as effort
import scalar_tables as tables
from scalar_flags import compiled

from psasim.coefficients import Coefficients
from psasim.engines.trajectory import Trajectory
from psasim.month.worlds import Worlds
from psasim.structure.layout import Layout


@compiled()
def run_worlds(n, k, z, w, figures, s, sums, final, kept):
    """Every run, month by month; results are written into sums, final and kept."""
    runs, months = z.outcome.shape[0], z.outcome.shape[1]
    for r in range(runs):
        for i in range(len(s)):
            s[i][:] = 0.0
        effort.begin(n, k, w, figures)
        for t in range(months):
            effort.mobilise(n, k, w, z.volunteer[r, t])
            effort.overhead(n, k, w, s)
            effort.perceive(n, k, w, t)
            effort.work(n, k, w, s)
            delivery.clarity(n, k, w)
            delivery.clear(n, k, w, s, z.problem[r, t], z.body[r, t])
            delivery.deliver(n, k, w, s)
            delivery.produce(n, k, w, s, kept.real[r, t], z.outcome[r, t])
            delivery.publish(n, k, w, figures, s, t, z.noise[r, t])
            delivery.rate(n, k, w, kept.reported[r, t], kept.rated[r, t])
            delivery.review(n, k, w, s, t, z.detection[r, t])
            delivery.learn(n, k, w)
            delivery.count_waiting(n, w, s)
        delivery.keep(n, k, w, figures, months, kept.clarity[r], kept.closing[r])
        for i in range(len(s)):
            effort.copy(s[i], sums[i][r])
        for i in range(len(final)):
            effort.copy(w[i], final[i][r])


class ScalarLoop:
    """The loop for one design point in some worlds; `run` fills `sums`, `final`, `kept`."""

    def __init__(self, layout: Layout, k: Coefficients, worlds: Worlds) -> None:
        self._index = tables.index(layout, k, worlds.months)
        self._numbers = tables.numbers(layout, k)
        self._draws = tables.draws(worlds)
        self._room = tables.room(layout, self._index, worlds.months, worlds.runs)

    def run(self) -> None:
        """Every month of every world."""
        run_worlds(self._index, self._numbers, self._draws, **self._room)

    def disagreement(self, trajectory: Trajectory) -> dict[str, float]:
        """Largest difference from what the ensemble kept, relative to its scale, by name."""
        ours = {
            **{name: (trajectory.final, name, rows) for name, rows in self._kept("final")},
            **{f"path of {name}": (trajectory, name, rows) for name, rows in self._kept("kept")},
        }
        apart = {key: _apart(getattr(*where), rows) for key, (*where, rows) in ours.items()}
        for name, rows in self._kept("sums"):
            theirs = trajectory.sums.get(name)
            apart[f"sum of {name}"] = _apart(
                getattr(trajectory, name) if theirs is None else theirs, rows
            )
        return apart

    def _kept(self, table: str) -> Iterable[tuple[str, np.ndarray]]:
        return self._room[table]._asdict().items()


def _apart(theirs: np.ndarray, ours: np.ndarray) -> float:
    """Largest difference over the largest size; ours: the run first."""
    scale = np.abs(theirs).max(initial=0.0) or 1.0
    return float(np.abs(theirs - np.moveaxis(ours, 0, -1)).max(initial=0.0) / scale)
