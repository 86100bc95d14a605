"""One task of an experiment: some points in some worlds, computed side by side.

What comes back does not depend on how runs are put side by side, nor on where the task
runs: a draw and a run are functions of what they are for alone.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import lru_cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from psasim.coefficients import Coefficients, build_coefficients
from psasim.declared.levers import Governance
from psasim.declared.parameters import Parameters
from psasim.engines import ensemble
from psasim.engines.choice import engine
from psasim.engines.replaced import replaced
from psasim.errors import InputError
from psasim.experiment.computing.isolate import Failure, diagnose, failing_month, packed, raised
from psasim.experiment.computing.parquet import parquet_bytes
from psasim.experiment.design.points import Point
from psasim.extensions import Carried, Extensions
from psasim.fingerprint import bit_fingerprint
from psasim.mechanisms.ordered_sum import Floats
from psasim.month.worlds import Worlds, draw_worlds
from psasim.results.details import COLUMNS, details, row_names
from psasim.results.measures import MEASURES, measure
from psasim.results.parts import PATHS
from psasim.scenario.facts import with_facts
from psasim.scenario.schema import Scenario
from psasim.structure.layout import Layout, build_layout

Tick = Callable[[int], None]
"""Called with the number of runs that were just computed."""

FEW = 3
"""Worlds that fill a batch to this part of it are worth a batch of their own."""

FAILURES = b"failures"
"""Key of a part's metadata that holds the records of its failed runs."""

USUAL = Carried()
"""Nothing of one's own."""

STAMP = b"holds"
"""Key of a part's metadata that says of which study, points and worlds it is."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What a design point sets, as it travels to a worker; facts: of its scenario, by path."""

    number: int
    scenario: str
    package: str
    governance: Governance
    parameters: Parameters
    facts: Mapping[str, float] = field(default_factory=dict)

    @classmethod
    def of(cls, point: Point) -> Setting:
        return cls(point.number, point.scenario, point.package, point.governance,
                   point.parameters, point.facts)


@dataclass(frozen=True, slots=True)
class RunSettings:
    """What all tasks of an experiment share.

    engine: `ensemble` or `mesa`; chunk: runs side by side, 0 for as many as suit the
    scenario; extensions: of one's own.
    """

    seed: int
    months: int
    engine: str
    chunk: int
    extensions: Carried = USUAL

    @property
    def own(self) -> Extensions:
        return self.extensions.own

    @property
    def measures(self) -> tuple[str, ...]:
        """Names of what a run is measured by."""
        return (*MEASURES.shipped, *(item.name for item in self.own.measures))


@dataclass(frozen=True, slots=True)
class Task:
    """Points to be run in worlds; paths, details: whether to hand back monthly outcomes, and
    what came of each outcome and department, too; stamp: what a part of these runs says of
    itself, nothing where none is kept."""

    run_settings: RunSettings
    scenarios: Mapping[str, Scenario]
    settings: Sequence[Setting]
    worlds: range
    paths: bool
    stamp: bytes = b""
    details: bool = False

    @property
    def runs(self) -> int:
        return len(self.settings) * len(self.worlds)


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """What a task gave: a Parquet file of its rows, paths (points, quantities, months, O,
    worlds) if asked for, NaN where a run failed, the failed runs, and the bit fingerprint
    of where it ran; details: (rows, columns, worlds) by place of the point, if asked for."""

    rows: bytes
    paths: Floats | None
    failed: int
    fingerprint: str
    details: Mapping[int, Floats] = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class _Block:
    """What is being filled in: measures (points, worlds), paths, failures by run, the places of
    points whose settings the model refuses, which are no failures of a run, and details by
    place."""

    measures: dict[str, Floats]
    paths: Floats | None
    failures: dict[tuple[int, int], Failure]
    refused: set[int]
    details: dict[int, Floats]

    def drop_failed(self) -> None:
        """Let no number stand of a run that failed."""
        for place, index in self.failures:
            if self.paths is not None:
                self.paths[place, ..., index] = np.nan
            if place in self.details:
                self.details[place][..., index] = np.nan

    def refuse(self, place: int, worlds: int, error: Exception) -> None:
        """Have a point missing in every world, refused if the model's words say so."""
        failure = raised(error)
        self.failures |= {(place, world): failure for world in range(worlds)}
        if isinstance(error, InputError):
            self.refused.add(place)


def compute(task: Task, tick: Tick | None = None) -> Outcome:
    """Run a task; failures of runs are part of what comes back."""
    shape = len(task.settings), len(task.worlds)
    names = task.run_settings.measures
    block = _Block({name: np.full(shape, np.nan) for name in names}, None, {}, set(), {})
    with np.errstate(all="ignore"), replaced(task.run_settings.own.variant.mechanisms):
        for scenario, places in _scenarios(task, block):
            for runs in _Scenario(task, scenario, places, block).run():
                if tick is not None:
                    tick(runs)
    block.drop_failed()
    rows = parquet_bytes(_table(task, block))
    failed = len(block.failures) - len(block.refused) * len(task.worlds)
    return Outcome(rows, block.paths, failed, bit_fingerprint(), block.details)


def _scenarios(task: Task, block: _Block) -> Iterator[tuple[Scenario, list[int]]]:
    """Each scenario of a task, as its points change it, with the places of those points."""
    groups: dict[tuple[object, ...], list[int]] = {}
    for place, setting in enumerate(task.settings):
        groups.setdefault((setting.scenario, *setting.facts.items()), []).append(place)
    for places in groups.values():
        setting = task.settings[places[0]]
        try:
            scenario = with_facts(task.scenarios[setting.scenario], setting.facts)
        except InputError as error:
            for place in places:
                block.refuse(place, len(task.worlds), error)
        else:
            yield scenario, places


class _Scenario:
    """The points of one scenario in a task, all with the same facts."""

    def __init__(
        self, task: Task, scenario: Scenario, places: list[int], block: _Block
    ) -> None:
        self.task = task
        self.layout = layout_of(scenario)
        self.block = block
        chunk = task.run_settings.chunk or ensemble.side_by_side(self.layout)
        self.own = task.run_settings.own
        name = self.own.engine or task.run_settings.engine
        self.engine, self.chunk = engine(name, chunk, self.own.variant)
        self.worlds = draw_worlds(
            self.layout, task.run_settings.seed, task.worlds, task.run_settings.months
        )
        self.places: list[int] = []
        self.k = self._coefficients(places)
        if task.paths and block.paths is None:
            shape = (len(task.settings), len(PATHS), task.run_settings.months, self.layout.outcomes)
            block.paths = np.full((*shape, len(task.worlds)), np.nan)
        if task.details:
            rows = len(row_names(self.layout))
            block.details |= {place: np.full((rows, len(COLUMNS), len(task.worlds)), np.nan)
                              for place in self.places}

    def _coefficients(self, places: list[int]) -> Coefficients | None:
        """Of all points at once, those left out whose settings are refused."""
        settings = [self.task.settings[i] for i in places]
        self.places = places
        try:
            return _build(self.layout, settings)
        except Exception:
            self.places = [i for i in places if self._builds(i, self.task.settings[i])]
            settings = [self.task.settings[i] for i in self.places]
            return _build(self.layout, settings) if settings else None

    def _builds(self, place: int, setting: Setting) -> bool:
        try:
            _build(self.layout, [setting])
        except MemoryError:
            raise  # which says nothing of the settings
        except Exception as error:
            self.block.refuse(place, len(self.task.worlds), error)
            return False
        return True

    def run(self) -> Iterator[int]:
        """Every point in every world, `chunk` runs at a time; gives how many were run."""
        for points, worlds in _batches(len(self.places), len(self.task.worlds), self.chunk):
            self._batch(points, worlds)
            yield points.size * (worlds.stop - worlds.start)

    def _batch(self, points: NDArray[np.intp], worlds: slice) -> None:
        """Points side by side, each in the same worlds."""
        met = self.worlds.columns(worlds)
        k = _columns(self.k, points, met.runs)
        try:
            measures, paths, found = self._engine(k, met.repeated(points.size))
        except Exception:
            for point in points:
                for world in range(worlds.start, worlds.stop):
                    self._alone(int(point), world)
            return
        shape = points.size, met.runs
        places = np.array(self.places)[points]
        finite = np.ones(shape, dtype=bool)
        for name, values in measures.items():
            self.block.measures[name][places, worlds] = values.reshape(shape)
            finite &= np.isfinite(values).reshape(shape)
        if self.block.paths is not None:
            for quantity, path in enumerate(paths):
                pieces = path.reshape(*path.shape[:2], *shape)
                self.block.paths[places, quantity, ..., worlds] = np.moveaxis(pieces, 2, 0)
        if found is not None:
            pieces = found.reshape(*found.shape[:2], *shape)
            for column, place in enumerate(places):
                self.block.details[place][..., worlds] = pieces[:, :, column]
        for point, world in np.argwhere(~finite):
            self._alone(int(points[point]), worlds.start + int(world))

    def _engine(
        self, k: Coefficients, worlds: Worlds
    ) -> tuple[dict[str, Floats], list[Floats], Floats | None]:
        """Measures, paths and details of runs side by side, as far as they are asked for."""
        trajectory = self.engine(self.layout, k, worlds)
        paths = [getattr(trajectory, name) for name in PATHS] if self.task.paths else []
        found = details(trajectory, self.layout) if self.task.details else None
        return measure(trajectory, self.layout, k, self.own.measures), paths, found

    def _alone(self, point: int, world: int) -> None:
        """A run by itself: its numbers, or the record of its failure."""
        met = self.worlds.columns(slice(world, world + 1))
        k = _columns(self.k, np.array([point]), 1)
        place = self.places[point]
        try:
            measures, paths, found = self._engine(k, met)
        except MemoryError:
            raise  # which says nothing of the run
        except Exception as error:
            month = failing_month(self.layout, k, met, self.own.variant)
            self.block.failures[place, world] = raised(error, month)
            return
        for name, value in measures.items():
            self.block.measures[name][place, world] = value[0]
        if self.block.paths is not None:
            self.block.paths[place, ..., world] = np.stack([path[..., 0] for path in paths])
        if found is not None:
            self.block.details[place][..., world] = found[..., 0]
        if not all(np.isfinite(value).all() for value in measures.values()):
            self.block.failures[place, world] = diagnose(
                self.layout, k, met, measures, self.own.variant)


def _batches(points: int, worlds: int, chunk: int) -> Iterator[tuple[NDArray[np.intp], slice]]:
    """Points and worlds of each batch of at most `chunk` runs.

    Points stand side by side where their worlds alone would be few: coefficients that
    differ from run to run cost more than a short batch does.
    """
    beside = 1 if worlds * FEW > chunk else chunk // worlds
    for first in range(0, points, beside):
        for start in range(0, worlds, chunk):
            yield (np.arange(first, min(first + beside, points)),
                   slice(start, min(start + chunk, worlds)))


@lru_cache(maxsize=8)
def layout_of(scenario: Scenario) -> Layout:
    """Layout of a scenario, built once in a process for the many tasks that share it."""
    return build_layout(scenario)


def _build(layout: Layout, settings: Sequence[Setting]) -> Coefficients:
    return build_coefficients(
        layout, [s.parameters for s in settings], [s.governance for s in settings]
    )


def _columns(k: Coefficients | None, points: NDArray[np.intp], worlds: int) -> Coefficients:
    """Coefficients of each run; one column where all runs are of one point."""
    assert k is not None
    return k.columns(points if points.size == 1 else np.repeat(points, worlds))


def no_runs(measures: Iterable[str]) -> pa.Table:
    """A table of runs without any."""
    text, number = pa.string(), pa.int64()
    return pa.schema({
        "run_id": text, "scenario": text, "package": text, "point": number, "world": number,
        "status": text, **dict.fromkeys(measures, pa.float64()),
    }).empty_table()


def _table(task: Task, block: _Block) -> pa.Table:
    """The rows of a block, point by point and in each world by world."""
    count = len(task.worlds)
    point = np.repeat([s.number for s in task.settings], count)
    world = np.tile(np.arange(task.worlds.start, task.worlds.stop), len(task.settings))
    package = np.repeat(np.array([s.package for s in task.settings], dtype=object), count)
    scenario = np.repeat(np.array([s.scenario for s in task.settings], dtype=object), count)
    status = np.full(point.size, "ok", dtype=object)
    for place, index in block.failures:
        status[place * count + index] = "refused" if place in block.refused else "failed"
    names = pa.array(package, pa.string())
    numbers = [pc.cast(pa.array(column), pa.string()) for column in (point, world)]
    columns = {
        "run_id": pc.binary_join_element_wise(names, *numbers, "/"),
        "scenario": pa.array(scenario, pa.string()),
        "package": names,
        "point": pa.array(point),
        "world": pa.array(world),
        "status": pa.array(status, pa.string()),
        **{name: pa.array(values.ravel()) for name, values in block.measures.items()},
    }
    declared = {**MEASURES.shipped, **{m.name: m for m in task.run_settings.own.measures}}
    units = {name: item.unit for name, item in declared.items()}
    failures = [
        {"point": task.settings[place].number, "world": task.worlds[index], **asdict(failure)}
        for (place, index), failure in sorted(block.failures.items())
    ]
    return pa.table(columns).replace_schema_metadata(
        {b"units": json.dumps(units).encode(), FAILURES: packed(failures), STAMP: task.stamp}
    )
