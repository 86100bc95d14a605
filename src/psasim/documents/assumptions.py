"""`docs/assumptions.md`: everything that is assumed, why, how well, and what hangs on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from psasim.declared.declare import Assumption
from psasim.declared.parameters import PARAMETERS
from psasim.documents.markdown import code, document, moves, table
from psasim.scenario import load_scenario, scenario_names
from psasim.scenario.assumed import EVERY_LEVER, WORST, assumed_facts, assumptions
from psasim.scenario.provenance import ASSUMPTION, MARKS

INTRODUCTION = (
    "Evidence constrains the model little, and most of its numbers are assumed. *Quality* says how "
    "good the basis of an assumption is, *impact* how far results move over its range: green is "
    "good and little, red is bad and far. Impact is a judgement made when the number was declared, "
    "not a measurement. Numbers with a published source are in "
    "[parameters](parameters.md#sources); structural choices in [decisions](decisions.md) and "
    "[model](model.md)."
)
SCENARIOS = (
    "Where the facts of the shipped scenarios come from: found in a source, recalled with high, "
    "medium or low confidence, or assumed."
)


def page() -> str:
    """The page's text."""
    log = assumptions()
    return document(
        "Assumptions", INTRODUCTION, "## How many, of what grade", _grades(log),
        "## Parameters, levers and settings", _assumed(log), "## Facts of scenarios", SCENARIOS,
        _marks(), "### What scenarios assume", _facts(),
    )


def _grades(log: Mapping[Assumption, Sequence[str]]) -> str:
    number = Counter({(a.quality, a.impact): 0 for a in log})
    for assumption, bears_on in log.items():
        number[assumption.quality, assumption.impact] += len(bears_on)
    rows = (
        (f"quality {quality}", *(str(number[quality, impact]) for impact in WORST))
        for quality in WORST
    )
    return table(("numbers assumed", *(f"impact {impact}" for impact in WORST)), rows)


def _assumed(log: Mapping[Assumption, Sequence[str]]) -> str:
    rows = (
        (a.impact, a.quality, a.rationale, ", ".join(map(_place, bears_on)))
        for a, bears_on in log.items()
    )
    return table(("impact", "quality", "rationale", "bears on"), rows)


def _place(name: str) -> str:
    """The name, and of a parameter what it moves."""
    if name == EVERY_LEVER:
        return "`strength` of every lever"
    if name in PARAMETERS:
        parameter = PARAMETERS[name]
        return f"{code(name)} ({moves(parameter.moves, parameter.direction)})"
    return code(name)


def _marks() -> str:
    rows = []
    for name in scenario_names():
        number = Counter(fact.confidence for fact in load_scenario(name).facts)
        rows.append((code(name), *(str(number[mark]) for mark in (*MARKS, ASSUMPTION))))
    return table(("scenario", *MARKS, "assumed"), rows)


def _facts() -> str:
    rows = [
        (code(name), ", ".join(map(code, places)), note)
        for name in scenario_names()
        for note, places in assumed_facts(load_scenario(name)).items()
    ]
    return table(("scenario", "bears on", "rationale"), rows)
