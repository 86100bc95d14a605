"""Scenarios of different structure in the same worlds: what would another map of government do?"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from psasim.declared.parameters import Parameters
from psasim.engines.inputs import Package, as_scenario
from psasim.errors import InputError, shown
from psasim.results.contrast import contrast
from psasim.results.simulate import MONTHS, SEED, WORLDS, simulate
from psasim.scenario.schema import Scenario


def compare_scenarios(
    scenarios: Mapping[str, str | Path | Scenario],
    baseline: str,
    governance: Package = "departmental",
    *,
    parameters: Parameters | Mapping[str, float] | None = None,
    worlds: int = WORLDS,
    months: int = MONTHS,
    seed: int = SEED,
    engine: str = "ensemble",
) -> pd.DataFrame:
    """Paired differences between scenarios under one package, with their 95 % interval.

    scenarios: by a name of one's own, each a name, a path or a loaded one; baseline: the one
    the others are held against.  What two scenarios share by key (outcomes, indicators,
    contributions, links of the chain) meets the same draws in both, so that two
    departments merged, an outcome or a body more is a paired comparison.  Columns as of
    `Results.contrasts`, with `scenario` for `package`; a measure is over the outcomes and
    departments that its own scenario has.  Raises `psasim.errors.InputError` as
    `simulate`, and where there is nothing to compare.
    """
    named = isinstance(scenarios, Mapping) and isinstance(baseline, str)
    if not named or baseline not in scenarios:
        raise InputError(
            f"scenarios = {shown(scenarios)} holds no baseline {shown(baseline)}; give each a "
            "name: compare_scenarios({'now': 'csr2007', 'merged': merged}, 'now')"
        )
    if len(scenarios) == 1:
        raise InputError(f"nothing to compare: {baseline} is the baseline itself; add another "
                         "scenario")
    runs = {
        name: simulate(as_scenario(scenario), governance, parameters, worlds, months, seed, engine)
        for name, scenario in scenarios.items()
    }
    parts = {name: results.parts[results.baseline] for name, results in runs.items()}
    base = parts.pop(baseline)
    layouts = {name: results.layout for name, results in runs.items()}
    return contrast(parts, base, baseline, "scenario", layouts)
