"""What is set and can do nothing: levers and fields that move no coefficient but a cost.

Derived, not listed: the coefficients with and without a lever, or with a field at its default,
are compared.  Coefficients are all that a month knows of governance and parameters.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from psasim.coefficients import Coefficients, build_coefficients
from psasim.declared.declare import Quantity
from psasim.declared.levers import LEVERS, Governance
from psasim.declared.parameters import PARAMETERS, Parameters
from psasim.structure.layout import Layout

COSTS = ("money", "fixed_overhead", "convened_overhead")
"""What levers take, whether or not they have anything to act on."""

ACTS_ON = {
    "attribution": "penalty",
    "escalation_cost": "escalation",
    "misattribution_hit": "penalty",
    "refresh": "escalation",
    "reorganisation_recovery": "reorganisation_cost",
    "sanction_buy_in_hit": "penalty",
    "unit_support": "delivery_unit",
}
"""Coefficients that the month knows only as factors of another: where that is 0 they do nothing."""

NOTHING = Governance()


@dataclass(frozen=True, slots=True)
class Idle:
    """A lever or a field of a package that moves nothing: path, as it is set; redundant: the
    other levers of the package do it all."""

    path: str
    redundant: bool = False

    def __str__(self) -> str:
        lever, _, field = self.path.partition(".")
        if field:
            return f"governance.{self.path} moves nothing here"
        if self.redundant:
            return f"{lever} adds nothing to what the package's other levers do"
        return f"{lever} has nothing to act on: it needs {LEVERS[lever].needed}"


def idle(
    layout: Layout, parameters: Parameters, packages: Mapping[str, Governance]
) -> dict[str, list[Idle]]:
    """What can do nothing, by package; packages without any are left out."""
    pairs: list[Governance] = []
    asked: list[tuple[str, str, int]] = []
    for name, given in packages.items():
        package = given.shipped()  # what one's own moves is for its author to know
        for lever, values in package.settings().items():
            asked.append((name, lever, len(pairs)))
            pairs += [package, _without(package, lever), Governance(**{lever: values}), NOTHING]
            for field, usual in _changed(lever, values).items():
                asked.append((name, f"{lever}.{field}", len(pairs)))
                plain = Governance(**{lever: {"strength": values["strength"]}})
                pairs += [package, package.plus(**{lever: {field: usual}}),
                          plain.plus(**{lever: {field: values[field]}}), plain]
    if not pairs:
        return {}
    k = build_coefficients(layout, [parameters] * len(pairs), pairs)
    found: dict[str, list[Idle]] = {}
    for name, path, at in asked:
        lever, _, field = path.partition(".")
        but = () if field else COSTS
        known = any(one.path == lever for one in found.get(name, ()))
        alone = _same(k, at + 2, at + 3, but)
        if not known and _same(k, at, at + 1, but) and (alone or not field):
            found.setdefault(name, []).append(Idle(path, redundant=not alone))
    return found


def _changed(lever: str, values: Mapping[str, float | str]) -> dict[str, float | str]:
    """The default of each field that is set otherwise."""
    return {field: item.default for field, item in LEVERS[lever].table.items()
            if field != "strength" and values[field] != item.default}


def never(packages: Mapping[str, Governance], months: int) -> dict[str, list[str]]:
    """A sentence for each field that is a month or a time the run ends before, by package."""
    found: dict[str, list[str]] = {}
    for name, package in packages.items():
        for lever, values in package.settings().items():
            for item in LEVERS[lever].fields:
                unit = item.unit if isinstance(item, Quantity) else ""
                if unit in ("month", "months") and float(values[item.name]) > months:
                    found.setdefault(name, []).append(
                        f"governance.{lever}.{item.name} = {values[item.name]} comes to nothing in "
                        f"the {months} months that are run")
    return found


def idle_parameters(
    layout: Layout, parameters: Parameters, packages: Sequence[Governance]
) -> list[str]:
    """Names of the parameters that are set off their default and move nothing, whatever the
    package."""
    changed = list(parameters.changed())
    points = [parameters, *(
        Parameters(**{**parameters, name: PARAMETERS[name].default}) for name in changed)]
    number = len(packages)
    k = build_coefficients(
        layout, [point for point in points for _ in packages],
        [package.shipped() for package in packages] * len(points))
    return [
        name for row, name in enumerate(changed, start=1)
        if all(_same(k, row * number + i, i, ()) for i in range(number))
    ]


def _without(package: Governance, lever: str) -> Governance:
    return Governance(**{name: v for name, v in package.settings().items() if name != lever})


def _same(k: Coefficients, one: int, other: int, but: Sequence[str]) -> bool:
    """Whether two columns are equal, but for some coefficients and for what acts in neither."""
    return all(
        a.shape[1] == 1 or np.array_equal(a[:, one], a[:, other])
        or not (_acts(k, name, one) or _acts(k, name, other))
        for name, a in k.arrays.items() if name not in but
    )


def _acts(k: Coefficients, name: str, column: int) -> bool:
    """Whether a coefficient has anything to act on in a column."""
    if name == "embedding":
        on = [difference for _, difference in k.moving.values()]
    elif name in ACTS_ON:
        on = [k.arrays[ACTS_ON[name]]]
    else:
        return True
    return any(a[:, min(column, a.shape[1] - 1)].any() for a in on)
