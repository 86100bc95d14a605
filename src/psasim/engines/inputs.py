"""What Python callers may hand in, made into checked objects.

Numbers may be NumPy's and tables of names pandas' Series; all of it is held against the
declarations that the command line's settings are held against.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

from psasim.declared.levers import Governance
from psasim.declared.names import check_name, checked, one_of, table
from psasim.declared.parameters import Parameters
from psasim.declared.presets import preset, preset_names
from psasim.declared.settings import WORLD, setting
from psasim.errors import InputError, shown
from psasim.scenario import load_scenario
from psasim.scenario.schema import Scenario

Package = str | Governance | Mapping[str, Any]


def as_scenario(given: str | Path | Scenario) -> Scenario:
    """A scenario by name or path, or itself."""
    return given if isinstance(given, Scenario) else load_scenario(given)


def as_governance(given: Package, path: str = "governance") -> Governance:
    """A package by the name of its preset, from a table of levers, or itself."""
    if isinstance(given, str):
        return preset(given)
    return given if isinstance(given, Governance) else Governance(table(given, path))


def as_parameters(given: Parameters | Mapping[str, float] | None) -> Parameters:
    """Parameters from those that are set, or itself."""
    if isinstance(given, Parameters):
        return given
    return Parameters() if given is None else Parameters(given)


def as_packages(given: Mapping[str, Package] | Iterable[str]) -> dict[str, Governance]:
    """Packages by name, from a table of them or names of presets."""
    if isinstance(given, str):
        raise InputError(f"packages = {given!r} is one name; write [{given!r}]")
    if isinstance(given, Governance):
        raise InputError("packages is one package without a name; write {'<name>': ...}")
    if hasattr(given, "keys"):
        named = table(given, "packages")
    elif isinstance(given, Iterable):
        named = {}
        for name in given:
            if not isinstance(name, str):
                raise InputError(f"packages: {shown(name)} is no name of a preset; write "
                                 "{'<name>': ...} for packages of one's own")
            named[name] = name
    else:
        raise InputError(f"packages = {shown(given)} is no list of names; write ['new_psa']")
    for name in named:
        check_name(name, "packages: name")
    if not named:
        raise InputError(f"packages is empty; name one or more, of {', '.join(preset_names())}")
    return {name: as_governance(package, f"packages.{name}") for name, package in named.items()}


def with_baseline(packages: Mapping[str, Governance], baseline: str) -> dict[str, Governance]:
    """The packages with the baseline among them, first if it is added."""
    if one_of(baseline, {*packages, *preset_names()}, "baseline") in packages:
        return dict(packages)
    return {baseline: preset(baseline), **packages}


def as_worlds(given: object) -> range:
    """Worlds of a count, or a range of them by number, from 0."""
    if not isinstance(given, range):
        return range(int(setting("worlds", given)))
    if given.step != 1 or not given:
        raise InputError(f"worlds = {given!r} is no run of worlds; write range(200, 400)")
    checked(WORLD, given.start, "worlds: first")
    checked(WORLD, given.stop - 1, "worlds: last")
    setting("worlds", len(given))
    return given


def parameters_by_package(
    given: Mapping[str, Mapping[str, float]], usual: Parameters, packages: Collection[str]
) -> dict[str, Parameters]:
    """Parameters of the packages that have some of their own, on top of the usual ones."""
    return {
        one_of(name, packages, "parameters_of"): Parameters({**usual, **table(
            own, f"parameters_of.{name}")})
        for name, own in table(given, "parameters_of").items()
    }
