"""The sections below the first page, in their order: what makes each of a reading.

A question of `psasim analyse` that has no section of its own here gets one by itself.
"""

from collections.abc import Callable

from psasim.analysis.questions import QUESTIONS
from psasim.report.page.content import Section
from psasim.report.page.reading import Reading
from psasim.report.page.sections.asked import section
from psasim.report.page.sections.assumed import assumed, uncalibrated
from psasim.report.page.sections.changes import changes
from psasim.report.page.sections.effort import effort, months
from psasim.report.page.sections.evidence import evidence
from psasim.report.page.sections.made import made, notes, words
from psasim.report.page.sections.ranking import ranking, scenarios

OWN = ("changes", "effort", "ranking", "evidence")
"""Questions that a section of its own answers."""

SECTIONS: tuple[Callable[[Reading], Section], ...] = (
    changes, effort, months, ranking, scenarios,
    *(section(question) for question in QUESTIONS if question not in OWN),
    notes, evidence, assumed, uncalibrated, words, made,
)
