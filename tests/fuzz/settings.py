"""Settings as people may type them, right and wrong, by a seed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from random import Random
from typing import Any

from psasim.config import KEYS, defaults
from psasim.declared.declare import Choice, Quantity
from psasim.declared.levers import LEVERS
from psasim.declared.parameters import PARAMETERS
from psasim.declared.presets import preset_names
from psasim.declared.settings import SETTINGS
from psasim.experiment.design.packages import experiment_names
from psasim.scenario import scenario_names
from tests.fuzz.odd import misspelt, odd

GROUPS = {
    "scenario": scenario_names(), "governance": preset_names(), "experiment": experiment_names(),
    "parameters": ("default", "plausible"), "backend": ("serial", "processes"),
}
HYDRA = ("hydra", "hydra.job.name", "hydra.verbose", "hydra.mode", "hydra.sweep.dir",
         "hydra/launcher", "hydra.callbacks", "hydra.run", "hydra.job", "hydra.searchpath",
         "hydra.defaults")


def _declared() -> dict[str, Quantity | Choice]:
    return {
        **SETTINGS,
        **{f"parameters.{name}": item for name, item in PARAMETERS.items()},
        **{f"governance.{name}.{field}": item
           for name, lever in LEVERS.items() for field, item in lever.table.items()},
    }


def _paths(node: Mapping[str, Any], prefix: str = "") -> Iterator[str]:
    for name, child in node.items():
        yield prefix + name
        if child is not None:
            yield from _paths(child, f"{prefix}{name}.")


DECLARED = _declared()
PATHS = tuple(_paths(KEYS))
DEFAULTS = defaults()


def settings(random: Random) -> list[str]:
    """Arguments of one command; most have something wrong with them."""
    scenario = [] if random.random() < 0.1 else ["scenario=teaching"]
    return scenario + [_override(random) for _ in range(random.choice((1, 1, 1, 2, 3)))]


def _override(random: Random) -> str:
    kind = random.random()
    if kind < 0.25:
        return _legal(random)
    if kind < 0.35:
        group = random.choice(sorted(GROUPS))
        name = random.choice(GROUPS[group])
        return f"{group}={random.choice((name, misspelt(random, name), odd(random)))}"
    if kind < 0.4:
        return f"{random.choice(HYDRA)}={odd(random)}"
    key = random.choice(PATHS)
    if random.random() < 0.2:
        key = misspelt(random, key)
    if random.random() < 0.2:
        key = random.choice(("+", "++", "~")) + key
    slips = (key, f"--{key}", f"{key} = 1", odd(random))
    return random.choice((f"{key}={odd(random)}",) * 9 + slips)


def _legal(random: Random) -> str:
    """A value within bounds or at their ends."""
    name = random.choice(sorted(DECLARED))
    item = DECLARED[name]
    if isinstance(item, Choice):
        return f"{name}={random.choice(item.options)}"
    low, high = item.bounds
    value = random.choice((low, high, item.default, random.uniform(low, high)))
    return f"{name}={round(value) if item.integer else format(value, '.4g')}"
