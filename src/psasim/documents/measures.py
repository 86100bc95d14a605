"""`docs/measures.md`: what a run reports."""

from __future__ import annotations

from psasim.documents.markdown import code, document, table
from psasim.results.measures import MEASURES

INTRODUCTION = (
    "What a run reports, one value each. Formulas are in [model](model.md), section 7.9. *Better* "
    "says which way is good, where either is: any such measure can be the `headline=` that "
    "packages are put in order by ([experiments](experiments.md#the-headline))."
)
_BETTER = {1: "more", -1: "less", 0: "neither"}


def page() -> str:
    """The page's text."""
    rows = (
        (code(name), m.label, m.unit, _BETTER[m.good], m.definition, m.heading)
        for name, m in MEASURES.shipped.items()
    )
    headers = ("measure", "label", "unit", "better", "definition", "heading")
    return document("Measures", INTRODUCTION, table(headers, rows))
