"""Governance packages from plain data: the command line's, and those of an experiment file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from psasim.declared.levers import LEVERS, Governance
from psasim.declared.names import check_name, table, unknown
from psasim.declared.presets import preset, preset_names
from psasim.errors import InputError
from psasim.experiment.design.packages import BASELINE


def governance(**levers: object) -> Governance:
    """A package from plain data; a lever must be a table, not a bare strength."""
    return Governance(**_tables(levers))


def _tables(levers: Mapping[str, object]) -> dict[str, dict[str, Any]]:
    tables = {}
    for name, fields in levers.items():
        if name not in LEVERS:
            raise unknown(name, LEVERS, "governance")
        tables[name] = table(fields, f"governance.{name}", "strength")
    return tables


def packages_of(value: object) -> dict[str, Governance]:
    """The packages of an experiment file, by name.  Raises `InputError`."""
    path = "experiment.packages"
    packages = {} if value is None else table(value, path)
    for name in packages:
        check_name(name, f"{path}: name")
    found = {name: _package(item, f"{path}.{name}") for name, item in packages.items()}
    for name, package in found.items():
        if name in preset_names() and package != preset(name):
            raise InputError(f"{path}.{name}: a preset is called {name} already, and is another "
                             "package; choose another name")
    return found


def _package(value: object, path: str) -> Governance:
    """The levers, set on the preset `base` if there is one."""
    levers = table(value, path, "<lever>.strength")
    base = str(levers.pop("base", BASELINE))
    if base not in preset_names():
        raise unknown(base, preset_names(), f"{path}.base")
    try:
        return preset(base).plus(**_tables(levers))
    except InputError as error:  # a lever's own message begins with `governance`
        raise InputError(str(error).replace("governance", path, 1)) from None
