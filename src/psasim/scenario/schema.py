"""What a scenario is: departments, outcomes, contributions, indicators and bodies."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Fact:
    """Where one fact of a scenario comes from.

    path: the fact's place, such as `departments.DH.capacity`, or a row, such as
    `contributions.PSA09.DWP`; source: key of a citation, or `assumption`; confidence:
    found (seen in the source), high, medium or low (recalled), or `assumption`; note:
    in words, the rationale of an assumption; low, high: range that the source leaves, where
    the file gives one.
    """

    path: str
    source: str
    confidence: str
    note: str = ""
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Department:
    """capacity: relative effort a month (mean department about 1); own_value: stake
    of its own agenda; phase: month of the publishing interval in which it publishes;
    years_funded: years of certain funding; reading_offset: how far above the figures
    it reads success (of target)."""

    key: str
    name: str
    capacity: float
    own_value: float = 1.0
    phase: int = 0
    years_funded: float = 2.0
    reading_offset: float = 0.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """technology: CES exponent in [-5, 1]; planned_effort: effort a month the plan
    calls for; value: worth to the centre; target_month: month the plan reaches the
    target; stretch: effort that must be realised to meet the target, over what the plan
    assumes; start: where the outcome stands at the start, of target; convened: whether
    somebody has convened its owners already; convening: cost of doing so, relative to other
    outcomes; drift, volatility: None means the parameter; cluster: portfolio the centre
    may review together."""

    key: str
    name: str
    technology: float
    planned_effort: float
    value: float = 1.0
    target_month: int = 36
    stretch: float = 1.0
    start: float = 0.0
    convened: bool = False
    convening: float = 1.0
    drift: float | None = None
    volatility: float | None = None
    cluster: str = ""


@dataclass(frozen=True, slots=True)
class Contribution:
    """share: part of the outcome's planned effort (sums to 1 over an outcome);
    mission: standard score of the department's own-mission value for the outcome."""

    department: str
    outcome: str
    share: float
    lead: bool = False
    mission: float = 0.0


@dataclass(frozen=True, slots=True)
class Indicator:
    """department owns it; validity in [0, 1]; lag in months; noise of target (None
    means the parameter); open_ended: whether what it counts may pass its target."""

    key: str
    outcome: str
    department: str
    validity: float
    lag: int = 0
    noise: float | None = None
    open_ended: bool = False


@dataclass(frozen=True, slots=True)
class Body:
    """A delivery body, or a kind of body that stands for `count` of them.

    parents: departments or bodies it answers to; outcomes: those it serves;
    alignment: professional alignment with each, in the order of `outcomes`; flow:
    relative flow through it within its tier.
    """

    key: str
    name: str
    parents: tuple[str, ...]
    outcomes: tuple[str, ...]
    alignment: tuple[float, ...]
    count: int = 1
    flow: float = 1.0


@dataclass(frozen=True, slots=True)
class Scenario:
    """A checked scenario; every table is sorted by key, so file order is no matter.

    other_goals: goals of government outside it, which share the centre's time.
    """

    name: str
    title: str
    description: str
    departments: tuple[Department, ...]
    outcomes: tuple[Outcome, ...]
    contributions: tuple[Contribution, ...]
    indicators: tuple[Indicator, ...] = ()
    bodies: tuple[Body, ...] = ()
    other_goals: int = 0
    facts: tuple[Fact, ...] = field(default=(), repr=False)
    citations: tuple[tuple[str, str], ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Member(Scenario):
    """A scenario of the family of `psasim.scenario.family`; structure: what it was built of, by
    name."""

    structure: tuple[tuple[str, float], ...] = ()
