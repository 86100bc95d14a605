"""Assumptions that bear on what is compared, and which of them weigh most."""

from __future__ import annotations

from psasim.analysis.answer import Answer
from psasim.analysis.factors import short
from psasim.declared.declare import Assumption, Grade
from psasim.declared.levers import LEVERS
from psasim.report.judged import compared
from psasim.report.page.reading import Reading
from psasim.report.page.standing import Standing
from psasim.report.page.wording import meaning
from psasim.scenario.assumed import WORST, assumptions
from psasim.scenario.family import STRUCTURE_PATHS
from psasim.scenario.schema import Member
from psasim.validation.shipped import Verdict, judging

SURE = 0.05


def bearing(reading: Reading) -> dict[Assumption, list[str]]:
    """Assumptions with the declared numbers that can bear on the comparison: no lever that is not
    in it, no structure of a family whose members were not run; the weightiest first."""
    levers = compared(reading.results)
    family = any(isinstance(part.scenario, Member) for part in reading.parts)
    return {a: here for a, names in assumptions().items() if (here := [
        name for name in names if (family or name not in STRUCTURE_PATHS)
        and ((lever := name.partition(".")[0]) not in LEVERS or lever in levers)])}


def weakest(reading: Reading) -> list[str]:
    """Names of numbers that are seen to drive an answer here and are not well founded, the
    strongest first; then of those that are graded red twice."""
    found = {short(name): (a, name) for a, names in bearing(reading).items() for name in names}
    driven = [found[name][1] for name in _drivers(reading)
              if name in found and found[name][0].quality != Grade.GREEN]
    red = [name for a, name in found.values() if (a.impact, a.quality) == (WORST[0], WORST[0])]
    return [name for name in dict.fromkeys([*driven, *red]) if meaning(name)]


def best_packages(reading: Reading) -> list[str]:
    """The packages that the first page is about, a scenario each, the baseline left out."""
    return sorted({Standing(part).chosen for part in reading.parts} - {reading.results.baseline})


def judging_best(reading: Reading) -> list[Verdict]:
    """Observed patterns that judge levers of the best packages; of all, if none is best."""
    return judging(compared(reading.results, best_packages(reading) or None))


def _drivers(reading: Reading) -> list[str]:
    """Factors that are shown to drive a difference between packages, the strongest first."""
    said: dict[str, float] = {}
    for part in reading.parts if reading.compares else ():
        found = reading.answer(part, "drivers")
        if isinstance(found, Answer):
            for row in found.table[found.table["p_holm"] < SURE].itertuples():
                said[row.factor] = max(said.get(row.factor, 0.0), row.value)
    return sorted(said, key=lambda name: -said[name])
