"""What the answer rests on: assumptions, and what is uncalibrated or left out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from psasim.calibration.outcome import shipped_report
from psasim.calibration.plainly import plainly
from psasim.report.page.bearing import bearing
from psasim.report.page.content import Section, Table
from psasim.report.page.reading import Reading
from psasim.results.verdict import few
from psasim.scenario.assumed import WORST, assumed_facts

LEFT_OUT = (
    "money as a limit (budgets are capacity)",
    "Parliament, elections and changes of minister",
    "staff and their skills",
    "citizens’ behaviour",
    "what one outcome does to another",
    "targets that are redefined on the way",
    "conflict over the content of policy",
)


def assumed(reading: Reading) -> Section:
    """Declared assumptions, red first, and those of the scenarios."""
    rows = [
        {"assumption": a.rationale, "bears on": here, "impact": str(a.impact),
         "quality": str(a.quality)}
        for a, here in bearing(reading).items()
    ]
    facts = [{"assumption": note, "bears on": places, "scenario": part.scenario.title}
             for part in reading.parts for note, places in assumed_facts(part.scenario).items()]
    tables = [Table("assumptions", "Assumptions of the model, the weightiest and weakest first",
                    _frame(rows, ", ".join),
                    "Impact: how far results move over the range. Quality: how good the basis is. "
                    "Red is far and bad, green is little and good.", _frame(rows, few))]
    if facts:
        tables.append(Table("scenario_assumptions", "What the scenario assumes",
                            _frame(facts, ", ".join), folded=True))
    red = sum(row["impact"] == WORST[0] for row in rows)
    return Section("assumptions", "What is assumed", (
        f"Evidence constrains this model little, and most of its numbers are assumed. {len(rows)} "
        f"assumptions bear on what is compared here; {red} of them are graded red for impact.",
    ), tables=tuple(tables))


def _frame(rows: list[dict[str, Any]], told: Callable[[list[str]], str]) -> pd.DataFrame:
    """Rows as a table, what each bears on as it is told."""
    frame = pd.DataFrame(rows)
    return frame.assign(**{"bears on": frame["bears on"].map(told)})


def uncalibrated(reading: Reading) -> Section:
    """What no evidence speaks to, and what is not in the model at all."""
    said = " ".join(plainly(shipped_report())).replace("`", "")
    return Section("limits", "What is uncalibrated, and what is left out", (
        said,
        "The level of delivery is construction: defaults were chosen so that about as many targets "
        "are met as were. Read which way a lever pushes and how packages stand to one another; do "
        "not forecast, do not size a lever, do not judge the departments named.",
        "The model leaves out, and so this page cannot speak of:",
    ), items=LEFT_OUT)
