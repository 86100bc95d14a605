"""One HTML file that holds the page, the model and the scenarios, and opens by a double click."""

from __future__ import annotations

from collections.abc import Mapping

from psasim import __version__
from psasim.classroom.arrays import scenario_arrays
from psasim.classroom.check import check
from psasim.classroom.game import game_scenarios
from psasim.classroom.given import given
from psasim.classroom.html import document
from psasim.classroom.lesson import given_as, lesson_scenarios
from psasim.classroom.words import style, texts
from psasim.errors import InputError
from psasim.fingerprint import model_digest
from psasim.scenario.schema import Scenario

ENTRY = "view/main.js"


def page(scenarios: Mapping[str, Scenario]) -> str:
    """The whole file, which loads nothing, and whose policy lets it load nothing.

    scenarios: by how an analyst would name them, a shipped one's name or a path.  The lesson's
    own are always in it.  Raises `InputError` where one has the name of another of the lesson's.
    """
    return document(ENTRY, given(), page_data(scenarios), texts()["view"], style())


def page_data(scenarios: Mapping[str, Scenario]) -> dict[str, object]:
    """What a page is made of, and the scenarios, by the ids of the elements that hold them."""
    return {
        "made": {"version": __version__, "model": model_digest(),
                 "check": check(next(iter(scenarios.values())))},
        "scenarios": [
            *({**scenario_arrays(scenario), "given": name}
              for name, scenario in scenarios.items()),
            *({**scenario_arrays(scenario), "given": given_as(name), "lesson": True}
              for name, scenario in _beside(scenarios).items()),
            *({**scenario_arrays(scenario), "given": name, "game": True}
              for name, scenario in game_scenarios().items() if name not in scenarios),
        ],
    }


def _beside(scenarios: Mapping[str, Scenario]) -> dict[str, Scenario]:
    """The lesson's scenarios by name, but those that are there already."""
    lesson = lesson_scenarios()
    for name, scenario in scenarios.items():
        own = lesson.pop(scenario.name, scenario)
        if scenario_arrays(own) != scenario_arrays(scenario):
            raise InputError(f"classroom: {name}: the page's lesson has a scenario that is "
                             f"called {scenario.name} too; rename yours")
    return lesson
