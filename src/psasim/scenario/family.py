"""A family of scenarios: departments that share outcomes, built from a few declared numbers.

What is varied is the structure itself: how many own an outcome, how far down it is delivered and
how wide, how their efforts combine.  Whoever is in two members has one key in both, so that
worlds are paired across structures.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from types import MappingProxyType

from psasim.declared.declare import Assumption, Grade, Heading, Quantity
from psasim.declared.names import checked_values, table
from psasim.scenario.check import checked
from psasim.scenario.provenance import ASSUMPTION, Rules, facts
from psasim.scenario.schema import (
    Body,
    Contribution,
    Department,
    Indicator,
    Member,
    Outcome,
    Scenario,
)
from psasim.scenario.tables import TABLES

FAMILY = "shared_outcomes"
"""Name of the family's member at the defaults."""

LAG, ALIGNMENT = 3, 0.7
"""Months until a figure is out; professional alignment of bodies with every outcome."""


def _number(name: str, unit: str, default: float, low: float, high: float, least: float,
            most: float, description: str, why: str, *, integer: bool = False,
            heading: Heading = Heading.DELIVERY_MODELS, impact: Grade = Grade.RED) -> Quantity:
    return Quantity(name, unit, default, low, high, heading, Assumption(why, Grade.RED, impact),
                    description, hard_low=least, hard_high=most, integer=integer)


STRUCTURE: Mapping[str, Quantity] = MappingProxyType({item.name: item for item in (
    _number("owners", "departments", 3, 1, 6, 1, 50, "Departments, each of which owns an equal "
            "share of every outcome; each has capacity 1.",
            "Joint targets of 2004 whose owners sources name have two to four; agreements of 2007 "
            "had up to a dozen contributors.", integer=True),
    _number("outcomes", "outcomes", 3, 1, 8, 1, 200, "Outcomes that they share; owners take turns "
            "in leading them.", "From one mission to more than the five of 2024.",
            integer=True, heading=Heading.LEADERSHIP),
    _number("other_goals", "goals", 10, 0, 30, 0, 1000, "Goals of government beside them, which "
            "share the centre's time.", "From none to the 30 agreements of 2007.", integer=True,
            heading=Heading.LEADERSHIP, impact=Grade.AMBER),
    _number("tiers", "tiers", 2, 0, 4, 0, 9, "Length of the chain: tiers of bodies between the "
            "departments and those who are served.", "Policy that departments deliver themselves "
            "to region, council, trust and school.", integer=True),
    _number("width", "bodies", 10, 1, 40, 1, 1_000_000, "Bodies in each tier. One may hold up "
            "all; of many, some always agree.", "From one agency to 42 local boards.",
            integer=True, impact=Grade.AMBER),
    _number("technology", "CES exponent", -1, -3, 1, -5, 1, "How contributions combine: 1 "
            "additive, 0 Cobb-Douglas, -5 near a bottleneck.",
            "Joint outcomes of the shipped scenarios lie between -3 and 0.8."),
    _number("load", "fraction of capacity", 0.35, 0.15, 0.6, 0.01, 2, "Effort that the plans of "
            "all outcomes call for, over all capacity.",
            "Shipped scenarios plan for 30 to 40 %; half and nearly twice of that."),
    _number("measurability", "fraction", 0.7, 0.2, 0.95, 0, 1, "Validity of each owner's figure "
            "for each outcome: how far it follows the outcome rather than activity.",
            "From counts of what was done to a survey of the outcome itself.",
            heading=Heading.TOOLS_AND_DATA),
    _number("years_funded", "years", 2, 1, 6, 1, 50, "Years of certain funding, the same for all.",
            "From an annual budget to a double spending review.",
            heading=Heading.WORKING_TOGETHER),
    _number("missions", "standard scores", 1, 0, 3, 0, 10, "How far missions differ: from the "
            "owner to whom an outcome matters most, who leads it, to the one to whom it matters "
            "least, evenly.", "None, to what a sample of four spreads over twice.",
            heading=Heading.WORKING_TOGETHER),
)})
"""What a member of the family is built of, by name."""

STRUCTURE_GROUP = "structure"
STRUCTURE_PATHS: Mapping[str, Quantity] = MappingProxyType({
    f"{STRUCTURE_GROUP}.{name}": item for name, item in STRUCTURE.items()})
"""The same by path, as factors of a design have it."""

SETS: Mapping[str, tuple[str, str]] = MappingProxyType({
    "owners": ("contributions", "share"), "width": ("bodies", "count"),
    "technology": ("outcomes", "technology"), "load": ("outcomes", "planned_effort"),
    "measurability": ("indicators", "validity"), "years_funded": ("departments", "years_funded"),
    "missions": ("contributions", "mission"),
})
"""The column of numbers that each sets in all rows; the others set which rows there are."""


_DESCRIPTION = (
    "A member of the family of docs/scenarios.md: departments of equal size, each of which owns an "
    "equal share of every outcome. All but the structure is as in a scenario that leaves it out.")

_SAME: Mapping[str, object] = {
    "source": ASSUMPTION, "note": "The same for all, as where a scenario leaves it out."}


def _rule(factor: str) -> Mapping[str, object]:
    """Where a column comes from that a number of the structure sets."""
    basis = STRUCTURE[factor].basis
    assert isinstance(basis, Assumption)
    return {"source": ASSUMPTION, "note": f"{STRUCTURE[factor].description} {basis.rationale}"}


def _provenance() -> Rules:
    fixed = {
        "departments": ("capacity", "own_value", "phase", "reading_offset"),
        "outcomes": ("value", "target_month", "stretch", "start", "convening"),
        "bodies": ("flow",),
    }
    rules = {name: dict.fromkeys(fixed.get(name, ()), _SAME) for name in TABLES}
    for factor, (name, column) in SETS.items():
        rules[name][column] = _rule(factor)
    for name, factor in (("departments", "owners"), ("outcomes", "outcomes"), ("bodies", "tiers")):
        rules[name]["rows"] = _rule(factor)
    rules["indicators"]["lag"] = {
        "source": ASSUMPTION, "note": "A quarter, as of figures that are counted."}
    rules["bodies"]["alignment"] = {
        "source": ASSUMPTION, "note": "As in the middle of the shipped scenarios."}
    return rules


def structure_of(given: object, place: str) -> dict[str, float]:
    """Settings of a member, by name, those left out at their default; raises `InputError`."""
    settings = checked_values({} if given is None else table(given, place, "owners"), STRUCTURE,
                              place)
    return {name: float(settings.get(name, item.default)) for name, item in STRUCTURE.items()}


def member(settings: Mapping[str, float], name: str = FAMILY, title: str = "",
           description: str = "") -> Member:
    """The scenario of this structure; settings: all of `STRUCTURE`, by name.

    Raises `InputError` for a value outside its bounds.
    """
    values = structure_of(settings, STRUCTURE_GROUP)
    owners, outcomes, tiers = (int(values[key]) for key in ("owners", "outcomes", "tiers"))
    departments = [f"Owner{number:02d}" for number in range(1, owners + 1)]
    shared = [f"Outcome{number:03d}" for number in range(1, outcomes + 1)]
    planned = values["load"] * owners / outcomes
    return Member(
        name=name,
        title=title or "Departments that share outcomes",
        description=description or _DESCRIPTION,
        departments=tuple(Department(key, key, 1.0, years_funded=values["years_funded"])
                          for key in departments),
        outcomes=tuple(Outcome(key, key, values["technology"], planned) for key in shared),
        contributions=tuple(
            Contribution(owner, outcome, 1.0 / owners, after == 0,
                         _mission(values["missions"], after, owners))
            for turn, outcome in enumerate(shared) for place, owner in enumerate(departments)
            for after in [(place - turn) % owners]
        ),
        indicators=tuple(Indicator(f"figure_{owner}", outcome, owner, values["measurability"], LAG)
                         for outcome in shared for owner in departments),
        bodies=tuple(
            Body(f"Tier{tier}", f"Tier {tier}",
                 tuple(departments) if tier == 1 else (f"Tier{tier - 1}",), tuple(shared),
                 (ALIGNMENT,) * outcomes, int(values["width"]))
            for tier in range(1, tiers + 1)
        ),
        other_goals=int(values["other_goals"]),
        structure=tuple(values.items()),
    )


def member_like(other: Member, settings: Iterable[tuple[str, float]]) -> Member:
    """The member of this structure that goes by the same name."""
    return member(dict(settings), other.name, other.title, other.description)


def load_member(settings: Mapping[str, float], name: str = FAMILY, title: str = "",
                description: str = "") -> Member:
    """The member, checked as a file is, with where each of its numbers comes from."""
    made = member(settings, name, title, description)
    checked(made)
    rows = {name: [asdict(row) for row in getattr(made, name)] for name in TABLES}
    return replace(made, facts=tuple(sorted(facts(rows, _provenance()), key=lambda f: f.path)))


def size(made: Scenario) -> tuple[int, int]:
    """Contributions and bodies, by which members can be put in order."""
    return len(made.contributions), len(made.bodies)


def _mission(spread: float, after: int, owners: int) -> float:
    """Of the owner that comes so many places after the lead; the mean over owners is 0."""
    return spread * (0.5 - after / (owners - 1)) if owners > 1 else 0.0
