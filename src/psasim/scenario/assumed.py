"""Everything that is assumed, and what each assumption bears on; the weightiest first."""

from __future__ import annotations

from collections.abc import Iterator

from psasim.declared.declare import Assumption, Grade, Quantity, Source
from psasim.declared.levers import LEVERS, STRENGTH
from psasim.declared.parameters import PARAMETERS
from psasim.declared.settings import SETTINGS
from psasim.scenario.family import STRUCTURE_PATHS
from psasim.scenario.provenance import ASSUMPTION
from psasim.scenario.schema import Scenario
from psasim.scenario.tables import TABLES

WORST = (Grade.RED, Grade.AMBER, Grade.GREEN)
"""Grades, the worst first."""

EVERY_LEVER = "strength of every lever"


def assumptions() -> dict[Assumption, list[str]]:
    """Names of the declared numbers that each assumption bears on: of parameters, levers and
    their fields, settings, and columns of a scenario's tables; by impact, then quality, the
    worst first."""
    log: dict[Assumption, list[str]] = {}
    for name, basis in _declared():
        if isinstance(basis, Assumption):
            log.setdefault(basis, []).append(name)
    return dict(sorted(log.items(), key=lambda item: _weight(item[0])))


def assumed_facts(scenario: Scenario) -> dict[str, list[str]]:
    """Columns (or rows) of the scenario's tables by the rationale that covers them."""
    columns = {name: tuple(facts.columns) for name, facts in TABLES.items()}
    found: dict[str, dict[str, None]] = {}
    for fact in scenario.facts:
        if fact.source == ASSUMPTION:
            name, last = fact.path.split(".")[0], fact.path.split(".")[-1]
            place = f"{name}.{last}" if last in columns[name] else f"{name}, rows"
            found.setdefault(fact.note, {})[place] = None
    return {note: list(places) for note, places in found.items()}


def _declared() -> Iterator[tuple[str, Source | Assumption]]:
    """(name, basis) of every number declared in the code."""
    for name, parameter in PARAMETERS.items():
        yield name, parameter.basis
    yield EVERY_LEVER, STRENGTH.basis
    for name, lever in LEVERS.shipped.items():
        yield name, lever.basis
        for field in lever.fields:
            if isinstance(field, Quantity):
                yield f"{name}.{field.name}", field.basis
    for name, setting in SETTINGS.items():
        if isinstance(setting, Quantity):
            yield name, setting.basis
    for name, item in STRUCTURE_PATHS.items():
        yield name, item.basis
    for name, facts in TABLES.items():
        for column in facts.columns.values():
            if column.quantity:
                yield f"{name}.{column.name}", column.quantity.basis


def _weight(assumption: Assumption) -> tuple[int, int]:
    return WORST.index(assumption.impact), WORST.index(assumption.quality)
