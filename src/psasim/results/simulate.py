"""The two questions people ask: what happens under a package, and which does better."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from psasim.coefficients import build_coefficients
from psasim.declared.parameters import Parameters
from psasim.declared.presets import preset
from psasim.declared.settings import SETTINGS
from psasim.engines import ensemble
from psasim.engines.choice import engine as engine_of
from psasim.engines.inputs import Package, as_governance, as_parameters, as_scenario
from psasim.errors import InputError
from psasim.results.headline import DEFAULT, as_headline
from psasim.results.parts import Part, join, run_part
from psasim.results.results import Results
from psasim.scenario.schema import Scenario
from psasim.structure.layout import build_layout

if TYPE_CHECKING:  # Mesa takes a second to import
    from psasim.engines.mesa.agents import Agents

Progress = Callable[[int, int], None]

WORLDS, MONTHS, SEED = (int(SETTINGS[name].default) for name in ("worlds", "months", "seed"))

BAND_WORLDS = 1000
"""Worlds whose monthly paths are kept for bands; measures are kept of all."""


def simulate(
    scenario: str | Path | Scenario = "csr2007",
    governance: Package = "departmental",
    parameters: Parameters | Mapping[str, float] | None = None,
    worlds: int = WORLDS,
    months: int = MONTHS,
    seed: int = SEED,
    engine: str = "ensemble",
    agents: Agents | None = None,
    headline: str = DEFAULT,
) -> Results:
    """Run one governance package in many worlds.

    scenario: name or path or a loaded one; governance: preset, `Governance`, or a
    mapping of levers; worlds, months, seed: counts; engine: `ensemble` or `mesa`;
    agents: agents of one's own, a `psasim.Agents`, which decide on Mesa; headline: the
    measure reports order by, any with a direction of good.  Raises
    `psasim.errors.InputError` for anything unknown or out of bounds.
    """
    name = governance if isinstance(governance, str) else "custom"
    return compare(
        {name: governance}, scenario=scenario, parameters=parameters, worlds=worlds,
        months=months, seed=seed, engine=engine, baseline=name, agents=agents,
        headline=headline,
    )


def compare(
    packages: Mapping[str, Package] | Sequence[str],
    *,
    scenario: str | Path | Scenario = "csr2007",
    parameters: Parameters | Mapping[str, float] | None = None,
    worlds: int = WORLDS,
    months: int = MONTHS,
    seed: int = SEED,
    engine: str = "ensemble",
    baseline: str = "departmental",
    agents: Agents | None = None,
    headline: str = DEFAULT,
    progress: Progress | None = None,
) -> Results:
    """Run packages in the same worlds, so that differences are paired.

    packages: names of presets; or by name, each a preset, a `Governance` or a mapping of
    levers; baseline:
    name of the package others are held against, added if it is a preset not listed;
    progress: called with runs done and runs in all.  Other arguments as `simulate`.
    """
    for name, value in {"worlds": worlds, "months": months, "seed": seed}.items():
        problem = SETTINGS[name].problem(value, name)
        if problem:
            raise InputError(problem)
    if isinstance(packages, str):
        raise InputError(f"packages = {packages!r} is one name; write [{packages!r}]")
    headline = as_headline(headline)
    asked = packages if isinstance(packages, Mapping) else {name: name for name in packages}
    named = {name: as_governance(package) for name, package in asked.items()}
    if baseline not in named:
        named = {baseline: preset(baseline), **named}
    facts = as_scenario(scenario)
    values = as_parameters(parameters)
    layout = build_layout(facts)
    coefficients = {
        name: build_coefficients(layout, [values], [package]) for name, package in named.items()
    }
    run, chunk = engine_of("mesa" if agents else engine, ensemble.side_by_side(layout), agents)
    parts: dict[str, list[Part]] = {name: [] for name in named}
    for first in range(0, worlds, chunk):
        replicates = range(first, min(first + chunk, worlds))
        ran = run_part(
            layout, list(coefficients.values()), run, seed=seed, replicates=replicates,
            months=months,
        )
        for name, part in zip(parts, ran, strict=True):
            parts[name].append(part.first_paths(BAND_WORLDS - first))
        if progress is not None:
            progress(replicates.stop * len(named), worlds * len(named))
    return Results(
        scenario=facts,
        parameters=values,
        packages=named,
        baseline=baseline,
        months=months,
        seed=seed,
        engine="mesa" if agents else engine,
        parts={name: join(pieces) for name, pieces in parts.items()},
        layout=layout,
        agents="own" if agents else "usual",
        headline=headline,
    )
