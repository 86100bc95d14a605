"""What is known of a folder when its page is made."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from psasim.analysis.answer import Answer
from psasim.analysis.prices import Prices
from psasim.analysis.questions import QUESTIONS, Asked
from psasim.errors import InputError, PsasimError, Unanswerable
from psasim.experiment.folder.bands import FEW_POINTS, TRAJECTORIES
from psasim.experiment.folder.durable import plain_bytes
from psasim.experiment.folder.look import RECORD, of_another_model
from psasim.experiment.folder.publish import recorded
from psasim.experiment.folder.reader import StoredResults, open_results
from psasim.report.figures import makers
from psasim.report.lettering import one_line
from psasim.report.page.contenders import contenders
from psasim.report.page.pictures import PICTURES, pictures
from psasim.report.page.standing import Standing
from psasim.report.style import Chart, styled

FEW_PACKAGES = FEW_POINTS
"""Packages beyond which they are not drawn."""

FIRST = ("contenders", "forest", "scenarios", "ranges")
"""What is drawn on the first page, the first that there is."""


@dataclass(frozen=True, eq=False)
class Reading:
    """results: all of them; parts: the same by scenario, those that can be compared;
    record: `record.json`, empty where there is none; prices: of department-months and levers,
    None where nobody gave any."""

    results: StoredResults
    parts: tuple[StoredResults, ...]
    record: Mapping[str, Any]
    prices: Prices | None = None

    @property
    def several_futures(self) -> bool:
        return self.results.futures > 1

    @property
    def one(self) -> StoredResults | None:
        """The results, where they are of one scenario."""
        return self.parts[0] if len(self.parts) == 1 else None

    @property
    def compares(self) -> bool:
        return len(self.results.packages) > 1

    @cached_property
    def charts(self) -> Mapping[str, Chart]:
        """Every chart that can be drawn, by name."""
        few = len(self.results.packages) <= FEW_PACKAGES
        made = dict(makers(self.results, self._paths)) if few else {}
        if few and self.one is not None and self.compares:
            made |= contenders(self.one)
        if self._paths is None:
            made = {name: make for name, make in made.items()
                    if name not in ("trajectories", "outcomes")}
        made |= dict(self._of_answers(few))
        drawn: dict[str, Chart] = {}
        with styled():
            for name, make in made.items():
                try:
                    drawn[name] = make()
                except Exception as error:  # a picture is not worth the page
                    self.not_drawn[name] = one_line(f"{type(error).__name__}: {error}")
        return drawn

    def _of_answers(self, few: bool) -> Iterator[tuple[str, Callable[[], Chart]]]:
        """Of many packages no more than what drives the answer, which has a row a factor."""
        for part in self.parts if self.compares else ():
            for question in PICTURES if few else ("drivers",):
                found = self.answer(part, question)
                if isinstance(found, Answer):
                    yield from pictures(question, found, part.scenario.title,
                                        Standing(part).chosen, part.baseline, self.end_of(part))

    def end_of(self, part: StoredResults) -> str:
        """What the names of tables and pictures of a scenario end with, of several."""
        return "" if self.one is not None else f"_{self.parts.index(part) + 1}"

    @property
    def first(self) -> str:
        """The chart of the first page, the first of these that there is; empty if none is."""
        return next((name for name in FIRST if name in self.charts), "")

    def below(self, *names: str) -> tuple[Chart, ...]:
        """Those of the charts that there are and that the first page does not show."""
        return tuple(self.charts[name] for name in names
                     if name in self.charts and name != self.first)

    def of_question(self, question: str) -> tuple[Chart, ...]:
        """Those of a question's charts that there are, scenario by scenario."""
        name = PICTURES.get(question)
        return () if name is None else self.below(*(name + self.end_of(part)
                                                    for part in self.parts))

    def answer(self, part: StoredResults, question: str) -> Answer | Unanswerable:
        """What one scenario says to a question of `psasim analyse`, or why it does not."""
        key = (part.scenario.name, question)
        if key not in self._answers:
            try:
                self._answers[key] = QUESTIONS[question].answer(part, Asked(self.prices))
            except Unanswerable as why:
                self._answers[key] = why
        return self._answers[key]

    @cached_property
    def _answers(self) -> dict[tuple[str, str], Answer | Unanswerable]:
        return {}

    @cached_property
    def not_drawn(self) -> dict[str, str]:
        """Why charts could not be drawn."""
        return {}

    @cached_property
    def _paths(self) -> pd.DataFrame | None:
        """Monthly bands, if they are there as they were written."""
        if self.one is None or self.several_futures:
            return None
        folder = self.results.folder
        try:
            content = plain_bytes(folder / TRAJECTORIES)
        except (OSError, PsasimError):
            return None
        written = recorded(folder / RECORD).get(TRAJECTORIES)
        if hashlib.sha256(content).hexdigest() != written:
            return None
        return self.results.trajectories()

    @cached_property
    def notices(self) -> tuple[str, ...]:
        """What a reader must know before all else."""
        results, said = self.results, []
        if (other := of_another_model(results.manifest)) is not None:
            said.append(f"These runs were {other}: the numbers are read as they were written, "
                        "and what is said here of the model, its evidence and its assumptions is "
                        "of this version.")
        points, whole = len(results.points), len(results.design.points)
        if points < whole:
            said.append(f"The runs are not whole: {points:,} of {whole:,} points of the design "
                        "have runs. The command that made the folder goes on from there.")
        elif not self.record:
            said.append("The runs may not be whole: no run of this folder has ended. The command "
                        "that made it goes on from there.")
        failed = results.failed()
        if total := sum(failed.values()):
            said.append(f"{total:,} of {sum(results.runs().values()):,} runs failed and are left "
                        "out, each with its pair.")
        return tuple(said)


def read(folder: Path, headline: str | None = None, prices: Prices | None = None) -> Reading:
    """Open a folder; raises `StoreError` where it is damaged, `InputError` where it holds
    nothing to report yet."""
    results = open_results(folder, headline)
    parts = tuple(part for part in results.by_scenario()
                  if part.worlds and part.points and part.baseline in part.packages)
    if not parts:
        raise InputError(f"{folder} has no runs of {results.baseline} yet, so there is nothing to "
                         "report; give the command that made the folder again")
    return Reading(results, parts, _record(folder), prices)


def _record(folder: Path) -> Mapping[str, Any]:
    try:
        found = json.loads(plain_bytes(folder / RECORD))
    except FileNotFoundError:
        return {}
    return found if isinstance(found, dict) else {}
