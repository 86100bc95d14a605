"""What the numbers that a sentence names are, in plain words, as they are declared."""

from __future__ import annotations

import re
from collections.abc import Iterable

from psasim.analysis.factors import short
from psasim.declared.declare import Quantity
from psasim.declared.levers import LEVERS, Governance
from psasim.declared.parameters import PARAMETERS
from psasim.results.verdict import few
from psasim.scenario.facts import named
from psasim.scenario.family import STRUCTURE

FEW = 3
"""Levers of a package that are each told where it is named."""

_REQUIREMENT = re.compile(r" \(requirement R\d+\)")
_FACTOR = re.compile(
    rf"\b({'|'.join(sorted((*PARAMETERS, *STRUCTURE), key=len, reverse=True))})"
    r"(?= \([-\d]| above | below | from [-\d])")
"""A number where a sentence names it as a factor: `inertia (36% of ...)`, `inertia above 0.1`."""
_PATH = re.compile(r"\bparameters\.(\w+)")


def meaning(name: str) -> str:
    """`size of a department's own agenda`; empty of what is no declared number."""
    key = short(name)
    declared: object = PARAMETERS.get(key) or STRUCTURE.get(key)
    if declared is None and (fact := named(key)) is not None:
        declared = fact.column.quantity
    if not isinstance(declared, Quantity):
        return ""
    said = _REQUIREMENT.sub("", declared.description).removesuffix(".")
    return f"{said[:1].lower()}{said[1:]}"


def in_words(text: str) -> str:
    """The text, each factor that it names followed by what it is, where it is first named."""
    told: set[str] = set()

    def tell(found: re.Match[str]) -> str:
        name = found[1]
        if name in told:
            return name
        told.add(name)
        return f"{name}, “{meaning(name)}”"

    return _FACTOR.sub(tell, text)


def names_in(texts: Iterable[str]) -> list[str]:
    """Declared numbers that texts name, each once."""
    found = (name for text in texts for pattern in (_FACTOR, _PATH)
             for name in pattern.findall(text))
    return [name for name in dict.fromkeys(found) if meaning(name)]


def levers_of(package: Governance) -> list[str]:
    """`lead`, `pooled_budget (share 0.1)`: levers that are on, with what is set otherwise than
    it is where a lever is fully on."""
    return [_told(name, package) for name in package.levers_on()]


def _told(name: str, package: Governance) -> str:
    usual = {field.name: field.default for field in LEVERS[name].fields} | {"strength": 1.0}
    other = [f"{field} {value:g}" if isinstance(value, float) else f"{field} {value}"
             for field, value in package[name].items() if value != usual[field]]
    return f"{name} ({', '.join(other)})" if other else name


def package_in_words(package: Governance) -> str:
    """`No lever is on.`, or what each lever is that is; of many, what they are called."""
    on = package.levers_on()
    if not on:
        return "No lever is on."
    if len(on) > FEW:
        return f"{len(on)} levers: {few(levers_of(package))}; see “What each package changes”."
    return " ".join(f"{told}: {LEVERS[name].description}" for name, told in
                    zip(on, levers_of(package), strict=True))
