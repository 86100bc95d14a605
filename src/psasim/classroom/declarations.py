"""What can be set and read, for the page: derived from the declarations, JSON-ready."""

from __future__ import annotations

from functools import cache
from typing import Any

from psasim.declared.declare import Assumption, Choice, Quantity, Source
from psasim.declared.levers import LEVERS, Lever
from psasim.declared.parameters import PARAMETERS
from psasim.declared.presets import description, preset, preset_names
from psasim.declared.settings import SETTINGS
from psasim.month.ledger import LINES
from psasim.results.measures import MEASURES

COUNTS = {"months": 120, "worlds": 1000, "seed": 2**32 - 1}
"""How much of each the page takes: it keeps all months of all worlds in memory."""


def declarations() -> dict[str, Any]:
    """Parameters, levers with their fields, presets, measures and lines of the ledger.

    What levers and lines are called is among the page's words.
    bases: where numbers come from, in words, each once; a number's `basis` is its place there.
    """
    return {
        "bases": list(_bases()),
        "counts": [_count(name, most) for name, most in COUNTS.items()],
        "parameters": [
            {**_item(quantity), "heading": str(quantity.heading)}
            for quantity in PARAMETERS.values()
        ],
        "levers": [_lever(lever) for lever in LEVERS.shipped.values()],
        "presets": [
            {"name": name, "description": description(name), "governance": preset(name).settings()}
            for name in preset_names()
        ],
        "measures": [
            {"name": m.name, "label": m.label, "unit": m.unit}
            for m in MEASURES.shipped.values()
        ],
        "lines": [
            {"name": line.name, "by_contribution": line.by_contribution}
            for line in LINES.values()
        ],
    }


def _count(name: str, most: int) -> dict[str, Any]:
    """How much is run, as a page can: fewer than Python will."""
    item = SETTINGS[name]
    assert isinstance(item, Quantity)
    lower, upper = item.bounds
    return {"name": name, "label": label(name), "description": item.description,
            "unit": item.unit, "default": item.default, "integer": True,
            "lower": lower, "upper": min(int(upper), most)}


def label(name: str) -> str:
    """A declared name as it is read: `joint_targets` as "Joint targets"."""
    return name.replace("_", " ").capitalize()


def _lever(lever: Lever) -> dict[str, Any]:
    return {
        "name": lever.name,
        "description": lever.description,
        "heading": str(lever.heading),
        "live": lever.needed,
        "joint": lever.joint,
        "capacity": lever.capacity,
        "money": lever.money,
        "fields": [_item(item) for item in lever.table.values()],
        "basis": _bases()[_basis(lever.basis)],
    }


def _item(item: Quantity | Choice) -> dict[str, Any]:
    common = {"name": item.name, "label": label(item.name), "description": item.description,
              "default": item.default}
    if isinstance(item, Choice):
        return {**common, "options": list(item.options)}
    lower, upper = item.bounds
    return {**common, "unit": item.unit, "low": item.low, "high": item.high, "lower": lower,
            "upper": upper, **({"integer": True} if item.integer else {}),
            "basis": _bases()[_basis(item.basis)]}


@cache
def _bases() -> dict[str, int]:
    """Place of each basis by its words."""
    fields = [item for lever in LEVERS.values() for item in lever.table.values()]
    bases = [
        *(quantity.basis for quantity in PARAMETERS.values()),
        *(lever.basis for lever in LEVERS.values()),
        *(item.basis for item in fields if isinstance(item, Quantity)),
    ]
    return {text: place for place, text in enumerate(dict.fromkeys(map(_basis, bases)))}


def _basis(basis: Source | Assumption) -> str:
    """Where a number comes from, in words."""
    if isinstance(basis, Source):
        return f"Source: {basis.citation}"
    return f"Assumption ({basis.quality} basis, {basis.impact} impact): {basis.rationale}"
