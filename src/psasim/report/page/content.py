"""What a page is made of: sections, each of a few sentences, pictures and tables."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from psasim.report.style import Chart


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """name: of its CSV file and of its sheet; title: what it shows; note: units, and how to
    read it; columns: of its file alone, what those are that the page does not show; frame: as it
    is written; shown: as the page shows it, if that is other; folded: whether the page shows it
    only when asked."""

    name: str
    title: str
    frame: pd.DataFrame
    note: str = ""
    shown: pd.DataFrame | None = None
    folded: bool = False
    columns: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Section:
    """says: paragraphs; items: a list below them; lacks: what this design does not answer, and
    which would; commands: as they are typed; facts: names and what they are."""

    key: str
    title: str
    says: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    pictures: tuple[Chart, ...] = ()
    tables: tuple[Table, ...] = ()
    lacks: str = ""
    commands: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """The first page: what a minister reads.  sentences: five at most; terms: what the names in
    them stand for; caveats: the two that decide how far they carry."""

    sentences: tuple[str, ...]
    terms: tuple[tuple[str, str], ...]
    caveats: tuple[str, ...]
    picture: Chart | None
    costs: Section
    change: Section


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """title: of the scenario or scenarios; under: what was run, in a line; notices: what a
    reader must know before all else, as that the runs are not whole."""

    title: str
    under: str
    answer: Answer
    sections: tuple[Section, ...]
    notices: tuple[str, ...] = field(default=())

    @property
    def everything(self) -> tuple[Section, ...]:
        """All sections, those of the first page too."""
        return (self.answer.costs, self.answer.change, *self.sections)

    @property
    def pictures(self) -> tuple[Chart, ...]:
        first = () if self.answer.picture is None else (self.answer.picture,)
        return (*first, *(chart for part in self.everything for chart in part.pictures))

    @property
    def tables(self) -> tuple[Table, ...]:
        """All tables, those of pictures too."""
        drawn = [Table(chart.name, chart.title, chart.data, chart.foot)
                 for chart in self.pictures]
        return (*(table for part in self.everything for table in part.tables), *drawn)
