"""The sections below the first page, in their order; each answers one question of a reading, and
gives None where there is nothing to say."""

from collections.abc import Callable

from psasim.report.page.content import Section
from psasim.report.page.reading import Reading
from psasim.report.page.sections.assumed import assumed, uncalibrated
from psasim.report.page.sections.changes import changes
from psasim.report.page.sections.effort import effort, months
from psasim.report.page.sections.evidence import evidence
from psasim.report.page.sections.made import made, notes, words
from psasim.report.page.sections.ranking import ranking, scenarios

SECTIONS: tuple[Callable[[Reading], Section | None], ...] = (
    changes, effort, months, ranking, scenarios, notes, evidence, assumed, uncalibrated, words,
    made,
)
