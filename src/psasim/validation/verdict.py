"""From runs to a verdict, by one rule for all patterns.

A parameter set agrees where every claim's mean over worlds lies within its bounds.  A
pattern is *reproduced* if at least `ENOUGH` of the plausible sets agree and the 95 %
interval of every claim's mean lies within its bounds; otherwise it is *not reproduced*.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from psasim.mechanisms.ordered_sum import Floats
from psasim.results.student import student_quantile
from psasim.validation.pattern import Claim, Pattern
from psasim.validation.runs import Runs

ENOUGH = 0.8
"""Share of the plausible sets that must agree."""

REPRODUCED, NOT_REPRODUCED, SILENT = "reproduced", "not reproduced", "cannot speak to"


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """What the model answers to a claim.

    means: over worlds, by parameter set, (sets,); mean, low, high: over sets and worlds,
    with its 95 % interval; share: of the sets whose mean is within the bounds; between
    and within: standard deviations of the means of sets (parameters) and of worlds (luck).
    """

    claim: Claim
    means: Floats
    mean: float
    low: float
    high: float
    share: float
    between: float
    within: float

    @property
    def holds(self) -> bool:
        return self.share >= ENOUGH and self.claim.holds(self.low) and self.claim.holds(self.high)


@dataclass(frozen=True, slots=True, eq=False)
class Finding:
    """A pattern's verdict; answers in the order of its claims, none where the model is
    silent; share: of the sets in which all claims hold; left_out: sets with a failed run;
    formerly: what is found as the pattern was asked before, where it was asked otherwise."""

    pattern: Pattern
    answers: tuple[Answer, ...]
    share: float
    left_out: int
    verdict: str
    formerly: Finding | None = None

    @property
    def headline(self) -> Answer | None:
        """The answer that the verdict hangs on: the claim fewest sets agree with."""
        return min(self.answers, key=lambda answer: answer.share, default=None)


def judge(pattern: Pattern, runs: Runs) -> Finding:
    """The verdict of a pattern by its runs."""
    values = [claim.statistic(runs) for claim in pattern.claims]
    finite = np.logical_and.reduce([np.isfinite(value).all(axis=1) for value in values])
    answers = tuple(
        answer(claim, value[finite]) for claim, value in zip(pattern.claims, values, strict=True)
    )
    agree = np.logical_and.reduce([
        [item.claim.holds(mean) for mean in item.means] for item in answers
    ])
    share = float(agree.mean())
    good = share >= ENOUGH and all(item.holds for item in answers)
    return Finding(pattern, answers, share, int((~finite).sum()),
                   REPRODUCED if good else NOT_REPRODUCED)


def unanswered(pattern: Pattern) -> Finding:
    """The finding for a pattern that the model cannot speak to."""
    return Finding(pattern, (), 0.0, 0, SILENT)


def answer(claim: Claim, values: Floats) -> Answer:
    """The mean over parameter sets and worlds, (sets, worlds), and its interval.

    Sets and worlds are crossed, so the variance of the mean is that of the sets' means
    over their number plus that of the worlds' means over theirs (their interaction is
    counted twice, which errs on the wide side); Student's t with the fewer degrees.
    """
    sets, worlds = values.shape
    means = values.mean(axis=1)
    between, within = (float(v.std(ddof=1)) for v in (means, values.mean(axis=0)))
    error = np.sqrt(between**2 / sets + within**2 / worlds)
    reach = student_quantile(0.975, min(sets, worlds) - 1) * float(error)
    mean = float(means.mean())
    share = float(np.mean([claim.holds(item) for item in means]))
    return Answer(claim, means, mean, mean - reach, mean + reach, share, between, within)
