"""`docs/levers.md`: every lever, its fields, and the packages that come with psasim."""

from __future__ import annotations

from collections.abc import Iterator

from psasim.declared.declare import Choice
from psasim.declared.levers import EFFORT, LEVERS, Lever
from psasim.declared.presets import preset, preset_names
from psasim.documents.markdown import code, default, document, moves, spread, table
from psasim.validation.shipped import judging
from psasim.validation.verdict import NOT_REPRODUCED, REPRODUCED

INTRODUCTION = (
    "Every lever has a strength from 0 to 1, by which its coefficients move from off to on; 0 is "
    "the same as not naming it. Set one with `psasim run governance.sanctions.strength=0.5`, a "
    "field with `governance.sanctions.size=1`. How each lever acts is in [model](model.md), "
    "section 7.3."
)
COSTS = (
    f"*Capacity* is {EFFORT} that the lever *covers*, at full extent; *money* is an index per "
    "outcome and year (1 is a delivery unit's cost per target). Both are invented, see "
    "[assumptions](assumptions.md). *Moves* names the nearest quantity, and which way; it is live "
    "where the scenario has what *live in* says, beside the package in brackets."
)

JUDGED = (
    "A pattern judges the levers in which its experiment's arms differ. What the model misses, the "
    "findings of a run say beside its levers. [Validation](validation.md) has each."
)


def page() -> str:
    """The page's text."""
    return document("Levers", INTRODUCTION, COSTS, "## Levers", _levers(), "## Fields", _fields(),
                 "## Packages", _packages(), "## Patterns that judge them", JUDGED, _judged())


def _judged() -> str:
    """By lever, patterns whose arms differ in it, by verdict."""
    rows = []
    for lever in LEVERS.shipped:
        found = judging([lever])
        rows.append((code(lever), *(
            " ".join(item.id for item in found if item.verdict == verdict)
            for verdict in (REPRODUCED, NOT_REPRODUCED))))
    return table(("lever", "reproduced", "missed"), rows)


def _levers() -> str:
    headers = ("lever", "what it is", "moves", "covers", "capacity", "money", "live in",
               "heading", "requirements")
    return table(headers, (_row(lever) for lever in LEVERS.shipped.values()))


def _row(lever: Lever) -> tuple[str, ...]:
    covers = "joint outcomes" if lever.joint else "all"
    return (code(lever.name), lever.description, moves(lever.moves, lever.direction), covers,
            f"{lever.capacity:g}", f"{lever.money:g}", f"{lever.needed} ({lever.context})",
            lever.heading, " ".join(lever.requirements))


def _fields() -> str:
    rows = (
        (code(f"{lever.name}.{item.name}"), default(item), spread(item),
         "" if isinstance(item, Choice) else item.unit, item.description)
        for lever in LEVERS.shipped.values()
        for item in lever.fields
    )
    return table(("field", "default", "range", "unit", "meaning"), rows)


def _packages() -> str:
    """Strengths by lever, and the fields that a package sets otherwise than the default."""
    names = preset_names()
    rows = (
        (code(lever), *(", ".join(_set(lever, name)) for name in names))
        for lever in LEVERS.shipped
        if any(preset(name).strength(lever) > 0 for name in names)
    )
    return table(("lever", *(code(name) for name in names)), rows)


def _set(lever: str, package: str) -> Iterator[str]:
    values = preset(package)[lever]
    if values["strength"]:
        yield f"{values['strength']:g}"
        for item in LEVERS.shipped[lever].fields:
            if values[item.name] != item.default:
                yield f"{item.name} {values[item.name]}"
