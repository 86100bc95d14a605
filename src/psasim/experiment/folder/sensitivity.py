"""The rows of a design with what came of them, all in one order, for SALib."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import pandas as pd

from psasim.declared.levers import Governance
from psasim.declared.names import one_of
from psasim.errors import InputError
from psasim.experiment.design.points import Design, Point
from psasim.experiment.design.refusals import Future
from psasim.experiment.folder.summary import partners
from psasim.mechanisms.ordered_sum import Floats

SECTIONS = ("uncertainties", "points", "levers")
"""Sections of an experiment that hold a design, by which it is asked for."""

ANALYSES: Mapping[str, tuple[str, ...]] = {
    "saltelli": ("S1", "S1_conf", "ST", "ST_conf"),
    "morris": ("mu", "mu_star", "mu_star_conf", "sigma"),
}
"""Designs that SALib has an analysis of, and what is kept of it."""


class Runs(Protocol):
    """What is asked of stored results."""

    worlds: int
    design: Design

    @property
    def points(self) -> Sequence[Point]: ...
    @property
    def baseline(self) -> str: ...
    @property
    def packages(self) -> Mapping[str, Governance]: ...
    @property
    def measures(self) -> Sequence[str]: ...
    @property
    def refused(self) -> Mapping[Future, str]: ...
    def values(self, measure: str) -> Floats: ...


@dataclass(frozen=True, slots=True)
class Sample:
    """The rows of a design of some results, in the order it drew them.

    section: of the experiment, None for the only one with a design.
    """

    results: Runs
    section: str | None

    @property
    def drawn(self) -> Mapping[str, Any]:
        """What was drawn, as recorded.  Raises `InputError` where that is not told apart."""
        return self.results.design.designs[self._section]

    @property
    def _section(self) -> str:
        design = self.results.design
        there = [name for name in SECTIONS if "over" in design.designs.get(name, {})]
        if not there:
            raise InputError(f"{design.name} has no design with factors (its points are packages, "
                             "or jobs of a sweep); vary something in experiment.uncertainties")
        if self.section is None and len(there) > 1:
            raise InputError(f"{design.name} has designs over {' and '.join(there)}; say which "
                             f"one, section={there[0]!r}")
        return there[0] if self.section is None else one_of(self.section, there, "section")

    def problem(self) -> dict[str, Any]:
        """Names and bounds of the factors.

        Listed numbers are bounded by their least and greatest; options that are words by the
        first and last of their places, from 0.
        """
        bounds = [_bounds(spec) for spec in self.drawn["over"].values()]
        return {"num_vars": len(bounds), "names": list(self.drawn["over"]), "bounds": bounds}

    def inputs(self) -> pd.DataFrame:
        """Values of the factors as numbers; words by their place among the options."""
        options = {path: _words(spec) for path, spec in self.drawn["over"].items()}
        futures = self._section == "uncertainties"
        rows = self.rows(self.results.baseline if futures else None)
        return pd.DataFrame([
            [float(places.index(value) if places else value)
             for path, places in options.items() for value in [row[0].factors[path]]]
            for row in rows
        ], columns=list(options))

    def outputs(self, measure: str, package: str | None, less: str | None) -> Floats:
        """Means, (rows,); raises `InputError` where one is not there."""
        values = self._values(measure, package, less)
        if missing := self._lacking(values):
            raise InputError(f"{missing}; sensitivity() leaves out what hangs on them")
        return values

    def indices(self, measure: str, package: str | None, less: str | None) -> pd.DataFrame:
        """SALib's indices of a measure, a row a factor."""
        return self.indices_of(self._values(measure, package, less), measure)

    def indices_of(self, values: Floats, what: str) -> pd.DataFrame:
        """SALib's indices of values (rows,), a row a factor; NaN where a row has none; what: the
        values are of, for messages."""
        design = self.drawn["design"]
        if design not in ANALYSES:
            raise InputError(f"{design} rows have no indices of their own; draw them with design: "
                             f"{' or '.join(ANALYSES)}, or hand problem(), inputs() and outputs() "
                             "to a method for given data, such as SALib.analyze.delta")
        left_out, size = "", self.block
        whole = np.isfinite(values).reshape(-1, size).all(axis=1)
        if not whole.all():
            left_out = (f"{(~whole).sum():,} of {whole.size:,} blocks of {size} rows are left out "
                        f"whole: {self._lacking(values)}")
            warnings.warn(left_out, stacklevel=4)
        if whole.sum() < 2:
            raise InputError(f"too few rows are whole for indices: {left_out}")
        kept = np.repeat(whole, size)
        if np.ptp(values[kept]) == 0.0:
            raise InputError(f"{what} is {values[kept][0]:g} in every row: nothing moves it")
        found = _salib(self.drawn, self.problem(), self.inputs()[kept].to_numpy(), values[kept])
        frame = pd.DataFrame(
            {name: np.asarray(found[name], dtype=float) for name in ANALYSES[design]},
            index=pd.Index(list(self.drawn["over"]), name="factor"),
        )
        frame.attrs["left_out"] = left_out
        return frame

    @property
    def block(self) -> int:
        """Rows that stand or fall together, as they share values of factors; 1 of rows that are
        drawn one by one."""
        return _block(self.drawn) if self.drawn["design"] in ANALYSES else 1

    def rows(self, package: str | None) -> list[list[Point]]:
        """The points of each row: one of a design over futures or whole points; of a package
        that a design over levers made, one in each future."""
        results, section = self.results, self._section
        if len({point.scenario for point in results.points}) > 1:
            raise InputError("rows were run in several scenarios; take one of "
                             "results.by_scenario()")
        if section == "uncertainties":
            chosen = self._package(package)
            futures = {p.future: [p] for p in results.points if p.package == chosen}
            return [futures[row] for row in sorted(futures)]
        if package is not None:
            raise InputError(f"package = {package!r}: a row of experiment.{section} sets its own; "
                             "leave it out")
        if section == "points":
            own = {p.row: [p] for p in results.points if p.row is not None}
            return [own[row] for row in sorted(own)]
        by_package: dict[str, list[Point]] = {}
        for point in results.points:
            by_package.setdefault(point.package, []).append(point)
        return [by_package[name] for name in self.drawn["packages"]]

    def _package(self, package: str | None) -> str:
        known = self.results.packages
        others = [name for name in known if name != self.results.baseline]
        if package is None and len(others) != 1:
            raise InputError(f"package is missing; name one of {', '.join(known)}")
        return others[0] if package is None else one_of(package, known, "package")

    def _values(self, measure: str, package: str | None, less: str | None) -> Floats:
        """Means, (rows,), NaN where a run is not there, failed or was refused."""
        one_of(measure, self.results.measures, "measure")
        rows = self.rows(package)
        means = _means(self.results, measure)
        values = np.array([_mean(means, [p.number for p in row]) for row in rows])
        if less is None:
            return values
        other = partners(
            self.results.points, one_of(less, self.results.packages, "less"))
        return values - [_mean(means, [other[p.number] for p in row]) for row in rows]

    def _lacking(self, values: Floats) -> str:
        """`3 of 64 rows have not a number in every world`, and why; empty if all have."""
        missing = np.flatnonzero(~np.isfinite(values))
        if not missing.size:
            return ""
        why = next(iter(self.results.refused.values()), "they failed, or are not computed yet")
        return (f"{missing.size:,} of {values.size:,} rows have not a number in every world, the "
                f"first of them row {missing[0]} (from 0): {why}")


class Sampled:
    """What stored results say of the rows of their design, for sensitivity analysis."""

    def problem(self: Runs, section: str | None = None) -> dict[str, Any]:
        """SALib's problem of a design, its factors in the design's order.

        section: `uncertainties`, `points` or `levers`, where an experiment has two designs.
        Raises `InputError` where it has none.
        """
        return Sample(self, section).problem()

    def inputs(self: Runs, section: str | None = None) -> pd.DataFrame:
        """SALib's X: the rows of a design, a column a factor, as numbers."""
        return Sample(self, section).inputs()

    def outputs(
        self: Runs, measure: str, package: str | None = None, less: str | None = None,
        section: str | None = None,
    ) -> Floats:
        """SALib's Y, (rows,): a measure's mean over worlds, or that of its paired difference
        from package `less`; package: which, where rows are futures.  Raises `InputError` where
        a row has not a number in every world."""
        return Sample(self, section).outputs(measure, package, less)

    def sensitivity(
        self: Runs, measure: str, package: str | None = None, less: str | None = None,
        section: str | None = None,
    ) -> pd.DataFrame:
        """SALib's indices of `saltelli` rows (S1, ST) or `morris` rows (mu, mu_star, sigma), a
        row a factor, with 95 % half-widths; arguments as `outputs`.

        Rows without a number take their whole block with them, said in a warning and in
        `attrs["left_out"]`.  Raises `InputError` for other designs, and where nothing varies.
        """
        return Sample(self, section).indices(measure, package, less)


def _bounds(spec: Mapping[str, Any]) -> list[float]:
    if "levels" not in spec:
        return [float(spec["low"]), float(spec["high"])]
    words = _words(spec)
    levels = range(len(words)) if words else spec["levels"]
    return [float(min(levels)), float(max(levels))]


def _words(spec: Mapping[str, Any]) -> list[Any]:
    """Levels that are words."""
    levels = spec.get("levels", [])
    return list(levels) if any(isinstance(level, str) for level in levels) else []


def _means(results: Runs, measure: str) -> dict[int, float]:
    """By point, the mean over worlds, of points with a number in every one."""
    values = results.values(measure)
    return {point.number: float(each.mean())
            for point, each in zip(results.points, values, strict=True)
            if np.isfinite(each).all()}


def _mean(means: Mapping[int, float], points: Sequence[int]) -> float:
    return float(np.mean([means.get(point, np.nan) for point in points]))


def _block(drawn: Mapping[str, Any]) -> int:
    """Rows that stand or fall together."""
    factors = len(drawn["over"])
    if drawn["design"] == "morris":
        return factors + 1
    return 2 * factors + 2 if drawn["second_order"] else factors + 2


def _salib(
    drawn: Mapping[str, Any], problem: dict[str, Any], given: Floats, values: Floats
) -> Mapping[str, Any]:
    if drawn["design"] == "morris":
        from SALib.analyze import morris

        return morris.analyze(problem, given, values, num_levels=drawn["levels"],
                              seed=drawn["seed"])
    from SALib.analyze import sobol

    return sobol.analyze(problem, values, calc_second_order=drawn["second_order"],
                         seed=drawn["seed"])
