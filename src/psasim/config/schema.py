"""Every setting a user may give, and how each is checked: strict, with names, units and bounds
from the declarations."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import inf
from types import MappingProxyType
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from psasim.declared.levers import LEVERS, Governance
from psasim.declared.names import check_name, checked, table, unknown
from psasim.declared.parameters import PARAMETERS, Parameters
from psasim.declared.registry import Viewed
from psasim.declared.settings import SETTINGS, setting
from psasim.errors import InputError, shown
from psasim.experiment.design.given import governance, packages_of
from psasim.experiment.keep import KEEP
from psasim.experiment.precision import INDIFFERENCE, MOST, Precision, asked
from psasim.results.headline import DEFAULT, as_headline


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
    if isinstance(value, bool) or not isinstance(value, int):
        return value
    try:
        return float(value)
    except OverflowError:
        return inf if value > 0 else -inf


class _Strict(BaseModel):
    model_config = ConfigDict(
        strict=True, extra="forbid", frozen=True, arbitrary_types_allowed=True
    )


class ScenarioChoice(_Strict):
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


class Given(_Strict):
    scenario: ScenarioChoice
    governance: Annotated[Governance, _table("governance", governance)]
    parameters: Annotated[Parameters, _table("parameters", Parameters)]
    experiment: _Experiment
    worlds: Annotated[int, _setting("worlds")]
    months: Annotated[int, _setting("months")]
    seed: Annotated[int, _setting("seed")]
    engine: Annotated[str, _setting("engine")]
    trajectories: Annotated[str, _setting("trajectories")]
    keep: Annotated[str, BeforeValidator(lambda value: checked(KEEP, value, "keep"))] = KEEP.default
    headline: Annotated[str, BeforeValidator(lambda name: as_headline(name))] = DEFAULT
    baseline: Annotated[str, _named("baseline")] | None = None
    backend: _Backend
    precision: _Precision = _Precision()


def told(error: ValidationError) -> InputError:
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


# Every key a user may set, as a tree; None is a value.
KEYS: Mapping[str, Any] = MappingProxyType(
    dict.fromkeys(Given.model_fields)
    | {
        "scenario": dict.fromkeys(ScenarioChoice.model_fields),
        "governance": Viewed(LEVERS, lambda lever: dict.fromkeys(lever.table)),
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
        "keep": KEEP.default,
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
