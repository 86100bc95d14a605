"""A scenario's arrays for the page: whatever `structure` makes of it, so that building chains and
checking input stay in Python alone."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np

from psasim.mechanisms.ordered_sum import Groups
from psasim.scenario.schema import Scenario
from psasim.structure.layout import Layout, build_layout

TABLES: dict[str, tuple[str, ...]] = {
    "departments": (), "outcomes": (), "contributions": ("share", "lead", "mission"),
    "indicators": ("key", "noise"), "bodies": ("key", "name"),
}
"""Tables of facts, and which of their columns the page reads besides the layout; () is all."""
LEFT_OUT = {"scenario", "tasks_of", "links_of"}
"""What of a layout the page has otherwise, or does not use."""


def scenario_arrays(scenario: Scenario) -> dict[str, Any]:
    """Name, facts by table and column, and the layout of a checked scenario; JSON-ready."""
    return {
        "name": scenario.name,
        "title": scenario.title,
        "description": scenario.description,
        "other_goals": getattr(scenario, "other_goals", 0),
        "facts": {table: _columns(getattr(scenario, table), read)
                  for table, read in TABLES.items()},
        "layout": layout_arrays(build_layout(scenario)),
    }


def layout_arrays(layout: Layout) -> dict[str, Any]:
    """Every array of a layout: groups as the number of groups and that of each row, hashes as one
    text, 16 hexadecimal digits to each."""
    return _plain(layout)


def _columns(rows: tuple[Any, ...], read: tuple[str, ...]) -> dict[str, list[Any]]:
    """Facts of a table by column, empty where there is no row."""
    names = [item.name for item in fields(rows[0]) if not read or item.name in read] if rows else []
    return {name: [_plain(getattr(row, name)) for row in rows] for name in names}


def _plain(value: Any) -> Any:
    if isinstance(value, Groups):
        return {"count": value.count, "of": labels(value).tolist()}
    if is_dataclass(value):
        return {item.name: _plain(getattr(value, item.name))
                for item in fields(value) if item.name not in LEFT_OUT}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, np.ndarray):
        if value.dtype == np.uint64:
            return "".join(f"{word:016x}" for word in value.tolist())
        return [_plain(item) for item in value.ravel().tolist()]
    if isinstance(value, float) and value.is_integer() and str(value) != "-0.0":
        return int(value)
    return value


def labels(groups: Groups) -> np.ndarray:
    """Group of each row, from which `group_rows` made the groups."""
    at = np.argsort(groups.place)
    of = np.empty(groups.rows.size, dtype=np.intp)
    start = 0
    for size in groups.ranks:
        of[groups.rows[start : start + size]] = at[:size]
        start += size
    return of
