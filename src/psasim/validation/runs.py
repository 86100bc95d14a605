"""What a pattern's claims read: measures and monthly outcomes of its arms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from psasim.experiment.folder.part import read_paths
from psasim.experiment.folder.reader import stored
from psasim.experiment.folder.store import Store
from psasim.mechanisms.ordered_sum import Floats
from psasim.results.parts import PATHS


class Runs:
    """Runs of every arm under every parameter set in every world.

    measures: (sets, worlds) by measure and arm; paths: (sets, worlds, months, outcomes)
    by quantity and arm, empty where the pattern keeps none.
    """

    def __init__(
        self, measures: Mapping[tuple[str, str], Floats], paths: Mapping[tuple[str, str], Floats]
    ) -> None:
        self._measures = measures
        self._paths = paths

    def measure(self, name: str, arm: str) -> Floats:
        """A declared measure, (sets, worlds); NaN where the run failed."""
        return self._measures[name, arm]

    def path(self, quantity: str, arm: str) -> Floats:
        """Monthly outcomes, `real` or `reported`, (sets, worlds, months, outcomes)."""
        return self._paths[quantity, arm]


def read_runs(store: Store, arms: Sequence[str], sets: int, worlds: int, paths: bool) -> Runs:
    """The runs of a filled store, whose points are numbered arm after arm."""
    frame = stored(store, worlds).to_frame()
    measures = {
        (name, arm): column.to_numpy().reshape(len(arms), sets, worlds)[place]
        for name, column in frame.items() if column.dtype.kind == "f"
        for place, arm in enumerate(arms)
    }
    if not paths:
        return Runs(measures, {})
    whole = _paths(store, len(arms) * sets, worlds)
    return Runs(measures, {
        (quantity, arm): np.moveaxis(whole[place * sets : (place + 1) * sets, row], -1, 1)
        for row, quantity in enumerate(PATHS) for place, arm in enumerate(arms)
    })


def _paths(store: Store, points: int, worlds: int) -> Floats:
    """Monthly outcomes of all points, (points, quantities, months, outcomes, worlds)."""
    whole: Floats | None = None
    for part in store.paths.values():
        piece = read_paths(part)
        if whole is None:
            whole = np.empty((points, *piece.shape[1:4], worlds))
        at, met = part.block.points, part.block.worlds
        wanted = piece[..., : max(worlds - met.start, 0)]
        whole[at.start : at.stop, ..., met.start : met.stop] = wanted
    assert whole is not None
    return whole
