"""In what differences are drawn: parts of 1 in percentage points, all else in its unit."""

from __future__ import annotations

from psasim.results.measures import MEASURES


def scale_of(measure: str) -> float:
    """100 for a part of 1, which is told in percentage points."""
    return 100.0 if MEASURES[measure].part else 1.0


def unit_of(measure: str) -> str:
    """The unit of what is drawn."""
    return "percentage points" if MEASURES[measure].part else MEASURES[measure].unit


def unit_in_words(measure: str) -> str:
    """The unit in a sentence that names the measure: `points`, `months`."""
    return "points" if MEASURES[measure].part else MEASURES[measure].unit
