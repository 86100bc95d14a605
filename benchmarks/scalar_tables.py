"""What the scalar loop works on: index lists, coefficients, shocks and room for results.

Everything here is made once, outside any timing: flat arrays of one design point, the
members of every group as one list with its starts, and shocks that are contiguous by run.
"""

from __future__ import annotations

from collections import namedtuple
from dataclasses import fields

import numpy as np

from psasim.coefficients import Coefficients
from psasim.mechanisms.ordered_sum import Groups, ordered_sum
from psasim.mechanisms.produce import plan_path
from psasim.month.state import Shocks
from psasim.month.worlds import Worlds
from psasim.structure.layout import Layout

ROWS = {
    "outcomes": ("value keep gain volatility priority mobilising_ratio minister_refresh"),
    "contributions": (
        "share planned accountability influence incentive penalty mission_before "
        "mission_after horizon own_validity convened_overhead"
    ),
    "departments": "capacity own_value fixed_overhead",
    "tasks": "task_size",
    "indicators": "noise gaming_width",
    "links": "engagement buy_in_start relapse",
    "bodies": "clarity_lift",
}
SINGLE = (
    "sight attribution milestone agreed_month substitution inertia urgency urgency_cap "
    "stop_margin stop_band mix_cap business_as_usual attention_start attention_floor "
    "attention_decay trust_start trust_rate misattribution_hit knowledge_start learning sharing "
    "effectiveness_base agreement_max agreement_floor buy_in_rate sanction_buy_in_hit "
    "problem_hazard gaming_cost gaming_effort rating_tolerance steady_detection "
    "failure_detection stocktake_chance stocktake_period stocktake_refresh escalation "
    "escalation_refresh escalation_cost cluster_chance cluster_refresh cluster_trigger "
    "unit_support unit_targets planned_yield ambition"
)
GROUPS = {
    "of_outcome": "by_outcome",
    "of_department": "contributions_by_department",
    "tasks_of": "by_department",
    "figures_of": "indicators_by_outcome",
    "cluster_of": "by_cluster",
}
CHAIN_GROUPS = {"slot": "by_slot", "slots_of": "slots_by_contribution"}
DIRECTION_GROUPS = {
    "leg": "by_leg",
    "vector": "legs_by_vector",
    "parent_legs": "legs_by_parent",
    "vectors_of": "vectors_by_body",
    "parents_of": "parents_by_body",
}
_LISTS = [
    f"{name}_{part}"
    for name in (*GROUPS, *CHAIN_GROUPS, *DIRECTION_GROUPS, "above", "due")
    for part in ("start", "rows")
]

Numbers = namedtuple("Numbers", " ".join([*ROWS.values(), SINGLE, "volunteer_exponent"]))
Index = namedtuple(
    "Index",
    [
        *ROWS, *_LISTS, "ring",
        "outcome", "department", "task_of_contribution", "task_of_own", "owners", "owns",
        "owned", "measured", "measure_weight", "technology", "plan", "indicator_outcome",
        "indicator_contribution", "indicator_department", "indicator_count", "validity", "lag",
        "link_contribution", "link_body", "link_outcome", "count", "weight", "directed",
        "direction_contribution", "descending", "departments_above", "parents_above",
    ],
)  # fmt: skip
Draws = namedtuple("Draws", [item.name for item in fields(Shocks)])

STATE = {
    "outcomes": "real mobilised problem escalated supported attention gap",
    "contributions": "counted scarcity trust knowledge",
    "departments": "gaming_spend",
    "tasks": "effort",
    "indicators": "published standing",
    "links": "buy_in cleared",
}
SCRATCH = {
    "outcomes": "fresh reached shared stocktake cluster escalate",
    "contributions": "effectiveness own given activity passed intensity logs failing landed made",
    "departments": "usable spent_on_moving",
    "tasks": "stake",
    "bodies": "clarity",
}
Work = namedtuple("Work", " ".join([*STATE.values(), *SCRATCH.values(), "legs vectors slots"]))
SUMS = {
    "departments": "overhead gaming slack own moved",
    "contributions": "chain practice mix realised",
    "outcomes": "output undetected escalated waiting short",
}
Sums = namedtuple("Sums", " ".join(SUMS.values()))
PATHS = "real reported rated"
Kept = namedtuple("Kept", f"{PATHS} clarity closing")
Final = namedtuple("Final", " ".join(STATE.values()))
"""The first fields of `Work`, which the loop copies by their place."""


def _sizes(layout: Layout) -> dict[str, int]:
    return {
        "outcomes": layout.outcomes,
        "contributions": layout.contributions,
        "departments": layout.departments,
        "tasks": layout.contributions + layout.departments,
        "indicators": layout.indicators,
        "links": layout.chain.body.size,
        "bodies": layout.chain.tier_of_body.size,
    }


def _members(groups: Groups, size: int) -> tuple[np.ndarray, np.ndarray]:
    """Rows of each group, one group after another, and where each group starts."""
    member = ordered_sum(np.eye(size), groups)
    group, rows = np.nonzero(member)
    start = np.searchsorted(group, np.arange(groups.count + 1))
    return start.astype(np.intp), rows.astype(np.intp)


def _flat(values: np.ndarray) -> np.ndarray:
    return np.array(values, dtype=np.float64).reshape(-1)


def numbers(layout: Layout, k: Coefficients) -> Numbers:
    """Coefficients of one design point as flat rows and plain numbers."""
    size = _sizes(layout)
    values = {
        name: _flat(np.broadcast_to(getattr(k, name), (size[kind], 1)))
        for kind, names in ROWS.items()
        for name in names.split()
    }
    singles = {name: getattr(k, name).item() for name in SINGLE.split()}
    others = np.maximum(k.effective_owners - 1.0, 1e-300) * np.maximum(k.drawers, 1.0)
    exponent = np.broadcast_to(k.effective_owners / others, (layout.outcomes, 1))
    return Numbers(**values, **singles, volunteer_exponent=_flat(exponent))


def index(layout: Layout, k: Coefficients, months: int) -> Index:
    """Index lists of a scenario, and what of one design point depends on the month only."""
    lists: dict[str, np.ndarray] = {}

    def add(name: str, groups: Groups, size: int) -> None:
        lists[f"{name}_start"], lists[f"{name}_rows"] = _members(groups, size)

    chain, asked = layout.chain, layout.chain.directions
    size = _sizes(layout)
    legs = asked.by_leg.count
    rows = {
        "by_outcome": "contributions", "contributions_by_department": "contributions",
        "by_department": "tasks", "indicators_by_outcome": "indicators",
        "by_cluster": "outcomes",
    }  # fmt: skip
    for name, groups in GROUPS.items():
        add(name, getattr(layout, groups), size[rows[groups]])
    add("slot", chain.by_slot, size["links"])
    add("slots_of", chain.slots_by_contribution, chain.by_slot.count)
    add("leg", asked.by_leg, asked.contribution.size)
    add("vector", asked.legs_by_vector, legs)
    add("parent_legs", asked.legs_by_parent, legs)
    add("vectors_of", asked.vectors_by_body, asked.legs_by_vector.count)
    add("parents_of", asked.parents_by_body, asked.legs_by_parent.count)
    lag = np.array([item.lag for item in layout.scenario.indicators], dtype=np.intp)
    return Index(
        **size,
        **lists,
        **_due(layout, k, months, lag),
        **_descents(layout),
        ring=int(lag.max(initial=0)) + 1,
        outcome=layout.outcome,
        department=layout.department,
        task_of_contribution=layout.task_of_contribution,
        task_of_own=layout.task_of_own,
        owners=_flat(layout.owners),
        owns=_flat(layout.owns),
        owned=np.maximum(_flat(layout.indicators_owned), 1.0),
        measured=_flat(layout.measured),
        measure_weight=_flat(layout.measure_weight),
        technology=_flat(layout.technology),
        plan=np.stack(
            [plan_path(t, k.log_keep, k.target_month)[:, 0] for t in range(months + 1)]
        ),
        indicator_outcome=layout.indicator_outcome,
        indicator_contribution=layout.indicator_contribution,
        indicator_department=layout.indicator_department,
        indicator_count=np.maximum(_flat(layout.indicator_count), 1.0),
        validity=_flat(layout.validity),
        lag=lag,
        link_contribution=chain.contribution,
        link_body=chain.body,
        link_outcome=chain.outcome,
        count=_flat(chain.count),
        weight=_flat(chain.weight),
        directed=asked.bodies,
        direction_contribution=asked.contribution,
    )


def _due(layout: Layout, k: Coefficients, months: int, lag: np.ndarray) -> dict[str, np.ndarray]:
    """Indicators that are published in each month."""
    phase = np.broadcast_to(k.phase, (layout.departments, 1))[:, 0]
    due = [
        np.flatnonzero(
            ((month - phase[layout.indicator_department]) % k.publishing_interval.item() == 0.0)
            & (month > lag)
        )
        for month in range(1, months + 1)
    ]
    start = np.cumsum([0, *(rows.size for rows in due)]).astype(np.intp)
    return {"due_start": start, "due_rows": np.concatenate([*due, []]).astype(np.intp)}


def _descents(layout: Layout) -> dict[str, np.ndarray]:
    """Bodies below the first tier, tier after tier, and their parents that are bodies."""
    tiers = layout.chain.descents
    rows, start = [], [0]
    for tier in tiers:
        first, order = _members(tier.by_body, tier.parents.size)
        rows.append(tier.parents[order])
        start.extend(start[-1] - first[0] + first[1:])
    none = np.zeros(0)
    return {
        "above_start": np.array(start, dtype=np.intp),
        "above_rows": np.concatenate([*rows, none]).astype(np.intp),
        "descending": np.concatenate([*(t.bodies for t in tiers), none]).astype(np.intp),
        "departments_above": np.concatenate([*(t.departments[:, 0] for t in tiers), none]),
        "parents_above": np.concatenate([*(t.number[:, 0] for t in tiers), none]),
    }


def draws(worlds: Worlds) -> Draws:
    """Shocks with the run first, (runs, months, rows), contiguous."""
    return Draws(
        *(np.ascontiguousarray(np.moveaxis(getattr(worlds, n), -1, 0)) for n in Draws._fields)
    )


def room(layout: Layout, n: Index, months: int, runs: int) -> dict[str, tuple | np.ndarray]:
    """Arrays one run works in, and where results go, the run first; made once."""
    size = _sizes(layout)

    def rows(*tables: dict[str, str], runs: tuple[int, ...] = ()) -> dict[str, np.ndarray]:
        return {
            name: np.zeros((*runs, size[kind]))
            for table in tables
            for kind, names in table.items()
            for name in names.split()
        }

    groups = {"legs": n.leg_start, "vectors": n.vector_start, "slots": n.slot_start}
    each = {name: np.zeros(start.size - 1) for name, start in groups.items()}
    return {
        "w": Work(**rows(STATE, SCRATCH), **each),
        "figures": np.zeros((n.ring, layout.indicators)),
        "s": Sums(**rows(SUMS)),
        "sums": Sums(**rows(SUMS, runs=(runs,))),
        "final": Final(**rows(STATE, runs=(runs,))),
        "kept": Kept(
            *(np.zeros((runs, months, layout.outcomes)) for _ in PATHS.split()),
            np.zeros((runs, size["bodies"])),
            np.zeros((runs, layout.indicators)),
        ),
    }
