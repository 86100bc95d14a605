"""Questions of `psasim analyse`, each a section: what it answers, or which design would."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import pandas as pd

from psasim.analysis.answer import Answer
from psasim.analysis.questions import QUESTIONS
from psasim.experiment.folder.reader import StoredResults
from psasim.report.page.content import Section, Table
from psasim.report.page.reading import Reading
from psasim.report.page.wording import in_words
from psasim.results.measures import MEASURES

PARTS = frozenset(item.unit for item in MEASURES.values() if item.part)
"""Units of measures that are parts of 1."""
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
                says.append(f"{where}{in_words(found.sentence)}")
                notes |= dict.fromkeys(f"{note}." for note in found.notes)
                if len(found.brief) > MOST:
                    notes[f"the table has its first {MOST} rows here, and all in the file."] = None
                tables += _tables(found, part, question, end)
            else:
                lacks[f"What was run does not answer this: {found}."] = None
        return Section(question, QUESTIONS[question].words, tuple(says), tuple(notes),
                       pictures=reading.of_question(question), tables=tuple(tables),
                       lacks=" ".join(lacks))

    return make


def _tables(found: Answer, part: StoredResults, question: str, end: str) -> Iterator[Table]:
    title = f"{QUESTIONS[question].words} {part.scenario.title}"
    note, said = f"From {found.runs:,} runs.", _units(found, found.table.columns)
    if len(found.table):
        shown = _shown(found)
        yield Table(f"{question}{end}", title, found.table,
                    f"{note} {_units(found, _unscaled(found, shown))}".strip(),
                    shown.rename(columns=lambda name: str(name).replace("_", " ")),
                    columns=said)
    for name, frame in found.more.items():
        if len(frame):
            yield Table(f"{question}_{name}{end}", f"{title}: {name.replace('_', ' ')}",
                        pd.DataFrame(frame), note, folded=True, columns=said)


def _units(found: Answer, names: Iterable[str]) -> str:
    """`Units: regret of target; p_holm probability.`, of these columns."""
    units = "; ".join(f"{name} {unit}" for name, unit in found.units.items() if name in names
                      and not name.endswith(("lo95", "hi95")) and unit != "see unit")
    return f"Units: {units}." if units else ""


def _shown(found: Answer) -> pd.DataFrame:
    """The first rows of what a terminal shows: columns that hold something, parts of 1 as
    percentage points with a decimal, other fractions with three."""
    brief = found.brief if len(found.brief) else found.table
    frame = brief.head(MOST).dropna(axis=1, how="all")
    return pd.DataFrame({
        f"{name} (percentage points)" if (points := _in_points(found, str(name))) else name:
        frame[name].map(_point if points else _rounded) if name in frame.select_dtypes("float")
        else frame[name] for name in frame})


def _unscaled(found: Answer, shown: pd.DataFrame) -> list[str]:
    return [name for name in found.units if name in shown.columns]


def _in_points(found: Answer, name: str) -> bool:
    """Whether a column holds differences in a measure that is a part of 1."""
    units = {found.units.get(name, "")}
    if units == {"see unit"} and "unit" in found.table:
        units = set(found.table["unit"])
    return units <= PARTS


def _point(value: float) -> str:
    return f"{100.0 * value:+z.1f}"


def _rounded(value: float) -> str | float:
    return f"{value:z.3f}" if abs(value) < 1000.0 else value
