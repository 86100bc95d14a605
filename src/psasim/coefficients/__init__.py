"""(layout, parameters, governance) -> the frozen arrays a month works with.

Here, and only here, levers act: each moves the coefficients it declares from off to
on by its strength.  Where two levers act on one coefficient they combine as
1 - prod(1 - x), so that none hides another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from math import ceil
from typing import Any

import numpy as np

from psasim.coefficients.answering import answering
from psasim.coefficients.arrays import ARRANGEMENTS, Coefficients
from psasim.coefficients.centre import centre
from psasim.coefficients.chain import chain
from psasim.coefficients.departments import departments
from psasim.coefficients.incentives import incentives
from psasim.coefficients.outcomes import outcomes, priority
from psasim.coefficients.own import frozen, with_own_levers
from psasim.coefficients.settings import Settings
from psasim.declared.levers import Governance
from psasim.declared.parameters import Parameters
from psasim.errors import InputError
from psasim.mechanisms.allocate import inertia_bound, lowest_technology
from psasim.scenario.schema import Scenario
from psasim.structure.layout import Layout

__all__ = ["Coefficients", "build_coefficients", "refuse_settings"]


def build_coefficients(
    layout: Layout, parameters: Sequence[Parameters], governance: Sequence[Governance]
) -> Coefficients:
    """Coefficients of design points side by side, one (parameters, governance) pair each.

    Arrays are (rows, points), or (rows, 1) where nothing that was set can move them.
    Raises `InputError` where inertia is high enough for effort to alternate.
    """
    for point in parameters:
        refuse_settings(layout.scenario, point)
    values = _values(layout, Settings(parameters, governance))
    before = _values(layout, Settings(parameters, [Governance()] * len(parameters)))
    moving = {
        name: (before[name], frozen(values[name] - before[name]))
        for name in ARRANGEMENTS if not np.array_equal(values[name], before[name])
    }
    return Coefficients(**values, moving=moving)


def _values(layout: Layout, s: Settings) -> dict[str, Any]:
    """Every coefficient but how arrangements move, as the package has it in the end."""
    kept = priority(layout, s)
    who = answering(layout, s, kept)
    have = departments(layout, s, kept)
    values = {
        **who,
        **have,
        **incentives(layout, s, who["accountability"]),
        **outcomes(layout, s, kept),
        **chain(layout, s, have["horizon"]),
        **centre(layout, s),
    }
    names = [item.name for item in fields(Coefficients) if item.name != "moving"]
    every = {n: frozen(values[n] if n in values else s[n]) for n in names}
    return with_own_levers(every, layout, s)


def refuse_settings(scenario: Scenario, parameters: Parameters) -> None:
    """Raise `InputError` where inertia is high enough for effort to alternate."""
    lowest = min(scenario.outcomes, key=lambda outcome: outcome.technology)
    inertia, substitution = parameters["inertia"], parameters["substitution"]
    bound = inertia_bound(lowest.technology, substitution)
    if inertia > bound:
        raise InputError(
            f"parameters.inertia = {inertia:g} is above {bound:.3g} (per month), the largest that "
            f"keeps effort from alternating at outcomes.{lowest.key}.technology = "
            f"{lowest.technology:g} and substitution {substitution:g}; lower parameters.inertia, "
            f"or raise the technology{_least(inertia, substitution)}"
        )


def _least(inertia: float, substitution: float) -> str:
    """` to -4.83`, the lowest technology at which an inertia is taken; empty if none is."""
    technology = ceil(100 * lowest_technology(inertia, substitution)) / 100
    return f" to {technology:g}" if technology <= 1.0 else ""
