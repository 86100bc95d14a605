"""State of the world at the end of a month, and what a month did; shapes, no behaviour.

Axes: O outcomes, D departments, C contributions, T tasks (C and own agendas), I
indicators, L links of the chain, B bodies, R runs (always last).
"""

from __future__ import annotations

from dataclasses import dataclass

from psasim.mechanisms.ordered_sum import Floats


@dataclass(frozen=True, slots=True, eq=False)
class State:
    """State at the end of month `month`; 0 is the start.

    real (O): outcome, of target.  history: real of the last months, (months, O, R), a
    ring read at month modulo its length.  effort (T): department-months.  activity
    (C): effort over planned, at most 1.  scarcity (C): (M/z)^(1-rho).  mobilised (O),
    problem (O, undetected), escalated (O), supported (O): 0 or 1.  attention (O),
    trust (C), knowledge (C), buy_in (L), cleared (L), clarity (B): in [0, 1].
    published (I), standing (I, plan for the month a figure is for), issued (I, 0 or 1),
    gap (O, reported behind plan).  gaming_spend (D): fraction of capacity due to last
    month's moved figures.
    """

    month: int
    real: Floats
    history: Floats
    effort: Floats
    activity: Floats
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
    clarity: Floats
    published: Floats
    standing: Floats
    issued: Floats
    gap: Floats
    gaming_spend: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Flows:
    """What one month did: every line of the ledger and the events that measures count.

    overhead, standing, gaming, slack, own (D) and coordination, chain, practice, mix,
    realised, delivered_share (C): department-months, but delivered_share, the cleared
    part.  `standing` is the part of overhead that would be there without any lever.
    output (O): R/P.  moved (I): figures that were moved.  undetected (O): months of
    undetected risk.  escalations, detected (O).  reported, rated (O).
    """

    overhead: Floats
    standing: Floats
    gaming: Floats
    slack: Floats
    own: Floats
    chain: Floats
    practice: Floats
    mix: Floats
    realised: Floats
    contributed: Floats
    cleared_share: Floats
    output: Floats
    moved: Floats
    issued: Floats
    undetected: Floats
    escalations: Floats
    reported: Floats
    rated: Floats
