"""The game's own scenario, beside `teaching`: a fictional island that six departments share."""

from __future__ import annotations

from pathlib import Path

from psasim.scenario import load_scenario
from psasim.scenario.schema import Scenario

ISLAND = Path(__file__).with_name("island.yaml")


def game_scenarios() -> dict[str, Scenario]:
    """What the game offers beside the scenarios of the page, by name."""
    return {"island": load_scenario(ISLAND)}
