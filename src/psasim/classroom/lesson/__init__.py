"""The lesson's own scenarios, beside which it uses shipped ones: all teaching assumptions."""

from __future__ import annotations

from pathlib import Path

from psasim.scenario import load_scenario
from psasim.scenario.schema import Scenario

FOLDER = Path(__file__).parent
SHIPPED = ("teaching", "child_obesity")
"""Those of the shipped scenarios that the lesson uses too."""


def lesson_scenarios() -> dict[str, Scenario]:
    """Every scenario the lesson needs, by name: its own, from the files beside this, and `SHIPPED`.

    A ring of 1 to 6 equal owners, a chain of 0 to 5 tiers of bodies, a hospital, and the hospital
    and `teaching` with technologies swapped.
    """
    own = {path.stem: load_scenario(path) for path in sorted(FOLDER.glob("*.yaml"))}
    return {**{name: load_scenario(name) for name in SHIPPED}, **own}


def given_as(name: str) -> str:
    """How an analyst names a scenario of the lesson, from a clone's folder."""
    return name if name in SHIPPED else f"src/psasim/classroom/lesson/{name}.yaml"
