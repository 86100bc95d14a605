"""Patterns of joint working: who starts, who joins in, what it costs, when it pays."""

from __future__ import annotations

from math import inf

from psasim.mechanisms.ordered_sum import Floats
from psasim.scenario.schema import Scenario
from psasim.validation.pattern import (
    MONTHS,
    OF_CAPACITY,
    OF_RUNS,
    OF_TARGET,
    OF_TARGETS,
    Arm,
    Claim,
    Evidence,
    Former,
    Pattern,
    gain,
    interaction,
    level,
)
from psasim.validation.rings import ring
from psasim.validation.runs import Runs

JOINT = {"joint_targets": 1.0}
SHARED = {"data_sharing": 1.0, "funding_horizon": 1.0}
RESULTS = 10


def _first_year(runs: Runs) -> Floats:
    """Real progress after a year with one owner, less that with five."""
    one, five = (runs.path("real", f"{n} owners")[:, :, 11].mean(axis=-1) for n in ("one", "five"))
    return one - five


def _prioritised(runs: Runs) -> Floats:
    """Real value of the results chosen, which come first, under the package less without."""
    with_package, without = (
        runs.path("real", arm)[:, :, -1, :RESULTS].mean(axis=-1) for arm in ("ten results", "none")
    )
    return with_package - without


def _by_december(runs: Runs) -> Floats:
    """Whether the count was reported beaten 21 months on, in December 2006."""
    return (runs.path("reported", "offences to justice")[:, :, 20, 0] >= 1.0) * 1.0


def _elements(scenario: str | Scenario) -> tuple[Arm, ...]:
    """The factorial of P10 on a scenario."""
    return tuple(Arm(name, scenario, levers) for name, levers in (
        ("neither", {}), ("joint", JOINT), ("shared", SHARED), ("both", JOINT | SHARED),
        ("both and lead", JOINT | SHARED | {"lead": 1.0}),
        ("board", {"official_leadership": 1.0}),
        ("joint and board", JOINT | {"official_leadership": 1.0}),
    ))


def _cooperation(convened: bool) -> tuple[Arm, ...]:
    """The arms of P20, over groups that exist or that have yet to form."""

    def four(value: float = 1.0) -> Scenario:
        return ring(4, value=value, convened=convened)

    return (
        Arm("low return", four(0.8), JOINT), Arm("high return", four(1.2), JOINT),
        Arm("joint", four(), JOINT), Arm("talk", four(), JOINT | {"data_sharing": 1.0}),
        Arm("talk and future", four(), JOINT | SHARED),
    )


PATTERNS = (
    Pattern(
        "P1", "Joint owners start later",
        Evidence("found", "pac157", "Public Accounts Committee, HC 157 2006-07; Global Government "
                 "Forum on New Zealand, 6 April 2022"),
        "Jointly owned targets were slower to start, and more progress was made on problems one "
        "agency could solve.",
        "A ring of eight departments at equal load, one, two or five owners an outcome, under the "
        "SR2004 way: months until an outcome is convened, and real progress after a year.",
        tuple(Arm(f"{name} owners", ring(n), "existing_psa")
              for name, n in (("one", 1), ("two", 2), ("five", 5))),
        (
            Claim("two owners start later than one", "months",
                  gain("time_to_mobilise", "two owners", "one owners"), MONTHS),
            Claim("five owners start later than two", "months",
                  gain("time_to_mobilise", "five owners", "two owners"), MONTHS),
            Claim("after a year one owner is further than five", "of target", _first_year,
                  OF_TARGET),
        ),
        basis="built in", paths=True,
    ),
    Pattern(
        "P10", "Design elements interact",
        Evidence("found", "rivkin03", "Rivkin & Siggelkow (2003), Management Science 49(3)"),
        "Elements of design interact; hierarchy can hurt; firm-wide incentives do not make "
        "oversight less valuable.",
        "A factorial in a ring of three owners near a weakest link, who have met: joint targets, "
        "data with a longer horizon, a single lead on top, and a board of senior officials with "
        "and without joint targets.",
        _elements(ring(3, technology=-3.0, convened=True)),
        (
            Claim("joint targets and sharing give more together than the sum of each", "of target",
                  interaction("attainment", "both", "joint", "shared", "neither"), OF_TARGET),
            Claim("a single lead on top of both costs attainment", "of target",
                  gain("attainment", "both", "both and lead"), OF_TARGET),
            Claim("a board is worth no less under joint targets", "of target",
                  interaction("attainment", "joint and board", "joint", "board", "neither"),
                  -OF_TARGET),
        ),
        formerly=Former(
            "The same factorial on csr2007, where nobody has been convened.",
            _elements("csr2007"),
            "The source is about decisions that hang on one another, taken by units that exist. On "
            "csr2007 two in five outcomes merely add up, and a lead first of all ends the wait for "
            "somebody to convene, which is another matter (P1).",
        ),
    ),
    Pattern(
        "P16", "Joint working costs capacity, so it is optional",
        Evidence("found", "csw23", "National Audit Office 2023 on cross-government working, by "
                 "Civil Service World, 7 July 2023"),
        "Joint working takes time and money, and is worth it only where outcomes need it.",
        "Joint targets alone against silos: overhead on csr2007, and attainment in a ring of "
        "three owners whose efforts merely add up.",
        (
            Arm("silos", "csr2007"),
            Arm("joint", "csr2007", JOINT),
            Arm("silos, additive", ring(3, technology=0.8)),
            Arm("joint, additive", ring(3, technology=0.8), JOINT),
        ),
        (
            Claim("joint targets take capacity", "share of capacity",
                  gain("overhead", "joint", "silos"), OF_CAPACITY),
            Claim("where efforts add up they do not raise attainment", "of target",
                  gain("attainment", "joint, additive", "silos, additive"), -inf, OF_TARGET),
        ),
        basis="built in",
    ),
    Pattern(
        "P18", "Few results, small groups, regular publication",
        Evidence("found", "scott-boyd", "Scott & Boyd, Targeting Commitment (Brookings), on New "
                 "Zealand's Better Public Services results"),
        "Ten results, small groups of chief executives answerable together, and publication "
        "twice a year went with progress: joint can win.",
        "A ring of ten departments with twenty outcomes of three owners: joint targets on the ten "
        "of highest value, reported inside and in public, against silos; real value of the ten.",
        (
            Arm("none", ring(3, departments=10, outcomes=20)),
            Arm("ten results", ring(3, departments=10, outcomes=20),
                JOINT | {"number_of_goals": {"strength": 1.0, "goals": RESULTS},
                         "internal_reporting": 1.0, "public_reporting": 1.0}),
        ),
        (
            Claim("the ten results gain on silos", "of target", _prioritised, OF_TARGET),
            Claim("all twenty together gain on silos", "of target",
                  gain("attainment", "ten results", "none"), OF_TARGET),
        ),
        paths=True,
    ),
    Pattern(
        "P20", "What cooperation rises with",
        Evidence("found", "zelmer03", "Zelmer (2003), Experimental Economics: a meta-analysis of "
                 "public goods experiments"),
        "Contributions rise with the marginal return, with communication, and in stable groups.",
        "Joint targets in a ring of four owners who have met: outcomes worth 0.8 or 1.2 (return), "
        "figures shared (communication), certain funding for ten years (stability); share of "
        "effort that stays on own agendas in the first year, before targets are met and effort "
        "let go.",
        _cooperation(convened=True),
        (
            Claim("a higher return draws effort from own agendas", "share of effort",
                  gain("silo_index", "low return", "high return"), OF_CAPACITY),
            Claim("communication does", "share of effort",
                  gain("silo_index", "joint", "talk"), OF_CAPACITY),
            Claim("a stable group does, given communication", "share of effort",
                  gain("silo_index", "talk", "talk and future"), OF_CAPACITY),
        ),
        basis="built in", months=12,
        formerly=Former(
            "The same in a ring whose owners have yet to meet.",
            _cooperation(convened=False),
            "In the experiments groups are formed before anybody contributes; here most of the "
            "first year went by in waiting for somebody to convene them.",
        ),
    ),
    Pattern(
        "PAIR", "Child obesity against offences brought to justice",
        Evidence("found", "pac157, cps06", "Public Accounts Committee, HC 157 2006-07; Crown "
                 "Prosecution Service, performance 2006; Home Affairs Committee, HC 320 2004-05; "
                 "Shiner (2015) on what was counted"),
        "Of two targets with three owners each, one had its first joint board after more than a "
        "year and missed; the other was reported beaten 21 months on, its counts inflated.",
        "Both scenarios under the SR2004 way.  They share owners, effort and technology, and "
        "differ in chain, money, measurement and trend.",
        (
            Arm("child obesity", "child_obesity", "existing_psa"),
            Arm("offences to justice", "offences_to_justice", "existing_psa"),
        ),
        (
            Claim("child obesity waits more than a year for a board", "months",
                  level("time_to_mobilise", "child obesity"), 12.0),
            Claim("child obesity waits longer than offences", "months",
                  gain("time_to_mobilise", "child obesity", "offences to justice"), MONTHS),
            Claim("offences are reported beaten by month 21, in most worlds", "share of worlds",
                  _by_december, OF_RUNS),
            Claim("the offences figure runs ahead of the truth", "of target",
                  level("reporting_gap", "offences to justice"), OF_TARGET),
            Claim("more so than the obesity figure", "of target",
                  gain("reporting_gap", "offences to justice", "child obesity"), OF_TARGET),
            Claim("offences are reported met more often", "share of targets",
                  gain("targets_met_reported", "offences to justice", "child obesity"),
                  OF_TARGETS),
        ),
        paths=True,
    ),
)
