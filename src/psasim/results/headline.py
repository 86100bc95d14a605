"""The measure an answer hangs on: said before anything is run, never chosen from the results."""

from __future__ import annotations

from collections.abc import Collection

from psasim.declared.names import unknown
from psasim.errors import InputError, shown
from psasim.results.measures import MEASURES

DEFAULT = "attainment"
"""Every outcome counts in it, whether or not its target is met."""

TAKEN = ("burden", "overhead", "cost")
"""What a lever takes, whether or not it has anything to act on."""

TAKES = ("burden", "cost")
"""What a gain is held against: capacity, and an index of money."""

_SUMMARY = (
    "attainment",
    "targets_met_real",
    "targets_met_reported",
    "burden",
    "cost",
    "met_on_paper",
    "worst_outcome",
    "time_to_mobilise",
    "reporting_gap",
)
"""What stands beside the headline; the first where there is not room for all."""


def as_headline(name: object, own: Collection[str] | None = None) -> str:
    """A declared measure of which more or less is better; `InputError` for anything else.

    own: names of the measures of one's own that there are; None for all that are known.
    """
    known = [*MEASURES.shipped, *(MEASURES.own if own is None else own)]
    able = [key for key in known if MEASURES[key].good]
    if not isinstance(name, str):
        raise InputError(f"headline = {shown(name)} is not the name of a measure; "
                         f"write headline={DEFAULT}")
    if name not in known:
        raise unknown(name, able, "headline")
    if name not in able:
        raise InputError(
            f"headline = {name}: neither more nor less of it is declared to be better, so "
            f"packages cannot be put in order by it; those that can: {', '.join(able)}"
        )
    return name


def summary_of(headline: str) -> tuple[str, ...]:
    """Measures of a summary, the headline first."""
    return (headline, *(name for name in _SUMMARY if name != headline))
