"""Questions of `psasim analyse`, each a section: what it answers, or which design would."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pandas as pd

from psasim.analysis.answer import Answer
from psasim.analysis.questions import QUESTIONS
from psasim.experiment.folder.reader import StoredResults
from psasim.report.page.content import Section, Table
from psasim.report.page.reading import Reading

MOST = 12
"""Rows at most that the page's table shows; the files have them all."""


def section(question: str) -> Callable[[Reading], Section]:
    """What makes the section of a question."""

    def make(reading: Reading) -> Section:
        says: list[str] = []
        notes: dict[str, None] = {}
        tables: list[Table] = []
        lacks: dict[str, None] = {}
        for part in reading.parts:
            end = reading.end_of(part)
            where = "" if reading.one is not None else f"{part.scenario.title}: "
            found = reading.answer(part, question)
            if isinstance(found, Answer):
                says.append(f"{where}{found.sentence}")
                notes |= dict.fromkeys(f"{note}." for note in found.notes)
                if len(found.brief) > MOST:
                    notes[f"the table has its first {MOST} rows here, and all in the file."] = None
                tables += _tables(found, part, question, end)
            else:
                lacks[f"No answer from this design: {found}."] = None
        return Section(question, QUESTIONS[question].words, tuple(says), tuple(notes),
                       pictures=reading.of_question(question), tables=tuple(tables),
                       lacks=" ".join(lacks))

    return make


def _tables(found: Answer, part: StoredResults, question: str, end: str) -> Iterator[Table]:
    title = f"{QUESTIONS[question].words} {part.scenario.title}"
    units = "; ".join(f"{name} {unit}" for name, unit in found.units.items()
                      if not name.endswith(("lo95", "hi95")) and unit != "see unit")
    note = f"From {found.runs:,} runs. {f'Units: {units}.' if units else ''}".strip()
    if len(found.table):
        brief = found.brief if len(found.brief) else found.table
        yield Table(f"{question}{end}", title, found.table, note, _shown(brief.head(MOST)))
    for name, frame in found.more.items():
        if len(frame):
            yield Table(f"{question}_{name}{end}", f"{title}: {name.replace('_', ' ')}",
                        pd.DataFrame(frame), note, folded=True)


def _shown(frame: pd.DataFrame) -> pd.DataFrame:
    """The table with three decimals, and words over its columns."""
    rounded = {name: frame[name].map(_rounded) for name in frame.select_dtypes("float")}
    return frame.assign(**rounded).rename(columns=lambda name: str(name).replace("_", " "))


def _rounded(value: float) -> str | float:
    return f"{value:z.3f}" if abs(value) < 1000.0 else value
