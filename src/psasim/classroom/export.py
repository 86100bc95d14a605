"""One HTML file that holds the page, the model and the scenarios, and opens by a double click."""

from __future__ import annotations

from collections.abc import Mapping

from psasim import __version__
from psasim.classroom.arrays import scenario_arrays
from psasim.classroom.check import check
from psasim.classroom.given import given
from psasim.classroom.html import document
from psasim.classroom.words import texts
from psasim.fingerprint import model_digest
from psasim.scenario.schema import Scenario

ENTRY = "view/main.js"


def page(scenarios: Mapping[str, Scenario]) -> str:
    """The whole file, which loads nothing, and whose policy lets it load nothing.

    scenarios: by how an analyst would name them, a shipped one's name or a path.
    """
    return document(ENTRY, given(), page_data(scenarios), texts()["view"])


def page_data(scenarios: Mapping[str, Scenario]) -> dict[str, object]:
    """What a page is made of, and the scenarios, by the ids of the elements that hold them."""
    return {
        "made": {"version": __version__, "model": model_digest(),
                 "check": check(next(iter(scenarios.values())))},
        "scenarios": [{**scenario_arrays(scenario), "given": given_as}
                      for given_as, scenario in scenarios.items()],
    }
