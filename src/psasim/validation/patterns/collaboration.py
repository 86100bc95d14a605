"""Patterns from research on collaboration, teams and implementation, beyond the first list."""

from __future__ import annotations

from math import inf

import numpy as np

from psasim.mechanisms.ordered_sum import Floats
from psasim.validation.pattern import (
    MONTHS,
    OF_CAPACITY,
    OF_TARGET,
    Arm,
    Claim,
    Evidence,
    Former,
    Pattern,
    gain,
    interaction,
)
from psasim.validation.rings import ring
from psasim.validation.runs import Runs

JOINT = {"joint_targets": 1.0}


def _late(runs: Runs) -> Floats:
    """A third of the gain after three years, less the gain after one."""
    gains = (
        np.clip(runs.path("real", "new way"), 0.0, 1.0)
        - np.clip(runs.path("real", "silos"), 0.0, 1.0)
    ).mean(axis=-1)
    return gains[:, :, 35] / 3.0 - gains[:, :, 11]


def _asymmetry(runs: Runs) -> Floats:
    """Part of a difference in trust kept for a year below the middle, less above it."""
    low, middle, high = (runs.measure("trust", arm) for arm in ("none", "half", "full"))
    return 2.0 * (middle - low) - 2.0 * (high - middle)


PATTERNS = (
    Pattern(
        "Q7", "Free riding rises with the size of the group",
        Evidence("found (abstract)", "isaac88", "Isaac & Walker (1988), Quarterly Journal of "
                 "Economics 103: where a larger group lowers the marginal return"),
        "In larger groups, in which each gets less of what it adds, members hold back more.",
        "Joint targets in a ring of two or of eight owners whose efforts add up, at equal load: "
        "share of effort that stays on own agendas.",
        tuple(Arm(name, ring(n, technology=0.8), JOINT) for name, n in (("two", 2), ("eight", 8))),
        (Claim("eight owners keep more effort for themselves than two", "share of effort",
               gain("silo_index", "eight", "two"), OF_CAPACITY),),
        basis="built in",
    ),
    Pattern(
        "Q8", "Large groups fall to the weakest link, pairs do not",
        Evidence("found (by later papers)", "vanhuyck90", "Van Huyck, Battalio & Beil (1990), "
                 "American Economic Review 80; by Riechmann (2005) and by Riedl, Rohde & Strobel"),
        "In minimum-effort games larger groups fail to coordinate on high effort; very small ones "
        "succeed.",
        "Joint targets with shared figures in a ring near a weakest link, two or eight owners at "
        "equal load: real attainment.",
        tuple(Arm(name, ring(n, technology=-3.0), JOINT | {"data_sharing": 1.0})
              for name, n in (("two", 2), ("eight", 8))),
        (Claim("pairs attain more by a twentieth or more", "of target",
               gain("attainment", "two", "eight"), 0.05),),
        basis="built in",
    ),
    Pattern(
        "Q9", "Trust is lost faster than it is built",
        Evidence("found (by a later paper)", "slovic93", "Slovic (1993), Risk Analysis 13, the "
                 "asymmetry principle; by Poortinga & Pidgeon (2004), Risk Analysis 24(6)"),
        "Trust is easier to destroy than to create: bad events weigh more than good ones.",
        "csr2007 with joint targets and shared figures, starting from no, half or full trust: "
        "what is left of the difference after a year, below the middle and above it.",
        tuple(
            Arm(name, "csr2007", JOINT | {"data_sharing": 1.0}, {"trust_start": start})
            for name, start in (("none", 0.0), ("half", 0.5), ("full", 1.0))
        ),
        (Claim("low trust lasts longer than high trust", "part of the difference kept",
               _asymmetry, 0.05),),
        months=12,
    ),
    Pattern(
        "Q10", "Benefits of joining up come late",
        Evidence("found (abstract)", "huxham04", "Huxham & Vangen (2004), Organizational Dynamics "
                 "33(2): collaborative inertia"),
        "Very often the output of a collaboration is negligible or comes extremely slowly.",
        "csr2007 under the CSR 2007 way against silos: the gain after one year against a third of "
        "that after three.",
        (Arm("silos", "csr2007"), Arm("new way", "csr2007", "new_psa")),
        (Claim("the first year brings less than its third of the gain", "of target", _late,
               OF_TARGET),),
        paths=True,
        formerly=Former(
            "The same on sr2004.",
            (Arm("silos", "sr2004"), Arm("new way", "sr2004", "new_psa")),
            "On sr2004 the CSR 2007 way brings most outcomes to their targets within the three "
            "years, so that what comes late is cut off there; on csr2007 most fall short.",
        ),
    ),
    Pattern(
        "Q11", "More clearances, longer delay",
        Evidence("recalled, high", "pw73", "Pressman & Wildavsky (1973), Implementation; "
                 "persistence helps: Bowen (1982), Journal of Public Policy 2(1) [found]"),
        "Each further point of clearance delays a programme and takes from it.",
        "A ring of two owners whose targets ask six tenths of what was planned, under the SR2004 "
        "way, with chains of one tier or of four.",
        tuple(Arm(name, ring(2, tiers=n, stretch=0.6), "existing_psa")
              for name, n in (("one", 1), ("four", 4))),
        (
            Claim("more tiers, less attained", "of target",
                  gain("attainment", "one", "four"), OF_TARGET),
            Claim("more tiers, later at the target", "months",
                  gain("time_to_target", "four", "one"), MONTHS),
        ),
        basis="built in",
    ),
    Pattern(
        "Q12", "Sharing data alone does little",
        Evidence("recalled, low", "practice", "A judgement common among practitioners; no study at "
                 "hand"),
        "Data that are shared without a common purpose change little.",
        "csr2007: shared figures alone against silos, and with joint targets beyond the sum of "
        "each.",
        (
            Arm("silos", "csr2007"),
            Arm("data", "csr2007", {"data_sharing": 1.0}),
            Arm("joint", "csr2007", JOINT),
            Arm("both", "csr2007", JOINT | {"data_sharing": 1.0}),
        ),
        (
            Claim("alone they raise attainment little or not", "of target",
                  gain("attainment", "data", "silos"), -inf, OF_TARGET),
            Claim("they are worth more with joint targets", "of target",
                  interaction("attainment", "both", "data", "joint", "silos"), OF_TARGET),
        ),
    ),
    Pattern(
        "Q13", "A pooled budget alone does little",
        Evidence("found", "pac-bcf", "Public Accounts Committee, HC 959 2016-17, on the Better "
                 "Care Fund; National Audit Office, February 2017, by ITV"),
        "Pooling money between health and social care fell far short: emergency admissions were "
        "planned to fall by 106,000 and rose by 87,000.",
        "csr2007 with a quarter of own agendas' room pooled, against silos.",
        (Arm("silos", "csr2007"), Arm("pooled", "csr2007", {"pooled_budget": 1.0})),
        (Claim("attainment changes little", "of target",
               gain("attainment", "pooled", "silos"), -0.02, 0.02),),
    ),
)
