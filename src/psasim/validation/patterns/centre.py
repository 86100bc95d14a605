"""Patterns of the centre: how many goals, a delivery unit, boards with and without powers."""

from __future__ import annotations

from psasim.declared.presets import preset
from psasim.mechanisms.ordered_sum import Floats
from psasim.scenario.schema import Scenario
from psasim.validation.pattern import (
    OF_CAPACITY,
    OF_TARGET,
    Arm,
    Claim,
    Evidence,
    Pattern,
    gain,
)
from psasim.validation.rings import ring
from psasim.validation.runs import Runs

FEW, MANY = 6, 36
PER_GOAL = 0.15
"""Planned effort of a goal, over a department's capacity."""


def _goals(count: int, technology: float) -> Scenario:
    """Six departments with `count` goals of three owners, each adding to the load."""
    return ring(3, departments=6, outcomes=count, technology=technology,
                load=PER_GOAL * count / 6)


def _lost(kind: str, runs: Runs) -> Floats:
    """Mean attainment lost from few goals to many."""
    return (runs.measure("attainment", f"few, {kind}")
            - runs.measure("attainment", f"many, {kind}"))


def _dip(runs: Runs) -> Floats:
    """Mean real value a year after a reorganisation in month 13, without it less with it."""
    settled, reorganised = (
        runs.path("real", arm)[:, :, 24].mean(axis=-1) for arm in ("settled", "reorganised")
    )
    return settled - reorganised


PATTERNS = (
    Pattern(
        "P9", "Many goals freeze delivery",
        Evidence("found", "ethiraj09", "Ethiraj & Levinthal (2009), Organization Science; "
                 "Institute for Government, keep goals few, by Public Finance, July 2009"),
        "Progress falls with the number of weakly correlated goals, the more so the more they "
        "depend on one another; attending to a subset rescues it.",
        "Six departments with six or thirty-six goals of three owners, additive or near a weakest "
        "link, under the CSR 2007 way; and accountability kept for twelve of the thirty-six.",
        (
            Arm("few, additive", _goals(FEW, 0.8), "new_psa"),
            Arm("many, additive", _goals(MANY, 0.8), "new_psa"),
            Arm("few, weakest link", _goals(FEW, -3.0), "new_psa"),
            Arm("many, weakest link", _goals(MANY, -3.0), "new_psa"),
            Arm("subset, weakest link", _goals(MANY, -3.0),
                preset("new_psa").plus(number_of_goals={"strength": 1.0, "goals": 12})),
        ),
        (
            Claim("mean attainment falls with goals, weakest link", "of target",
                  lambda runs: _lost("weakest link", runs), OF_TARGET),
            Claim("by more than where efforts add up", "of target",
                  lambda runs: _lost("weakest link", runs) - _lost("additive", runs), OF_TARGET),
            Claim("a subset rescues attainment over all goals", "of target",
                  gain("attainment", "subset, weakest link", "many, weakest link"), OF_TARGET),
        ),
    ),
    Pattern(
        "P12", "A delivery unit works when it takes few targets",
        Evidence("found", "csw, ifg-pmdu", "Civil Service World, 17 October 2024; Institute for "
                 "Government (Clyne): 17 PSAs of four departments, the Prime Minister's time"),
        "The delivery unit worked while it held to few priorities, and weakened when spread.",
        "csr2007 with a delivery unit of fixed capacity that takes ten, all thirty, or one of "
        "the targets, against silos.",
        (
            Arm("silos", "csr2007"),
            *(Arm(name, "csr2007", {"delivery_unit": {"strength": 1.0, "targets": n}})
              for name, n in (("one", 1), ("ten", 10), ("all", 30))),
        ),
        (
            Claim("ten targets: attainment gains on silos", "of target",
                  gain("attainment", "ten", "silos"), OF_TARGET),
            Claim("ten do better than all thirty", "of target",
                  gain("attainment", "ten", "all"), OF_TARGET),
            Claim("ten do better than one", "of target",
                  gain("attainment", "ten", "one"), OF_TARGET),
        ),
        basis="built in",
    ),
    Pattern(
        "P19", "A board without powers changes nothing",
        Evidence("found", "pa08", "PA Consulting, by The Guardian, 2 June 2008"),
        "PSAs brought no money, and boards lacked sanctions.",
        "csr2007 with a monthly board of officials who cannot decide, and of those who can, "
        "against silos.",
        (
            Arm("silos", "csr2007"),
            Arm("no powers", "csr2007", {"official_leadership": {"strength": 1.0,
                                                                 "seniority": 0.0}}),
            Arm("powers", "csr2007", {"official_leadership": 1.0}),
        ),
        (
            Claim("without powers attainment stays", "of target",
                  gain("attainment", "no powers", "silos"), -OF_TARGET, OF_TARGET),
            Claim("with powers it rises", "of target",
                  gain("attainment", "powers", "silos"), OF_TARGET),
        ),
        basis="built in",
    ),
    Pattern(
        "Q6", "Reorganisation costs a dip",
        Evidence("found (summary)", "white10", "White & Dunleavy (2010), Making and Breaking "
                 "Whitehall Departments, Institute for Government and LSE"),
        "Hasty changes to departments bring up to two years of disruption, and always cost.",
        "csr2007 under the SR2004 way, with a reorganisation after the first year and without: "
        "real progress a year later, and capacity it takes.",
        (
            Arm("settled", "csr2007", "existing_psa"),
            Arm("reorganised", "csr2007", preset("existing_psa").plus(
                reorganisation={"strength": 1.0, "month": 13})),
        ),
        (
            Claim("a year later outcomes are behind where they would have been", "of target",
                  _dip, OF_TARGET),
            Claim("it takes capacity", "share of capacity",
                  gain("overhead", "reorganised", "settled"), OF_CAPACITY),
        ),
        basis="built in", paths=True,
    ),
)
