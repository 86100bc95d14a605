"""Row numbers and groups of a scenario's delivery chain.

A link is a (contribution, body) pair, sorted by body.  A slot is a (contribution,
tier) pair: bodies side by side in a tier are not vetoes one after another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

import numpy as np

from psasim.mechanisms.ordered_sum import Floats, Groups, Ints, group_rows
from psasim.scenario.schema import Body, Scenario
from psasim.structure.rows import column, spans

K = TypeVar("K", int, tuple[int, int], tuple[int, str], tuple[int, str, str])


@dataclass(frozen=True, slots=True, eq=False)
class Directions:
    """What the parents of a body that has several ask of it, by outcome.

    An entry is the effort of one contribution behind one parent, or the own agenda that
    rides along with it, an axis of its own for each department; own: numbers of those
    entries; a leg (body, parent, axis) sums its entries; a vector (body, axis) sums its
    legs; bodies: the bodies that have several parents.
    """

    contribution: Ints
    own: Ints
    by_leg: Groups
    legs_by_vector: Groups
    legs_by_parent: Groups
    vectors_by_body: Groups
    parents_by_body: Groups
    bodies: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Descent:
    """One tier below the first: its bodies, their parents that are bodies, and how many
    parents are departments and how many there are in all, (bodies, 1)."""

    bodies: Ints
    parents: Ints
    by_body: Groups
    departments: Floats
    number: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Chain:
    """Links (L), slots and bodies (B) of a scenario's delivery chain.

    weight: flow through a link over the flow of its slot; count: bodies a link stands
    for.
    """

    contribution: Ints
    body: Ints
    outcome: Ints
    count: Floats
    alignment: Floats
    weight: Floats
    tier_of_body: Ints
    by_slot: Groups
    slots_by_contribution: Groups
    links_of: tuple[slice, ...]
    directions: Directions
    descents: tuple[Descent, ...]


def build_chain(scenario: Scenario, row: Mapping[tuple[str, str], int], outcome: Ints) -> Chain:
    """Chain of a checked scenario; row: contribution number by (department, outcome)."""
    bodies = scenario.bodies
    depth, reach = _depths(bodies), _reach(scenario)
    links = [
        (row[department, key], number, alignment)
        for number, body in enumerate(bodies)
        for key, alignment in zip(body.outcomes, body.alignment, strict=True)
        for department in sorted(reach[body.key, key])
    ]
    contribution = np.array([c for c, _, _ in links], dtype=np.intp)
    body = np.array([b for _, b, _ in links], dtype=np.intp)
    tier = np.array([depth[b.key] for b in bodies], dtype=np.intp)
    slot, slots = _numbered(
        [(int(c), int(t)) for c, t in zip(contribution, tier[body], strict=True)]
    )
    flow = np.array([bodies[b].flow for b in body], dtype=np.float64)
    total = np.bincount(slot, weights=flow, minlength=len(slots))
    return Chain(
        contribution=contribution,
        body=body,
        outcome=outcome[contribution],
        count=column([bodies[b].count for b in body]),
        alignment=column([a for _, _, a in links]),
        weight=column(flow / total[slot]),
        tier_of_body=tier,
        by_slot=group_rows(slot, len(slots)),
        slots_by_contribution=group_rows([c for c, _ in slots], len(row)),
        links_of=spans(body, len(bodies)),
        directions=_directions(bodies, reach, row),
        descents=_descents(bodies, depth),
    )


def _numbered(keys: Sequence[K]) -> tuple[Ints, list[K]]:
    """Number of each key in sorted order, and the sorted distinct keys."""
    distinct = sorted(set(keys))
    number = {key: i for i, key in enumerate(distinct)}
    return np.array([number[key] for key in keys], dtype=np.intp), distinct


def _depths(bodies: Sequence[Body]) -> dict[str, int]:
    """Tier of each body: one more than its deepest parent, departments being 0."""
    parents = {body.key: body.parents for body in bodies}

    @cache
    def depth(key: str) -> int:
        return 1 + max(depth(p) for p in parents[key]) if key in parents else 0

    return {key: depth(key) for key in parents}


def _reach(scenario: Scenario) -> dict[tuple[str, str], frozenset[str]]:
    """Departments whose contribution to an outcome reaches a body, by (body, outcome)."""
    bodies = {body.key: body for body in scenario.bodies}
    contributes = {(c.department, c.outcome) for c in scenario.contributions}

    @cache
    def reach(key: str, outcome: str) -> frozenset[str]:
        if key not in bodies:
            return frozenset({key}) if (key, outcome) in contributes else frozenset()
        if outcome not in bodies[key].outcomes:
            return frozenset()
        return frozenset().union(*(reach(parent, outcome) for parent in bodies[key].parents))

    names = [*bodies, *(d.key for d in scenario.departments)]
    return {(n, o.key): reach(n, o.key) for n in names for o in scenario.outcomes}


def _directions(
    bodies: Sequence[Body],
    reach: Mapping[tuple[str, str], frozenset[str]],
    row: Mapping[tuple[str, str], int],
) -> Directions:
    entries = [
        ((number, parent, axis), row[department, outcome], axis != outcome)
        for number, body in enumerate(bodies)
        if len(body.parents) > 1
        for parent in body.parents
        for outcome in body.outcomes
        for department in sorted(reach[parent, outcome])
        for axis in (outcome, f"own agenda of {department}")
    ]
    leg, legs = _numbered([leg for leg, _, _ in entries])
    vector, vectors = _numbered([(b, o) for b, _, o in legs])
    parent, parents = _numbered([(b, p) for b, p, _ in legs])
    directed, distinct = _numbered([b for b, _ in vectors])
    return Directions(
        contribution=np.array([c for _, c, _ in entries], dtype=np.intp),
        own=np.flatnonzero([own for _, _, own in entries]),
        by_leg=group_rows(leg, len(legs)),
        legs_by_vector=group_rows(vector, len(vectors)),
        legs_by_parent=group_rows(parent, len(parents)),
        vectors_by_body=group_rows(directed, len(distinct)),
        parents_by_body=group_rows([distinct.index(b) for b, _ in parents], len(distinct)),
        bodies=np.array(distinct, dtype=np.intp),
    )


def _descents(bodies: Sequence[Body], depth: Mapping[str, int]) -> tuple[Descent, ...]:
    number = {body.key: i for i, body in enumerate(bodies)}
    out = []
    for tier in range(2, max(depth.values(), default=0) + 1):
        rows = [i for i, body in enumerate(bodies) if depth[body.key] == tier]
        above = [[number[p] for p in bodies[i].parents if p in number] for i in rows]
        out.append(
            Descent(
                bodies=np.array(rows, dtype=np.intp),
                parents=np.array([p for parents in above for p in parents], dtype=np.intp),
                by_body=group_rows([i for i, ps in enumerate(above) for _ in ps], len(rows)),
                departments=column(
                    [len(bodies[i].parents) - len(a) for i, a in zip(rows, above, strict=True)]
                ),
                number=column([len(bodies[i].parents) for i in rows]),
            )
        )
    return tuple(out)
