"""Parquet whose bytes depend on the rows alone."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq


def parquet_bytes(table: pa.Table) -> bytes:
    """`table` and its metadata as a Parquet file that names no version of any library."""
    # words repeat, ids and numbers do not: a dictionary of those costs time and room
    words = [f.name for f in table.schema if pa.types.is_string(f.type) and f.name != "run_id"]
    return joined_bytes(table.schema, [table], words)


def joined_bytes(schema: pa.Schema, tables: Iterable[pa.Table], repeating: Sequence[str]) -> bytes:
    """Tables one after the other as one file, of which no more than one is held at a time.

    repeating: columns of few values.
    """
    sink = pa.BufferOutputStream()
    # the schema is not stored, as it would name the version; metadata then goes by itself
    with pq.ParquetWriter(
        sink, schema, store_schema=False, compression="zstd", use_dictionary=repeating
    ) as writer:
        for table in tables:
            writer.write_table(table)
        if schema.metadata:
            writer.add_key_value_metadata(schema.metadata)
    return _anonymous(sink.getvalue().to_pybytes())


def write_parquet(frame: pd.DataFrame, path: Path, metadata: dict[str, str] | None = None) -> None:
    """Write `frame`, with its units and what else is told of it in the metadata."""
    table = pa.Table.from_pandas(frame, preserve_index=False)
    units = frame.attrs.get("units")
    told = {**({"units": json.dumps(units)} if units else {}), **(metadata or {})}
    path.write_bytes(parquet_bytes(table.replace_schema_metadata(told or None)))


def _anonymous(content: bytes) -> bytes:
    """The footer names the writing library and its version: name psasim, at equal length."""
    writer = f"parquet-cpp-arrow version {pa.__version__}".encode()
    start = content.rindex(writer)
    return content[:start] + b"psasim".ljust(len(writer)) + content[start + len(writer):]
