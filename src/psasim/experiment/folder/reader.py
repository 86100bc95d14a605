"""Results on disk: read lazily, as frames, and reduced to contrasts in bounded memory."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import cached_property
from math import fsum
from pathlib import Path
from typing import Any, Self

import numpy as np
import pandas as pd
import pyarrow.compute as pc
import pyarrow.dataset as ds

from psasim.declared.levers import Governance
from psasim.declared.names import chosen, one_of
from psasim.declared.parameters import Parameters
from psasim.errors import InputError
from psasim.experiment.design.points import Design, Point, largest
from psasim.experiment.design.refusals import Future, firsts, refusals
from psasim.experiment.folder.bands import TRAJECTORIES, band_worlds
from psasim.experiment.folder.held import Held, fits, read_held
from psasim.experiment.folder.look import kept_headline, look, reached
from psasim.experiment.folder.manifest import Manifest
from psasim.experiment.folder.part import (
    PartFile,
    Parts,
    failures_in,
)
from psasim.experiment.folder.query import relation
from psasim.experiment.folder.sensitivity import Sampled
from psasim.experiment.folder.store import DETAILS, RAW, ROWS, Store
from psasim.experiment.folder.summary import Rows, Summary
from psasim.experiment.folder.tables import PartTables
from psasim.extensions import Origin
from psasim.mechanisms.ordered_sum import Floats
from psasim.month.ledger import LINES
from psasim.reading.text import user_path
from psasim.results.basis import without_value
from psasim.results.details import COLUMNS
from psasim.results.digest import Digest
from psasim.results.headline import DEFAULT, as_headline
from psasim.results.measures import MEASURES
from psasim.results.results import as_baseline
from psasim.scenario.schema import Scenario
from psasim.structure.layout import Layout, build_layout

LINE_MEASURES = {
    line: next(name for name, item in MEASURES.shipped.items() if item.label == declared.label)
    for line, declared in LINES.items()
}
"""The measure that is a line's share of capacity, by line of the ledger."""


def open_results(folder: str | Path, headline: str | None = None) -> StoredResults:
    """The results in `folder`, as `StoredResults.open` gives them."""
    return StoredResults.open(folder, headline)


def stored(
    store: Store, worlds: int, headline: str = DEFAULT, longest: int | None = None
) -> StoredResults:
    """The first `worlds` worlds of a store that is open; longest: those of packages that went on
    while others were out of the contest for the best."""
    return StoredResults(store.folder, store.manifest, store.design, store.parts, worlds,
                         headline=headline, longest=longest)


class StoredResults(Sampled):
    """Runs in a results folder.

    design: its points and scenarios; worlds: how many of the folder's worlds are read;
    kept: how many there are; longest: worlds of the packages that went on while others were out
    of the contest for the best, else those that are read; headline: the measure that reports put
    packages in order by.  Frames have the columns of `psasim.Results`.
    """

    def __init__(
        self, folder: Path, manifest: Manifest, design: Design,
        parts: Mapping[tuple[int, int], PartFile], worlds: int, only: str | None = None,
        headline: str = DEFAULT, kept: int | None = None, longest: int | None = None,
    ) -> None:
        self.folder = folder
        self.manifest = manifest
        self.design = design
        self.worlds = worlds
        self.kept = worlds if kept is None else kept
        self.longest = worlds if longest is None else longest
        self._parts = parts
        self._tables = PartTables(folder, parts, worlds, manifest.measures)
        self._only = only
        self.headline = headline
        self._summaries: dict[str, Summary] = {}
        self._values: dict[str, Floats] = {}

    def __repr__(self) -> str:
        return (f"{type(self).__name__}({self.folder}: {self.design.name}, {len(self.points):,} "
                f"points in {self.worlds:,} worlds, {self.months} months, seed {self.seed})")

    @classmethod
    def open(cls, folder: str | Path, headline: str | None = None) -> Self:
        """The results in `folder`, whole or as far as they have come.

        headline: the measure reports order by; None for the one in the folder's record.
        Inputs and every part are checked.  Raises `psasim.errors.StoreError` where the folder
        holds no results, is damaged, or lacks a declared measure.
        """
        folder = user_path(folder)
        seen = look(folder)
        measure = kept_headline(folder) if headline is None else as_headline(headline)
        return cls(folder, seen.manifest, seen.design, seen.parts, seen.worlds,
                   headline=measure, kept=seen.kept, longest=seen.longest)

    @cached_property
    def points(self) -> Sequence[Point]:
        """Design points that are read: those that have met the worlds."""
        there = reached(self._parts.values(), len(self.design.points)) >= self.worlds
        if self._only is None and there.all():
            return self.design.points
        return [point for point in self.design.points
                if there[point.number] and self._only in (None, point.scenario)]

    @property
    def measures(self) -> tuple[str, ...]:
        """Names of the measures: psasim's own, then those of one's own."""
        return self.manifest.measures

    @property
    def extensions(self) -> tuple[Origin, ...]:
        """Where those of one's own came from."""
        return self.design.extensions.origins

    @property
    def baseline(self) -> str:
        return self.design.baseline

    @property
    def months(self) -> int:
        return int(self.manifest.study["months"])

    @property
    def seed(self) -> int:
        return int(self.manifest.study["seed"])

    @property
    def scenario(self) -> Scenario:
        """The scenario; the first, where there are several."""
        name = self.points[0].scenario if self._only is None else self._only
        return self.design.scenarios[name]

    @property
    def parameters(self) -> Parameters:
        """Parameters of the first point."""
        return self.points[0].parameters

    @cached_property
    def packages(self) -> Mapping[str, Governance]:
        """Governance packages by name."""
        return {point.package: point.governance for point in self.points}

    @property
    def future_of(self) -> Mapping[int, int]:
        """Number of each point's future, from 0; of a design over futures its row."""
        return {point.number: point.future for point in self.design.points}

    @cached_property
    def futures(self) -> int:
        """Settings of what is uncertain that packages meet, equal ones too."""
        return len({point.future for point in self.points})

    @cached_property
    def refused(self) -> Mapping[Future, str]:
        """Futures whose settings the model refuses, and why."""
        return refusals(self.points, self.design.scenarios)

    @cached_property
    def layout(self) -> Layout:
        """Of the scenario; of the largest structure, where futures differ in it."""
        return build_layout(largest(self.scenario, self.points))

    @cached_property
    def _by_start(self) -> dict[int, list[PartFile]]:
        """Parts by the world they begin with, by point."""
        found: dict[int, list[PartFile]] = {}
        for (_, start), part in sorted(self._parts.items()):
            found.setdefault(start, []).append(part)
        return found

    @cached_property
    def _held(self) -> Held | None:
        """Every run, read once; none where that takes too much room."""
        size = len(self.design.points)
        if not fits(size, self.worlds, len(self.measures)):
            return None
        return read_held(self._tables, size)

    @cached_property
    def digest(self) -> str:
        """16 hexadecimal digits that two sets of runs share where all their bits agree."""
        if self._held is not None:
            return self._held.digest([point.number for point in self.design.points
                                      if self._only in (None, point.scenario)])
        digest = Digest()
        for _, table in self._tables.each():
            kept = table.filter(pc.less(table["world"], self.worlds))
            if self._only is not None:
                kept = kept.filter(pc.equal(kept["scenario"], self._only))
            values = [kept[name].to_numpy() for name in ("point", "world", *self.measures)]
            digest.add(values[0], values[1], values[2:])
        return str(digest)

    def by_scenario(self) -> list[Self]:
        """The same results, one scenario at a time."""
        if len(self.design.scenarios) == 1:
            return [self]
        found = [
            type(self)(self.folder, self.manifest, self.design, self._parts, self.worlds, name,
                       self.headline, self.kept, self.longest)
            for name in dict.fromkeys(point.scenario for point in self.points)
        ]
        for part in found:
            if "_held" in self.__dict__:  # read once for all of them
                part.__dict__["_held"] = self._held
        return found

    def banded(self) -> Self:
        """The same results in the worlds whose monthly bands are kept, the first ones."""
        worlds = band_worlds(self.design, self.worlds)
        return type(self)(
            self.folder, self.manifest, self.design, self._parts, worlds, self._only,
            self.headline)

    @property
    def dataset(self) -> ds.Dataset:
        """All runs, lazily, for filters and columns of one's own (pyarrow)."""
        return self._tables.dataset()

    def to_frame(self, columns: str | Iterable[str] | None = None) -> pd.DataFrame:
        """Runs as a frame, one row each, by point and world; some columns, or all."""
        asked = None if columns is None else chosen(columns, self.dataset.schema.names, "columns")
        wanted = ds.field("world") < self.worlds
        if self._only is not None:
            wanted = wanted & (ds.field("scenario") == self._only)
        keys = ["point", "world"]
        read = None if asked is None else list(dict.fromkeys([*asked, *keys, "scenario"]))
        table = self._tables.of_all(read).filter(wanted)
        frame = table.sort_by([(key, "ascending") for key in keys]).to_pandas()
        frame = frame if asked is None else frame[list(asked)]
        frame.attrs["units"] = {name: MEASURES[name].unit for name in frame if name in MEASURES}
        return frame

    def values(self, measure: str, worlds: int | None = None) -> Floats:
        """A measure of every run, (points, worlds), rows as `points`; NaN where a run failed,
        was refused or is not there.  Read part by part: 8 bytes a run.

        worlds: how many, None for those that are read.
        """
        if worlds is not None and worlds != self.worlds:
            return self._read(one_of(measure, self.measures, "measure"), worlds)
        if one_of(measure, self.measures, "measure") not in self._values:
            self._values[measure] = self._read(measure, self.worlds)
        return self._values[measure]

    def _read(self, measure: str, worlds: int) -> Floats:
        numbers = [point.number for point in self.points]
        # one measure is read alone; who asks for a second one will ask for more
        several = bool(self._values) or "_held" in self.__dict__
        if worlds == self.worlds and several and self._held is not None:
            row = self.measures.index(measure)
            found = self._held.of_ok(self._held.values[row, numbers], numbers, slice(None))
        else:
            found = self._read_one(measure, worlds, numbers)
        found.flags.writeable = False
        return found

    def _read_one(self, measure: str, worlds: int, numbers: Sequence[int]) -> Floats:
        """A measure of points by number, read by itself."""
        place = np.full(len(self.design.points), -1)
        place[numbers] = np.arange(len(numbers))
        found = np.full((len(numbers), worlds), np.nan)
        for _, table in self._tables.each(["point", "world", "status", measure]):
            kept = table.filter(pc.less(table["world"], worlds))
            rows, fine = place[kept["point"].to_numpy()], pc.equal(kept["status"], "ok")
            read = (rows >= 0) & fine.to_numpy()
            found[rows[read], kept["world"].to_numpy()[read]] = kept[measure].to_numpy()[read]
        return found

    def factors(self) -> pd.DataFrame:
        """What each point sets: point, scenario, package, future, and a column a factor, first
        those that the design varies, in its order."""
        return pd.DataFrame([
            {"point": p.number, "scenario": p.scenario, "package": p.package,
             "future": p.future, **p.factors}
            for p in self.points
        ])

    def failures(self) -> Iterator[dict[str, Any]]:
        """Records of runs that failed or were refused, with what each was given."""
        points = {point.number: point for point in self.points}
        for _, part in sorted(self._parts.items()):
            for record in failures_in(self._tables.of(part)):
                number, world = record["point"], record["world"]
                if number in points and world < self.worlds:
                    yield self._failure(points[number], world, record)

    def _failure(self, point: Point, world: int, record: dict[str, Any]) -> dict[str, Any]:
        return {
            "run_id": f"{point.package}/{point.number}/{world}",
            "scenario": point.scenario,
            "package": point.package,
            "point": point.number,
            "governance": point.governance.settings(),
            "parameters": dict(point.parameters),
            **({"facts": dict(point.facts)} if point.facts else {}),
            "seed": self.seed,
            "months": self.months,
            "world": world,
            **{name: record[name] for name in ("origin", "error", "traceback")},
        }

    def failed(self) -> dict[str, int]:
        """Number of failed runs by package, those of refused settings not counted."""
        return self._summary(self.baseline).failed

    def runs(self) -> dict[str, int]:
        """Number of runs by package, those of refused settings not counted."""
        return self._summary(self.baseline).runs

    def levels(self) -> pd.DataFrame:
        """Mean of every measure over the runs that did not fail, one row a package; NaN of what
        has no value in the scenario."""
        moments = self._summary(self.baseline).levels
        means = {name: _or_nan(m.mean, m.number) for name, m in moments.items()}
        frame = pd.DataFrame.from_dict(means, orient="index", columns=list(self.measures))
        if len({point.scenario for point in self.points}) == 1:
            frame[without_value(self.layout)] = np.nan
        return frame

    def contrasts(self, baseline: str | None = None) -> pd.DataFrame:
        """Paired differences from the baseline, with their 95 % interval.

        Columns package, baseline, measure, unit, mean, lo95, hi95, equal (share of worlds in
        which both have the same number), worlds; several
        scenarios come one after the other, with a column `scenario` first.  Where there
        are several futures a world's difference is the mean over them.  Runs whose pair
        failed are left out; `attrs["left_out"]` counts them by package.
        """
        if self._only is None and len(self.design.scenarios) > 1:
            each = {item.scenario.name: item.contrasts(baseline) for item in self.by_scenario()}
            frame = pd.concat(each, names=["scenario"]).reset_index(level=0)
            return frame.reset_index(drop=True)
        against = as_baseline(self, baseline)
        if len(self.packages) == 1:
            raise InputError(f"only {against!r} was run, so there is nothing to contrast it with")
        summary = self._summary(against)
        rows = [
            (package, against, measure, MEASURES[measure].unit, mean, low, high, equal, m.number)
            for package, m in summary.differences.items()
            for measure, mean, low, high, equal in zip(
                self.measures, _or_nan(m.mean, m.number),
                *summary.intervals(package, self.layout),
                _or_nan(m.zeros / max(m.number, 1), m.number), strict=True)
        ]
        columns = ["package", "baseline", "measure", "unit", "mean", "lo95", "hi95", "equal",
                   "worlds"]
        frame = pd.DataFrame(rows, columns=columns)
        empty = frame["measure"].isin(without_value(self.layout))
        frame.loc[empty, ["mean", "lo95", "hi95", "equal"]] = np.nan
        frame.attrs["left_out"] = {name: n for name, n in summary.unpaired.items() if n}
        return frame

    def ledger_shares(self) -> pd.DataFrame:
        """Mean over runs: package, line, heading, effort_mean, capacity_mean, share; where futures
        differ in capacity, effort is the share of its mean over futures."""
        capacity = self._capacity() * self.months
        levels = self.levels()
        rows = [
            (package, line, str(LINES[line].heading), share * capacity, capacity, share)
            for package in levels.index
            for line, measure in LINE_MEASURES.items()
            for share in [float(levels.loc[package, measure])]
        ]
        columns = ["package", "line", "heading", "effort_mean", "capacity_mean", "share"]
        return pd.DataFrame(rows, columns=columns)

    def _capacity(self) -> float:
        """Effort a month, all departments; the mean over futures that change it."""
        own = [self.design.scenario_of(point) for point in firsts(self.points)
               if point.facts and (point.scenario, point.future) not in self.refused]
        return float(np.mean([fsum(d.capacity for d in scenario.departments)
                              for scenario in own or [self.scenario]]))

    def trajectories(self) -> pd.DataFrame:
        """Paths of outcomes: package, outcome, month, quantity, mean, p05, p50, p95."""
        path = self.folder / TRAJECTORIES
        if not path.exists():
            raise InputError(f"{path} is not there: monthly bands are kept of designs of few "
                             "points in one scenario, once the run is whole")
        return pd.read_parquet(path)

    def trajectories_raw(self) -> pd.DataFrame:
        """Paths of every run: package, outcome, month, quantity, world, value.

        Units as in `psasim.Results.trajectories`; failed runs are left out.  All of them at
        once: `sql`, or pandas with `filters=` on `trajectories_raw.parquet`, reads some.
        Raises `InputError` where they were not asked for, `StoreError` where a part is damaged.
        """
        return self._tables.rows(RAW).to_table().to_pandas()

    def details(self) -> pd.DataFrame:
        """What came of every run by outcome and by department: point, of (`outcome` or
        `department`), name, world, then an outcome's real value at the end and its closing figure
        (of target), and each line of the ledger (department-months over the run).

        No number of what failed or was refused, nor of what is not known so: of a department
        values, of an outcome the lines that are by department alone.  All of them at once; `sql`
        has them as `details`.  Raises `InputError` where they were not asked for.
        """
        frame = self._tables.rows(DETAILS).to_table().to_pandas()
        frame.attrs["units"] = dict(COLUMNS)
        return frame

    def row_parts(self, name: str) -> Parts:
        """Parts of one of `ROWS`; raises `InputError` where it is not kept of every run."""
        return self._tables.row_parts(name)

    def keeps(self, name: str) -> bool:
        """Whether one of `ROWS` is kept of every run that is read."""
        try:
            return bool(self.row_parts(name))
        except InputError:
            return False

    def sql(self, query: str) -> Any:
        """A DuckDB relation of `query` over the tables `runs` and `points`, and over
        `trajectories_raw` and `details` where they were asked for."""
        tables = {"runs": self.dataset, "points": self.factors()}
        for name in ROWS:
            table = name.partition(".")[0]
            if table in str(query).lower():
                tables[table] = self._tables.rows(name)
        return relation(tables, query)

    def _summary(self, baseline: str) -> Summary:
        if baseline not in self._summaries:
            _ = self._held  # the summary is of all that there is
            self._summaries[baseline] = Summary(self.points, baseline, self.measures)
            self.add_to(self._summaries[baseline])
        return self._summaries[baseline]

    def add_to(self, summary: Summary, first: int = 0) -> None:
        """Add the blocks of worlds from world `first` on, one after the other."""
        starts = sorted(self._by_start)
        for start in starts[bisect_left(starts, first) : bisect_left(starts, self.worlds)]:
            bases = self._rows(start, summary.bases)
            summary.add(bases, self._rows(start))

    def _rows(self, start: int, holding: Set[int] | None = None) -> Iterator[Rows]:
        """Runs of the parts that begin with world `start`, or those of them that hold some
        of the points `holding`."""
        for part in self._by_start.get(start, ()):
            if holding is None or not holding.isdisjoint(part.block.points):
                count = min(part.block.worlds.stop, self.worlds) - start
                held = self.__dict__.get("_held")
                if held is not None:
                    yield held.rows(part.block.points, slice(start, start + count))
                    continue
                yield Rows.of_table(self._tables.of(part), part.block.points, count, self.measures)


def _or_nan(means: np.ndarray, number: int) -> np.ndarray:
    return means if number else np.full(means.shape, np.nan)
