"""Composed settings, as plain data, become a `RunConfig`: what is compared, in which scenarios
and futures."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import ValidationError

from psasim.calibration import plausible
from psasim.config.run_config import RunConfig
from psasim.config.schema import Given, ScenarioChoice, told
from psasim.errors import InputError
from psasim.experiment.computing.backends import Backend
from psasim.experiment.design.decisions import add_packages
from psasim.experiment.design.designs import Drawn, given_sets
from psasim.experiment.design.packages import BASELINE, name_of, packages
from psasim.experiment.design.study import Study, crossed, listed
from psasim.extensions import NONE, Extensions
from psasim.scenario import load_scenario
from psasim.scenario.schema import Scenario

PLAUSIBLE = "plausible"
"""Option of the `parameters` group that stands for the shipped ensemble."""


def run_config(
    settings: Mapping[str, Any], *, parameter_set: str = "default", governed: bool = False,
    extensions: Extensions = NONE,
) -> RunConfig:
    """Check composed `settings`; `governed` says that the user asked for a package;
    extensions: of their own.

    A package the user asked for is compared with the baseline alone; otherwise the
    experiment says what is compared.  Raises `psasim.InputError`.
    """
    try:
        given = Given.model_validate(dict(settings))
    except ValidationError as error:
        raise told(error) from None
    baseline = given.baseline or BASELINE
    scenarios = _scenarios(given)
    futures = _plausible(given) if parameter_set == PLAUSIBLE else None
    experiment, study = _study(given, scenarios, baseline, governed, futures)
    designs = dict(study.designs)
    if len(scenarios) > 1:
        designs["scenarios"] = list(scenarios)
    return RunConfig(
        scenarios=MappingProxyType(scenarios),
        packages=MappingProxyType(dict(study.packages)),
        baseline=baseline,
        parameters=given.parameters,
        worlds=given.worlds,
        months=given.months,
        seed=given.seed,
        engine=given.engine,
        experiment=experiment,
        parameter_set=parameter_set,
        points=study.points,
        factors=study.factors,
        designs=MappingProxyType(designs),
        backend=Backend(**given.backend.model_dump()),
        precision=given.precision.asked(given.headline, given.experiment.points is not None),
        trajectories=given.trajectories,
        keep=given.keep,
        headline=given.headline,
        extensions=extensions,
    )


def _plausible(given: Given) -> Drawn:
    """The shipped parameter sets as futures; they leave no parameter to be set or varied."""
    if given.experiment.points is not None:
        raise InputError(
            f"parameters={PLAUSIBLE} gives the parameter sets, but experiment.points of "
            f"{given.experiment.name} lists whole points; leave out one"
        )
    for name, value in given.parameters.changed().items():
        raise InputError(
            f"parameters.{name} = {value:g} does not go with parameters={PLAUSIBLE}, each set of "
            "which has its own value; leave out one"
        )
    return given_sets(PLAUSIBLE, plausible())


def _study(
    given: Given, scenarios: Mapping[str, Scenario], baseline: str, governed: bool,
    futures: Drawn | None,
) -> tuple[str, Study]:
    """The name of what is tried, and what is computed."""
    asked = given.experiment
    if governed or given.governance.levers_on():
        for name in ("levers", "points"):
            if getattr(asked, name) is not None:
                raise InputError(
                    f"governance= sets one package, but experiment.{name} of {asked.name} makes "
                    "its own; leave out one, or lay the design on a package: "
                    f"experiment.{name}.base="
                )
        name = name_of(given.governance)
        compared = {name: given.governance}
        return name, crossed(scenarios, compared, baseline, given.parameters,
                             uncertainties=asked.uncertainties, futures=futures)
    compared = add_packages(
        packages(asked.presets, asked.each_lever_on), asked.packages, "experiment.packages"
    )
    if asked.points is None:
        return asked.name, crossed(scenarios, compared, baseline, given.parameters,
                                   levers=asked.levers, uncertainties=asked.uncertainties,
                                   futures=futures)
    if asked.levers is not None or asked.uncertainties is not None:
        raise InputError(
            "experiment.points lists whole points; leave out it, or levers and uncertainties"
        )
    return asked.name, listed(scenarios, compared, baseline, given.parameters, asked.points)


def _scenarios(given: Given) -> dict[str, Scenario]:
    """The scenarios of the experiment, or the one that is set."""
    if not given.experiment.scenarios:
        scenario = _scenario(given.scenario)
        return {scenario.name: scenario}
    found: dict[str, Scenario] = {}
    for name in given.experiment.scenarios:
        is_file = name.lower().endswith((".yaml", ".yml"))
        scenario = load_scenario(Path(name) if is_file else name)
        if scenario.name in found:
            raise InputError(f"experiment.scenarios: {scenario.name} is listed twice")
        found[scenario.name] = scenario
    return found


@cache
def _shipped(name: str) -> Scenario:
    """Read once, for the many jobs of a sweep."""
    return load_scenario(name)


def _scenario(choice: ScenarioChoice) -> Scenario:
    if choice.name != "file" and choice.path is None:
        return _shipped(choice.name)
    if choice.name != "file" or choice.path is None:
        raise InputError(
            f"scenario.path = {choice.path} does not go with scenario={choice.name}; "
            "use scenario=FILE.yaml"
        )
    return load_scenario(Path(choice.path))
