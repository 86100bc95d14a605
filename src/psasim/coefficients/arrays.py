"""The frozen arrays a month works with, for one design point or several side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from psasim.mechanisms.embed import embedded, part_held
from psasim.mechanisms.ordered_sum import Floats, Ints

Moving = Mapping[str, tuple[Floats, Floats]]
"""By coefficient: its value before any lever, and what the package adds to it."""

ARRANGEMENTS = (
    "mobilising_ratio", "minister_refresh", "attribution", "sight", "engagement", "clarity_lift",
    "attention_decay", "learning", "sharing", "steady_detection", "stocktake_chance",
    "stocktake_refresh", "cluster_chance", "cluster_refresh", "delivery_unit", "escalation",
)
"""Coefficients that are arrangements between people, and take hold by and by.  Who answers,
what follows from figures, money, plans and costs are there from the first month."""


@dataclass(frozen=True, slots=True, eq=False)
class Coefficients:
    """Arrays (rows, 1) for one design point, (rows, points) for several side by side.

    Rows: O outcomes, C contributions, D departments, I indicators, L links, B bodies,
    T tasks; those marked 1 have a single row.
    """

    # Outcomes (O)
    value: Floats
    log_keep: Floats
    keep: Floats
    start: Floats
    gain: Floats
    count_gain: Floats
    target_month: Floats
    volatility: Floats
    priority: Floats
    effective_owners: Floats
    drawers: Floats
    mobilising_ratio: Floats
    mission_mean: Floats
    minister_refresh: Floats
    # Contributions (C)
    share: Floats
    planned: Floats
    accountability: Floats
    incentive: Floats
    figure_pull: Floats
    will: Floats
    penalty: Floats
    attribution: Floats
    mission_before: Floats
    mission_after: Floats
    horizon: Floats
    sight: Floats
    own_validity: Floats
    convened_overhead: Floats
    # Departments (D) and tasks (T)
    capacity: Floats
    own_value: Floats
    fixed_overhead: Floats
    standing_overhead: Floats
    task_size: Floats
    reading_offset: Floats
    disagreement: Floats
    phase: Floats
    # Indicators (I)
    noise: Floats
    gaming_width: Floats
    milestone: Floats
    # Chain (L, B)
    buy_in_start: Floats
    engagement: Floats
    relapse: Floats
    clarity_lift: Floats
    # Single rows (1)
    agreed_month: Floats
    mission_level: Floats
    substitution: Floats
    inertia: Floats
    release: Floats
    raised: Floats
    ratchet: Floats
    urgency: Floats
    urgency_cap: Floats
    stop_margin: Floats
    stop_band: Floats
    mix_cap: Floats
    business_as_usual: Floats
    attention_start: Floats
    attention_floor: Floats
    attention_decay: Floats
    trust_start: Floats
    trust_rate: Floats
    trust_fall: Floats
    misattribution_hit: Floats
    knowledge_start: Floats
    learning: Floats
    sharing: Floats
    effectiveness_base: Floats
    agreement_max: Floats
    agreement_floor: Floats
    buy_in_rate: Floats
    sanction_buy_in_hit: Floats
    problem_hazard: Floats
    problem_harm: Floats
    publishing_interval: Floats
    gaming_cost: Floats
    gaming_effort: Floats
    planned_yield: Floats
    rating_tolerance: Floats
    steady_detection: Floats
    failure_detection: Floats
    stocktake_chance: Floats
    stocktake_period: Floats
    stocktake_refresh: Floats
    escalation: Floats
    refresh: Floats
    escalation_cost: Floats
    cluster_chance: Floats
    cluster_refresh: Floats
    cluster_trigger: Floats
    delivery_unit: Floats
    unit_support: Floats
    unit_targets: Floats
    reorganised_month: Floats
    reorganisation_loss: Floats
    reorganisation_cost: Floats
    reorganisation_recovery: Floats
    # How arrangements take hold (1): their rate, and where those that move come from
    embedding: Floats
    moving: Moving
    # Plans, month by month from the start to the last target, (months, O, points)
    paths: Floats
    # Fixed over a run, not used by the month
    money: Floats

    @property
    def arrays(self) -> dict[str, Floats]:
        """Every coefficient by name, as the package has it in the end."""
        derived = ("moving", "paths")
        return {i.name: getattr(self, i.name) for i in fields(self) if i.name not in derived}

    def columns(self, points: Ints) -> Coefficients:
        """These coefficients with one column for each entry of `points`, (rows, runs)."""
        def some(a: Floats) -> Floats:
            return a if a.shape[-1] == 1 else a[..., points]

        moving = {name: (some(a), some(b)) for name, (a, b) in self.moving.items()}
        arrays: dict[str, Any] = {name: some(a) for name, a in self.arrays.items()}
        return Coefficients(**arrays, moving=moving, paths=some(self.paths))

    def path(self, month: int) -> Floats:
        """Where outcomes are on plan at the end of a month, 0 the start; (O, 1) or (O, points)."""
        return self.paths[min(month, len(self.paths) - 1)]

    def at(self, month: int) -> Coefficients:
        """These coefficients as far as arrangements have taken hold in a month, from 1."""
        if not self.moving:
            return self
        held = part_held(self.embedding, month)
        return replace(self, moving={}, **{
            name: embedded(before, difference, held)
            for name, (before, difference) in self.moving.items()
        })
