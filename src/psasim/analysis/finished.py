"""A finished experiment that can be asked: `psasim.open_results(DIR).ranking()`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from psasim.analysis.answer import Answer
from psasim.analysis.backfire import backfire
from psasim.analysis.best import INDIFFERENCE, best
from psasim.analysis.changes import changes
from psasim.analysis.drivers import drivers
from psasim.analysis.effort import effort
from psasim.analysis.evidence import evidence
from psasim.analysis.join import join
from psasim.analysis.levers import levers
from psasim.analysis.prices import Prices, read_prices
from psasim.analysis.ranking import ranking, spread_between
from psasim.analysis.worth import worth
from psasim.declared.names import one_of
from psasim.errors import Unanswerable
from psasim.experiment.folder.reader import StoredResults
from psasim.results.details import DEPARTMENT, OUTCOME

Given = str | Path | Mapping[str, Any] | Prices | None


def open_results(folder: str | Path, headline: str | None = None) -> FinishedResults:
    """The results in `folder`, whole or as far as they have come, with questions to ask of them.

    headline: the measure that answers are about; None for the one in the folder's record.
    Inputs and every part are checked.  Raises `psasim.errors.StoreError` where the folder
    holds no results, is damaged, or lacks a declared measure.
    """
    return FinishedResults.open(folder, headline)


class FinishedResults(StoredResults):
    """Stored runs, and the questions that can be asked of them.

    Each answer is a tidy frame; its `attrs` have the `sentence` that says what was found, the
    `units` of its columns, the number of `runs` behind it, and `notes`.  Several scenarios come one
    after the other, with a column `scenario` first.  Raises
    `psasim.analysis.answer.Unanswerable` where the design does not support an answer.
    """

    def changes(self, prices: Given = None) -> pd.DataFrame:
        """What each package changes, for whom, at what cost; prices: a file or table of them."""
        return self._frame(lambda part: changes(part, as_prices(prices)))

    def outcomes(self, prices: Given = None) -> pd.DataFrame:
        """What each package changes, outcome by outcome."""
        return self._frame(lambda part: changes(part, as_prices(prices)), "by_outcome")

    def effort(self, by: str | None = None) -> pd.DataFrame:
        """Where the effort went, from capacity to what moved an outcome; by: `heading`, or, where
        details of every run are kept, `department` or `outcome`."""
        if by is None:
            return self._frame(effort)
        return self._frame(effort, f"by_{one_of(by, ('heading', DEPARTMENT, OUTCOME), 'by')}")

    def levers(self) -> pd.DataFrame:
        """Effects of levers, and of pairs where the design tells them apart."""
        return self._frame(levers)

    def shares(self, package: str | None = None) -> pd.DataFrame:
        """How a package's gain is shared among its levers (Shapley); package: the one meant."""
        return self._frame(lambda part: levers(part, package), "shares")

    def drivers(self, package: str | None = None) -> pd.DataFrame:
        """What differences between packages, and which wins, are sensitive to."""
        return self._frame(lambda part: drivers(part, package))

    def backfire(self, package: str | None = None) -> pd.DataFrame:
        """When packages do worse than the baseline: rules judged on futures unseen."""
        return self._frame(lambda part: backfire(part, package))

    def ranking(self) -> pd.DataFrame:
        """Whether the ranking survives: shares of first places, regret, chance of harm."""
        return self._frame(ranking)

    def dominance(self) -> pd.DataFrame:
        """Which packages dominate which, of first or second order, over futures."""
        return self._frame(ranking, "dominance")

    def sources(self) -> pd.DataFrame:
        """Where spread comes from: scenarios, futures, worlds."""
        parts = self.by_scenario()
        return spread_between(parts) if len(parts) > 1 else self._frame(ranking, "sources")

    def best(
        self, indifference: float = INDIFFERENCE, probability: float = 0.95
    ) -> pd.DataFrame:
        """Which package is best with `probability`, if it is ahead by `indifference`."""
        return self._frame(lambda part: best(part, indifference, probability))

    def worth(self, prices: Given = None) -> pd.DataFrame:
        """What is worth its cost: the Pareto set, and what is beaten beyond luck."""
        return self._frame(lambda part: worth(part, as_prices(prices)))

    def join(self) -> pd.DataFrame:
        """Whether to join up at all, outcome by outcome."""
        return self._frame(join)

    def evidence(self) -> pd.DataFrame:
        """Patterns that judge the levers compared, reproduced and missed."""
        return self._frame(evidence)

    def _frame(self, ask: Callable[[Any], Answer], table: str | None = None) -> pd.DataFrame:
        parts = self.by_scenario()
        answers = {part.scenario.name: ask(part) for part in parts}
        frames = {
            name: answer.frame() if table is None else _other(answer, table)
            for name, answer in answers.items()
        }
        if len(frames) == 1:
            return next(iter(frames.values()))
        joined = pd.concat(frames, names=["scenario"]).reset_index(level=0)
        notes = dict.fromkeys(note for item in answers.values() for note in item.notes)
        joined.attrs.update(
            sentence="\n".join(f"{name}: {item.sentence}" for name, item in answers.items()),
            runs=sum(item.runs for item in answers.values()), notes=tuple(notes),
            units=dict(next(iter(answers.values())).units))
        return joined.reset_index(drop=True)


def _other(answer: Answer, table: str) -> pd.DataFrame:
    """A table beside the answer's own."""
    if table not in answer.more:
        raise Unanswerable("; ".join(answer.notes))
    return answer.more[table]


def as_prices(given: Given) -> Prices | None:
    """Prices that were read, or are to be."""
    return given if given is None or isinstance(given, Prices) else read_prices(given)
