"""Row numbers and groups of a scenario's arrays; everything in the order of its keys."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from psasim.mechanisms.ordered_sum import Floats, Groups, Ints, group_rows
from psasim.scenario.schema import Body, Scenario


@dataclass(frozen=True, slots=True, eq=False)
class Chain:
    """Rows of a scenario's delivery chain.

    A link is a (contribution, body) pair, sorted by body.  A leg is what one parent
    asks of a body that has several: the effort vector of the parent, by outcome.
    """

    contribution: Ints
    body: Ints
    outcome: Ints
    department: Ints
    count: Floats
    alignment: Floats
    weight: Floats
    tier: Ints
    tiers: tuple[tuple[Ints, Groups, Ints], ...]
    entry_contribution: Ints
    legs_by_parent: Groups
    entries_by_leg: Groups
    leg_rows: Groups
    norms_by_body: Groups
    directed: Ints
    parent_means: tuple[tuple[Ints, Ints, Groups, Floats], ...]
    by_body: tuple[slice, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """Index arrays of a scenario.  Tasks are contributions and own agendas by department."""

    scenario: Scenario
    outcomes: int
    departments: int
    contributions: int
    outcome: Ints
    department: Ints
    by_outcome: Groups
    owners: Floats
    task_of_contribution: Ints
    task_of_own: Ints
    task_department: Ints
    by_department: Groups
    tasks_of: tuple[slice, ...]
    indicator_outcome: Ints
    indicator_contribution: Ints
    indicators_by_outcome: Groups
    indicators_by_contribution: Groups
    indicators_of: tuple[Ints, ...]
    indicator_count: Floats
    indicators_owned: Floats
    lag: Ints
    validity: Floats
    own_validity: Floats
    cluster: Ints
    by_cluster: Groups
    chain: Chain

    @property
    def indicators(self) -> int:
        """Number of indicators."""
        return self.lag.size

    @property
    def links(self) -> int:
        """Number of (contribution, body) pairs."""
        return self.chain.body.size

    def tasks(self, contributions: NDArray, own: NDArray) -> NDArray:
        """Rows of contributions and departments merged into task order."""
        runs = max(contributions.shape[-1], own.shape[-1])
        merged = np.empty((self.contributions + self.departments, runs), contributions.dtype)
        merged[self.task_of_contribution] = contributions
        merged[self.task_of_own] = own
        return merged


def column(values: object) -> Floats:
    """A column (rows, 1) of floats."""
    return np.asarray(values, dtype=np.float64).reshape(-1, 1)


def _depths(scenario: Scenario) -> dict[str, int]:
    """Tier of each body: one more than its deepest parent, departments being 0."""
    parents = {body.key: body.parents for body in scenario.bodies}

    @lru_cache(maxsize=None)
    def depth(key: str) -> int:
        return 1 + max(depth(p) for p in parents[key]) if key in parents else 0

    return {key: depth(key) for key in parents}


def _reach(scenario: Scenario) -> dict[tuple[str, str], frozenset[str]]:
    """Departments whose contribution to an outcome reaches a body, by (body, outcome)."""
    bodies = {body.key: body for body in scenario.bodies}
    contributes = {(c.department, c.outcome) for c in scenario.contributions}

    @lru_cache(maxsize=None)
    def reach(key: str, outcome: str) -> frozenset[str]:
        if key not in bodies:
            return frozenset({key}) if (key, outcome) in contributes else frozenset()
        if outcome not in bodies[key].outcomes:
            return frozenset()
        return frozenset().union(*(reach(parent, outcome) for parent in bodies[key].parents))

    names = [*bodies, *(d.key for d in scenario.departments)]
    return {(n, o.key): reach(n, o.key) for n in names for o in scenario.outcomes}


def _numbered(keys: list) -> tuple[Ints, list]:
    """Number of each key in sorted order, and the sorted distinct keys."""
    distinct = sorted(set(keys))
    number = {key: i for i, key in enumerate(distinct)}
    return np.array([number[key] for key in keys], dtype=np.intp), distinct


def _legs(bodies: list[Body], reach: dict, row: dict) -> list[tuple[int, str, str, int]]:
    """(body, parent, outcome, contribution) for every body with two parents or more."""
    return [
        (number, parent, outcome, row[department, outcome])
        for number, body in enumerate(bodies)
        if len(body.parents) > 1
        for parent in body.parents
        for outcome in body.outcomes
        for department in sorted(reach[parent, outcome])
    ]


def _tiers(links: list, tier: Ints, contribution: Ints) -> tuple[tuple[Ints, Groups, Ints], ...]:
    """By tier: its links, their groups by contribution, and the contributions."""
    out = []
    for depth in range(1, int(tier.max(initial=0)) + 1):
        rows = np.flatnonzero(tier == depth)
        labels, distinct = _numbered(list(contribution[rows]))
        out.append((rows, group_rows(labels, len(distinct)), np.array(distinct, dtype=np.intp)))
    return tuple(out)


def _parent_means(
    bodies: list[Body], depth: dict[str, int]
) -> tuple[tuple[Ints, Ints, Groups, Floats], ...]:
    """By tier from the second: bodies, their parent bodies, groups, and number of parents."""
    number = {body.key: i for i, body in enumerate(bodies)}
    out = []
    for tier in range(2, max(depth.values(), default=0) + 1):
        rows = [i for i, body in enumerate(bodies) if depth[body.key] == tier]
        pairs = [
            (k, number[p]) for k, i in enumerate(rows) for p in bodies[i].parents if p in number
        ]
        direct = [sum(p not in number for p in bodies[i].parents) for i in rows]
        out.append((
            np.array(rows, dtype=np.intp),
            np.array([p for _, p in pairs], dtype=np.intp),
            group_rows([k for k, _ in pairs], len(rows)),
            column([[d, len(bodies[i].parents)] for d, i in zip(direct, rows)]).reshape(-1, 2),
        ))
    return tuple(out)


def _chain(scenario: Scenario, row: dict, outcome: Ints, department: Ints) -> Chain:
    bodies = list(scenario.bodies)
    depth, reach = _depths(scenario), _reach(scenario)
    links = [
        (row[d, o], number, body, body.alignment[i])
        for number, body in enumerate(bodies)
        for i, o in enumerate(body.outcomes)
        for d in sorted(reach[body.key, o])
    ]
    contribution = np.array([link[0] for link in links], dtype=np.intp)
    body = np.array([link[1] for link in links], dtype=np.intp)
    tier = np.array([depth[link[2].key] for link in links], dtype=np.intp)
    flow = np.array([link[2].flow for link in links])
    totals: dict[tuple[int, int], float] = {}
    for c, t, f in zip(contribution, tier, flow):
        totals[c, t] = totals.get((c, t), 0.0) + f
    weight = [f / totals[c, t] for c, t, f in zip(contribution, tier, flow)]
    entries = _legs(bodies, reach, row)
    leg_of_entry, legs = _numbered([(b, p, o) for b, p, o, _ in entries])
    vector_of_leg, vectors = _numbered([(b, o) for b, _, o in legs])
    norm_of_leg, norms = _numbered([(b, p) for b, p, _ in legs])
    directed = sorted({b for b, _, _ in legs})
    place = {b: i for i, b in enumerate(directed)}
    return Chain(
        contribution=contribution,
        body=body,
        outcome=outcome[contribution],
        department=department[contribution],
        count=column([link[2].count for link in links]),
        alignment=column([link[3] for link in links]),
        weight=column(weight),
        tier=tier,
        tiers=_tiers(links, tier, contribution),
        entry_contribution=np.array([e[3] for e in entries], dtype=np.intp),
        entries_by_leg=group_rows(leg_of_entry, len(legs)),
        leg_rows=group_rows(vector_of_leg, len(vectors)),
        legs_by_parent=group_rows(norm_of_leg, len(norms)),
        norms_by_body=group_rows([place[b] for b, _ in norms], len(directed)),
        directed=np.array(directed, dtype=np.intp),
        parent_means=_parent_means(bodies, depth),
        by_body=_runs_of(body, len(bodies)),
    )


def _runs_of(labels: Ints, count: int) -> tuple[slice, ...]:
    """Slice of the sorted `labels` that holds each number."""
    edges = np.searchsorted(labels, np.arange(count + 1))
    return tuple(slice(int(a), int(b)) for a, b in zip(edges[:-1], edges[1:]))


def build_layout(scenario: Scenario) -> Layout:
    """Index arrays of a checked scenario."""
    out = {o.key: i for i, o in enumerate(scenario.outcomes)}
    dep = {d.key: i for i, d in enumerate(scenario.departments)}
    row = {(c.department, c.outcome): i for i, c in enumerate(scenario.contributions)}
    outcome = np.array([out[c.outcome] for c in scenario.contributions], dtype=np.intp)
    department = np.array([dep[c.department] for c in scenario.contributions], dtype=np.intp)
    order = np.argsort(np.concatenate([department, np.arange(len(dep))]), kind="stable")
    task = np.empty(order.size, dtype=np.intp)
    task[order] = np.arange(order.size)
    task_department = np.concatenate([department, np.arange(len(dep))])[order]
    items = scenario.indicators
    measured = np.array([row[i.department, i.outcome] for i in items], dtype=np.intp)
    owned = np.bincount(measured, minlength=len(row)).astype(float)
    validity = column([i.validity for i in items])
    total = np.bincount(measured, weights=validity[:, 0], minlength=len(row))
    cluster, clusters = _numbered([o.cluster for o in scenario.outcomes])
    return Layout(
        scenario=scenario,
        outcomes=len(out),
        departments=len(dep),
        contributions=len(row),
        outcome=outcome,
        department=department,
        by_outcome=group_rows(outcome, len(out)),
        owners=column(np.bincount(outcome, minlength=len(out)))[outcome],
        task_of_contribution=task[: len(row)],
        task_of_own=task[len(row) :],
        task_department=task_department,
        by_department=group_rows(task_department, len(dep)),
        tasks_of=_runs_of(task_department, len(dep)),
        indicator_outcome=np.array([out[i.outcome] for i in items], dtype=np.intp),
        indicator_contribution=measured,
        indicators_by_outcome=group_rows([out[i.outcome] for i in items], len(out)),
        indicators_by_contribution=group_rows(measured, len(row)),
        indicators_of=tuple(np.flatnonzero(department[measured] == d) for d in range(len(dep))),
        indicator_count=column(np.bincount([out[i.outcome] for i in items], minlength=len(out))),
        indicators_owned=column(owned),
        lag=np.array([i.lag for i in items], dtype=np.intp),
        validity=validity,
        own_validity=column(total / np.maximum(owned, 1.0)),
        cluster=cluster,
        by_cluster=group_rows(cluster, len(clusters)),
        chain=_chain(scenario, row, outcome, department),
    )
