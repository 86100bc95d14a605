"""One part of an experiment: some worlds, met by every package, reduced to what is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from psasim.coefficients import Coefficients
from psasim.declared.measure import Measure
from psasim.engines.choice import Engine
from psasim.engines.trajectory import Trajectory
from psasim.mechanisms.ordered_sum import Floats
from psasim.month.ledger import LINES
from psasim.month.worlds import draw_worlds
from psasim.results.measures import measure
from psasim.structure.layout import Layout

PATHS = ("real", "reported", "rated")


def whole(paths: Floats) -> NDArray[np.bool_]:
    """Runs that did not fail, (R,), by paths (quantities, months, O, R): a failed run has no
    number at all, and what is reported none before it is first out."""
    return np.isfinite(paths[PATHS.index("real")]).all(axis=(0, 1))


def shown(layout: Layout, quantity: str) -> NDArray[np.bool_]:
    """Outcomes that have a quantity of `PATHS`, (O,): all are real, those with an indicator
    are reported and rated."""
    return np.ones(layout.outcomes, bool) if quantity == "real" else layout.measured[:, 0] > 0


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """Runs of one package: measures (R,) by name, ledger sums (rows, R) by line, paths of
    outcomes (months, O, R) by quantity, and what a rule or agents of one's own
    remembered, (rows, R) by name."""

    measures: dict[str, Floats]
    ledger: dict[str, Floats]
    paths: dict[str, Floats]
    memory: dict[str, Floats] = field(default_factory=dict)

    @property
    def finite(self) -> NDArray[np.bool_]:
        """Runs in which every measure is finite, (R,)."""
        return np.logical_and.reduce([np.isfinite(v) for v in self.measures.values()])

    def finite_only(self) -> Part:
        """The runs in which every measure is finite."""
        finite = self.finite
        if finite.all():
            return self
        kept = next(iter(self.paths.values())).shape[-1] if self.paths else 0
        return Part(
            _chosen(self.measures, finite),
            _chosen(self.ledger, finite),
            _chosen(self.paths, finite[:kept]),
            _chosen(self.memory, finite),
        )

    def first_paths(self, count: int) -> Part:
        """The same runs, with the paths of the first `count` only."""
        kept = {name: path[..., :count] for name, path in self.paths.items()} if count > 0 else {}
        return Part(self.measures, self.ledger, kept, self.memory)


def run_part(
    layout: Layout,
    packages: Sequence[Coefficients],
    engine: Engine,
    *,
    seed: int,
    replicates: range,
    months: int,
    measures: Sequence[Measure] = (),
) -> list[Part]:
    """Draw the worlds once and let every package meet them; measures: of one's own."""
    worlds = draw_worlds(layout, seed, replicates, months)
    return [_reduce(engine(layout, k, worlds), layout, k, measures) for k in packages]


def _reduce(
    trajectory: Trajectory, layout: Layout, k: Coefficients, own: Sequence[Measure]
) -> Part:
    return Part(
        measures=measure(trajectory, layout, k, own),
        ledger={name: trajectory.sums[name] for name in LINES},
        paths={name: getattr(trajectory, name) for name in PATHS},
        memory=dict(trajectory.memory),
    )


def join(parts: Sequence[Part]) -> Part:
    """Parts of one package, world after world; paths of those that kept them."""
    kept = [part for part in parts if part.paths]
    return Part(
        measures=_joined([part.measures for part in parts]),
        ledger=_joined([part.ledger for part in parts]),
        paths=_joined([part.paths for part in kept]),
        memory=_joined([part.memory for part in parts]),
    )


def _chosen(table: dict[str, Floats], runs: NDArray[np.bool_]) -> dict[str, Floats]:
    return {name: values[..., runs] for name, values in table.items()}


def _joined(tables: Sequence[dict[str, Floats]]) -> dict[str, Floats]:
    return {
        name: np.concatenate([table[name] for table in tables], axis=-1) for name in tables[0]
    }
