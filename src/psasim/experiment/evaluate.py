"""Many sets of parameters and facts in one call: the model as a function of them."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

from psasim.declared.declare import Assumption, Heading, Quantity
from psasim.declared.levers import Governance
from psasim.declared.names import checked, chosen, unknown
from psasim.declared.parameters import PARAMETERS, Parameters
from psasim.declared.settings import setting
from psasim.engines.inputs import Package, as_governance, as_packages, as_scenario, as_worlds
from psasim.errors import InputError, shown
from psasim.experiment.computing.backends import Backend, results
from psasim.experiment.computing.compute import Outcome, RunSettings, Setting, Task, compute
from psasim.experiment.design.facts import WithFacts
from psasim.extensions import Carried, as_extensions
from psasim.mechanisms.ordered_sum import Floats
from psasim.results.measures import MEASURES, declare_measures
from psasim.results.simulate import MONTHS, SEED, WORLDS
from psasim.scenario.facts import Changes
from psasim.scenario.schema import Scenario

RUNS = 4096
"""Runs of a task: enough to be worth sending, few enough to share out."""

_GROUP = "parameters."
_PROCESSES = Quantity("processes", "processes", 1, 1, 4096, Heading.TOOLS_AND_DATA,
                      Assumption("As many as a machine may have."), "", integer=True)


class Evaluation(NamedTuple):
    """What an evaluation gave.

    values: means over the worlds, (sets, packages, measures), NaN where a run failed or the
    model refuses the set; frame: the same, a row a set and package, with the set's values;
    by_world: (sets, packages, measures, worlds).
    """

    values: Floats
    frame: pd.DataFrame
    by_world: Floats


def evaluate(
    scenario: str | Path | Scenario,
    packages: Mapping[str, Package] | Iterable[str] | Package,
    X: pd.DataFrame | Floats | Sequence[Sequence[float]],
    *,
    names: Sequence[str] | None = None,
    worlds: int | range = WORLDS,
    measures: str | Iterable[str] = "attainment",
    months: int = MONTHS,
    seed: int = SEED,
    processes: int = 1,
    extensions: Iterable[Any] = (),
) -> Evaluation:
    """Run packages under every set of `X`, all of them in the same worlds.

    packages: as `psasim.compare` takes them, or one; X: a row a set, a column a parameter
    (`inertia` or `parameters.inertia`) or fact of the scenario (`outcomes.Key.technology`), a
    frame, or an array whose columns `names` names; measures: their names; processes: how many
    share the work (1: this one alone); other arguments as `psasim.simulate`.  The same sets give
    the same bytes whatever the number of processes.  Raises `psasim.errors.InputError` with the
    row and the column of a value out of bounds.
    """
    own = as_extensions(extensions)
    declare_measures(own.measures)
    facts = as_scenario(scenario)
    named = _packages(packages)
    table = _table(X, names)
    wanted = chosen(measures, tuple(MEASURES), "measures")
    if not wanted:
        raise InputError("measures is empty; name one or more, such as attainment")
    sets = list(_sets(table, facts))
    run = RunSettings(int(setting("seed", seed)), int(setting("months", months)), "ensemble", 0,
                      Carried(own))
    tasks = list(_tasks(facts, named, sets, as_worlds(worlds), run))
    outcomes = results(_backend(processes, run.extensions), _numbered, enumerate(tasks))
    found = [outcome for _, outcome in sorted(outcomes, key=lambda done: done[0])]
    shape = len(sets), len(named), len(tasks[0].worlds)
    by_world = np.stack(
        [np.concatenate([_column(o, name) for o in found]).reshape(shape) for name in wanted],
        axis=2)
    values = by_world.mean(axis=-1)
    return Evaluation(values, _frame(table, list(named), wanted, values), by_world)


def _packages(given: Any) -> dict[str, Governance]:
    if isinstance(given, str):
        return {given: as_governance(given)}
    if isinstance(given, Governance):
        return {"custom": given}
    return as_packages(given)


def _table(given: Any, names: Sequence[str] | None) -> pd.DataFrame:
    """The sets as a frame of numbers, its columns paths."""
    if isinstance(given, pd.DataFrame) and names is not None:
        raise InputError("names is for arrays; the columns of a frame are named already")
    table = given if isinstance(given, pd.DataFrame) else pd.DataFrame(np.atleast_2d(given))
    if not isinstance(given, pd.DataFrame):
        given_names = list(names) if isinstance(names, (list, tuple, pd.Index)) else []
        if len(given_names) != table.shape[1] or not all(isinstance(n, str) for n in given_names):
            raise InputError(f"names = {shown(names)} must name the {table.shape[1]} columns of X")
        table.columns = pd.Index(given_names)
    paths = [f"{_GROUP}{c}" if c in PARAMETERS else str(c) for c in table.columns]
    twice = {path for path in paths if paths.count(path) > 1}
    if twice:
        raise InputError(f"X: {sorted(twice)[0]} has two columns; leave one out")
    if table.empty:
        raise InputError("X has no sets, or no columns; give one of each or more")
    return table.set_axis(paths, axis=1)


def _sets(
    table: pd.DataFrame, scenario: Scenario
) -> Iterator[tuple[Parameters, Mapping[str, float]]]:
    """(parameters, facts) of every row, checked."""
    declared = WithFacts({f"{_GROUP}{name}": item for name, item in PARAMETERS.items()},
                         [scenario])
    for path in table.columns:
        if path not in declared:
            raise (unknown(path.removeprefix(_GROUP), PARAMETERS, "X: column")
                   if "." not in path.removeprefix(_GROUP) else declared.unknown(path, "X: column"))
    changes = Changes(scenario, list(table.columns))
    items = {path: declared[path] for path in table.columns}
    for number, row in enumerate(table.itertuples(index=False, name=None)):
        values = dict(zip(table.columns, row, strict=True))
        for path, item in items.items():
            if problem := item.problem(values[path], f"X: row {number}: {path}"):
                raise InputError(problem)
        yield (Parameters({path.removeprefix(_GROUP): value for path, value in values.items()
                           if path.startswith(_GROUP)}), changes.of(values))


def _tasks(
    scenario: Scenario, packages: Mapping[str, Governance],
    sets: Sequence[tuple[Parameters, Mapping[str, float]]], worlds: range, run: RunSettings,
) -> Iterator[Task]:
    each = max(1, RUNS // (len(worlds) * len(packages)))
    for first in range(0, len(sets), each):
        settings = tuple(
            Setting(number, scenario.name, name, package, parameters, facts)
            for number, (parameters, facts) in enumerate(sets[first : first + each], start=first)
            for name, package in packages.items()
        )
        yield Task(run, {scenario.name: scenario}, settings, worlds, paths=False)


def _numbered(job: tuple[int, Task]) -> tuple[int, Outcome]:
    number, task = job
    return number, compute(task)


def _backend(processes: int, carried: Carried) -> Backend:
    checked(_PROCESSES, processes, "processes")
    if processes > 1 and carried.stays:
        raise InputError(f"processes = {processes}: extensions that a notebook or a prompt defines "
                         "stay in this process; give 1, or put them in a file and import it")
    return Backend("serial") if processes == 1 else Backend("processes", workers=int(processes))


def _column(outcome: Outcome, measure: str) -> Floats:
    table = pq.read_table(io.BytesIO(outcome.rows), columns=["status", measure])
    fine = table["status"].to_numpy() == "ok"
    return np.where(fine, table[measure].to_numpy(), np.nan)


def _frame(
    table: pd.DataFrame, packages: Sequence[str], measures: Sequence[str], values: Floats
) -> pd.DataFrame:
    each = len(packages)
    frame = table.loc[table.index.repeat(each)].reset_index(drop=True)
    frame.insert(0, "set", np.repeat(np.arange(len(table)), each))
    frame.insert(1, "package", np.tile(np.array(packages, dtype=object), len(table)))
    for column, name in enumerate(measures):
        frame[name] = values[:, :, column].ravel()
    frame.attrs["units"] = {name: MEASURES[name].unit for name in measures}
    return frame
