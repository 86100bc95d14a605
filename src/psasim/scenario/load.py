"""Scenarios from files: the shipped ones by name, a user's own by path."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from psasim.declared.names import check_name, unknown
from psasim.errors import InputError, shown
from psasim.reading.text import user_path
from psasim.reading.yaml import Row, read_yaml
from psasim.scenario import provenance
from psasim.scenario.cells import cell_problem, row_problems
from psasim.scenario.check import checked
from psasim.scenario.family import FAMILY, load_member, structure_of
from psasim.scenario.problems import Problem, raise_placed, raise_problems
from psasim.scenario.rows import divided, rows_of
from psasim.scenario.schema import Scenario
from psasim.scenario.tables import OTHER_GOALS, TABLES, Kind, Table

SCENARIO_FILE = "scenario.yaml"
_SHIPPED = Path(__file__).parent / "data"
_TEXTS = ("title", "description")
_WRITTEN_OUT = ("shares", OTHER_GOALS.name, "sources", "provenance", *TABLES)
_KEYS = (*_TEXTS, "structure", *_WRITTEN_OUT)
_SHARES = ("exact", "relative")


def scenario_names() -> tuple[str, ...]:
    """Names of the shipped scenarios."""
    return tuple(sorted(path.parent.name for path in _SHIPPED.glob(f"*/{SCENARIO_FILE}")))


def load_scenario(name_or_path: str | Path) -> Scenario:
    """The checked scenario of a shipped name, a folder, or a `.yaml` file; `shared_outcomes` is
    the family's member at the defaults.

    Raises `InputError` that names file, line, path, value, bound and fix.
    """
    if isinstance(name_or_path, str) and name_or_path == FAMILY:
        return load_member({})
    if isinstance(name_or_path, str) and name_or_path in scenario_names():
        return read_scenario(_SHIPPED / str(name_or_path) / SCENARIO_FILE)
    return read_scenario(scenario_file(name_or_path))


def scenario_file(name_or_path: str | Path) -> Path:
    """The file that a user means by a path; raises `InputError` if there is none."""
    if isinstance(name_or_path, str) and not name_or_path:
        raise unknown("", (*scenario_names(), FAMILY), "scenario")
    path = user_path(name_or_path)
    if path.is_dir():
        if (path / SCENARIO_FILE).exists():
            return path / SCENARIO_FILE
        others = ", ".join(sorted(file.name for file in path.glob("*.y*ml"))[:5])
        raise InputError(f"{path} is a folder without a {SCENARIO_FILE}"
                         + (f"; name one of its files: {others}" if others else ""))
    if path.suffix.lower() in (".yaml", ".yml"):
        return path
    if path.exists():
        raise InputError(f"{path} is not a scenario's YAML file; name its folder, or the .yaml "
                         "file that says `contributions: contributions.csv`")
    if len(path.parts) > 1:
        raise InputError(f"{path}: no such file or folder; check the spelling of the path")
    wrong = unknown(str(name_or_path), (*scenario_names(), FAMILY), "scenario")
    raise InputError(f"{wrong} (no file or folder here is called so either)")


def read_scenario(path: Path) -> Scenario:
    """The checked scenario of one YAML file and the CSV files beside it."""
    content = read_yaml(path)
    if "structure" in content:
        return _read_member(content, path)
    _check_top(content, str(path))
    tables = {name: rows_of(content.get(name), path, table) for name, table in TABLES.items()}
    if content.get("shares") == "relative":
        tables["contributions"] = divided(tables["contributions"])
    raise_placed((row.place, *found) for name, rows in tables.items() for row in rows
                 for found in row_problems(TABLES[name], row))
    places = {TABLES[name].path(row): row.place for name, rows in tables.items() for row in rows}
    rules = {name: rule or {} for name, rule in (content.get("provenance") or {}).items()}
    citations = content.get("sources") or {}
    raise_problems(_labelled(provenance.problems(tables, rules, citations), path), places)
    scenario = Scenario(
        name=_name(path),
        title=_text(content, "title") or _name(path),
        description=_text(content, "description"),
        other_goals=int(content.get(OTHER_GOALS.name) or 0),
        facts=provenance.facts(tables, rules),
        citations=tuple(citations.items()),
        **{key: tuple(_entity(TABLES[key], row) for row in rows) for key, rows in tables.items()},
    )
    return checked(scenario, places)


def _read_member(content: Row, path: Path) -> Scenario:
    """The member of the family that a file tells by its structure alone."""
    for key in content:
        if key in _WRITTEN_OUT:
            raise InputError(f"{path}: {key} does not go with structure, which makes every row; "
                             "leave out one")
    _check_texts(content, str(path))
    settings = structure_of(content["structure"], f"{path}: structure")
    return load_member(settings, _name(path), _text(content, "title"),
                       _text(content, "description"))


def _name(path: Path) -> str:
    """The scenario's name, from the path; raises `InputError` for one that is none."""
    name = path.resolve().parent.name if path.name == SCENARIO_FILE else path.stem
    check_name(name, f"{path}: the scenario's name, from the path,")
    return name


def _text(content: Row, key: str) -> str:
    return (content.get(key) or "").strip()


def _labelled(problems: Iterable[Problem], path: Path) -> Iterator[Problem]:
    """Problems with the file's name before those that belong to no row."""
    return ((row, text if row else f"{path}: {text}") for row, text in problems)


def _check_top(content: Row, file: str) -> None:
    """Refuse unknown keys and wrong types at the top of a scenario file."""
    _check_texts(content, file)
    if content.get("shares", "exact") not in _SHARES:
        raise InputError(f"{file}: shares = {shown(content['shares'])} is not one of "
                         f"{', '.join(_SHARES)}")
    problem = cell_problem(OTHER_GOALS, content.get(OTHER_GOALS.name) or 0,
                           f"{file}: {OTHER_GOALS.name}")
    if problem:
        raise InputError(problem)
    for name, text in _mapping(content.get("sources"), f"{file}: sources").items():
        if not isinstance(text, str):
            raise InputError(f"{file}: sources.{name} = {shown(text)} is not text; put it in "
                             "quotes")
    for name, rule in _mapping(content.get("provenance"), f"{file}: provenance").items():
        _mapping(rule, f"{file}: provenance.{name}")
    for key in ("departments", "outcomes", "contributions"):
        if not content.get(key):
            raise InputError(f"{file}: {key} is missing; add rows, or the name of a CSV file")


def _check_texts(content: Row, file: str) -> None:
    """Refuse unknown keys, and titles and descriptions that are no text."""
    for key, value in content.items():
        if key not in _KEYS:
            raise unknown(key, _KEYS, file)
        if key in _TEXTS and value is not None and not isinstance(value, str):
            raise InputError(f"{file}: {key} = {shown(value)} is not text; put it in quotes")
    if content.get("title"):
        check_name(content["title"].strip(), f"{file}: title")


def _mapping(value: object, path: str) -> Mapping:
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise InputError(f"{path} = {shown(value)} does not hold keys with values")
    return value


def _entity(table: Table, row: Row) -> Any:
    """The entity of a row whose cells have been checked."""
    given = {name: row[name] for name in table.columns if row.get(name) is not None}
    for name, value in given.items():
        column = table.columns[name]
        if column.kind is Kind.NUMBER and column.quantity:
            given[name] = int(value) if column.quantity.integer else float(value)
        elif column.kind is Kind.KEYS:
            given[name] = tuple(value)
        elif column.kind is Kind.NUMBERS:
            numbers = value if isinstance(value, list) else [value] * len(row["outcomes"])
            given[name] = tuple(float(number) for number in numbers)
    if "name" in table.columns:
        given.setdefault("name", row["key"])
    return table.entity(**given)
