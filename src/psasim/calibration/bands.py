"""What was seen in the world, as bands on what the model gives; and what nobody measured.

A band is an interval with its source.  Its `spread` is the standard deviation of what the
model cannot be held to (a scenario of n targets stands for many more), derived, not tuned.
Keys of sources are those of the project's evidence notes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from psasim.declared.declare import Source
from psasim.declared.levers import Governance
from psasim.declared.parameters import PARAMETERS
from psasim.declared.presets import preset
from psasim.mechanisms.ordered_sum import Floats
from psasim.results.parts import PATHS
from psasim.scenario import load_scenario

REPORTED, RATED = (PATHS.index(name) for name in ("reported", "rated"))
JUNE_2007 = 27
"""Month of a review that began in April 2005."""
DECEMBER_2006 = 21
JUNE_2006 = 15
A_YEAR = 12
ON_COURSE = 3.0
"""Band of the FCO rule from which a target is not slipping."""
MONTHS = 36
RARE = 0.05
"""A case that was seen must not be rarer than this among worlds."""

Measures = Mapping[str, Floats]
Statistic = Callable[[Measures, Floats | None], Floats]
"""measures (sets, worlds) by name, paths (sets, quantities, months, outcomes, worlds) to
(sets, worlds)."""


@dataclass(frozen=True, slots=True)
class Case:
    """A scenario, by name or path, under the governance of its time, in how many worlds of the
    first wave; paths: whether a statistic reads monthly outcomes."""

    scenario: str
    governance: Governance
    package: str
    worlds: int
    paths: bool
    months: int = MONTHS


@dataclass(frozen=True, slots=True)
class Band:
    """One comparison with the world.

    seen, scorer: what was seen, and by whom; asked: what the model is asked; low, high:
    the band, in `unit`; spread: sd of what the model cannot be held to, and why.
    """

    key: str
    sources: tuple[Source, ...]
    seen: str
    scorer: str
    asked: str
    case: Case
    statistic: Statistic
    unit: str
    low: float
    high: float
    spread: float
    why_spread: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a calibration is held to, and the parameters it draws, the others at their defaults."""

    bands: tuple[Band, ...]
    names: tuple[str, ...] = tuple(PARAMETERS)

    @property
    def cases(self) -> dict[Case, tuple[Band, ...]]:
        """Bands by case, in the order in which cases come up."""
        found = dict.fromkeys(band.case for band in self.bands)
        return {case: tuple(b for b in self.bands if b.case == case) for case in found}


@dataclass(frozen=True, slots=True)
class Gap:
    """Something the evidence gives no usable number for."""

    what: str
    sources: tuple[str, ...]
    why: str


SR2004 = Case("sr2004", preset("existing_psa"), "existing_psa", 16, True)
THIRTY = Case("csr2007", preset("existing_psa"), "existing_psa", 4, False)
OBESITY = Case("child_obesity", preset("existing_psa"), "existing_psa", 128, False)
OFFENCES = Case("offences_to_justice", preset("existing_psa"), "existing_psa", 32, True)
HIGH_POWER = Case(
    "sr2004", preset("existing_psa").plus(sanctions=1.0, public_reporting=1.0),
    "existing_psa+sanctions+public_reporting", 16, False,
)

C4 = Source("c4", "Channel 4 News FactCheck, June 2007, from departments' own reports")
TELE = Source("tele", "Telegraph, 2008, nine departments (quoted in a blog of May 2008)")
TC02 = Source("tc02", "Treasury Committee, HC 1092 2001-02, Q300, July 2002")
BEVAN = Source("Bevan & Hood", "Bevan & Hood (2006), Public Administration 84(3)")
KELMAN = Source("Kelman & Friedman", "Kelman & Friedman (2009), JPART 19(4)")
PAC157 = Source("pac157", "Public Accounts Committee, Tackling child obesity, HC 157 2006-07")
CPS06 = Source("cps06", "Crown Prosecution Service, performance 2006")
CPS05 = Source("cps05", "Crown Prosecution Service, annual report 2005-06, seen in excerpts")


def _sampling(case: Case, share: float) -> float:
    """Standard deviation of a share met among as few targets as the scenario has."""
    targets = len(load_scenario(case.scenario).outcomes)
    return float(np.sqrt(share * (1.0 - share) / targets))


_FEW = "The scenario's {} targets stand for a round of about a hundred: sampling error of a share."


def _met(measures: Measures, paths: Floats | None) -> Floats:
    return measures["targets_met_reported"]


def _on_course(measures: Measures, paths: Floats | None) -> Floats:
    assert paths is not None
    return (paths[:, RATED, JUNE_2007 - 1] >= ON_COURSE).mean(axis=1)


def _closing_gap(measures: Measures, paths: Floats | None) -> Floats:
    return measures["reporting_gap"]


def _a_year_without_board(measures: Measures, paths: Floats | None) -> Floats:
    return np.where(measures["time_to_mobilise"] > A_YEAR, 1.0, 0.0)


def _published_by(month: int) -> Statistic:
    """Whether a published figure of the first outcome has been at the target by a month."""

    def reached(measures: Measures, paths: Floats | None) -> Floats:
        assert paths is not None
        reported = paths[:, REPORTED, :month, 0]
        return np.where((reported >= 1.0).any(axis=1), 1.0, 0.0)

    return reached


_SCORERS = (
    "From 26 of 76 (Telegraph 2008, on SR2004) to 87 % (put to the Chancellor in 2002, "
    "probably the 1998 round): rounds differ as well as scorers."
)


def _share_met(key: str, case: Case) -> Band:
    targets = len(load_scenario(case.scenario).outcomes)
    return Band(
        key, (TELE, TC02), "34 % to 87 % of targets met, by who scored", _SCORERS,
        "Share of assessed targets whose closing figure is at the target", case, _met,
        "share of targets", 26 / 76, 0.87, _sampling(case, 0.5), _FEW.format(targets),
    )


BANDS: tuple[Band, ...] = (
    _share_met("met_sr2004", SR2004),
    _share_met("met_csr2007", THIRTY),
    Band(
        "on_course_june_2007", (C4,), "44 of 101 targets slipping in June 2007",
        "A broadcaster, from what departments had reported.",
        "Share of targets rated on course or better by what is published in month 27", SR2004,
        _on_course, "share of targets", 57 / 101, 57 / 101, _sampling(SR2004, 57 / 101),
        _FEW.format(len(load_scenario(SR2004.scenario).outcomes)),
    ),
    Band(
        "high_power_gap", (BEVAN, KELMAN),
        "A&E waits 96 % reported and 77 % surveyed in 2004/05; 155 trusts without dysfunction",
        "The department, a patient survey, and researchers.",
        "Mean closing figure less real value, with sanctions and publication", HIGH_POWER,
        _closing_gap, "of target", 0.0, np.inf, 0.0,
        "Sign only: the model counts from the starting level, which the source does not give.",
    ),
    Band(
        "board_after_a_year", (PAC157,), "No joint board for child obesity in the first year",
        "The Public Accounts Committee.",
        "Share of worlds in which nobody has convened the outcome after twelve months", OBESITY,
        _a_year_without_board, "share of worlds", RARE, 1.0, 0.0,
        "One case: it must not be rarer among worlds than one in twenty.",
    ),
    Band(
        "offences_early", (CPS06,),
        "1.399m offences brought to justice by December 2006, of a target of 1.25m for 2007-08",
        "The Crown Prosecution Service.",
        "Share of worlds in which the published figure has been at the target by month 21",
        OFFENCES, _published_by(DECEMBER_2006), "share of worlds", RARE, 1.0, 0.0,
        "One case: not rarer among worlds than one in twenty.",
    ),
    Band(
        "offences_2005", (CPS05,),
        "1.271m in the year to December 2005, 1.085 of the way from 1.002m to 1.25m, and .52 of "
        "it a year before",
        "The Crown Prosecution Service.",
        "Share of worlds in which the published figure has been at the target by month 15, six "
        "months after the year it is for",
        OFFENCES, _published_by(JUNE_2006), "share of worlds", RARE, 1.0, 0.0,
        "One case: not rarer among worlds than one in twenty.",
    ),
)

SHIPPED = Evidence(BANDS)
"""What the shipped ensemble is held to."""

NO_DATA: tuple[Gap, ...] = (
    Gap("Share of targets really met", ("pf10",),
        "Every published share is somebody's reading of reports; the NAO found the basis for "
        "success unclear in 36 % and nothing measured in 9 %."),
    Gap("Size of the gap between reported and real", ("Bevan & Hood",),
        "19 points of patients seen within four hours, without the level at the start, cannot "
        "be laid on a scale from start to target. The sign is used."),
    Gap("Share of strong ratings at the end of CSR 2007", ("clg-cttee10",),
        "12/17, 8/17 and 3/7 are indicators within departmental objectives: they show the rule, "
        "which is built in, and not how many PSAs were strong."),
    Gap("Joint against single targets", ("c4", "nao-joint"),
        "About 7 of 20 against 37 of 81 slipping follows from margins (p about 0.46), and the "
        "shipped scenarios are nearly all joint."),
    Gap("Months to the first board of offences to justice", ("hans-cps",),
        "42 local boards stood by July 2003; when the national one first met is not given."),
    Gap("What joint working costs", ("csw23",), "Time and money, without a size."),
    Gap("Attention, trust, knowledge, buy-in and slack of departments", (),
        "Never measured; all of their parameters stay where the prior has them."),
    Gap("Size of any lever", (),
        "No round differed from another in one lever only; nothing here speaks to contrasts."),
)
