"""What came out of a comparison: tidy frames with units, paired contrasts, the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from html import escape
from math import fsum
from typing import Protocol

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from psasim.declared.levers import Governance
from psasim.declared.names import chosen, one_of
from psasim.declared.parameters import Parameters
from psasim.errors import InputError
from psasim.extensions import Origin
from psasim.mechanisms.ordered_sum import Floats, ordered_sum
from psasim.month.ledger import LINES
from psasim.results.basis import without_value
from psasim.results.contrast import contrast
from psasim.results.digest import Digest
from psasim.results.headline import DEFAULT, summary_of
from psasim.results.measures import MEASURES
from psasim.results.parts import PATHS, Part, shown
from psasim.results.raw_paths import raw_paths
from psasim.scenario.schema import Scenario
from psasim.structure.layout import Layout

BANDS = (("p05", 0.05), ("p50", 0.5), ("p95", 0.95))


class Comparison(Protocol):
    """What a report needs of a comparison, whether it is in memory or on disk."""

    @property
    def scenario(self) -> Scenario: ...
    @property
    def parameters(self) -> Parameters: ...
    @property
    def packages(self) -> Mapping[str, Governance]: ...
    @property
    def baseline(self) -> str: ...
    @property
    def worlds(self) -> int: ...
    @property
    def months(self) -> int: ...
    @property
    def seed(self) -> int: ...
    @property
    def layout(self) -> Layout: ...
    @property
    def headline(self) -> str: ...
    @property
    def digest(self) -> str: ...
    @property
    def extensions(self) -> tuple[Origin, ...]: ...
    def levels(self) -> pd.DataFrame: ...
    def runs(self) -> dict[str, int]: ...
    def failed(self) -> dict[str, int]: ...
    def contrasts(self, baseline: str | None = None) -> pd.DataFrame: ...
    def ledger_shares(self) -> pd.DataFrame: ...
    def trajectories(self) -> pd.DataFrame: ...
    def banded(self) -> Comparison: ...


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Results:
    """Runs of one or more packages in the same worlds.

    scenario, parameters, packages, baseline, months, seed, engine: what was run; parts: what
    was kept of each package, one column a world; extensions: where those of one's own came
    from; headline: the measure that reports put packages in order by; first_world: number of
    the first; parameters_of: of the packages that have some of their own.
    """

    scenario: Scenario
    parameters: Parameters
    packages: Mapping[str, Governance]
    baseline: str
    months: int
    seed: int
    engine: str
    parts: Mapping[str, Part]
    layout: Layout
    extensions: tuple[Origin, ...] = ()
    headline: str = DEFAULT
    first_world: int = 0
    parameters_of: Mapping[str, Parameters] = field(default_factory=dict)

    @property
    def worlds(self) -> int:
        """Number of worlds every package met."""
        return self.parts[self.baseline].finite.size

    @property
    def _numbers(self) -> NDArray[np.int64]:
        """Numbers of the worlds."""
        return np.arange(self.first_world, self.first_world + self.worlds)

    @property
    def agents(self) -> str:
        """`own` where agents of one's own decided, else `usual`."""
        return "own" if any(o.kind == "agents" for o in self.extensions) else "usual"

    @property
    def measures(self) -> tuple[str, ...]:
        """Names of the measures: psasim's own, then those of one's own."""
        return tuple(self.parts[self.baseline].measures)

    def memory(self, package: str | None = None) -> dict[str, Floats]:
        """What a rule or agents of one's own remembered under a package, the baseline unless
        named, by name, (rows, worlds)."""
        return dict(self.parts[as_baseline(self, package)].memory)

    def to_frame(self, columns: str | Iterable[str] | None = None) -> pd.DataFrame:
        """One row a run: run_id, scenario, package, point, world, status, measures.

        columns: some of them, or all.  `status` is `ok`, or `failed` where a measure is not
        finite; units of the measures are in `attrs["units"]`.
        """
        worlds = self._numbers
        frames = [
            pd.DataFrame(
                {
                    "run_id": [f"{name}/{point}/{world}" for world in worlds],
                    "scenario": self.scenario.name,
                    "package": name,
                    "point": point,
                    "world": worlds,
                    "status": np.where(part.finite, "ok", "failed"),
                    **part.measures,
                }
            )
            for point, (name, part) in enumerate(self.parts.items())
        ]
        frame = pd.concat(frames, ignore_index=True)
        if columns is not None:
            frame = frame[list(chosen(columns, list(frame), "columns"))]
        frame.attrs["units"] = {name: MEASURES[name].unit for name in frame if name in MEASURES}
        return frame

    def trajectories(self) -> pd.DataFrame:
        """Paths of outcomes: package, outcome, month, quantity, mean, p05, p50, p95.

        Months count from 1; `real` and `reported` are of target, `rated` a band of the
        FCO rule, 0 to 4.  Outcomes without an indicator are not reported or rated; failed
        runs are left out.
        """
        frames = [
            bands(self.layout, name, quantity, part.finite_only().paths[quantity])
            for name, part in self.parts.items()
            if part.finite.any()
            for quantity in PATHS
        ]
        if not frames:
            raise InputError("no run gave finite results, so there are no trajectories to show")
        return pd.concat(frames, ignore_index=True)

    def trajectories_raw(self) -> pd.DataFrame:
        """Paths that `trajectories` sums up: package, outcome, month, quantity, world, value.

        One row a month of an outcome of a run, in the worlds whose monthly paths were kept,
        the first thousand or so; units as in `trajectories`, failed runs left out.
        """
        banded = self.banded()
        worlds = banded._numbers
        tables = [
            raw_paths(self.layout, name, quantity, worlds[part.finite],
                      part.finite_only().paths[quantity])
            for name, part in banded.parts.items()
            for quantity in PATHS
        ]
        return pa.concat_tables(tables).to_pandas()

    @property
    def digest(self) -> str:
        """16 hexadecimal digits that two sets of runs share where all their bits agree."""
        digest = Digest()
        for point, part in enumerate(self.parts.values()):
            digest.add(point, self._numbers, list(part.measures.values()))
        return str(digest)

    def banded(self) -> Results:
        """The same results in the worlds whose monthly paths were kept, the first ones."""
        kept = min(part.paths["real"].shape[-1] for part in self.parts.values())
        return replace(self, parts={
            name: Part(*(
                {key: values[..., :kept] for key, values in table.items()}
                for table in (part.measures, part.ledger, part.paths, part.memory)
            ))
            for name, part in self.parts.items()
        })

    def levels(self) -> pd.DataFrame:
        """Mean of every measure over the runs that did not fail, one row a package; NaN of what
        has no value in the scenario, such as reported targets where none has an indicator."""
        means = {
            name: [float(values[part.finite].mean()) if part.finite.any() else np.nan
                   for values in part.measures.values()]
            for name, part in self.parts.items()
        }
        frame = pd.DataFrame.from_dict(means, orient="index", columns=list(self.measures))
        frame[without_value(self.layout)] = np.nan
        return frame

    def runs(self) -> dict[str, int]:
        """Number of runs by package."""
        return dict.fromkeys(self.parts, self.worlds)

    def failed(self) -> dict[str, int]:
        """Number of failed runs by package."""
        return {name: int((~part.finite).sum()) for name, part in self.parts.items()}

    def ledger(self, by: str | Iterable[str] = ()) -> pd.DataFrame:
        """Where capacity went: package, world, department, line, effort, capacity.

        Department-months over the run; the lines of a department sum to its capacity,
        which stands on each.  by: `outcome` splits the lines that are known by outcome
        (the others keep an empty one), `heading` adds the deck's heading of the loss.
        """
        wanted = chosen(by, ("outcome", "heading"), "by")
        frames = [
            self._ledger_line(package, part, line, "outcome" in wanted)
            for package, part in self.parts.items()
            for line in LINES
        ]
        frame = pd.concat(frames, ignore_index=True)
        if "heading" in wanted:
            headings = {name: str(line.heading) for name, line in LINES.items()}
            frame.insert(4, "heading", frame["line"].map(headings))
        frame.attrs["units"] = {"effort": "department-months", "capacity": "department-months"}
        return frame

    def _ledger_line(self, package: str, part: Part, line: str, split: bool) -> pd.DataFrame:
        departments = self.scenario.departments
        capacity = np.array([d.capacity * self.months for d in departments])
        keys = np.array([d.key for d in departments])
        effort = part.ledger[line]
        owner = np.arange(keys.size)
        outcome = np.full(keys.size, "", dtype=object)
        if LINES[line].by_contribution and split:
            owner = self.layout.department
            outcome = np.array([c.outcome for c in self.scenario.contributions], dtype=object)
        elif LINES[line].by_contribution:
            effort = ordered_sum(effort, self.layout.contributions_by_department)
        rows, worlds = effort.shape
        columns = {
            "package": package,
            "world": np.tile(self._numbers[:worlds], rows),
            "department": np.repeat(keys[owner], worlds),
            "line": line,
            "effort": effort.ravel(),
            "capacity": np.repeat(capacity[owner], worlds),
        }
        frame = pd.DataFrame(columns)
        if split:
            frame.insert(3, "outcome", np.repeat(outcome, worlds))
        return frame

    def ledger_shares(self) -> pd.DataFrame:
        """Mean over finite runs: package, line, heading, effort_mean, capacity_mean, share."""
        capacity = fsum(d.capacity for d in self.scenario.departments) * self.months
        rows = [
            (name, line, str(LINES[line].heading), effort, capacity, effort / capacity)
            for name, part in self.parts.items()
            for line in LINES
            for effort in [_mean(part.finite_only().ledger[line].sum(axis=0))]
        ]
        columns = ["package", "line", "heading", "effort_mean", "capacity_mean", "share"]
        return pd.DataFrame(rows, columns=columns)

    def contrasts(self, baseline: str | Results | None = None) -> pd.DataFrame:
        """Paired differences from the baseline, with their 95 % interval.

        baseline: one of the packages, or other results of the same worlds, whose own
        baseline package is meant, named with what differs where both have one name.
        Columns package, baseline, measure, unit, mean, lo95, hi95, equal (share of worlds in
        which both have the same number), worlds: those in which both runs are finite.  Raises
        `InputError` where there is nothing to compare
        with, or the worlds are others.
        """
        if isinstance(baseline, Results):
            self._check_same_worlds(baseline)
            against, compared = self._told_apart(baseline), dict(self.parts)
            base = baseline.parts[baseline.baseline]
        else:
            against = as_baseline(self, baseline)
            base = self.parts[against]
            compared = {name: part for name, part in self.parts.items() if name != against}
        if not compared:
            raise InputError(
                f"only {against!r} was run, so there is nothing to contrast it with; "
                "use psasim.compare with another package"
            )
        return contrast(compared, base, against, "package",
                        dict.fromkeys([*compared, against], self.layout))

    def _told_apart(self, other: Results) -> str:
        """Name of the baseline of other results: `departmental (usual agents)`."""
        name = other.baseline
        if name not in self.parts:
            return name
        differs = [
            *(["other levers"] if other.packages[name] != self.packages[name] else []),
            *(["other parameters"] if other.parameters != self.parameters else []),
            *([_origins(other.extensions)] if other.extensions != self.extensions else []),
        ]
        return f"{name} ({', '.join(differs) or f'engine {other.engine}'})"

    def _check_same_worlds(self, other: Results) -> None:
        """Differences are paired only between runs of the same worlds."""
        for name in ("scenario", "months", "seed", "worlds", "first_world"):
            mine, theirs = getattr(self, name), getattr(other, name)
            if mine != theirs:
                mine, theirs = getattr(mine, "name", mine), getattr(theirs, "name", theirs)
                raise InputError(
                    f"these results have {name} = {mine}, the baseline's {theirs}; "
                    "run both with the same to pair them"
                )

    def summary(self) -> pd.DataFrame:
        """Mean of the headline and of the usual measures beside it, one row a package."""
        measures = summary_of(self.headline)
        labels = [f"{MEASURES[m].label} ({MEASURES[m].unit})" for m in measures]
        return self.levels()[list(measures)].set_axis(labels, axis=1)

    def __repr__(self) -> str:
        return (
            f"Results({', '.join(self.parts)} on {self.scenario.name}: {self.worlds} worlds, "
            f"{self.months} months, seed {self.seed}, engine {self.engine}"
            f"{f', {_origins(self.extensions)}' if self.extensions else ''})"
        )

    def _repr_html_(self) -> str:
        head = (
            f"<p><b>{escape(self.scenario.title)}</b>: {_many(len(self.parts), 'package')} in "
            f"the same {_many(self.worlds, 'world')}, {_many(self.months, 'month')}, "
            f"seed {self.seed}</p>"
        )
        return head + self.summary().to_html(float_format="{:z.3f}".format)


def _origins(extensions: tuple[Origin, ...]) -> str:
    """Extensions as they tell one package from another: what is not named is usual."""
    return ", ".join(f"{o.kind} {o.name}" for o in extensions) or "no extensions"


def _many(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'s' * (number != 1)}"


def as_baseline(results: Comparison, given: object) -> str:
    """The package others are held against: the baseline unless another is named."""
    if given is None:
        return results.baseline
    if hasattr(given, "packages"):
        raise InputError("baseline is results of another kind: differences are paired between "
                         "packages of one folder, or of results in memory (psasim.compare)")
    return one_of(given, results.packages, "baseline")


def _mean(values: Floats) -> float:
    """Mean over runs, NaN of none."""
    return float(values.mean()) if values.size else np.nan


def bands(layout: Layout, package: str, quantity: str, paths: Floats) -> pd.DataFrame:
    """Mean and quantiles over runs of the paths (months, O, R) of a quantity of `PATHS`; NaN
    where there is no value, as of a figure that is not out."""
    kept = shown(layout, quantity)
    keys = np.array([o.key for o in layout.scenario.outcomes])[kept]
    months, paths = len(paths), paths[:, kept]
    quantiles = np.quantile(paths, [q for _, q in BANDS], axis=-1)
    return pd.DataFrame(
        {
            "package": package,
            "outcome": np.tile(keys, months),
            "month": np.repeat(np.arange(1, months + 1), keys.size),
            "quantity": quantity,
            "mean": paths.mean(axis=-1).ravel(),
            **{name: q.ravel() for (name, _), q in zip(BANDS, quantiles, strict=True)},
        }
    )
