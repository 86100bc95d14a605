"""`docs/assumptions.md`: everything that is assumed, why, how well, and what hangs on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from psasim.declared.declare import Assumption, Grade, Quantity, Source
from psasim.declared.levers import LEVERS, STRENGTH
from psasim.declared.parameters import PARAMETERS
from psasim.declared.settings import SETTINGS
from psasim.documents.markdown import code, document, moves, table
from psasim.scenario import Scenario, load_scenario, scenario_names
from psasim.scenario.provenance import ASSUMPTION, MARKS
from psasim.scenario.tables import TABLES

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
_WORST = (Grade.RED, Grade.AMBER, Grade.GREEN)


def page() -> str:
    """The page's text."""
    log = _log()
    return document(
        "Assumptions", INTRODUCTION, "## How many, of what grade", _grades(log),
        "## Parameters, levers and settings", _assumed(log), "## Facts of scenarios", SCENARIOS,
        _marks(), "### What scenarios assume", _facts(),
    )


def _declared() -> Iterator[tuple[str, Source | Assumption]]:
    """(what it bears on, basis) of every number declared in the code."""
    for name, parameter in PARAMETERS.items():
        yield f"{code(name)} ({moves(parameter.moves, parameter.direction)})", parameter.basis
    yield "`strength` of every lever", STRENGTH.basis
    for name, lever in LEVERS.items():
        yield code(name), lever.basis
        for field in lever.fields:
            if isinstance(field, Quantity):
                yield code(f"{name}.{field.name}"), field.basis
    for name, setting in SETTINGS.items():
        if isinstance(setting, Quantity):
            yield code(name), setting.basis
    for name, facts in TABLES.items():
        for column in facts.columns.values():
            if column.quantity:
                yield code(f"{name}.{column.name}"), column.quantity.basis


def _log() -> dict[Assumption, list[str]]:
    """What each assumption bears on, the weightiest first."""
    log: dict[Assumption, list[str]] = {}
    for bears_on, basis in _declared():
        if isinstance(basis, Assumption):
            log.setdefault(basis, []).append(bears_on)
    return dict(sorted(log.items(), key=lambda item: _weight(item[0])))


def _weight(assumption: Assumption) -> tuple[int, int]:
    return _WORST.index(assumption.impact), _WORST.index(assumption.quality)


def _grades(log: dict[Assumption, list[str]]) -> str:
    number = Counter({(a.quality, a.impact): 0 for a in log})
    for assumption, bears_on in log.items():
        number[assumption.quality, assumption.impact] += len(bears_on)
    rows = (
        (f"quality {quality}", *(str(number[quality, impact]) for impact in _WORST))
        for quality in _WORST
    )
    return table(("numbers assumed", *(f"impact {impact}" for impact in _WORST)), rows)


def _assumed(log: dict[Assumption, list[str]]) -> str:
    rows = (
        (a.impact, a.quality, a.rationale, ", ".join(bears_on)) for a, bears_on in log.items()
    )
    return table(("impact", "quality", "rationale", "bears on"), rows)


def _marks() -> str:
    rows = []
    for name in scenario_names():
        number = Counter(fact.confidence for fact in load_scenario(name).facts)
        rows.append((code(name), *(str(number[mark]) for mark in (*MARKS, ASSUMPTION))))
    return table(("scenario", *MARKS, "assumed"), rows)


def _facts() -> str:
    rows = [
        (code(name), ", ".join(places), note)
        for name in scenario_names()
        for note, places in _assumed_facts(load_scenario(name)).items()
    ]
    return table(("scenario", "bears on", "rationale"), rows)


def _assumed_facts(scenario: Scenario) -> dict[str, list[str]]:
    """Columns (or rows) of the scenario's tables by the rationale that covers them."""
    columns = {name: tuple(facts.columns) for name, facts in TABLES.items()}
    found: dict[str, dict[str, None]] = {}
    for fact in scenario.facts:
        if fact.source == ASSUMPTION:
            name, last = fact.path.split(".")[0], fact.path.split(".")[-1]
            place = f"{name}.{last}" if last in columns[name] else f"{name}, rows"
            found.setdefault(fact.note, {})[place] = None
    return {note: [code(place) for place in places] for note, places in found.items()}
