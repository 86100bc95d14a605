"""What a scenario must satisfy; every problem is named with its place and its fix."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from math import fsum
from operator import attrgetter
from typing import Any

from psasim.declared.names import text_problem, unknown
from psasim.mechanisms.produce import NEAREST_TO_ZERO
from psasim.scenario.cells import row_problems
from psasim.scenario.problems import Places, raise_problems
from psasim.scenario.schema import Body, Scenario
from psasim.scenario.tables import TABLES, Table

SHARE_TOLERANCE = 1e-9
"""How far the shares of an outcome may sum from 1; more has to be asked for."""


def checked(scenario: Scenario, places: Places | None = None) -> Scenario:
    """The scenario with every table sorted by key.

    Raises `InputError` naming the problems of the first stage that has any: values, then
    repeated keys, then names, then structure.
    """
    places = places or {}
    for problems in (_values, _repeats):
        raise_problems(problems(scenario), places)
    scenario = _ordered(scenario)
    raise_problems(_names(scenario), places)
    structure = (_technologies, _owners, _indicators, _cycles)
    raise_problems((found for problems in structure for found in problems(scenario)), places)
    raise_problems(_reached(scenario), places)
    return scenario


def numbers_checked(scenario: Scenario, problems: Iterable[tuple[str, str]]) -> Scenario:
    """A checked scenario of which only numbers were changed since; problems: of rows that were.

    Raises `InputError` as `checked` does.
    """
    raise_problems(iter(problems), {})
    raise_problems((found for rule in (_technologies, _owners) for found in rule(scenario)), {})
    return scenario


def _rows(scenario: Scenario) -> Iterator[tuple[Table, dict[str, Any]]]:
    for table in TABLES.values():
        for entity in getattr(scenario, table.name):
            yield table, {f.name: getattr(entity, f.name) for f in fields(entity)}


def _values(scenario: Scenario) -> Iterator[tuple[str, str]]:
    for name in ("name", "title"):
        problem = text_problem(getattr(scenario, name), f"scenario: {name}")
        if problem:
            yield "", problem
    for table, row in _rows(scenario):
        if row.get("cluster") == "":
            del row["cluster"]
        yield from row_problems(table, row)
    for table_name in ("departments", "outcomes", "contributions"):
        if not getattr(scenario, table_name):
            yield "", f"{scenario.name}: {table_name} is empty; add at least one row"


def _repeats(scenario: Scenario) -> Iterator[tuple[str, str]]:
    for path, times in Counter(table.path(row) for table, row in _rows(scenario)).items():
        if times > 1:
            yield path, f"{path} stands {times} times; keep one row"
    departments = {d.key for d in scenario.departments}
    for body in scenario.bodies:
        if body.key in departments:
            yield f"bodies.{body.key}", f"bodies.{body.key}: a department has this key; rename it"
        if len(body.alignment) != len(body.outcomes):
            yield f"bodies.{body.key}", (
                f"bodies.{body.key}.alignment has {len(body.alignment)} numbers for "
                f"{len(body.outcomes)} outcomes; give one for each, or one number for all"
            )
        for name in ("parents", "outcomes"):
            for key, times in Counter(getattr(body, name)).items():
                if times > 1:
                    yield f"bodies.{body.key}", f"bodies.{body.key}.{name} names {key} twice"


def _by_identity(table: Table, scenario: Scenario) -> tuple:
    """Rows of one table in the order of the columns that name them."""
    identity = attrgetter(*table.identity)
    return tuple(sorted(getattr(scenario, table.name), key=identity))


def _ordered(scenario: Scenario) -> Scenario:
    """Every table sorted by its identity, and lists within bodies by key."""
    bodies = []
    for body in scenario.bodies:
        pairs = sorted(zip(body.outcomes, body.alignment, strict=True))
        bodies.append(replace(
            body,
            parents=tuple(sorted(body.parents)),
            outcomes=tuple(key for key, _ in pairs),
            alignment=tuple(value for _, value in pairs),
        ))
    scenario = replace(scenario, bodies=tuple(bodies))
    ordered: dict[str, Any] = {
        name: _by_identity(table, scenario) for name, table in TABLES.items()
    }
    return replace(
        scenario,
        **ordered,
        facts=tuple(sorted(scenario.facts, key=lambda fact: fact.path)),
        citations=tuple(sorted(scenario.citations)),
    )


def _names(scenario: Scenario) -> Iterator[tuple[str, str]]:
    keys = {
        name: [entity.key for entity in getattr(scenario, name)]
        for name in ("departments", "outcomes", "bodies")
    }
    for table, row in _rows(scenario):
        for column in table.columns.values():
            known = [key for name in column.refers for key in keys[name]]
            cell = row[column.name] if column.refers else ()
            for key in (cell,) if isinstance(cell, str) else cell:
                if key not in known:
                    path = table.path(row)
                    yield path, str(unknown(key, known, f"{path}.{column.name}"))


def _technologies(scenario: Scenario) -> Iterator[tuple[str, str]]:
    """Technology is 0 or clearly not: a power mean too near the geometric one loses digits."""
    for outcome in scenario.outcomes:
        if 0.0 < abs(outcome.technology) < NEAREST_TO_ZERO:
            path = f"outcomes.{outcome.key}"
            yield path, (
                f"{path}.technology = {outcome.technology:g} is nearer to 0 than "
                f"{NEAREST_TO_ZERO:g} (CES exponent); write 0"
            )


def _owners(scenario: Scenario) -> Iterator[tuple[str, str]]:
    """Every outcome has contributors, one of whom leads, with shares that sum to 1."""
    for outcome in scenario.outcomes:
        path = f"outcomes.{outcome.key}"
        owners = [c for c in scenario.contributions if c.outcome == outcome.key]
        if not owners:
            yield path, f"{path} has no contributors; add a row to contributions"
            continue
        leads = [c.department for c in owners if c.lead]
        if len(leads) != 1:
            named = f"{len(leads)} leads ({', '.join(leads)})" if leads else "no lead"
            yield path, (
                f"{path} has {named}; mark exactly one of its contributions lead "
                "(how leads answer is governance.lead.kind)"
            )
        total = fsum(c.share for c in owners)
        if abs(total - 1) > SHARE_TOLERANCE:
            yield path, (
                f"{path}: shares of its contributions sum to {total:.9g}, not 1 (fraction); "
                "correct them, or write `shares: relative` in scenario.yaml to have each divided "
                "by their sum"
            )


def _indicators(scenario: Scenario) -> Iterator[tuple[str, str]]:
    contributes = {(c.outcome, c.department) for c in scenario.contributions}
    for item in scenario.indicators:
        if (item.outcome, item.department) not in contributes:
            owners = ", ".join(sorted(d for o, d in contributes if o == item.outcome))
            path = f"indicators.{item.outcome}.{item.key}"
            yield path, (
                f"{path}.department = {item.department!r} does not contribute to {item.outcome}; "
                f"name one of {owners}"
            )


def _cycles(scenario: Scenario) -> Iterator[tuple[str, str]]:
    """The first cycle among bodies, found by taking away bodies whose parents are placed."""
    waiting: dict[str, Body] = {body.key: body for body in scenario.bodies}
    while True:
        placed = [k for k, body in waiting.items() if not set(body.parents) & set(waiting)]
        if not placed:
            break
        for key in placed:
            del waiting[key]
    if not waiting:
        return
    trail = [min(waiting)]
    while trail[-1] not in trail[:-1]:
        trail.append(min(set(waiting[trail[-1]].parents) & set(waiting)))
    cycle = trail[trail.index(trail[-1]):]
    yield f"bodies.{cycle[0]}", (
        f"bodies: the chain goes round in a circle, {' under '.join(cycle)}; remove one of these "
        "parents"
    )


def _reached(scenario: Scenario) -> Iterator[tuple[str, str]]:
    """Some contribution reaches every body for each outcome, and through each parent."""
    contributes = {(c.department, c.outcome) for c in scenario.contributions}
    served = {
        **{d.key: {o for k, o in contributes if k == d.key} for d in scenario.departments},
        **{body.key: set(body.outcomes) for body in scenario.bodies},
    }
    for body in scenario.bodies:
        path = f"bodies.{body.key}"
        brought = {parent: served[parent] & set(body.outcomes) for parent in body.parents}
        for outcome in sorted(set(body.outcomes).difference(*brought.values())):
            yield path, (
                f"{path}: nobody reaches it for {outcome}: none of its parents "
                f"({', '.join(body.parents)}) contributes to that outcome or serves it; add a "
                "parent or remove the outcome"
            )
        for parent, outcomes in brought.items():
            if not outcomes:
                yield path, (
                    f"{path}: its parent {parent} has none of the outcomes it serves; remove "
                    "the parent or add an outcome"
                )
