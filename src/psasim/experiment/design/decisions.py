"""Governance packages made by a design over levers."""

from __future__ import annotations

from collections.abc import Mapping

from psasim.declared.levers import Governance
from psasim.errors import InputError
from psasim.experiment.design.designs import Drawn
from psasim.experiment.design.factors import Value


def by_path(package: Governance) -> dict[str, Value]:
    """Every strength and field of every lever, by path."""
    return {
        f"governance.{name}.{field}": value
        for name, fields in package.items() for field, value in fields.items()
    }


def with_levers(package: Governance, values: Mapping[str, Value]) -> Governance:
    """`package` with the levers among `values`, by path, set on top of it."""
    levers: dict[str, dict[str, Value]] = {}
    for path, value in values.items():
        if path.startswith("governance."):
            _, lever, field = path.split(".")
            levers.setdefault(lever, {})[field] = value
    return package.plus(**levers) if levers else package


def lever_packages(drawn: Drawn, on: str, package: Governance) -> dict[str, Governance]:
    """A package for each row, named for `on`, the package it is laid on, and the row."""
    return {
        f"{on}{label}": with_levers(package, drawn.row(row))
        for row, label in enumerate(drawn.labels)
    }


def add_packages(
    packages: Mapping[str, Governance], more: Mapping[str, Governance], path: str
) -> dict[str, Governance]:
    """Both; the same package may come twice, two of one name may not."""
    for name, package in more.items():
        if packages.get(name, package) != package:
            raise InputError(
                f"{path}.{name}: there is another package of this name already; choose another name"
            )
    return {**packages, **more}
