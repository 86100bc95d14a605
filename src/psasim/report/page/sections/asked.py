"""Questions of `psasim analyse`, each a section: what it answers, or which design would."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pandas as pd

from psasim.analysis.answer import Answer
from psasim.analysis.questions import QUESTIONS, Asked
from psasim.errors import Unanswerable
from psasim.experiment.folder.reader import StoredResults
from psasim.report.names import sentence
from psasim.report.page.content import Section, Table
from psasim.report.page.reading import Reading

MOST = 30
"""Rows at most that the page's table shows; the files have them all."""


def section(question: str) -> Callable[[Reading], Section]:
    """What makes the section of a question."""

    def make(reading: Reading) -> Section:
        says: list[str] = []
        tables: list[Table] = []
        lacks: dict[str, None] = {}
        for number, part in enumerate(reading.parts, start=1):
            end = "" if reading.one is not None else f"_{number}"
            where = "" if reading.one is not None else f"{part.scenario.title}: "
            found = answer(part, question)
            if isinstance(found, Answer):
                says.append(f"{where}{found.sentence}")
                says += [f"{sentence(note)}." for note in found.notes if number == 1]
                tables += _tables(found, part, question, end)
            else:
                lacks[f"No answer from this design: {found}."] = None
        return Section(question, QUESTIONS[question].words, tuple(says), tables=tuple(tables),
                       lacks=" ".join(lacks))

    return make


def answer(part: StoredResults, question: str) -> Answer | Unanswerable:
    """The answer for one scenario, or why there is none."""
    try:
        return QUESTIONS[question].answer(part, Asked())
    except Unanswerable as why:
        return why


def _tables(found: Answer, part: StoredResults, question: str, end: str) -> Iterator[Table]:
    title = f"{QUESTIONS[question].words} {part.scenario.title}"
    units = "; ".join(f"{name}: {unit}" for name, unit in found.units.items())
    note = f"From {found.runs:,} runs. {f'Units: {units}.' if units else ''}".strip()
    if len(found.table):
        brief = found.brief if len(found.brief) else found.table
        shown = brief.rename(columns=lambda name: str(name).replace("_", " ")).head(MOST)
        yield Table(f"{question}{end}", title, found.table, note, shown)
    for name, frame in found.more.items():
        if len(frame):
            yield Table(f"{question}_{name}{end}", f"{title}: {name.replace('_', ' ')}",
                        pd.DataFrame(frame), note, folded=True)
