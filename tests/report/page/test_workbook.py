"""The workbook: every table, to the guidance, and nothing in it that a spreadsheet would run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from psasim.report.page.content import Answer, Page, Section, Table
from psasim.report.page.workbook import NONE, write_workbook

from .conftest import KINDS

EVIL = '=HYPERLINK("http://x","y")'


@pytest.mark.parametrize("kind", KINDS)
def test_every_table_has_a_sheet_and_a_file(page: Callable[[str], Path], kind: str) -> None:
    place = page(kind)
    book = openpyxl.load_workbook(place / "tables.xlsx")
    files = {path.stem for path in place.glob("*.csv")}
    assert set(book.sheetnames) == {"Cover"} | files and book.sheetnames[0] == "Cover"
    for name in files:
        sheet = book[name]
        (table,) = sheet.tables.values()
        kept = pd.read_csv(place / f"{name}.csv", keep_default_na=False)
        first, *rows = sheet[table.ref]
        assert [cell.value for cell in first] == list(kept.columns)
        assert len(rows) == len(kept)
        assert all(cell.value is not None for row in rows for cell in row)
        assert not sheet.merged_cells.ranges and sheet["A1"].value and sheet["A2"].value


def test_what_a_spreadsheet_would_run_is_text(tmp_path: Path) -> None:
    frame = pd.DataFrame({EVIL: [EVIL, "http://x"], "n": [1.5, float("nan")], "m": [True, None]})
    empty = Section("cost", "What it costs")
    page = Page(EVIL, "under", Answer((EVIL,), (), ("a", "b"), None, empty, empty),
                (Section("s", "S", tables=(Table("evil", EVIL, frame),)),))
    write_workbook(page, tmp_path / "tables.xlsx")
    book = openpyxl.load_workbook(tmp_path / "tables.xlsx")
    sheet = book["evil"]
    assert sheet["A1"].value == EVIL and sheet["A1"].data_type == "s"
    assert [cell.data_type for row in sheet["A5:C7"] for cell in row].count("f") == 0
    assert sheet["A6"].value == EVIL and sheet["A7"].hyperlink is None
    assert sheet["B6"].value == 1.5 and sheet["B7"].value == NONE
    assert sheet["C6"].value == "yes" and sheet["C7"].value == NONE
