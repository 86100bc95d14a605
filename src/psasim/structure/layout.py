"""Row numbers and groups of a scenario's arrays; everything in the order of its keys."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from psasim.mechanisms.ordered_sum import Floats, Groups, Ints, group_rows
from psasim.scenario.schema import Scenario
from psasim.structure.chain import Chain, build_chain
from psasim.structure.identity import Identity, identity
from psasim.structure.rows import column, spans


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """Index arrays of a scenario.

    Tasks (T) are contributions (C) and own agendas (D), sorted by department.
    outcome, department: of each contribution; owners: owners of a contribution's
    outcome; leads: 1 for lead contributions; technology: rho of each outcome.
    measure_weight: part of its outcome's mean figure a contribution's indicators make
    up; openness: part of what its figures count that may pass the target; owns, measured: 1
    for contributions and outcomes with an indicator.  lag: of indicators, months; lags: those
    that occur.
    """

    scenario: Scenario
    outcomes: int
    departments: int
    contributions: int
    outcome: Ints
    department: Ints
    by_outcome: Groups
    contributions_by_department: Groups
    owners: Floats
    leads: Floats
    joint: Floats
    convened: Floats
    technology: Floats
    task_of_contribution: Ints
    task_of_own: Ints
    task_department: Ints
    by_department: Groups
    tasks_of: tuple[slice, ...]
    indicators: int
    indicator_outcome: Ints
    indicator_contribution: Ints
    indicator_department: Ints
    indicators_by_outcome: Groups
    indicators_by_contribution: Groups
    indicators_by_department: Groups
    indicator_count: Floats
    indicators_owned: Floats
    owns: Floats
    measured: Floats
    measure_weight: Floats
    lag: Floats
    lags: tuple[int, ...]
    validity: Floats
    open_ended: Floats
    openness: Floats
    own_validity: Floats
    cluster: Ints
    by_cluster: Groups
    chain: Chain
    identity: Identity

    def tasks(self, contributions: NDArray, own: NDArray) -> NDArray:
        """Rows of contributions and departments merged into task order."""
        runs = max(contributions.shape[-1], own.shape[-1])
        merged = np.empty((self.contributions + self.departments, runs), contributions.dtype)
        merged[self.task_of_contribution] = contributions
        merged[self.task_of_own] = own
        return merged

    @property
    def longest_lag(self) -> int:
        """Largest lag of any indicator, months."""
        return max(self.lags, default=0)


def build_layout(scenario: Scenario) -> Layout:
    """Index arrays of a checked scenario."""
    out = {o.key: i for i, o in enumerate(scenario.outcomes)}
    dep = {d.key: i for i, d in enumerate(scenario.departments)}
    row = {(c.department, c.outcome): i for i, c in enumerate(scenario.contributions)}
    outcome = np.array([out[c.outcome] for c in scenario.contributions], dtype=np.intp)
    department = np.array([dep[c.department] for c in scenario.contributions], dtype=np.intp)
    owners = np.bincount(outcome, minlength=len(out))
    _, cluster = np.unique([o.cluster for o in scenario.outcomes], return_inverse=True)
    chain = build_chain(scenario, row, outcome)
    return Layout(
        scenario=scenario,
        outcomes=len(out),
        departments=len(dep),
        contributions=len(row),
        outcome=outcome,
        department=department,
        by_outcome=group_rows(outcome, len(out)),
        contributions_by_department=group_rows(department, len(dep)),
        owners=column(owners)[outcome],
        leads=column([c.lead for c in scenario.contributions]),
        joint=column(owners > 1),
        convened=column([o.convened for o in scenario.outcomes]),
        technology=column([o.technology for o in scenario.outcomes]),
        **_task_rows(department, len(dep)),
        **_indicator_rows(scenario, out, row, outcome, department),
        cluster=cluster.astype(np.intp),
        by_cluster=group_rows(cluster, int(cluster.max()) + 1),
        chain=chain,
        identity=identity(scenario, chain.body, chain.contribution),
    )


def _task_rows(department: Ints, departments: int) -> dict:
    order = np.argsort(np.concatenate([department, np.arange(departments)]), kind="stable")
    task = np.empty(order.size, dtype=np.intp)
    task[order] = np.arange(order.size)
    owner = np.concatenate([department, np.arange(departments)])[order]
    return {
        "task_of_contribution": task[: department.size],
        "task_of_own": task[department.size :],
        "task_department": owner,
        "by_department": group_rows(owner, departments),
        "tasks_of": spans(owner, departments),
    }


def _indicator_rows(
    scenario: Scenario, out: dict, row: dict, outcome: Ints, department: Ints
) -> dict:
    items = scenario.indicators
    measured = np.array([row[i.department, i.outcome] for i in items], dtype=np.intp)
    of_outcome = outcome[measured]
    of_department = department[measured]
    owned = np.bincount(measured, minlength=len(row)).astype(float)
    count = np.bincount(of_outcome, minlength=len(out)).astype(float)
    validity = column([i.validity for i in items])
    total = np.bincount(measured, weights=validity[:, 0], minlength=len(row))
    open_ended = np.array([i.open_ended for i in items], dtype=np.float64)
    unmeasured = 1.0 - validity[:, 0]
    closed = np.bincount(measured, weights=unmeasured, minlength=len(row))
    lag = np.array([i.lag for i in items], dtype=np.intp)
    return {
        "indicators": len(items),
        "indicator_outcome": of_outcome,
        "indicator_contribution": measured,
        "indicator_department": of_department,
        "indicators_by_outcome": group_rows(of_outcome, len(out)),
        "indicators_by_contribution": group_rows(measured, len(row)),
        "indicators_by_department": group_rows(of_department, len(scenario.departments)),
        "indicator_count": column(count),
        "indicators_owned": column(owned),
        "owns": column(owned > 0),
        "measured": column(count > 0),
        "measure_weight": column(owned / np.maximum(count, 1.0)[outcome]),
        "lag": column(lag),
        "lags": tuple(int(months) for months in np.unique(lag)),
        "validity": validity,
        "open_ended": column(open_ended),
        "openness": column(
            np.bincount(measured, weights=unmeasured * open_ended, minlength=len(row))
            / np.where(closed > 0.0, closed, 1.0)
        ),
        "own_validity": column(total / np.maximum(owned, 1.0)),
    }
