"""`docs/parameters.md`: every parameter and setting."""

from __future__ import annotations

from psasim.declared.declare import Choice, Heading, Quantity, Source
from psasim.declared.parameters import PARAMETERS
from psasim.declared.settings import SETTINGS
from psasim.documents.markdown import (
    basis,
    code,
    default,
    document,
    moves,
    spread,
    table,
)

INTRODUCTION = (
    "Every number of the model that is not a fact of a scenario, under the headings of the 2007 "
    "deck. Set one with `psasim run parameters.inertia=0.1` or `Parameters(inertia=0.1)`. The "
    "range is what sensitivity runs sample; in brackets what is accepted. *Moves* names the "
    "nearest quantity it moves, with its sign where one is declared. What assumptions rest on is "
    "in [assumptions](assumptions.md), the equations in [model](model.md)."
)


def page() -> str:
    """The page's text."""
    sections = [f"## {heading.value.capitalize()}\n\n{_table(heading)}" for heading in Heading]
    return document("Parameters", INTRODUCTION, *sections, _settings(), _sources())


def _table(heading: Heading) -> str:
    headers = ("parameter", "default", "range", "unit", "meaning", "basis", "moves")
    return table(headers, (_row(q) for q in PARAMETERS.values() if q.heading is heading))


def _row(q: Quantity) -> tuple[str, ...]:
    return (code(q.name), default(q), spread(q), q.unit, q.description, basis(q.basis),
            moves(q.moves, q.direction))


def _settings() -> str:
    rows = (
        (code(name), default(item), spread(item), "" if isinstance(item, Choice) else item.unit,
         item.description)
        for name, item in SETTINGS.items()
    )
    return "## Settings of a run\n\n" + table(
        ("setting", "default", "range", "unit", "meaning"), rows
    )


def _sources() -> str:
    cited = {q.basis.key: q.basis.citation for q in PARAMETERS.values()
             if isinstance(q.basis, Source)}
    rows = ((code(key), text) for key, text in sorted(cited.items()))
    return "## Sources\n\n" + table(("key", "citation"), rows)
