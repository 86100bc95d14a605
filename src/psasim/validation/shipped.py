"""The verdicts of the shipped validation, and the levers that each pattern judges."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

FILE = "verdicts.json"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A pattern's verdict; levers: those that differ between its arms, which it judges."""

    id: str
    title: str
    verdict: str
    levers: tuple[str, ...]


@cache
def verdicts() -> tuple[Verdict, ...]:
    """Every pattern's verdict, in the order of the page."""
    text = (files("psasim.validation") / FILE).read_text(encoding="utf-8")
    return tuple(Verdict(i["id"], i["title"], i["verdict"], tuple(i["levers"]))
                 for i in json.loads(text))


def judging(levers: Collection[str]) -> list[Verdict]:
    """Patterns that judge any of the levers, those of few levers first."""
    found = [item for item in verdicts() if not set(item.levers).isdisjoint(levers)]
    return sorted(found, key=lambda item: len(item.levers))


def condensed(made: Mapping[str, Any]) -> str:
    """The shipped file's text, of what `validation.json` holds."""
    rows = [
        {"id": p["id"], "title": p["title"], "verdict": p["verdict"], "levers": _judged(p["arms"])}
        for p in made["patterns"]
    ]
    return json.dumps(rows, indent=1, ensure_ascii=False) + "\n"


def _judged(arms: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Levers that are not set alike in all arms."""
    names = {lever for arm in arms.values() for lever in arm["governance"]}
    return sorted(
        name for name in names
        if any(arm["governance"].get(name) != next(iter(arms.values()))["governance"].get(name)
               for arm in arms.values())
    )
