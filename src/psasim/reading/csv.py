"""CSV as rows that know their file and line; what a spreadsheet leaves behind does no harm."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

from psasim.errors import InputError, shown
from psasim.reading.text import read_text
from psasim.reading.yaml import Row

LARGEST_CELL = 10_000
_SEPARATORS = {";": "semicolons", "\t": "tabs"}


def read_csv(path: Path, column: Callable[[str, str], str]) -> list[Row]:
    """Rows below the header, cells as text without spaces around it, empty ones as "".

    column: what a header cell stands for, given the cell and its place; it may refuse.
    Blank rows and empty columns at the right end are passed over.  Raises `InputError`
    with file, line and fix; there is at least one row.
    """
    reader = csv.reader(io.StringIO(read_text(path), newline=""), strict=True)
    rows: list[Row] = []
    header: list[str] = []
    width, line = 0, 1
    try:
        for cells in reader:
            place, line = f"{path} line {line}", reader.line_num + 1
            if not any(map(str.strip, cells)):
                continue
            if header:
                rows.append(_row(_cells(cells, place), header, width, place))
            else:
                width, header = len(cells), _header(_cells(cells, place), place, column)
    except csv.Error as error:
        raise InputError(f"{path} line {line}: not CSV: {_cause(error)}") from None
    if not rows:
        raise InputError(f"{path}: has a header but no rows; add one, or leave the table out")
    return rows


def _cells(cells: list[str], place: str) -> list[str]:
    """Cells without the spaces around them."""
    cells = [cell.strip() for cell in cells]
    for number, cell in enumerate(cells, start=1):
        if len(cell) > LARGEST_CELL:
            raise InputError(f"{place}: cell {number}, {shown(cell)}, has {len(cell):,} "
                             f"characters; up to {LARGEST_CELL:,} are read. Is a quote left open?")
    return cells


def _header(cells: list[str], place: str, column: Callable[[str, str], str]) -> list[str]:
    """What the columns stand for, refused where one repeats or has no name."""
    for mark, name in _SEPARATORS.items():
        if len(cells) == 1 and mark in cells[0]:
            raise InputError(f"{place}: columns are separated by {name}; save the file with commas")
    while not cells[-1]:
        cells.pop()
    names: list[str] = []
    for number, cell in enumerate(cells, start=1):
        if not cell:
            raise InputError(f"{place}: column {number} has no name; name it or remove it")
        name = column(cell, place)
        if name in names:
            raise InputError(f"{place}: column {name!r} stands twice; remove one of the two")
        names.append(name)
    return names


def _row(cells: list[str], header: list[str], width: int, place: str) -> Row:
    """A row of the table; width: cells of the header's row, empty ones at its end among them."""
    beyond = [cell for cell in cells[len(header):] if cell]
    if beyond or len(cells) > width:
        raise InputError(
            f"{place}: {len(cells)} cells under {len(header)} columns; put text that holds a "
            "comma in double quotes, and write numbers with a point"
        )
    if len(cells) < len(header):
        raise InputError(
            f"{place}: {len(cells)} cells under {len(header)} columns, none for "
            f"{', '.join(header[len(cells):])}; an empty cell needs its comma too"
        )
    row = Row(zip(header, cells, strict=False))
    row.place = place
    return row


def _cause(error: csv.Error) -> str:
    """The module's words, or plainer ones for the two errors that people make."""
    words = str(error)
    if "unexpected end of data" in words:
        return "a double quote in this row is never closed"
    if "field larger" in words:
        return "a cell in this row is enormous; is a double quote left open?"
    return words
