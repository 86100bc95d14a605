"""`tables.xlsx`: every table on a sheet of its own, to the UK Analysis Function's guidance on
spreadsheets (https://analysisfunction.civilservice.gov.uk/policy-store/releasing-statistics-in-
spreadsheets/): a cover with contents, one marked-up table a sheet that begins below its title and
notes, no merged or empty cells, nothing told by colour alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import xlsxwriter

from psasim.report.lettering import one_line
from psasim.report.page.content import Page, Table

NONE = "[x]"
"""Stands in a cell that has no value, as the guidance has it."""
MOST_ROWS = 100_000
"""Rows of a sheet at most; longer tables are in their CSV file alone."""
WIDEST = 60
BEFORE = 4
"""Rows above a table: its title, its notes, and how many tables there are."""

_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def write_workbook(page: Page, path: Path) -> None:
    """Write all tables of a page; the same page gives the same bytes."""
    tables = [table for table in page.tables if len(table.frame)]
    with xlsxwriter.Workbook(str(path), _OPTIONS) as book:
        book.set_properties({
            "title": one_line(page.title), "author": "psasim", "company": "",
            "created": datetime(2000, 1, 1),  # the same bytes whenever it is written
        })
        styles = {name: book.add_format(given) for name, given in {
            "title": {"bold": True, "font_size": 16}, "head": {"bold": True, "text_wrap": True},
            "text": {"text_wrap": True, "valign": "top"}, "plain": {"valign": "top"},
            "link": {"font_color": "#0000ee", "underline": 1},
        }.items()}
        _cover(book, styles, page, tables)
        for table in tables:
            _sheet(book, styles, table)


def _cover(book: Any, styles: Mapping[str, Any], page: Page, tables: list[Table]) -> None:
    sheet = book.add_worksheet("Cover")
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 90)
    sheet.hide_gridlines(2)
    sheet.write_string(0, 0, one_line(page.title), styles["title"])
    told = [
        page.under, *page.notices, *page.answer.sentences, *page.answer.caveats,
        f"{NONE} stands where there is no value. Every sheet holds one table; its name is that of "
        "the CSV file beside this workbook.",
    ]
    for row, text in enumerate(told, start=1):
        sheet.write_string(row, 0, one_line(text))
    first = len(told) + 2
    sheet.add_table(first, 0, first + len(tables), 1, {
        "name": "contents", "autofilter": False, "style": None,
        "columns": [{"header": "sheet", "header_format": styles["head"]},
                    {"header": "what it shows", "header_format": styles["head"]}]})
    for row, table in enumerate(tables, start=first + 1):
        sheet.write_url(row, 0, f"internal:'{table.name}'!A1", styles["link"], table.name)
        sheet.write_string(row, 1, one_line(table.title), styles["text"])


def _sheet(book: Any, styles: Mapping[str, Any], table: Table) -> None:
    frame = table.frame
    sheet = book.add_worksheet(table.name)
    sheet.hide_gridlines(2)
    sheet.write_string(0, 0, one_line(table.title), styles["title"])
    sheet.write_string(1, 0, one_line(f"{table.note} {table.columns}".strip())
                       or "Every column says what it holds.")
    if len(frame) > MOST_ROWS:
        sheet.write_string(2, 0, f"This worksheet holds no table: it has {len(frame):,} rows, "
                                 f"which are in {table.name}.csv.")
        return
    sheet.write_string(2, 0, "This worksheet contains one table.")
    sheet.add_table(BEFORE, 0, BEFORE + len(frame), frame.shape[1] - 1, {
        "name": f"table_{table.name}", "autofilter": False, "style": None,
        "columns": [{"header": one_line(str(name)), "header_format": styles["head"]}
                    for name in frame.columns]})
    sheet.freeze_panes(BEFORE + 1, 1)
    for place, name in enumerate(frame.columns):
        values = frame[name]
        for row, value in enumerate(values, start=BEFORE + 1):
            _cell(sheet, row, place, value, styles["plain"])
        longest = max([len(str(name)), *(len(_short(value)) for value in values.head(1000))])
        sheet.set_column(place, place, min(max(longest + 2, 10), WIDEST))


def _cell(sheet: Any, row: int, place: int, value: object, style: Any) -> None:
    if isinstance(value, bool | np.bool_):
        sheet.write_string(row, place, "yes" if value else "no", style)
    elif value is None or value is pd.NA or _is_lost(value):
        sheet.write_string(row, place, NONE, style)
    elif isinstance(value, int | float | np.integer | np.floating):
        sheet.write_number(row, place, float(value), style)
    else:
        sheet.write_string(row, place, one_line(str(value)), style)


def _is_lost(value: object) -> bool:
    return isinstance(value, float | np.floating) and not np.isfinite(value)


def _short(value: object) -> str:
    return f"{value:.6g}" if isinstance(value, float) else str(value)
