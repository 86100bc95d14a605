"""The two questions people ask: what happens under a package, and which does better."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from psasim.coefficients import build_coefficients
from psasim.declared.levers import NOTHING, Governance
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
    as_worlds,
    parameters_by_package,
    with_baseline,
)
from psasim.engines.replaced import replaced
from psasim.errors import InputError, shown
from psasim.extensions import Extensions, as_extensions
from psasim.results.headline import DEFAULT, as_headline
from psasim.results.measures import declare_measures
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
    worlds: int | range = WORLDS,
    months: int = MONTHS,
    seed: int = SEED,
    engine: str = "ensemble",
    agents: Agents | type[Decider] | None = None,
    extensions: Iterable[Any] = (),
    headline: str = DEFAULT,
) -> Results:
    """Run one governance package in many worlds.

    scenario: name or path or a loaded one; governance: preset, `Governance`, or a table of
    levers; parameters: a table of those that are set, a mapping or a pandas Series;
    worlds, months, seed: counts, or a range of worlds; engine: `ensemble` or `mesa`; agents:
    agents of one's own, a `psasim.Agents` or one class, which decide on Mesa; extensions:
    rules, measures, levers, hooks and mechanisms of one's own (docs/extensions.md); headline:
    the measure reports order by, any with a direction of good.  Raises
    `psasim.errors.InputError` for anything unknown or out of bounds, as the command line does,
    and from the exception of an extension.
    """
    own = own_of(extensions, agents)
    name = governance if isinstance(governance, str) else "custom"
    return _run(
        {name: as_governance(governance)}, name, scenario, parameters, own, headline,
        worlds=worlds, months=months, seed=seed, engine=engine,
    )


def compare(
    packages: Mapping[str, Package] | Iterable[str],
    *,
    scenario: str | Path | Scenario = "csr2007",
    parameters: Parameters | Mapping[str, float] | None = None,
    parameters_of: Mapping[str, Mapping[str, float]] = NOTHING,
    worlds: int | range = WORLDS,
    months: int = MONTHS,
    seed: int = SEED,
    engine: str = "ensemble",
    baseline: str = "departmental",
    agents: Agents | type[Decider] | None = None,
    extensions: Iterable[Any] = (),
    headline: str = DEFAULT,
    progress: Progress | None = None,
) -> Results:
    """Run packages in the same worlds, so that differences are paired.

    packages: names of presets; or by name, each a preset, a `Governance` or a table of
    levers; parameters_of: by package, parameters that it alone has; baseline: name of the
    package others are held against, added if it is a preset not listed; progress: called
    with runs done and runs in all.  Other arguments, and what is raised, as
    `simulate`; the baseline by itself is refused too.
    """
    own = own_of(extensions, agents)
    named = with_baseline(as_packages(packages), baseline)
    if len(named) == 1:
        raise InputError(f"nothing to compare: {baseline} is the baseline itself; add another "
                         "package, or use psasim.simulate")
    return _run(
        named, baseline, scenario, parameters, own, headline, progress, parameters_of,
        worlds=worlds, months=months, seed=seed, engine=engine,
    )


def own_of(extensions: Any, agents: Any = None) -> Extensions:
    """Extensions, their measures declared from then on."""
    own = as_extensions(extensions, agents)
    declare_measures(own.measures)
    return own


def _run(
    named: Mapping[str, Governance],
    baseline: str,
    scenario: str | Path | Scenario,
    parameters: Parameters | Mapping[str, float] | None,
    own: Extensions,
    headline: str,
    progress: Progress | None = None,
    parameters_of: Mapping[str, Mapping[str, float]] = NOTHING,
    **given: object,
) -> Results:
    """given: the settings by name."""
    worlds = as_worlds(given["worlds"])
    months, seed = (int(setting(n, given[n])) for n in ("months", "seed"))
    engine, headline = str(setting("engine", given["engine"])), as_headline(
        headline, [item.name for item in own.measures])
    engine = own.engine or engine
    if progress is not None and not callable(progress):
        raise InputError(f"progress = {shown(progress)} cannot be called; give a function of two "
                         "numbers, runs done and runs in all")
    facts = as_scenario(scenario)
    values = as_parameters(parameters)
    apart = parameters_by_package(parameters_of, values, named)
    layout = build_layout(facts)
    run, chunk = engine_of(engine, ensemble.side_by_side(layout), own.variant)
    parts: dict[str, list[Part]] = {name: [] for name in named}
    with replaced(own.variant.mechanisms):
        coefficients = [build_coefficients(layout, [apart.get(name, values)], [package])
                        for name, package in named.items()]
        for first in range(worlds.start, worlds.stop, chunk):
            replicates = range(first, min(first + chunk, worlds.stop))
            ran = run_part(layout, coefficients, run, seed=seed, replicates=replicates,
                           months=months, measures=own.measures)
            for name, part in zip(parts, ran, strict=True):
                parts[name].append(part.first_paths(BAND_WORLDS - (first - worlds.start)))
            if progress is not None:
                progress((replicates.stop - worlds.start) * len(named), len(worlds) * len(named))
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
        extensions=own.origins,
        headline=headline,
        first_world=worlds.start,
        parameters_of=apart,
    )
