"""The one boundary: composed settings, as plain data, become a checked and frozen `RunConfig`.

Hydra checks keys against the schema, but `++` passes it and untyped values are not
checked at all; so everything goes through the pydantic model here, which is strict,
knows every key, and takes names, units and bounds from the declarations.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

import psasim
from psasim.declare import Quantity
from psasim.errors import InputError
from psasim.experiment.packages import BASELINE, name_of, packages
from psasim.levers import LEVERS, Governance
from psasim.names import unknown
from psasim.parameters import PARAMETERS, Parameters
from psasim.presets import preset, preset_names
from psasim.scenario import load_scenario
from psasim.scenario.schema import Scenario
from psasim.settings import SETTINGS


@dataclass(frozen=True, slots=True)
class RunConfig:
    """Everything that decides a run's numbers, checked.

    packages: what is compared, by name, `baseline` among them; experiment: the name
    of the study, or of the package when one is tried by itself; parameter_set: the
    option of the `parameters` group.
    """

    scenario: Scenario
    packages: Mapping[str, Governance]
    baseline: str
    parameters: Parameters
    worlds: int
    months: int
    seed: int
    engine: str
    experiment: str
    parameter_set: str

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
        }

    @property
    def folder_name(self) -> str:
        """`<experiment>-<hash8>`, addressed by content.

        The hash covers scenario, design, parameters, months, seed and version; not
        worlds, to which more can be added, nor the engine, which moves no number.
        """
        settings = self.settings()
        for free in ("worlds", "engine", "parameter_set"):
            del settings[free]
        content = {**settings, "scenario": asdict(self.scenario), "version": psasim.__version__}
        text = json.dumps(content, sort_keys=True)
        return f"{self.experiment}-{hashlib.sha256(text.encode()).hexdigest()[:8]}"


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
    experiment, compared = _compared(given, baseline, governed)
    if baseline not in compared:
        raise unknown(baseline, {*compared, *preset_names()}, "baseline")
    if len(compared) == 1:
        raise InputError(
            f"nothing to compare: {baseline} is the baseline itself; choose another package "
            "with governance=, or another baseline="
        )
    return RunConfig(
        scenario=_scenario(given.scenario),
        packages=MappingProxyType(compared),
        baseline=baseline,
        parameters=given.parameters,
        worlds=given.worlds,
        months=given.months,
        seed=given.seed,
        engine=given.engine,
        experiment=experiment,
        parameter_set=parameter_set,
    )


def _setting(name: str) -> BeforeValidator:
    """Checks one setting against its declaration."""
    declared = SETTINGS[name]

    def check(value: object) -> object:
        problem = declared.problem(value, name)
        if problem:
            raise InputError(problem)
        return int(value) if isinstance(declared, Quantity) else value  # type: ignore[call-overload]

    return BeforeValidator(check)


def _table(path: str, make: Callable[..., Any]) -> BeforeValidator:
    """Makes a checked object of a mapping."""

    def check(value: object) -> object:
        return make(**_mapping(value, path))

    return BeforeValidator(check)


def _mapping(value: object, path: str, example: str = "<name>") -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise InputError(f"{path} = {value!r} is not a table; use {path}.{example}={value}")
    return {str(key): item for key, item in value.items()}


def governance(**levers: object) -> Governance:
    """A package from plain data; a lever must be a table, not a bare strength."""
    tables = {}
    for name, fields in levers.items():
        if name not in LEVERS:
            raise unknown(name, LEVERS, "governance")
        tables[name] = _mapping(fields, f"governance.{name}", "strength")
    return Governance(**tables)


def _packages(value: object) -> dict[str, Governance]:
    path = "experiment.packages"
    return {
        name: governance(**_mapping(levers, f"{path}.{name}", "<lever>.strength"))
        for name, levers in _mapping(value, path).items()
    }


class _Strict(BaseModel):
    model_config = ConfigDict(
        strict=True, extra="forbid", frozen=True, arbitrary_types_allowed=True
    )


class _ScenarioChoice(_Strict):
    name: str
    path: str | None = None


class _Experiment(_Strict):
    name: str
    presets: list[str] = []
    each_lever_on: str | None = None
    packages: Annotated[dict[str, Governance], BeforeValidator(_packages)] = {}


class _Settings(_Strict):
    scenario: _ScenarioChoice
    governance: Annotated[Governance, _table("governance", governance)]
    parameters: Annotated[Parameters, _table("parameters", Parameters)]
    experiment: _Experiment
    worlds: Annotated[int, _setting("worlds")]
    months: Annotated[int, _setting("months")]
    seed: Annotated[int, _setting("seed")]
    engine: Annotated[str, _setting("engine")]
    baseline: str | None = None


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
    return InputError(f"{path} = {first['input']!r}: {first['msg'].lower()}")


def _compared(
    given: _Settings, baseline: str, governed: bool
) -> tuple[str, dict[str, Governance]]:
    """The name of what is tried, and the packages by name."""
    if governed or given.governance.levers_on():
        name = name_of(given.governance)
        own = {name: given.governance}
        return name, {baseline: preset(baseline)} | own if baseline in preset_names() else own
    compared = packages(given.experiment.presets, given.experiment.each_lever_on)
    for name, package in given.experiment.packages.items():
        if name in compared:
            raise InputError(
                f"experiment.packages.{name}: there is a package of this name already; "
                "choose another name"
            )
        compared[name] = package
    return given.experiment.name, compared


def _scenario(choice: _ScenarioChoice) -> Scenario:
    if choice.name != "file" and choice.path is None:
        return load_scenario(choice.name)
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
    }
)


def defaults() -> dict[str, Any]:
    """The settings before any choice, from the declarations; the schema Hydra composes on."""
    return {
        **{name: item.default for name, item in SETTINGS.items()},
        "baseline": None,
        "scenario": {"name": None, "path": None},
        "governance": {
            name: {field: item.default for field, item in lever.table.items()}
            for name, lever in LEVERS.items()
        },
        "parameters": {name: item.default for name, item in PARAMETERS.items()},
        "experiment": {"name": None, "presets": [], "each_lever_on": None, "packages": {}},
    }
