"""State of the world at the end of a month, and what a month did; shapes, no behaviour.

Axes: O outcomes, D departments, C contributions, T tasks (C and own agendas), I
indicators, L links of the chain, B bodies, R runs (always last).
"""

from __future__ import annotations

from dataclasses import dataclass

from psasim.mechanisms.ordered_sum import Floats


@dataclass(frozen=True, slots=True, eq=False)
class Shocks:
    """Shocks of one month, (rows, R).

    outcome (O), noise (I): standard normals; problem, detection (O), volunteer (C):
    uniforms; body (L): uniform for a single body, standard normal for a kind of many.
    """

    outcome: Floats
    problem: Floats
    detection: Floats
    noise: Floats
    volunteer: Floats
    body: Floats


@dataclass(frozen=True, slots=True, eq=False)
class State:
    """State at the end of month `month`; 0 is the start.

    real (O): outcome, of target.  figures: what the indicators (I) showed for this
    month, the month before, ...  effort (T): department-months.  counted (C): activity as
    poor indicators count it.  scarcity (C): (M/z)^(1-rho).  mobilised, escalated,
    supported (O), problem (O, undetected): 0 or 1.  attention (O), trust (C),
    knowledge (C), buy_in (L), cleared (L): in [0, 1].  published (I): newest published
    figures; standing (I): the plan for the month they are for, (I, 1) where it is the
    same in every run.  gap (O): reported behind plan; ratcheted (O): aim that
    a ratchet has added, of target; reported (O): mean of
    the figures that are out; out (O): 1 where one is.  gaming_spend (D): department-months
    that moved figures will take.
    """

    month: int
    real: Floats
    figures: tuple[Floats, ...]
    effort: Floats
    counted: Floats
    scarcity: Floats
    mobilised: Floats
    problem: Floats
    escalated: Floats
    supported: Floats
    attention: Floats
    trust: Floats
    knowledge: Floats
    buy_in: Floats
    cleared: Floats
    published: Floats
    standing: Floats
    gap: Floats
    ratcheted: Floats
    reported: Floats
    out: Floats
    gaming_spend: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Flows:
    """What one month did: the lines of the ledger, and the events that measures count.

    overhead, gaming, slack, own (D) and distortion, chain, practice, mix, realised (C):
    department-months.  output (O): R/P, what moved the outcome.  clarity (B): of
    direction.  moved (D): figures moved.  undetected (O): months of undetected risk.
    escalated (O): 0 or 1.  reported (O): mean published figure, NaN where
    none is out.  rated (O): band.
    """

    overhead: Floats
    gaming: Floats
    slack: Floats
    own: Floats
    distortion: Floats
    chain: Floats
    practice: Floats
    mix: Floats
    realised: Floats
    output: Floats
    clarity: Floats
    moved: Floats
    undetected: Floats
    escalated: Floats
    reported: Floats
    rated: Floats
