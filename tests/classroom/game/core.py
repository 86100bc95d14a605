"""The game's core in Node: a task of JavaScript over `CORE`, scenarios and given input."""

from __future__ import annotations

from functools import cache
from typing import Any

from psasim.classroom.arrays import scenario_arrays
from psasim.classroom.game import game_scenarios
from psasim.classroom.given import compact, given
from psasim.classroom.script import script
from psasim.scenario import load_scenario
from psasim.scenario.schema import Scenario
from tests.classroom import node

ENTRY = "view/game/core/core.js"

BEFORE = """
const { CORE } = psasim, { scenarios } = input;
const send = (game, ...messages) => messages.forEach((one) => CORE.applyMessage(game, one));
const close = (game) => send(game, { kind: "turn", play: game.play, turn: game.turn });
"""


@cache
def core() -> str:
    """The core's script, as `psasim`."""
    return script(ENTRY, compact(given()))


def scenario(name: str) -> Scenario:
    """A scenario the game plays, by name."""
    return game_scenarios().get(name) or load_scenario(name)


def play(task: str, name: str, **more: Any) -> Any:
    """What `task` puts into `output`; it finds `CORE`, `scenarios` (the one called `name`),
    `send(game, ...messages)`, `close(game)` and `input`: `name` and what more is given."""
    more["name"] = name
    arrays = [scenario_arrays(scenario(name))]
    told, _ = node.run(BEFORE + task, {"scenarios": arrays, **more}, source=core())
    return told
