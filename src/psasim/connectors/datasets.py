"""Results as datasets of xarray: measures, monthly outcomes, and any state month by month."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from psasim.coefficients import Coefficients
from psasim.declared.names import chosen
from psasim.engines.inputs import Package, as_packages, as_scenario
from psasim.engines.variant import Hook
from psasim.mechanisms.ordered_sum import Floats
from psasim.month.state import Flows, State
from psasim.results.measures import MEASURES
from psasim.results.parts import PATHS
from psasim.results.results import Results
from psasim.results.simulate import simulate
from psasim.scenario.schema import Scenario
from psasim.structure.layout import Layout

AXES = MappingProxyType({
    "outcome": ("real", "mobilised", "problem", "escalated", "supported", "attention", "gap",
                "ratcheted", "reported", "out", "output", "undetected", "rated"),
    "contribution": ("counted", "scarcity", "trust", "knowledge", "distortion", "chain", "practice",
                     "mix", "realised"),
    "department": ("gaming_spend", "overhead", "gaming", "slack", "own", "moved"),
    "task": ("effort",),
    "indicator": ("published", "standing"),
    "link": ("buy_in", "cleared"),
    "body": ("clarity",),
})
"""What rows stand for, with the names of `psasim.month.state.State` and `Flows` that have them."""

ROWS = MappingProxyType({name: axis for axis, names in AXES.items() for name in names})
_STATE = {item.name for item in fields(State)}


def dataset(results: Results) -> xr.Dataset:
    """Results in memory as a dataset.

    Measures are (package, world); real, reported and rated are (package, month, outcome,
    path_world), NaN where nothing is reported, of the worlds whose monthly paths were kept, the
    first thousand or so.  Units are attributes.
    """
    parts, layout = list(results.parts.values()), results.layout
    first, kept = results.first_world, results.banded().worlds
    data: dict[str, Any] = {
        name: (("package", "world"), np.stack([part.measures[name] for part in parts]),
               {"units": MEASURES[name].unit, "long_name": MEASURES[name].label})
        for name in results.measures
    }
    for name in PATHS:
        paths = np.stack([part.paths[name][..., :kept] for part in parts])
        data[name] = (("package", "month", "outcome", "path_world"), paths,
                      {"units": "band, 0 to 4" if name == "rated" else "of target"})
    found = xr.Dataset(data, {
        "package": list(results.parts), "world": np.arange(first, first + results.worlds),
        "path_world": np.arange(first, first + kept),
        "month": np.arange(1, results.months + 1), "outcome": _labels(layout)["outcome"],
    })
    found.attrs = {"scenario": results.scenario.name, "seed": results.seed,
                   "digest": results.digest}
    return found


def monthly(
    scenario: str | Path | Scenario,
    packages: Mapping[str, Package] | Iterable[str],
    names: str | Iterable[str],
    *,
    extensions: Iterable[Any] = (),
    **settings: Any,
) -> xr.Dataset:
    """Run packages and keep state, and what months did, month by month.

    names: of `psasim.month.state.State` or `Flows`, such as trust, effort, knowledge, buy_in,
    slack; each (package, month, rows, world), rows being outcomes, contributions
    (`department/outcome`), tasks (contributions, and `department/own agenda`), departments,
    indicators, links or bodies; `reported` is the state's.  settings: as `psasim.simulate`
    (worlds, months, seed, parameters).  It holds months x rows x worlds numbers of each.
    """
    wanted = chosen(names, tuple(ROWS), "names")
    facts, own = as_scenario(scenario), tuple(extensions)
    kept = {name: _Kept(wanted) for name in as_packages(packages)}
    for name, package in as_packages(packages).items():
        results = simulate(facts, package, extensions=[*own, Hook("kept", kept[name])], **settings)
    stacked = {
        name: ((("package", "month", ROWS[name], "world"),
                np.stack([item.joined(name) for item in kept.values()])))
        for name in wanted
    }
    labels = _labels(results.layout)
    first = results.first_world
    return xr.Dataset(stacked, {
        "package": list(kept), "month": np.arange(1, results.months + 1),
        "world": np.arange(first, first + results.worlds),
        **{axis: labels[axis] for axis in dict.fromkeys(ROWS[name] for name in wanted)},
    }, {"scenario": facts.name, "seed": results.seed})


class _Kept:
    """What a hook saw, month after month, batch after batch of worlds."""

    def __init__(self, names: Iterable[str]) -> None:
        self._batches: list[dict[str, list[Floats]]] = []
        self._names = tuple(names)

    def __call__(self, state: State, flows: Flows, layout: Layout, k: Coefficients) -> State:
        if state.month == 1:
            self._batches.append({name: [] for name in self._names})
        runs = state.real.shape[-1]
        for name, months in self._batches[-1].items():
            values = getattr(state if name in _STATE else flows, name)
            months.append(np.broadcast_to(values, (len(values), runs)).copy())
        return state

    def joined(self, name: str) -> Floats:
        """(months, rows, worlds)."""
        return np.concatenate([np.stack(batch[name]) for batch in self._batches], axis=-1)


def _labels(layout: Layout) -> dict[str, Any]:
    """Coordinates of every kind of row."""
    scenario = layout.scenario
    made = np.array([f"{c.department}/{c.outcome}" for c in scenario.contributions], dtype=object)
    own = np.array([f"{d.key}/own agenda" for d in scenario.departments], dtype=object)
    bodies = np.array([b.key for b in scenario.bodies], dtype=object)
    links = bodies[layout.chain.body] + "/" + made[layout.chain.contribution]
    found = {
        "outcome": [o.key for o in scenario.outcomes],
        "department": [d.key for d in scenario.departments],
        "contribution": made, "indicator": [i.key for i in scenario.indicators],
        "task": layout.tasks(made[:, None], own[:, None])[:, 0], "link": links, "body": bodies,
    }
    return {axis: pd.Index(np.asarray(labels, dtype=object), dtype=object)
            for axis, labels in found.items()}
