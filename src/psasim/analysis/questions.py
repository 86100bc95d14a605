"""The questions by name, in the order in which they are asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from psasim.analysis import best as best_
from psasim.analysis.answer import Answer
from psasim.analysis.backfire import backfire
from psasim.analysis.changes import changes
from psasim.analysis.drivers import drivers
from psasim.analysis.effort import effort
from psasim.analysis.evidence import evidence
from psasim.analysis.join import join
from psasim.analysis.levers import levers
from psasim.analysis.prices import Prices
from psasim.analysis.ranking import ranking
from psasim.analysis.worth import worth
from psasim.experiment.folder.reader import StoredResults


@dataclass(frozen=True, slots=True)
class Asked:
    """What a user says with a question.

    prices: of department-months and levers; package: the one that is meant, None for those that
    contend; indifference, probability: of `best`.
    """

    prices: Prices | None = None
    package: str | None = None
    indifference: float = best_.INDIFFERENCE
    probability: float = 0.95


@dataclass(frozen=True, slots=True)
class Question:
    """In words, and what answers it for one scenario."""

    words: str
    answer: Callable[[StoredResults, Asked], Answer]


QUESTIONS: Mapping[str, Question] = MappingProxyType({
    "changes": Question("What does each package change, for whom, at what cost?",
                        lambda results, asked: changes(results, asked.prices)),
    "effort": Question("Where did the effort go?", lambda results, asked: effort(results)),
    "levers": Question("Which levers need each other?",
                       lambda results, asked: levers(results, asked.package)),
    "drivers": Question("What is the answer sensitive to?",
                        lambda results, asked: drivers(results, asked.package)),
    "backfire": Question("When does a package backfire?",
                         lambda results, asked: backfire(results, asked.package)),
    "ranking": Question("Does the ranking survive?", lambda results, asked: ranking(results)),
    "best": Question("Which is best, and how sure?", lambda results, asked: best_.best(
        results, asked.indifference, asked.probability)),
    "worth": Question("What is worth its cost?",
                      lambda results, asked: worth(results, asked.prices)),
    "join": Question("Should this be joined up at all?", lambda results, asked: join(results)),
    "evidence": Question("What does the evidence say?",
                         lambda results, asked: evidence(results)),
})
