"""An answer: what was found in one sentence, and the table behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """What a finished experiment says to a question.

    sentence: what was found; table: tidy; units: by column of it; runs: how many are behind
    it; notes: what is to be kept in mind; more: other tables, by name; brief: what a terminal
    shows of it, a label and numbers a row; beside: what it shows below that, by title;
    message: of its picture, where that is less than the sentence.
    """

    sentence: str
    table: pd.DataFrame
    runs: int
    units: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    more: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    brief: pd.DataFrame = field(default_factory=pd.DataFrame)
    beside: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    message: str = ""

    def frame(self) -> pd.DataFrame:
        """The table, with all else in its `attrs`."""
        frame = self.table.copy()
        frame.attrs.update(
            sentence=self.sentence, runs=self.runs, units=dict(self.units), notes=self.notes)
        return frame


def listed(names: list[str]) -> str:
    """`a, b and c`."""
    return " and ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)
