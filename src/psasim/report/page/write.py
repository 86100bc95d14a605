"""`DIR/report/`: the page, the workbook and the tables as CSV, put there as one."""

from __future__ import annotations

import json
from pathlib import Path

import psasim
from psasim.analysis.prices import Prices
from psasim.experiment.folder.claim import check_ours
from psasim.experiment.folder.look import steadily
from psasim.experiment.folder.publish import FILES, digests, published, recorded
from psasim.report.page.build import page
from psasim.report.page.content import Page
from psasim.report.page.html import html
from psasim.report.page.reading import read
from psasim.report.page.workbook import write_workbook

FOLDER, RECORD = "report", "report.json"
PAGE, WORKBOOK = "report.html", "tables.xlsx"
SCHEMA = 1


def write_page(
    folder: Path, headline: str | None = None, prices: Prices | None = None
) -> Path:
    """Write the report of a results folder into `folder/report`, and return that place.

    headline: the measure that packages are put in order by; None for the one in the folder's
    record; prices: of department-months and levers, in which costs are told.  The same folder
    gives the same bytes.  Raises `StoreError` where the folder is
    damaged, `InputError` where there is nothing to report or its `report` is somebody else's.
    """
    place = folder / FOLDER
    check_ours(place, RECORD, lambda path: PAGE in recorded(path))
    made = steadily(folder, lambda: page(read(folder, headline, prices)))
    text = html(made)
    with published(place, RECORD) as stage:
        (stage / PAGE).write_text(text, encoding="utf-8", newline="\n")
        write_workbook(made, stage / WORKBOOK)
        _write_tables(made, stage)
        content = {"schema": SCHEMA, "psasim": psasim.__version__, FILES: digests(stage)}
        (stage / RECORD).write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8",
                                    newline="\n")
    return place


def _write_tables(made: Page, stage: Path) -> None:
    for table in made.tables:
        path = stage / f"{table.name}.csv"
        if path.exists():
            raise ValueError(f"two tables are called {table.name}")
        table.frame.to_csv(path, index=False, lineterminator="\n")
