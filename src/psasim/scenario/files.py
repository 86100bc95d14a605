"""Reading YAML and CSV strictly, so that every row knows the file and line it stands on."""

from __future__ import annotations

import csv
from pathlib import Path

import yaml

from psasim.errors import InputError


class Row(dict):
    """A mapping read from a file; `place` is its file and line."""

    place: str = ""


class _Loader(yaml.SafeLoader):
    """The safe loader, with mappings that know their line and refuse a repeated key."""

    file = ""


def _mapping(loader: _Loader, node: yaml.MappingNode) -> Row:
    first: dict[str, int] = {}
    for key_node, _ in node.value:
        key, line = str(key_node.value), key_node.start_mark.line + 1
        if key in first:
            raise InputError(
                f"{loader.file} line {line}: key {key!r} already stands on line {first[key]}; "
                "remove one of the two"
            )
        first[key] = line
    row = Row(loader.construct_mapping(node, deep=True))
    row.place = f"{loader.file} line {node.start_mark.line + 1}"
    return row


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)


def read_text(path: Path) -> str:
    """Text of a file; `InputError` if it is missing, unreadable, empty or not UTF-8."""
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise InputError(f"{path}: no such file; check the spelling of the path") from None
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise InputError(
            f"{path} line {line}: byte {raw[error.start]:#04x} is not UTF-8; save the file as UTF-8"
        ) from None
    if not text.strip():
        raise InputError(f"{path}: the file is empty")
    return text


def read_yaml(path: Path) -> Row:
    """The mapping a YAML file holds."""
    loader = _Loader(read_text(path))
    loader.file = str(path)
    try:
        content = loader.get_single_data()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = f" line {mark.line + 1}" if mark else ""
        raise InputError(f"{path}{line}: not YAML: {error.problem}") from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise InputError(f"{path}: not YAML: {str(error).splitlines()[0]}") from None
    finally:
        loader.dispose()
    if not isinstance(content, Row):
        raise InputError(f"{path}: holds {type(content).__name__}, not keys with values")
    return content


def read_csv(path: Path) -> list[Row]:
    """Rows of a CSV file with a header, cells as text; empty cells are left out."""
    reader = csv.reader(read_text(path).splitlines(keepends=True), strict=True)
    rows: list[Row] = []
    header: list[str] = []
    try:
        for cells in reader:
            cells = [cell.strip() for cell in cells]
            place = f"{path} line {reader.line_num}"
            if not any(cells):
                continue
            if not header:
                header = _header(cells, place)
                continue
            if len(cells) != len(header):
                raise InputError(
                    f"{place}: {len(cells)} cells under {len(header)} columns; put text that "
                    "holds a comma in double quotes"
                )
            row = Row({name: cell for name, cell in zip(header, cells, strict=True) if cell})
            row.place = place
            rows.append(row)
    except csv.Error as error:
        raise InputError(f"{path} line {reader.line_num}: not CSV: {error}") from None
    if not rows:
        raise InputError(f"{path}: has a header but no rows; add one, or leave the table out")
    return rows


def _header(cells: list[str], place: str) -> list[str]:
    """The header, refused where a column repeats or the separator is not a comma."""
    if len(cells) == 1 and ";" in cells[0]:
        raise InputError(f"{place}: columns are separated by ';'; save the file with commas")
    for name in cells:
        if cells.count(name) > 1:
            raise InputError(f"{place}: column {name!r} stands twice; remove one of the two")
    return cells
