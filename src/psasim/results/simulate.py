"""The two questions people ask: what happens under a package, and which does better."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from psasim.coefficients import build_coefficients
from psasim.declared.levers import Governance
from psasim.declared.parameters import Parameters
from psasim.declared.settings import SETTINGS, setting
from psasim.engines import ensemble
from psasim.engines.choice import engine as engine_of
from psasim.engines.inputs import (
    Package,
    as_governance,
    as_packages,
    as_parameters,
    as_scenario,
    with_baseline,
)
from psasim.errors import InputError, shown
from psasim.results.headline import DEFAULT, as_headline
from psasim.results.parts import Part, join, run_part
from psasim.results.results import Results
from psasim.scenario.schema import Scenario
from psasim.structure.layout import build_layout

if TYPE_CHECKING:  # Mesa takes a second to import
    from psasim.engines.mesa.agents import Agents
    from psasim.engines.mesa.decider import Decider

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
    agents: Agents | type[Decider] | None = None,
    headline: str = DEFAULT,
) -> Results:
    """Run one governance package in many worlds.

    scenario: name or path or a loaded one; governance: preset, `Governance`, or a table of
    levers; parameters: a table of those that are set, a mapping or a pandas Series;
    worlds, months, seed: counts; engine: `ensemble` or `mesa`; agents: agents of one's
    own, a `psasim.Agents` or one class, which decide on Mesa; headline: the measure
    reports order by, any with a direction of good.  Raises `psasim.errors.InputError` for
    anything unknown or out of bounds, as the command line does, and from the exception
    of an agent of one's own.
    """
    name = governance if isinstance(governance, str) else "custom"
    return _run(
        {name: as_governance(governance)}, name, scenario, parameters, agents, headline,
        worlds=worlds, months=months, seed=seed, engine=engine,
    )


def compare(
    packages: Mapping[str, Package] | Iterable[str],
    *,
    scenario: str | Path | Scenario = "csr2007",
    parameters: Parameters | Mapping[str, float] | None = None,
    worlds: int = WORLDS,
    months: int = MONTHS,
    seed: int = SEED,
    engine: str = "ensemble",
    baseline: str = "departmental",
    agents: Agents | type[Decider] | None = None,
    headline: str = DEFAULT,
    progress: Progress | None = None,
) -> Results:
    """Run packages in the same worlds, so that differences are paired.

    packages: names of presets; or by name, each a preset, a `Governance` or a table of
    levers; baseline: name of the package others are held against, added if it is a preset
    not listed; progress: called with runs done and runs in all.  Other arguments, and
    what is raised, as `simulate`; the baseline by itself is refused too.
    """
    named = with_baseline(as_packages(packages), baseline)
    if len(named) == 1:
        raise InputError(f"nothing to compare: {baseline} is the baseline itself; add another "
                         "package, or use psasim.simulate")
    return _run(
        named, baseline, scenario, parameters, agents, headline, progress,
        worlds=worlds, months=months, seed=seed, engine=engine,
    )


def _run(
    named: Mapping[str, Governance],
    baseline: str,
    scenario: str | Path | Scenario,
    parameters: Parameters | Mapping[str, float] | None,
    agents: Agents | type[Decider] | None,
    headline: str,
    progress: Progress | None = None,
    **given: object,
) -> Results:
    """given: the settings by name."""
    worlds, months, seed = (int(setting(n, given[n])) for n in ("worlds", "months", "seed"))
    engine, headline = str(setting("engine", given["engine"])), as_headline(headline)
    if agents is not None:
        from psasim.engines.mesa.agents import as_agents

        agents, engine = as_agents(agents), "mesa"
    if progress is not None and not callable(progress):
        raise InputError(f"progress = {shown(progress)} cannot be called; give a function of two "
                         "numbers, runs done and runs in all")
    facts = as_scenario(scenario)
    values = as_parameters(parameters)
    layout = build_layout(facts)
    coefficients = [build_coefficients(layout, [values], [package]) for package in named.values()]
    run, chunk = engine_of(engine, ensemble.side_by_side(layout), agents)
    parts: dict[str, list[Part]] = {name: [] for name in named}
    for first in range(0, worlds, chunk):
        replicates = range(first, min(first + chunk, worlds))
        ran = run_part(layout, coefficients, run, seed=seed, replicates=replicates, months=months)
        for name, part in zip(parts, ran, strict=True):
            parts[name].append(part.first_paths(BAND_WORLDS - first))
        if progress is not None:
            progress(replicates.stop * len(named), worlds * len(named))
    return Results(
        scenario=facts,
        parameters=values,
        packages=dict(named),
        baseline=baseline,
        months=months,
        seed=seed,
        engine=engine,
        parts={name: join(pieces) for name, pieces in parts.items()},
        layout=layout,
        agents="own" if agents else "usual",
        headline=headline,
    )
