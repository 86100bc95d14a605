"""A design of the user's own: a CSV file with a row a point and a column a factor."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import numpy as np

from psasim.declared.declare import Choice, Quantity
from psasim.declared.names import check_name
from psasim.errors import InputError
from psasim.experiment.design.factors import Declared, Value, resolve
from psasim.experiment.design.plan import Columns
from psasim.experiment.design.strict import Strict
from psasim.reading.csv import read_csv
from psasim.reading.text import number


class Table(Strict):
    """Every row of a file."""

    design: Literal["table"]
    file: str


def read_table(file: Path, declared: Declared, names: Sequence[str] = ()) -> Columns:
    """The columns of `file` by factor path; those called one of `names` as they are.

    Every cell is checked against its declaration; a message names file, line and column.
    Raises `InputError`.
    """
    def column(cell: str, place: str) -> str:
        return cell if cell in names else resolve(cell, declared, place)

    rows = read_csv(file, column)
    cells = [
        [_cell(text, declared.get(path), f"{row.place}, column {path}")
         for path, text in row.items()]
        for row in rows
    ]
    return {path: np.array(values)
            for path, values in zip(rows[0], zip(*cells, strict=True), strict=True)}


def _cell(text: str, declared: Quantity | Choice | None, place: str) -> Value:
    if not text:
        raise InputError(f"{place} is empty; write the value, the default too")
    if declared is None:
        check_name(text, place)
        return text
    value: Value = text
    if isinstance(declared, Quantity):
        read = number(text)
        value = text if read is None else read
    problem = declared.problem(value, place)
    if problem:
        raise InputError(problem)
    return value
