"""Questions in SQL, by DuckDB: over the tables that are handed to it and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pandas as pd

from psasim.errors import InputError, shown

CLOSED: dict[str, Any] = {
    "enable_external_access": "false",  # neither files, nor other databases, nor the network
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "temp_directory": "",
    "lock_configuration": "true",
}
"""What a query cannot change."""


def relation(tables: Mapping[str, Any], query: str) -> Any:
    """A DuckDB relation, which computes when it is asked for rows.

    tables: pyarrow datasets or frames by name.  Raises `InputError`.
    """
    import duckdb

    if not isinstance(query, str):
        raise InputError(f"query = {shown(query)} is not text; write SELECT ...")
    connection = duckdb.connect(config=CLOSED)
    for name, table in tables.items():
        connection.register(name, table)
    with _as_input():
        found = connection.sql(query)
    if found is None:
        raise InputError(f"--sql: {shown(query)} asks for no table; begin it with SELECT")
    return found


def rows(found: Any) -> pd.DataFrame:
    """The rows of a relation; raises `InputError` for what is met while they are computed."""
    with _as_input():
        return found.df()


@contextmanager
def _as_input() -> Iterator[None]:
    """Whatever DuckDB cannot do with a query is wrong with the query."""
    try:
        yield
    except Exception as error:  # besides its own: values that pandas or memory cannot hold
        raise InputError(f"--sql: {error}") from None
