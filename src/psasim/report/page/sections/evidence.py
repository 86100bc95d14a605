"""What was seen elsewhere of the levers compared, and whether the model shows it too."""

from __future__ import annotations

import pandas as pd

from psasim.analysis.answer import listed
from psasim.report.judged import compared
from psasim.report.page.bearing import judging_best
from psasim.report.page.content import Section, Table
from psasim.report.page.reading import Reading
from psasim.validation.shipped import judging, verdicts
from psasim.validation.verdict import NOT_REPRODUCED, REPRODUCED, SILENT

ORDER = (NOT_REPRODUCED, SILENT, REPRODUCED)


def evidence(reading: Reading) -> Section:
    """Patterns that judge levers compared here, the misses first."""
    levers = compared(reading.results)
    found = sorted(judging(levers), key=lambda item: ORDER.index(item.verdict))
    hits = sum(item.verdict == REPRODUCED for item in verdicts())
    said = (f"The model was held against {len(verdicts())} patterns that were observed elsewhere, "
            f"and reproduces {hits} of them. ")
    if not found:
        return Section("evidence", "What the evidence says", (
            f"{said}None of them judges a lever that is compared here.",))
    counted = {item.id for item in judging_best(reading)}
    frame = pd.DataFrame({
        "what was seen": [item.title for item in found],
        "pattern": [item.id for item in found],
        "the model": [item.verdict for item in found],
        "levers it judges here": [
            listed([name for name in item.levers if name in levers]) for item in found],
        "on the first page": ["yes" if item.id in counted else "no" for item in found],
    })
    missed = sum(item.verdict == NOT_REPRODUCED for item in found)
    said += (f"{len(found)} of them judge levers compared here: {missed} are missed. The first "
             "page counts those alone that judge levers of the best package. What a lever adds on "
             "this page is to be held against what was seen of it. A pattern that "
             "is reproduced may rest on a mechanism that was written for it, so it shows that the "
             "model can, not that it must.")
    return Section("evidence", "What the evidence says", (said,), tables=(Table(
        "evidence", "Observed patterns that judge levers compared here", frame,
        "Verdicts of the validation that ships with this psasim."),))
