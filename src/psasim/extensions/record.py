"""Extensions as a record keeps them: what they are and where they came from, never their code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from psasim.declared.declare import Assumption, Heading, Quantity, Source
from psasim.declared.levers import LEVERS, Lever
from psasim.declared.measure import Measure
from psasim.errors import InputError
from psasim.extensions.given import Extensions
from psasim.extensions.origin import Origin

_MEASURE = ("name", "label", "unit", "good", "definition")
_LEVER = ("name", "description", "capacity", "money")
_FIELD = ("name", "unit", "default", "low", "high", "description", "integer")
_RECALLED = Assumption("As its author gave it; the source is in the extension's file.")


def told(own: Extensions) -> dict[str, Any]:
    """JSON-ready: origins, and what measures and levers are declared as; empty of none."""
    if not own.origins:
        return {}
    return {
        "origins": [asdict(origin) for origin in own.origins],
        "measures": [{name: getattr(m, name) for name in _MEASURE} for m in own.measures],
        "levers": [
            {**{name: getattr(lever, name) for name in _LEVER},
             "source": _words(lever.basis),
             **({"cited": lever.basis.key} if isinstance(lever.basis, Source) else {}),
             "fields": [{name: getattr(f, name) for name in _FIELD} for f in lever.fields
                        if isinstance(f, Quantity)]}
            for lever in own.levers
        ],
    }


def recalled(content: Mapping[str, Any]) -> Extensions:
    """Extensions that a record tells of: declared, so that their numbers can be read, and unable
    to act.  What the process has of the same name stays as it is."""
    if not content:
        return Extensions()
    levers = tuple(_lever(item) for item in content["levers"])
    for lever in levers:
        if lever.name not in LEVERS.own:
            LEVERS.add(lever)
    return Extensions(
        measures=tuple(_measure(item) for item in content["measures"]), levers=levers,
        origins=tuple(Origin(**item) for item in content["origins"]),
    )


def check_same(kept: Sequence[Origin], given: Sequence[Origin], what: str) -> None:
    """Raise `InputError` where extensions are not those that gave the numbers."""
    if not given and kept:
        raise InputError(f"{what} was made with extensions, which it does not hold: "
                         f"{'; '.join(map(str, kept))}. Give them: --extensions FILE.py")
    for origin in kept:
        if not any(_same(origin, other) for other in given):
            raise InputError(f"{what} was made with {origin}, and what was given has another "
                             "source or lacks it; give the file as it was then")
    for origin in given:
        if not any(_same(origin, other) for other in kept):
            raise InputError(f"{what} was made without {origin.kind} {origin.name}; leave it out")


def _same(one: Origin, other: Origin) -> bool:
    return (one.kind, one.name, one.source) == (other.kind, other.name, other.source)


def _measure(item: Mapping[str, Any]) -> Measure:
    return Measure(item["name"], item["label"], item["unit"], item["good"],
                   Heading.TOOLS_AND_DATA, item["definition"], _not_here(item["name"]), open=True)


def _lever(item: Mapping[str, Any]) -> Lever:
    fields = tuple(
        Quantity(heading=Heading.WORKING_TOGETHER, basis=_RECALLED, **field)
        for field in item["fields"]
    )
    return Lever(item["name"], item["description"], Heading.WORKING_TOGETHER, (), "", 0,
                 item["capacity"], item["money"], fields, basis=_basis(item),
                 act=_not_here(item["name"]))


def _basis(item: Mapping[str, Any]) -> Source | Assumption:
    if "cited" in item:
        return Source(item["cited"], item["source"])
    return Assumption(item["source"])


def _not_here(name: str) -> Any:
    def act(*given: Any) -> Any:
        raise InputError(f"{name} is known from a record alone, which holds no code; give its "
                         "file: extensions=FILE.py")

    return act


def _words(basis: Source | Assumption) -> str:
    return basis.citation if isinstance(basis, Source) else basis.rationale
