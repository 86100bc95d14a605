"""What the validation found: a file, a page and a figure for each pattern."""

from psasim.report.validation.content import content, headline
from psasim.report.validation.figure import pattern_chart
from psasim.report.validation.files import (
    DATA,
    PAGE,
    claim,
    is_page,
    update_page,
    write_validation,
)
from psasim.report.validation.page import page

__all__ = [
    "DATA", "PAGE", "claim", "content", "headline", "is_page", "page", "pattern_chart",
    "update_page", "write_validation",
]
