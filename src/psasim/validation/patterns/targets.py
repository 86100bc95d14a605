"""Patterns of targets: effort that stops, figures that flatter, work that is not measured."""

from __future__ import annotations

from math import inf

import numpy as np

from psasim.mechanisms.ordered_sum import Floats
from psasim.validation.pattern import (
    OF_CAPACITY,
    OF_TARGET,
    OF_TARGETS,
    Arm,
    Claim,
    Evidence,
    Pattern,
    Statistic,
    gain,
    level,
)
from psasim.validation.rings import ring
from psasim.validation.runs import Runs

REPORTS = {"internal_reporting": 1.0}
"""The monitoring that either side of a comparison has, so that it is not what differs."""
STAKES = {"sanctions": 1.0, "public_reporting": 1.0}
SANCTIONED = REPORTS | STAKES
PRONE = {"gaming_cost": 0.5, "audit_base": 0.05, "gaming_stake": 0.04}
AVERSE = {"gaming_cost": 2.0, "audit_base": 0.2, "gaming_stake": 0.01, "fine": 2.0}
"""Two corners of the declared ranges; nothing else tells P4 from P5."""


def _before_less_after(runs: Runs) -> Floats:
    """Monthly gain in the half-year before the target is first met, less that after it.

    Over outcomes that meet it between months 7 and 30; 0 in a run where none does.
    """
    real = runs.path("real", "easy")
    met = real >= 1.0
    first = np.where(met.any(axis=2), met.argmax(axis=2), real.shape[2])
    counted = (first >= 6) & (first < 30)

    def at(shift: int) -> Floats:
        place = np.where(counted, first + shift, 0)
        return np.take_along_axis(real, place[:, :, None], axis=2)[:, :, 0]

    slower = ((at(0) - at(-6)) - (at(6) - at(0))) / 6.0
    return (slower * counted).sum(axis=-1) / np.maximum(counted.sum(axis=-1), 1)


def _bin(low: float, high: float, quantity: str, arm: str, runs: Runs) -> Floats:
    """Share of outcomes that end in [low, high)."""
    last = runs.path(quantity, arm)[:, :, -1]
    return ((last >= low) & (last < high)).mean(axis=-1)


def _bunching(quantity: str, arm: str, width: float, against: float) -> Statistic:
    """Share of outcomes that end just at the target, less that in a bin at `against`."""
    return lambda runs: (
        _bin(1.0, 1.0 + width, quantity, arm, runs)
        - _bin(against, against + width, quantity, arm, runs)
    )


def _outcomes(some: slice, more: str, less: str) -> Statistic:
    """Mean real value of some outcomes, in one arm less another."""
    return lambda runs: (
        runs.path("real", more)[:, :, -1, some] - runs.path("real", less)[:, :, -1, some]
    ).mean(axis=-1)


PATTERNS = (
    Pattern(
        "P3", "Effort stops at the target",
        Evidence("found", "burgess03", "Burgess et al. (2003), CEPR DP4010; EJ 2017 media "
                 "briefing"),
        "Teams work up to the target and stop there: outcomes bunch at it.",
        "A ring of two owners whose targets ask half of what was planned, under the SR2004 way: "
        "monthly progress before and after the target is met, and where outcomes end.",
        (Arm("easy", ring(2, stretch=0.5), "existing_psa"),),
        (
            Claim("progress slows once the target is met", "of target a month",
                  _before_less_after, OF_TARGET),
            Claim("more outcomes end at the target than well above it", "share of outcomes",
                  _bunching("real", "easy", 0.15, 1.15), OF_TARGETS),
            Claim("more outcomes end at the target than short of it", "share of outcomes",
                  _bunching("real", "easy", 0.15, 0.85), OF_TARGETS),
        ),
        basis="built in", paths=True,
    ),
    Pattern(
        "P4", "Reported runs ahead of real under high stakes",
        Evidence("found", "bevan06", "Bevan & Hood (2006), Public Administration 84(3): accident "
                 "and emergency 2004-05, 96 % official, 77 % in a survey of patients"),
        "Where much hung on the figure it ran well ahead of what patients saw.",
        "sr2004 with sanctions and publication against internal reports alone, and with audit on "
        "top, where gaming is cheap, tempting and seldom found (one corner of the ranges).",
        (
            Arm("reports", "sr2004", REPORTS, PRONE),
            Arm("stakes", "sr2004", SANCTIONED, PRONE),
            Arm("audited", "sr2004", SANCTIONED | {"external_challenge": 1.0}, PRONE),
        ),
        (
            Claim("figures run ahead under stakes", "of target",
                  level("reporting_gap", "stakes"), OF_TARGET),
            Claim("more than with reports alone", "of target",
                  gain("reporting_gap", "stakes", "reports"), OF_TARGET),
            Claim("less so with audit", "of target",
                  gain("reporting_gap", "stakes", "audited"), OF_TARGET),
            Claim("targets met are overstated by five points or more", "share of targets",
                  lambda runs: runs.measure("targets_met_reported", "stakes")
                  - runs.measure("targets_met_real", "stakes"), 0.05),
        ),
        basis="built in",
    ),
    Pattern(
        "P5", "Large gains without dysfunction (the counter-case)",
        Evidence("found", "kelman09", "Kelman & Friedman (2009), JPART 19(4): 155 trusts"),
        "The same regime brought large gains in accident and emergency and no dysfunction was "
        "found.",
        "The arms of P4 where gaming is dear, little tempting and often found (the opposite "
        "corner of the ranges).",
        (
            Arm("reports", "sr2004", REPORTS, AVERSE),
            Arm("stakes", "sr2004", SANCTIONED, AVERSE),
        ),
        (
            Claim("stakes raise real attainment", "of target",
                  gain("attainment", "stakes", "reports"), OF_TARGET),
            Claim("the reporting gap does not widen", "of target",
                  gain("reporting_gap", "stakes", "reports"), -inf, OF_TARGET),
        ),
        basis="built in",
    ),
    Pattern(
        "P6", "Targets, sanctions and publication cut waits",
        Evidence("found (direction)", "propper08", "Propper et al. (2008), BEJEAP 8(2): England "
                 "against Scotland"),
        "England, with targets, sanctions and publication, cut waiting times against Scotland.",
        "A ring of single owners whose targets ask half more than was planned: sanctions and "
        "publication against internal reports alone.",
        (
            Arm("control", ring(1, stretch=1.5), REPORTS),
            Arm("treated", ring(1, stretch=1.5), SANCTIONED),
        ),
        (
            Claim("real attainment rises", "of target",
                  gain("attainment", "treated", "control"), OF_TARGET),
        ),
    ),
    Pattern(
        "P8", "Measured work crowds out unmeasured",
        Evidence("found (abstract)", "holmstrom91", "Holmstrom & Milgrom (1991), Journal of Law, "
                 "Economics, and Organization 7"),
        "Incentives on what is measured draw effort from what is not.",
        "A ring of one owner each and two outcomes a department, one measured and one not: "
        "sanctions, rewards and publication against none.",
        (
            Arm("none", ring(1, outcomes=16, unmeasured=True)),
            Arm("incentives", ring(1, outcomes=16, unmeasured=True), STAKES | {"rewards": 1.0}),
        ),
        (
            Claim("measured outcomes gain", "of target",
                  _outcomes(slice(None, 8), "incentives", "none"), OF_TARGET),
            Claim("unmeasured outcomes lose", "of target",
                  _outcomes(slice(8, None), "none", "incentives"), OF_TARGET),
        ),
        basis="built in", paths=True,
    ),
    Pattern(
        "P14", "Owners rate one target differently",
        Evidence("found", "nao-joint", "National Audit Office, Joint Targets; Liaison Committee "
                 "review of departmental reports"),
        "Departments that shared a target reported different progress on it.",
        "csr2007 in silos, and with processes and measures made alike: share of joint targets on "
        "which owners differ whether they are met.",
        (
            Arm("silos", "csr2007"),
            Arm("aligned", "csr2007", {"process_alignment": 1.0}),
        ),
        (
            Claim("owners differ without a common measure", "share of targets",
                  level("disagreement", "silos"), OF_TARGETS),
            Claim("less with one", "share of targets",
                  gain("disagreement", "silos", "aligned"), OF_TARGETS),
        ),
        basis="built in",
    ),
    Pattern(
        "Q1", "Published figures heap at the threshold",
        Evidence("found (abstract)", "mason12", "Mason et al. (2012), Annals of Emergency Medicine "
                 "59; Locker & Mason (2005), BMJ 330"),
        "After the four-hour target the part of patients who left emergency departments in the "
        "last twenty minutes before it rose from 4.7 % to 8.4 %.",
        "A ring of single owners with sanctions and publication: last published figures within "
        "4 % of target above it, against the next 4 % and the last 4 % below.",
        (Arm("stakes", ring(1), SANCTIONED),),
        (
            Claim("more figures at the threshold than just above", "share of figures",
                  _bunching("reported", "stakes", 0.04, 1.04), OF_TARGETS),
            Claim("more figures at the threshold than just below", "share of figures",
                  _bunching("reported", "stakes", 0.04, 0.96), OF_TARGETS),
        ),
        basis="built in", paths=True,
    ),
    Pattern(
        "Q2", "Harder goals raise performance",
        Evidence("found (summary)", "locke90", "Locke & Latham (1990), A Theory of Goal Setting "
                 "and Task Performance; about 400 studies"),
        "Specific and harder goals, once accepted, raise performance.",
        "csr2007 with a delivery agreement that aims at 0.8 or at 1.2 of the target.",
        tuple(Arm(name, "csr2007", {"delivery_agreement": {"strength": 1.0, "ambition": aim}})
              for name, aim in (("easy", 0.8), ("hard", 1.2))),
        (Claim("the harder aim attains more", "of target",
               gain("attainment", "hard", "easy"), OF_TARGET),),
        basis="built in",
    ),
    Pattern(
        "Q3", "Publication works, and better than pay",
        Evidence("found (abstract); money: recalled, medium", "bevan13", "Bevan & Wilson (2013), "
                 "Public Money & Management 33(4); Bevan & Hamblin (2009), JRSS A 172(1)"),
        "Naming and shaming in England moved schools and hospitals where trust and altruism in "
        "Wales did not; reputation is said to outdo money.",
        "sr2004 with internal reports: publication at full strength, or rewards at full strength.",
        (
            Arm("reports", "sr2004", REPORTS),
            Arm("published", "sr2004", REPORTS | {"public_reporting": 1.0}),
            Arm("rewarded", "sr2004", REPORTS | {"rewards": 1.0}),
        ),
        (
            Claim("publication raises real attainment", "of target",
                  gain("attainment", "published", "reports"), OF_TARGET),
            Claim("by more than rewards do", "of target",
                  gain("attainment", "published", "rewarded"), OF_TARGET),
        ),
    ),
    Pattern(
        "Q4", "Weak sanctions crowd out the will to serve",
        Evidence("found (abstract)", "gneezy00", "Gneezy & Rustichini (2000), A fine is a price, "
                 "Journal of Legal Studies 29"),
        "A small fine for coming late brought more lateness, not less, and it did not fall when "
        "the fine was dropped.",
        "csr2007 with sanctions at a fifth of their strength against none.",
        (Arm("none", "csr2007"), Arm("weak", "csr2007", {"sanctions": 0.2})),
        (Claim("weak sanctions cost real attainment", "of target",
               gain("attainment", "none", "weak"), OF_TARGET),),
    ),
    Pattern(
        "Q5", "Ratchets: whoever does well is asked for more",
        Evidence("found (abstract)", "weitzman80", "Weitzman (1980), Bell Journal of Economics 11; "
                 "Casas-Arce et al. (2018), Contemporary Accounting Research 35(4)"),
        "Where next year's target follows this year's result, managers hold back effort.",
        "The treated arm of P6, its targets fixed or following each year's reported result: share "
        "of effort on own agendas, and real attainment.",
        (
            Arm("fixed", ring(1, stretch=1.5), SANCTIONED),
            Arm("ratchet", ring(1, stretch=1.5), SANCTIONED | {"ratchet": 1.0}),
        ),
        (
            Claim("effort is held back", "share of effort",
                  gain("silo_index", "ratchet", "fixed"), OF_CAPACITY),
            Claim("real attainment is lower", "of target",
                  gain("attainment", "fixed", "ratchet"), OF_TARGET),
        ),
        basis="built in",
    ),
)
