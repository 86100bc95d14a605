"""The one boundary: composed settings, as plain data, become a checked and frozen `RunConfig`.

Hydra checks keys against the schema, but `++` passes it and untyped values are not
checked at all; so everything goes through the pydantic model here, which is strict,
knows every key, and takes names, units and bounds from the declarations.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from psasim.calibration import plausible
from psasim.declared.levers import LEVERS, Governance
from psasim.declared.names import check_name, table, unknown
from psasim.declared.parameters import PARAMETERS, Parameters
from psasim.declared.settings import SETTINGS, setting
from psasim.errors import InputError, shown
from psasim.experiment.computing.backends import Backend
from psasim.experiment.design.decisions import add_packages
from psasim.experiment.design.designs import Drawn, given_sets
from psasim.experiment.design.factors import Factor
from psasim.experiment.design.given import governance, packages_of
from psasim.experiment.design.packages import BASELINE, name_of, packages
from psasim.experiment.design.points import Design, Point
from psasim.experiment.design.study import Study, crossed, listed
from psasim.experiment.precision import INDIFFERENCE, MOST, Precision, asked
from psasim.fingerprint import model_digest
from psasim.results.headline import DEFAULT, as_headline
from psasim.scenario import load_scenario
from psasim.scenario.schema import Scenario

LONGEST = 60
"""Characters of an experiment's name in that of its folder; few file systems take 255 bytes."""

PLAUSIBLE = "plausible"
"""Option of the `parameters` group that stands for the shipped ensemble."""


@dataclass(frozen=True, slots=True)
class RunConfig:
    """Everything that decides a run's numbers, checked.

    scenarios: by name; packages: what is compared, by name, `baseline` among them;
    experiment: the name of the study, or of the package when one is tried by itself;
    parameter_set: the option of the `parameters` group; points: each package in each
    scenario and future; factors: what the designs vary; designs: what they were drawn
    from, JSON-ready; backend: where it is computed, which moves no number; precision:
    what worlds are added for, None for the fixed number; trajectories: `bands`, or `raw`
    where the monthly outcomes of every run are kept as well; headline: the measure that
    packages are put in order by.

    Raises `InputError` where raw ones would not tell runs apart.
    """

    scenarios: Mapping[str, Scenario]
    packages: Mapping[str, Governance]
    baseline: str
    parameters: Parameters
    worlds: int
    months: int
    seed: int
    engine: str
    experiment: str
    parameter_set: str
    points: Sequence[Point]
    factors: tuple[Factor, ...]
    designs: Mapping[str, Any]
    backend: Backend
    precision: Precision | None
    trajectories: str
    headline: str

    def __post_init__(self) -> None:
        if self.trajectories == "raw" and not self.design.is_by_package:
            raise InputError(
                "trajectories = raw tells runs apart by package and world, and here "
                f"{len(self.points):,} points share {len(self.packages):,} packages; keep to one "
                "scenario and one future, or use trajectories=bands"
            )

    @property
    def scenario(self) -> Scenario:
        """The scenario, or the first of several."""
        return next(iter(self.scenarios.values()))

    @property
    def design(self) -> Design:
        """What is computed: the points, and what they are held against."""
        return Design(self.experiment, self.scenarios, self.points, self.baseline, self.designs)

    def settings(self) -> dict[str, Any]:
        """The settings as JSON-ready data; the scenario by name, governance as levers that are on.
        """
        return {
            "scenario": self.scenario.name,
            "experiment": self.experiment,
            "packages": {name: package.settings() for name, package in self.packages.items()},
            "baseline": self.baseline,
            "parameter_set": self.parameter_set,
            "parameters": dict(self.parameters),
            "worlds": self.worlds,
            "months": self.months,
            "seed": self.seed,
            "engine": self.engine,
            "headline": self.headline,
            **({"precision": asdict(self.precision)} if self.precision else {}),
            **({"trajectories": "raw"} if self.trajectories == "raw" else {}),
            **({"designs": dict(self.designs)} if self.designs else {}),
        }

    @property
    def folder_name(self) -> str:
        """`<experiment>-<hash8>`, addressed by content.

        The hash covers scenario, design, parameters, months, seed and version; not
        worlds, to which more can be added, nor engine, backend, trajectories and headline,
        which move no number.
        """
        settings = self.settings()
        for free in ("worlds", "engine", "parameter_set", "precision", "trajectories",
                     "headline"):
            settings.pop(free, None)
        facts = [asdict(scenario) for scenario in self.scenarios.values()]
        content = {**settings, "scenario": facts, "model": model_digest()}
        text = json.dumps(content, sort_keys=True)
        name = re.sub(r"[^\w.+=-]+", "-", self.experiment)
        return f"{name[:LONGEST]}-{hashlib.sha256(text.encode()).hexdigest()[:8]}"


def run_config(
    settings: Mapping[str, Any], *, parameter_set: str = "default", governed: bool = False
) -> RunConfig:
    """Check composed `settings`; `governed` says that the user asked for a package.

    A package the user asked for is compared with the baseline alone; otherwise the
    experiment says what is compared.  Raises `psasim.InputError`.
    """
    try:
        given = _Settings.model_validate(dict(settings))
    except ValidationError as error:
        raise _message(error) from None
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
        headline=given.headline,
    )


def _setting(name: str) -> BeforeValidator:
    """Checks one setting against its declaration."""
    return BeforeValidator(lambda value: setting(name, value))


def _table(path: str, make: Callable[..., Any]) -> BeforeValidator:
    """Makes a checked object of a mapping."""

    def check(value: object) -> object:
        return make(**table(value, path))

    return BeforeValidator(check)


def _section(name: str) -> BeforeValidator:
    """Checks that a design is a table; the design checks what is in it."""

    def check(value: object) -> object:
        return None if value is None else table(value, f"experiment.{name}", "design")

    return BeforeValidator(check)


def _named(path: str) -> BeforeValidator:
    """Checks a name that will stand in tables and in a folder's name."""

    def check(value: object) -> object:
        check_name(value, path)
        return value

    return BeforeValidator(check)


def _as_float(value: object) -> object:
    """A whole number for a width is a number too."""
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


class _Strict(BaseModel):
    model_config = ConfigDict(
        strict=True, extra="forbid", frozen=True, arbitrary_types_allowed=True
    )


class _ScenarioChoice(_Strict):
    name: str
    path: str | None = None


class _Experiment(_Strict):
    name: Annotated[str, _named("experiment.name")]
    presets: list[str] = []
    each_lever_on: str | None = None
    packages: Annotated[dict[str, Governance], BeforeValidator(packages_of)] = {}
    scenarios: list[str] = []
    levers: Annotated[dict[str, Any] | None, _section("levers")] = None
    uncertainties: Annotated[dict[str, Any] | None, _section("uncertainties")] = None
    points: Annotated[dict[str, Any] | None, _section("points")] = None


class _Backend(_Strict):
    name: Literal["serial", "processes", "dask", "ray"]
    address: str | None = None
    workers: Annotated[int, Field(ge=1, le=10_000)] | None = None
    chunk: Annotated[int, Field(ge=1, le=1_000_000)] | None = None


class _Precision(_Strict):
    width: Annotated[
        float, Field(gt=0.0, allow_inf_nan=False), BeforeValidator(_as_float)] | None = None
    measures: list[str] | None = None
    most: Annotated[int, Field(ge=2, le=1_000_000)] = MOST
    best: Annotated[
        float, Field(ge=0.5, le=0.9999), BeforeValidator(_as_float)] | None = None
    indifference: Annotated[
        float, Field(gt=0.0, allow_inf_nan=False), BeforeValidator(_as_float)] = INDIFFERENCE

    def asked(self, headline: str, by_row: bool) -> Precision | None:
        """The precision asked for; by_row: whether rows of a design set their own futures."""
        return asked(**self.model_dump(), headline=headline, by_row=by_row)


class _Settings(_Strict):
    scenario: _ScenarioChoice
    governance: Annotated[Governance, _table("governance", governance)]
    parameters: Annotated[Parameters, _table("parameters", Parameters)]
    experiment: _Experiment
    worlds: Annotated[int, _setting("worlds")]
    months: Annotated[int, _setting("months")]
    seed: Annotated[int, _setting("seed")]
    engine: Annotated[str, _setting("engine")]
    trajectories: Annotated[str, _setting("trajectories")]
    headline: Annotated[str, BeforeValidator(as_headline)] = DEFAULT
    baseline: Annotated[str, _named("baseline")] | None = None
    backend: _Backend
    precision: _Precision = _Precision()


def _message(error: ValidationError) -> InputError:
    """The first thing pydantic found wrong, in psasim's words."""
    first = error.errors()[0]
    *parents, name = (str(part) for part in first["loc"])
    path = ".".join((*parents, name))
    if first["type"] == "extra_forbidden":
        place = ".".join(parents)
        return unknown(name, KEYS[place] if place else KEYS, place or "settings")
    if first["type"] == "missing":
        return InputError(f"{path} is missing")
    if first["type"] == "model_type":
        return InputError(f"{path} = {shown(first['input'])} is not a table; "
                          f"use {path}.{next(iter(KEYS[path]))}=")
    hint = f"; write [{shown(first['input'])[1:-1]}]" if first["type"] == "list_type" else ""
    return InputError(f"{path} = {shown(first['input'])}: {first['msg'].lower()}{hint}")


def _plausible(given: _Settings) -> Drawn:
    """The shipped parameter sets as futures; they leave no parameter to be set or varied."""
    for name in ("uncertainties", "points"):
        if getattr(given.experiment, name) is not None:
            raise InputError(
                f"parameters={PLAUSIBLE} gives the parameter sets, but experiment.{name} of "
                f"{given.experiment.name} varies parameters itself; leave out one"
            )
    for name, value in given.parameters.changed().items():
        raise InputError(
            f"parameters.{name} = {value:g} does not go with parameters={PLAUSIBLE}, each set of "
            "which has its own value; leave out one"
        )
    return given_sets(PLAUSIBLE, plausible())


def _study(
    given: _Settings, scenarios: Mapping[str, Scenario], baseline: str, governed: bool,
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


def _scenarios(given: _Settings) -> dict[str, Scenario]:
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


def _scenario(choice: _ScenarioChoice) -> Scenario:
    if choice.name != "file" and choice.path is None:
        return _shipped(choice.name)
    if choice.name != "file" or choice.path is None:
        raise InputError(
            f"scenario.path = {choice.path} does not go with scenario={choice.name}; "
            "use scenario=FILE.yaml"
        )
    return load_scenario(Path(choice.path))


# Every key a user may set, as a tree; None is a value.
KEYS: Mapping[str, Any] = MappingProxyType(
    dict.fromkeys(_Settings.model_fields)
    | {
        "scenario": dict.fromkeys(_ScenarioChoice.model_fields),
        "governance": {name: dict.fromkeys(lever.table) for name, lever in LEVERS.items()},
        "parameters": dict.fromkeys(PARAMETERS),
        "experiment": dict.fromkeys(_Experiment.model_fields),
        "backend": dict.fromkeys(_Backend.model_fields),
        "precision": dict.fromkeys(_Precision.model_fields),
    }
)


def defaults() -> dict[str, Any]:
    """The settings before any choice, from the declarations; the schema Hydra composes on."""
    return {
        **{name: item.default for name, item in SETTINGS.items()},
        "headline": DEFAULT,
        "baseline": None,
        "scenario": {"name": None, "path": None},
        "governance": {
            name: {field: item.default for field, item in lever.table.items()}
            for name, lever in LEVERS.items()
        },
        "parameters": {name: item.default for name, item in PARAMETERS.items()},
        "experiment": {
            "name": None, "presets": [], "each_lever_on": None, "packages": None, "scenarios": [],
            "levers": None, "uncertainties": None, "points": None,
        },
        "backend": _Backend(name="processes").model_dump(),
        "precision": _Precision().model_dump(),
    }
