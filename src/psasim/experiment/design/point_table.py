"""A design of the user's own: a CSV file with a row a point and a column a factor."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Literal

import numpy as np

from psasim.declared.declare import Choice, Quantity
from psasim.errors import InputError
from psasim.experiment.design.factors import Declared, Value, resolve
from psasim.experiment.design.plan import Columns
from psasim.experiment.design.strict import Strict


class Table(Strict):
    """Every row of a file."""

    design: Literal["table"]
    file: str


def read_table(file: Path, declared: Declared, names: Sequence[str] = ()) -> Columns:
    """The columns of `file` by factor path; those called one of `names` as they are.

    Every cell is checked against its declaration; a message names the row, as a
    spreadsheet numbers it, and the column.  Raises `InputError`.
    """
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            header, *rows = csv.reader(lines, strict=True)
    except FileNotFoundError:
        raise InputError(f"{file}: there is no such file; check the path") from None
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{file}: not a CSV file in UTF-8 ({error})") from None
    except ValueError:
        raise InputError(f"{file} is empty: name the factors in the first row") from None
    place = f"{file.name}, row 1"
    paths = [name if name in names else resolve(name.strip(), declared, place) for name in header]
    for path in paths:
        if paths.count(path) > 1:
            raise InputError(f"{place}: {path} is named twice")
    if not rows:
        raise InputError(f"{file.name} has no rows below its header")
    cells = [
        _row(row, paths, declared, f"{file.name}, row {number}")
        for number, row in enumerate(rows, start=2)
    ]
    return {path: np.array(column) for path, column in zip(paths, zip(*cells, strict=True),
                                                           strict=True)}


def _row(row: list[str], paths: list[str], declared: Declared, place: str) -> list[Value]:
    if len(row) != len(paths):
        raise InputError(f"{place} has {len(row)} cells, the header {len(paths)}")
    return [
        _cell(text.strip(), declared.get(path), f"{place}, column {path}")
        for text, path in zip(row, paths, strict=True)
    ]


def _cell(text: str, declared: Quantity | Choice | None, place: str) -> Value:
    if not text:
        raise InputError(f"{place} is empty; write the value, the default too")
    if declared is None:
        return text
    value: Value = text
    if isinstance(declared, Quantity):
        with suppress(ValueError):
            value = float(text)
    problem = declared.problem(value, place)
    if problem:
        raise InputError(problem)
    return value
