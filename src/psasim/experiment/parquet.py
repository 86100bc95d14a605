"""Parquet whose bytes depend on the rows alone."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq


def parquet_bytes(table: pa.Table) -> bytes:
    """`table` as a Parquet file that names no version of any library."""
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, store_schema=False, compression="zstd")
    return _anonymous(sink.getvalue().to_pybytes())


def write_parquet(frame: pd.DataFrame, path: Path) -> None:
    """Write `frame` with its units in the metadata."""
    table = pa.Table.from_pandas(frame, preserve_index=False)
    units = frame.attrs.get("units")
    table = table.replace_schema_metadata({"units": json.dumps(units)} if units else None)
    path.write_bytes(parquet_bytes(table))


def _anonymous(content: bytes) -> bytes:
    """The footer names the writing library and its version: name psasim, at equal length."""
    writer = f"parquet-cpp-arrow version {pa.__version__}".encode()
    start = content.rindex(writer)
    return content[:start] + b"psasim".ljust(len(writer)) + content[start + len(writer):]
