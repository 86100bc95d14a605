"""The pages of a room: the facilitator's, which plays the game, and the players', which know
nothing but their sheet."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from psasim.classroom.declarations import declarations
from psasim.classroom.export import page_data
from psasim.classroom.given import compact, given
from psasim.classroom.html import document
from psasim.classroom.words import served_style, served_texts, texts
from psasim.scenario.schema import Scenario

FOLDERS = ("view", "game")
"""Folders whose words these pages have, beside their own."""
KNOWN = ("name", "description")
"""What it knows of levers and packages, which a room may vote for and is governed by."""


def facilitator_page(scenarios: Mapping[str, Scenario], join: str) -> str:
    """The facilitator's page; join: the address that players open."""
    data: dict[str, Any] = page_data(scenarios)
    played = [one for one in data["scenarios"] if not one.get("lesson")]
    return document("served/facilitator.js", {**given(), "texts": _texts()},
                    {**data, "scenarios": played, "join": join},
                    served_texts()["facilitator"], served_style(), connect=True)


def player_page() -> str:
    """The page of every player: no scenario and no model, only words and the names of levers."""
    declared = declarations()
    known = {
        "texts": _texts(),
        "declarations": {name: [{part: item[part] for part in KNOWN} for item in declared[name]]
                         for name in ("levers", "presets")},
    }
    return document("served/seat.js", known, {}, served_texts()["seat"], served_style(),
                    connect=True)


def _texts() -> dict[str, Any]:
    words = texts()
    return {**{name: words[name] for name in FOLDERS}, "served": served_texts()}


def scenario_digests(scenarios: Mapping[str, Scenario]) -> dict[str, str]:
    """What tells a scenario of the facilitator's page from another of its name, by name."""
    shown: Any = page_data(scenarios)["scenarios"]
    return {one["name"]: sha256(compact({**one, "given": ""}).encode()).hexdigest()[:16]
            for one in shown}
