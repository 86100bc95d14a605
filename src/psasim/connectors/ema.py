"""A model for the EMA Workbench: its uncertainties, levers and outcomes from the declarations.

The Workbench asks for one experiment at a time; `EnsembleEvaluator` hands all of them to
`psasim.evaluate` in one call instead, with the same numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ema_workbench as ema
import numpy as np
from ema_workbench.em_framework.evaluators import BaseEvaluator
from ema_workbench.em_framework.points import experiment_generator

from psasim.connectors.ranges import Over, ranges
from psasim.declared.declare import Choice, Quantity
from psasim.declared.levers import LEVERS, Governance
from psasim.declared.names import chosen, unknown
from psasim.engines.inputs import Package, as_governance, as_scenario
from psasim.errors import InputError, shown
from psasim.experiment.evaluate import evaluate
from psasim.mechanisms.ordered_sum import Floats
from psasim.results.measures import MEASURES
from psasim.results.simulate import MONTHS, SEED, own_of
from psasim.scenario.schema import Scenario


@dataclass(frozen=True)
class Study:
    """What a model of the Workbench stands for; calling it runs one experiment.

    uncertain: names with what they are where nothing is said; levers: their paths; governance:
    the package they are set on top of; settings: those of `psasim.evaluate`.
    """

    scenario: Scenario
    governance: Governance
    uncertain: Mapping[str, float]
    levers: tuple[str, ...]
    measures: tuple[str, ...]
    settings: Mapping[str, Any]

    def __call__(self, **values: Any) -> dict[str, float]:
        found = self.values([values], [values])[0, 0]
        return dict(zip(self.measures, map(float, found), strict=True))

    def values(
        self, sets: Sequence[Mapping[str, Any]], policies: Sequence[Mapping[str, Any]],
        processes: int = 1,
    ) -> Floats:
        """Means over worlds, (sets, policies, measures)."""
        X = [[given.get(name, usual) for name, usual in self.uncertain.items()] for given in sets]
        packages = {f"policy{n}": self._package(given) for n, given in enumerate(policies)}
        return evaluate(self.scenario, packages, X, names=list(self.uncertain),
                        measures=self.measures, processes=processes, **self.settings).values

    def _package(self, given: Mapping[str, Any]) -> Governance:
        tables: dict[str, dict[str, Any]] = {}
        for path in self.levers:
            if path in given:
                lever, _, field = path.partition(".")
                tables.setdefault(lever, {})[field or "strength"] = given[path]
        return self.governance.plus(**tables)


def ema_model(
    scenario: str | Path | Scenario = "csr2007",
    *,
    uncertainties: Over,
    levers: Iterable[str] = (),
    outcomes: Iterable[str] = ("attainment",),
    governance: Package = "departmental",
    worlds: int | range = 16,
    months: int = MONTHS,
    seed: int = SEED,
    extensions: Iterable[Any] = (),
    name: str = "psasim",
) -> ema.Model:
    """A model of the EMA Workbench over `psasim.evaluate`.

    uncertainties: parameters and facts, over their declared ranges or ends by name; levers:
    of governance, `sanctions` for a strength (0 to 1), `lead.kind` for a field, set on top of
    `governance`; outcomes: measures, the mean over worlds of each, to be maximised or minimised as
    its direction of good says.  Raises `psasim.errors.InputError` for what is unknown.
    """
    own = tuple(extensions)
    own_of(own)
    facts = as_scenario(scenario)
    items = ranges(uncertainties, facts)
    wanted = chosen(outcomes, tuple(MEASURES), "outcomes")
    paths = tuple([levers] if isinstance(levers, str) else levers)
    study = Study(
        facts, as_governance(governance), {n: item.default for n, item in items.items()}, paths,
        wanted, {"worlds": worlds, "months": months, "seed": seed, "extensions": own})
    model = ema.Model(name, function=study)
    model.uncertainties = [_parameter(n, item) for n, item in items.items()]
    model.levers = [_parameter(path, _lever(path)) for path in paths]
    model.outcomes = [ema.ScalarOutcome(n, kind=_kind(MEASURES[n].good)) for n in wanted]
    return model


class EnsembleEvaluator(BaseEvaluator):
    """Runs all experiments of a model of `ema_model` in one call, many side by side.

    processes: how many share the work.  Used as the Workbench's own: `with
    EnsembleEvaluator(model) as evaluator: evaluator.perform_experiments(1000, 10)`.
    """

    def __init__(self, model: ema.Model, processes: int = 1) -> None:
        if not isinstance(getattr(model, "function", None), Study):
            raise InputError(f"model = {shown(model)} was not made by psasim.connectors.ema_model; "
                             "use the Workbench's SequentialEvaluator for it")
        super().__init__(model)
        self._study: Study = model.function
        self._processes = processes

    def initialize(self) -> None:
        """Nothing is kept ready."""

    def finalize(self) -> None:
        """Nothing is left open."""

    def evaluate_experiments(
        self, scenarios: Iterable[Any], policies: Iterable[Any], callback: Any,
        combine: str = "factorial",
    ) -> None:
        """Asked by the Workbench: every experiment to the callback, in its order."""
        pairs = list(experiment_generator(
            list(scenarios), self._msis, list(policies), combine=combine))
        met = [{id(item): item for item in items} for items in (
            [pair.scenario for pair in pairs], [pair.policy for pair in pairs])]
        sets, packages = (list(items.values()) for items in met)
        if len(pairs) == len(sets) * len(packages):
            table = self._study.values(sets, packages, self._processes)
            rows = [{key: place for place, key in enumerate(items)} for items in met]
            found = [table[rows[0][id(p.scenario)], rows[1][id(p.policy)]] for p in pairs]
        else:
            found = [self._study.values([p.scenario], [p.policy])[0, 0] for p in pairs]
        for pair, values in zip(pairs, found, strict=True):
            callback(pair, dict(zip(self._study.measures, np.asarray(values), strict=True)))


def _parameter(name: str, item: Quantity | Choice) -> ema.Parameter:
    if isinstance(item, Choice):
        return ema.CategoricalParameter(name, item.options)
    if item.integer:
        return ema.IntegerParameter(name, int(item.low), int(item.high))
    return ema.RealParameter(name, item.low, item.high)


def _lever(path: str) -> Quantity | Choice:
    lever, _, field = path.partition(".")
    if lever not in LEVERS:
        raise unknown(lever, LEVERS, "levers")
    table = LEVERS[lever].table
    if (field or "strength") not in table:
        raise unknown(field, table, f"levers: {lever}: field")
    return table[field or "strength"]


def _kind(good: int) -> int:
    kinds = ema.ScalarOutcome
    return {1: kinds.MAXIMIZE, -1: kinds.MINIMIZE, 0: kinds.INFO}[good]
