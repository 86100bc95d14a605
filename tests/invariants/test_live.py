"""Every declared parameter and lever is live in the context it declares, and moves what it
names in the direction it names."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

import numpy as np
import pytest

from psasim.coefficients import Coefficients, build_coefficients
from psasim.declared.levers import LEVERS, Governance
from psasim.declared.parameters import PARAMETERS, Parameters
from psasim.declared.presets import preset
from psasim.engines.ensemble import run
from psasim.engines.trajectory import Trajectory
from psasim.month.worlds import Worlds, draw_worlds
from psasim.results.measures import MEASURES
from psasim.scenario import load_scenario
from psasim.structure.layout import Layout, build_layout
from tests.invariants.support import alike

Point = tuple[Parameters, Governance]

MONTHS = 36
CLEAR = 3.0
"""Standard errors of a paired difference beyond which it counts as one."""

FEW = {"teaching": 200, "csr2007": 12}
MANY = {"teaching": 400, "child_obesity": 200, "offences_to_justice": 200, "csr2007": 48}
SETS = [pytest.param(FEW, id="few"), pytest.param(MANY, id="many", marks=pytest.mark.slow)]


OTHERWISE = {
    **dict.fromkeys(("planned_yield", "challenge_gain", "sanctions", "rewards", "ratchet",
                     "collective_priorities"), "offences_to_justice"),
    "unit_fixed": "child_obesity",
}
"""Where one moves what it names the other way, owned up to in the decisions log: the count of
offences passes its target within two years, and what makes a figure count for more then
makes effort stop sooner."""


class Effect(NamedTuple):
    """live: whether a real, reported or rated outcome changed; size, error: mean paired
    difference in what is observed, and its standard error."""

    live: bool
    size: float
    error: float

    @property
    def sign(self) -> int:
        """Direction of the difference, 0 where it is not clear."""
        clear = abs(self.size) > max(CLEAR * self.error, 1e-12)
        return int(np.sign(self.size)) if clear else 0


def context(text: str) -> Governance:
    """Package of a declared context: a preset, and on top of it levers at full strength, with
    the fields in brackets."""
    name, *levers = text.replace("any", "departmental").split("+")
    set_to = {}
    for item in levers:
        lever, _, fields = item.rstrip(")").partition("(")
        pairs = (field.split("=") for field in fields.split(", ") if field)
        set_to[lever] = {"strength": 1.0, **{key: float(value) for key, value in pairs}}
    return preset(name).plus(**set_to)


def observe(name: str, t: Trajectory, layout: Layout, k: Coefficients) -> np.ndarray:
    """A measure, the spread of one, or the mean of a state at the end; one value a run."""
    if name.startswith("spread of "):
        values = MEASURES[name.removeprefix("spread of ")].compute(t, layout, k)
        return (values - values.mean()) ** 2
    if name in MEASURES:
        return MEASURES[name].compute(t, layout, k)
    return getattr(t.final, name).mean(axis=0)


@cache
def prepared(name: str, worlds: int) -> tuple[Layout, Worlds]:
    layout = build_layout(load_scenario(name))
    return layout, draw_worlds(layout, 17, range(worlds), MONTHS)


def effect(moves: str, scenario: str, worlds: int, low: Point, high: Point) -> Effect:
    """What moving from one design point to another does, in the same worlds."""
    layout, drawn = prepared(scenario, worlds)
    ran = []
    for parameters, package in (low, high):
        k = build_coefficients(layout, [parameters], [package])
        ran.append((run(layout, k, drawn), k))
    difference = np.subtract(*(observe(moves, t, layout, k) for t, k in reversed(ran)))
    (before, _), (after, _) = ran
    live = not all(
        alike(getattr(before, path), getattr(after, path))
        for path in ("real", "reported", "rated", "closing")
    )
    return Effect(live, difference.mean(), difference.std() / worlds**0.5)


def check(name: str, moves: str, direction: int, effects: Mapping[str, Effect]) -> None:
    """Live somewhere; clearly in the declared direction somewhere, and against it nowhere but
    where it is owned up to."""
    assert any(found.live for found in effects.values()), "dead"
    other = OTHERWISE.get(name)
    assert other not in effects or effects[other].sign == -direction, f"{name}: no more otherwise"
    signs = {found.sign for scenario, found in effects.items() if scenario != other} - {0}
    assert signs, f"{moves} does not move: {effects}"
    assert direction == 0 or signs == {direction}, f"{moves} moves otherwise: {effects}"


@pytest.mark.parametrize("worlds", SETS)
@pytest.mark.parametrize("name", PARAMETERS)
def test_parameter_is_live_and_moves_what_it_names(name: str, worlds: dict[str, int]) -> None:
    item = PARAMETERS[name]
    package = context(item.context)
    low, high = ((Parameters(**{name: value}), package) for value in (item.low, item.high))
    check(name, item.moves, item.direction, {
        scenario: effect(item.moves, scenario, runs, low, high)
        for scenario, runs in worlds.items()
    })


@pytest.mark.parametrize("worlds", SETS)
@pytest.mark.parametrize("name", LEVERS)
def test_lever_is_live_and_moves_what_it_names(name: str, worlds: dict[str, int]) -> None:
    lever = LEVERS[name]
    assert lever.direction, "a lever declares a direction"
    package = context(lever.context)
    without, beside = package.plus(**{name: 0.0}), package.plus(**{name: 1.0})
    check(name, lever.moves, lever.direction, {
        scenario: effect(
            lever.moves, scenario, runs, (Parameters(), without), (Parameters(), beside))
        for scenario, runs in worlds.items()
    })
