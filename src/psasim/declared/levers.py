"""The lever table: what governance can change, what it costs and what it moves.

A lever has a strength in [0, 1], the weight by which its coefficients move from
off to on; 0 is the same, to the bit, as not naming it.  No lever multiplies an
outcome: each moves accountability, sight, agreement, attention, knowledge or cost.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from psasim.declared.declare import Assumption, Choice, Grade, Heading, Quantity, Source
from psasim.declared.names import checked_values, table, unknown
from psasim.declared.registry import Declared
from psasim.errors import InputError

MODELS = Heading.DELIVERY_MODELS
LEAD = Heading.LEADERSHIP
KNOW = Heading.KNOWLEDGE
TOGETHER = Heading.WORKING_TOGETHER
DATA = Heading.TOOLS_AND_DATA

_INVENTED = Assumption(
    "Strengths, ranges and costs of levers are invented; the deck names the levers only.",
    Grade.RED,
    Grade.AMBER,
)
EFFORT = "department-month per month and contribution"
ANY = "any outcome"
JOINT = "outcomes with two owners or more"

Act = Callable[[Mapping[str, Any], Any, Any], Mapping[str, Any]]
"""From the coefficients by name, the strength (1, points) and the layout to those that the
lever moves, as they are at that strength."""


@dataclass(frozen=True, slots=True)
class Lever:
    """One declared lever.

    capacity: effort it takes, a month, from each contribution it covers, at
    strength 1 (times the charge its fields give); money: index per outcome and
    year (1 is a delivery unit's cost per target); moves: nearest coefficient or
    state, direction its sign; live: the scenario structure it needs; joint: it covers,
    and takes effort for, joint outcomes only, needs: and which of them; context: the
    package it is live in, beside itself; act: of a lever of one's own, what coefficients
    become (psasim's own act in `psasim.coefficients`).
    """

    name: str
    description: str
    heading: Heading
    requirements: tuple[str, ...]
    moves: str
    direction: int
    capacity: float
    money: float
    fields: tuple[Quantity | Choice, ...] = ()
    live: str = ANY
    joint: bool = False
    needs: str = ""
    context: str = "departmental"
    basis: Source | Assumption = _INVENTED
    act: Act | None = None

    @property
    def table(self) -> dict[str, Quantity | Choice]:
        """Strength and fields by name."""
        return {"strength": STRENGTH, **{field.name: field for field in self.fields}}

    @property
    def needed(self) -> str:
        """The scenario structure it needs to act."""
        return f"{JOINT} {self.needs}".rstrip() if self.joint else self.live

    def options(self, field: str) -> tuple[str, ...]:
        """Options of a field that is a choice."""
        return next(c.options for c in self.fields if isinstance(c, Choice) and c.name == field)


STRENGTH = Quantity("strength", "fraction", 0, 0, 1, LEAD, _INVENTED,
                    "Weight by which the lever's coefficients move from off to on.")


def _field(name: str, unit: str, default: float, low: float, high: float, description: str,
           heading: Heading = LEAD, integer: bool = False) -> Quantity:
    return Quantity(name, unit, default, low, high, heading, _INVENTED, description,
                    integer=integer)


_TABLE = (
    Lever("lead", "Name who answers for a joint outcome: one owner, two, or all of them; the lead "
          "coordinates and pushes partners.", LEAD,
          ("R2", "R27", "R68", "R74", "R7"), "time_to_mobilise", -1, 0.0008, 0.2,
          (Choice("kind", ("none", "single", "two", "all"), "single",
                  "Who leads: nobody named, one owner, two owners, or every owner in full."),),
          joint=True, context="departmental+joint_targets"),
    Lever("joint_targets", "All owners answer for the outcome together, in equal shares.", LEAD,
          ("R5", "R26", "R45", "R77", "R25"), "time_to_mobilise", 1, 0.0012, 0.2, joint=True),
    Lever("delivery_agreement", "A contract between owners: roles, milestones, how to report, and "
          "what follows when delivery fails.", LEAD,
          ("R1", "R17", "R50", "R51", "R52", "R55", "R56", "R58", "R62", "R63", "R64", "R65"),
          "clarity", 1, 0.0016, 0.3,
          (_field("roles", "fraction", 1, 0, 1, "How far roles and the chain are spelled out."),
           _field("ambition", "of target", 1, 0.8, 1.5, "Level of the outcome that owners agree to "
                  "work to; what is judged remains the target."),
           _field("milestones", "fraction", 1, 0, 1, "How far milestones replace the final "
                  "target in judging figures.", DATA),
           _field("reporting", "fraction", 1, 0, 1, "How far owners report on one common "
                  "specification.", DATA),
           _field("consequences", "stake", 0.3, 0, 1, "Size of the agreed consequence of "
                  "failure.", DATA),
           _field("published", "fraction", 1, 0, 1, "How far the agreement is public.", DATA)),
          live="any outcome; roles and reporting need two owners or more"),
    Lever("sanctions", "Penalties on the owner of an indicator that fails.", DATA,
          ("R12", "R21", "R78"), "silo_index", -1, 0.0004, 0.1,
          (_field("size", "stake", 0.8, 0, 1, "Size of the penalty when it lands.", DATA),),
          live="contributions that own an indicator",
          context="departmental+internal_reporting+data_sharing"),
    Lever("ratchet", "Next year's aim follows this year's result: whoever is reported ahead of "
          "plan is asked for more.", DATA, (), "silo_index", 1, 0.0002, 0.0,
          live="contributions that own an indicator", context="departmental+public_reporting"),
    Lever("rewards", "Rewards (money, reputation, autonomy) for the owner of an indicator that "
          "is met.", DATA, ("R21", "R53", "R54"), "silo_index", -1, 0.0004, 0.4,
          (_field("size", "stake", 0.5, 0, 2, "Size of the reward when it lands.", DATA),),
          live="contributions that own an indicator",
          context="departmental+internal_reporting+data_sharing"),
    Lever("data_sharing", "Owners see each other's live figures.", DATA,
          ("R22", "R23", "R24", "R25", "R57"), "mix_loss", -1, 0.0012, 0.5,
          (_field("technical", "fraction", 1, 0, 1, "How far technical barriers are removed.",
                  DATA),
           _field("willingness", "fraction", 1, 0, 1, "How far unwillingness is overcome.", DATA)),
          joint=True),
    Lever("collective_priorities", "Cabinet agrees priorities together, so that owners value a "
          "joint outcome alike.", LEAD, ("R8", "R30", "R38", "R44", "R45", "R46", "R47", "R61"),
          "mix_loss", -1, 0.0012, 0.2,
          (_field("month", "month", 0, 0, 60, "Month from which the agreement holds.",
                  integer=True),), joint=True, needs="that value it differently"),
    Lever("number_of_goals", "Only the most valuable goals are pursued together; the rest are "
          "left to the departments they are given to.", LEAD, ("R13", "R31", "R44", "R61"),
          "overhead", -1, 0, 0.0,
          (_field("goals", "goals", 10, 1, 200, "Goals that stay priorities.", integer=True),),
          live="more outcomes than goals", context="new_psa"),
    Lever("ministerial_attention", "A committee of ministers follows the goals, each from the "
          "owners' hard data.", LEAD, ("R9", "R66", "R67", "R69", "R39"), "attention", 1, 0.0008,
          0.3, (_field("capacity", "goals", 25, 0, 200, "Goals the committee has time for."),)),
    Lever("official_leadership", "Senior officials meet often, can decide, and follow up.", LEAD,
          ("R10", "R11", "R28", "R59", "R70", "R71", "R72"), "attention", 1, 0.002, 0.2,
          (_field("seniority", "fraction", 1, 0, 1, "How far attendees can decide; a board "
                  "without powers is 0."),
           _field("frequency", "meetings a year", 12, 0, 12, "Meetings a year."),
           _field("follow_up", "fraction", 1, 0, 1, "Part of agreed actions carried out."))),
    Lever("stocktakes", "Ministers, the Prime Minister and the Chancellor take stock of each "
          "outcome.", DATA, ("R39", "R60", "R83"), "undetected_risk_time", -1, 0.0008, 0.2,
          (_field("period", "months", 6, 1, 36, "Months between stocktakes.", DATA,
                  integer=True),)),
    Lever("escalation", "A problem that is seen goes up to where it must be attended to.", LEAD,
          ("R59", "R69", "R82"), "attention", 1, 0.0002, 0.1),
    Lever("cluster_reviews", "The centre reviews a cluster of outcomes when several are behind.",
          LEAD, ("R57", "R84"), "undetected_risk_time", -1, 0.0006, 0.1,
          (_field("trigger", "outcomes", 2, 1, 50, "Outcomes of a cluster that must be reported "
                  "behind plan to start a review.", integer=True),),
          live="clusters with at least `trigger` outcomes"),
    Lever("delivery_unit", "A unit at the centre supports the targets furthest behind.", LEAD,
          ("R20", "R81"), "cleared", 1, 0.0004, 1.0,
          (_field("capacity", "goals", 15, 0, 200, "Targets' worth of time the unit has."),
           _field("targets", "goals", 10, 1, 200, "Targets it takes on.", integer=True))),
    Lever("internal_reporting", "Regular reports to the centre.", DATA,
          ("R14", "R20", "R69", "R79"), "undetected_risk_time", -1, 0, 0.1),
    Lever("public_reporting", "Figures are published for the public to judge.", DATA,
          ("R53", "R55", "R80"), "silo_index", -1, 0, 0.2,
          live="contributions that own an indicator"),
    Lever("external_challenge", "Independent audit and challenge of plans and figures.", DATA,
          ("R73", "R41", "R23"), "gaming_events", -1, 0.0008, 0.3,
          live="contributions that own an indicator",
          context="departmental+sanctions"),
    Lever("frontline_engagement", "Professionals are engaged early, in the evidence and in the "
          "plan.", TOGETHER, ("R3", "R18", "R19", "R35", "R36", "R48", "R49", "R32"), "buy_in", 1,
          0.0016, 0.3, live="contributions; buy-in needs a delivery chain"),
    Lever("local_governance", "National governance is replicated at local level, by tier.",
          MODELS, ("R14", "R36", "R38", "R75", "R58"), "clarity", 1, 0.0016, 0.4,
          (_field("tiers", "tiers", 9, 1, 9, "Tiers covered, counted from the departments.",
                  MODELS, integer=True),), live="bodies with two parents or more"),
    Lever("process_alignment", "Departments' processes and measures are made alike.", MODELS,
          ("R6", "R40", "R41", "R42", "R76"), "disagreement", -1, 0.0004, 0.3, joint=True,
          context="existing_psa"),
    Lever("evaluation", "Interventions are evaluated and good practice is shared.", KNOW,
          ("R15", "R33", "R34"), "knowledge", 1, 0.0012, 0.4,
          (_field("diffusion", "fraction", 1, 0, 1, "How far what is learned is shared.",
                  KNOW),)),
    Lever("pooled_budget", "Part of each owner's budget is ring-fenced for joint outcomes.",
          MODELS, ("R28", "R29", "R31"), "own_agenda", -1, 0.0012, 0.2,
          (_field("share", "of own agenda", 0.25, 0, 0.5, "Part of the own agenda's room that "
                  "is ring-fenced.", MODELS),), joint=True),
    Lever("funding_horizon", "Budgets are set for longer.", TOGETHER, ("R37", "R44"),
          "cleared", 1, 0, 0.5,
          (_field("years", "years", 10, 1, 20, "Years for which funding is certain.",
                  TOGETHER),)),
    Lever("reorganisation", "Departments are reorganised: trust and agreements are lost, and "
          "settling in takes capacity; what it is for is in the scenario.", MODELS, (), "overhead",
          1, 0, 0.3, (_field("month", "month", 12, 1, 60, "Month in which it takes effect.",
                             MODELS, integer=True),)),
)

LEVERS = Declared("lever", _TABLE)


def idle(name: str, field: str = "") -> InputError:
    """The error for a lever whose strength is not set: for its field, or with none."""
    if not field:
        return InputError(f"governance.{name} is empty; write governance.{name}.strength=1")
    return InputError(f"governance.{name}.{field} changes nothing while "
                      f"governance.{name}.strength is 0; set it as well")


NOTHING: Mapping[str, Any] = MappingProxyType({})

Given = float | Mapping[str, float | str]
"""What a lever may be given: its strength, or a table of strength and fields."""


def _fields(name: str, given: Given) -> dict[str, float | str]:
    """Those that are set of a lever, checked."""
    if name not in LEVERS:
        raise unknown(name, LEVERS, "governance")
    path = f"governance.{name}"
    fields = table(given, path) if hasattr(given, "keys") else {"strength": given}
    return checked_values(fields, LEVERS[name].table, path)


class Governance(Mapping[str, Mapping[str, float | str]]):
    """A governance package: the levers that are set, with strength and fields.

    `Governance(sanctions=0.5, lead={"strength": 1, "kind": "two"})`; a number alone
    is a strength, and a table of levers (a mapping, a pandas Series) may stand for the
    keywords.  Levers that are not named are absent (strength 0).  Raises
    `psasim.InputError` for unknown levers or fields, values out of bounds, and a field of
    a lever without its strength, which would change nothing.
    """

    def __init__(self, levers: Mapping[str, Given] = NOTHING, /, **more: Given) -> None:
        self._values: dict[str, dict[str, float | str]] = {}
        for name, given in (table(levers, "governance") | more).items():
            fields = _fields(name, given)
            if "strength" not in fields:
                raise idle(name, next(iter(fields), ""))
            self._values[name] = {
                key: fields[key] if key in fields else item.read(item.default)
                for key, item in LEVERS[name].table.items()
            }

    def __getitem__(self, name: str) -> Mapping[str, float | str]:
        if name not in LEVERS:
            raise KeyError(name)
        usual = {key: item.default for key, item in LEVERS[name].table.items()}
        return MappingProxyType(self._values.get(name, usual))

    def __iter__(self):
        return iter(LEVERS)

    def __len__(self) -> int:
        return len(LEVERS)

    def strength(self, name: str) -> float:
        """Strength of a lever; 0 where it is absent."""
        return float(self[name]["strength"])

    def field(self, name: str, field: str) -> float:
        """A numeric field of a lever."""
        return float(self[name][field])

    def levers_on(self) -> tuple[str, ...]:
        """Names of the levers with a strength above 0."""
        return tuple(name for name in LEVERS if self.strength(name) > 0)

    def plus(self, /, **levers: Given) -> Governance:
        """This package with other levers set on top of it."""
        given = {name: _fields(name, fields) for name, fields in levers.items()}
        return Governance(**self._values | {
            name: self._values.get(name, {}) | fields for name, fields in given.items()
        })

    def shipped(self) -> Governance:
        """This package without levers of one's own."""
        return Governance({n: v for n, v in self.settings().items() if n in LEVERS.shipped})

    def settings(self) -> dict[str, dict[str, float | str]]:
        """The levers that are on, with all their fields; JSON-ready."""
        return {name: dict(self._values[name]) for name in self.levers_on()}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Governance) and self.settings() == other.settings()

    def __hash__(self) -> int:
        return hash(repr(self.settings()))

    def __repr__(self) -> str:
        return f"Governance({', '.join(self._told(name) for name in self.levers_on())})"

    def _told(self, name: str) -> str:
        """A lever that is on as an argument: its strength, or with fields that are not usual."""
        usual = LEVERS[name].table
        set_ = {key: value for key, value in self._values[name].items()
                if key == "strength" or value != usual[key].default}
        return f"{name}={set_['strength'] if len(set_) == 1 else set_!r}"
