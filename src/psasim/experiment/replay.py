"""One stored run, run again from what its folder keeps, month by month."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow.dataset as ds

from psasim.coefficients import Coefficients, build_coefficients
from psasim.engines.choice import engine as engine_of
from psasim.engines.replaced import replaced
from psasim.engines.variant import Variant
from psasim.errors import InputError, StoreError
from psasim.experiment.computing.isolate import Failure, diagnose, months, raised
from psasim.experiment.design.points import Point
from psasim.experiment.folder.look import of_another_model
from psasim.experiment.folder.query import rows
from psasim.experiment.folder.reader import StoredResults
from psasim.experiment.folder.store import DETAILS
from psasim.extensions import NONE, Extensions, check_same
from psasim.fingerprint import bit_fingerprint
from psasim.mechanisms.ordered_sum import Floats
from psasim.month.state import Flows, State
from psasim.month.worlds import Worlds, draw_worlds
from psasim.results.details import COLUMNS, details, row_names
from psasim.results.measures import measure
from psasim.structure.layout import Layout, build_layout


@dataclass(frozen=True, slots=True)
class Month:
    """A month of a run: outcomes, of target, as they are and as last reported; outcomes
    mobilised, carrying a problem nobody has seen, and escalated; figures moved; mean
    trust; part of the month's capacity that moved an outcome."""

    number: int
    real: np.ndarray
    reported: np.ndarray
    mobilised: int
    undetected: int
    escalated: int
    moved: int
    trust: float
    realised: float


@dataclass(frozen=True, slots=True)
class Check:
    """Measures of the run now and as stored, and details where they are kept, where they differ
    in any bit."""

    same: bool
    differs: dict[str, tuple[float, float]]
    details: bool


class Replay:
    """A run of a results folder.

    Iterating gives its months; a run that raises ends there, with `failure` set.
    Raises `InputError` for a run that is not in the folder.
    """

    def __init__(
        self, results: StoredResults, run_id: str, engine: str = "ensemble",
        extensions: Extensions = NONE,
    ) -> None:
        if engine not in ("ensemble", "mesa"):
            raise InputError(f"engine = {engine!r} is unknown; use ensemble or mesa")
        other = of_another_model(results.manifest)
        if other is not None:
            raise StoreError(f"{results.folder} was {other}, which would give other numbers; its "
                             "own can be read with `psasim results`")
        if results.manifest.fingerprint != bit_fingerprint():
            raise StoreError(f"{results.folder} was computed where arithmetic rounds otherwise "
                             f"(bit fingerprint {results.manifest.fingerprint}, here "
                             f"{bit_fingerprint()}); replay it there")
        check_same(results.extensions, extensions.origins, str(results.folder))
        self.own = extensions
        self.point, self.world = _found(results, run_id)
        self.engine = extensions.engine or engine
        self.failure: Failure | None = None
        self.layout: Layout = build_layout(results.design.scenario_of(self.point))
        self._results = results
        self._worlds = draw_worlds(
            self.layout, results.seed, range(self.world, self.world + 1), results.months
        )

    def __iter__(self) -> Iterator[Month]:
        number = 0
        try:
            with replaced(self.own.variant.mechanisms):
                k = build_coefficients(
                    self.layout, [self.point.parameters], [self.point.governance]
                )
                for number, (state, flows) in enumerate(self._months(k), start=1):
                    yield _month(number, state, flows, k)
        except Exception as error:
            self.failure = raised(error, number + 1 if number else None)

    def check(self) -> Check:
        """The run's measures against those that are stored."""
        run, _ = engine_of(self.engine, 1, self.own.variant)
        with replaced(self.own.variant.mechanisms):
            k = build_coefficients(self.layout, [self.point.parameters], [self.point.governance])
            trajectory = run(self.layout, k, self._worlds)
            now = measure(trajectory, self.layout, k, self.own.measures)
            if not all(np.isfinite(value).all() for value in now.values()):
                self.failure = diagnose(self.layout, k, self._worlds, now, self.own.variant)
        stored = self.stored()
        differs = {
            name: (float(now[name][0]), stored[name]) for name in now
            if not np.array_equal(now[name][0], stored[name], equal_nan=True)
        }
        kept = self._results.keeps(DETAILS)
        if kept:
            differs |= self._differing(details(trajectory, self.layout)[..., 0])
        return Check(not differs, differs, kept)

    def stored(self) -> dict[str, float]:
        """The run's measures as stored."""
        wanted = (ds.field("point") == self.point.number) & (ds.field("world") == self.world)
        (row,) = self._results.dataset.to_table(filter=wanted).to_pylist()
        return {name: row[name] for name in self._results.measures}

    def _differing(self, now: Floats) -> dict[str, tuple[float, float]]:
        """Details that differ from those stored, to the digits that are kept."""
        found = rows(self._results.sql(
            f"SELECT * FROM details WHERE point = {self.point.number} AND world = {self.world}"))
        kept = found.set_index(["of", "name"]).loc[row_names(self.layout), list(COLUMNS)]
        table = pd.DataFrame(now, kept.index, list(COLUMNS)).astype(dict(kept.dtypes))
        same = (table == kept) | (table.isna() & kept.isna())
        return {
            f"{of} {name}, {column}": (float(table.loc[(of, name), column]),
                                       float(kept.loc[(of, name), column]))
            for column in COLUMNS for of, name in same.index[~same[column]]
        }

    def _months(self, k: Coefficients) -> Iterator[tuple[State, Flows]]:
        if self.engine == "ensemble":
            yield from months(self.layout, k, self._worlds, self.own.variant)
            return
        yield from _agent_by_agent(self.layout, k, self._worlds, self.own.variant)


def _agent_by_agent(
    layout: Layout, k: Coefficients, worlds: Worlds, variant: Variant
) -> Iterator[tuple[State, Flows]]:
    from psasim.engines.mesa.model import DeliveryModel

    model = DeliveryModel.of_arrays(layout, k, worlds, variant)
    while model.state.month < model.months:
        model.step()
        assert model.flows is not None
        yield model.state, model.flows


def _month(number: int, state: State, flows: Flows, k: Coefficients) -> Month:
    return Month(
        number,
        state.real[:, 0],
        flows.reported[:, 0],
        int(state.mobilised.sum()),
        int(flows.undetected.sum()),
        int(flows.escalated.sum()),
        int(flows.moved.sum()),
        float(state.trust.mean()),
        float(flows.realised.sum() / k.capacity.sum()),
    )


def _found(results: StoredResults, run_id: str) -> tuple[Point, int]:
    """Point and world of a run's id."""
    package, _, rest = run_id.rpartition("/")
    package, _, number = package.rpartition("/")
    if not results.worlds:
        raise InputError(f"{results.folder} holds no runs yet; give the command that made it again")
    points = {f"{p.package}/{p.number}": p for p in results.points}
    point = points.get(f"{package}/{number}")
    if point is None or not rest.isdecimal() or int(rest) >= results.worlds:
        example = next((run for run in points if run.startswith(f"{run_id.partition('/')[0]}/")),
                       next(iter(points)))
        raise InputError(
            f"run {run_id} is not in {results.folder}; an id is package/point/world, such as "
            f"{example}/0, with worlds up to {results.worlds - 1}"
        )
    return point, int(rest)
