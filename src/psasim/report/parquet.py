"""Parquet files whose bytes depend on their rows alone."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq


def write_parquet(frame: pd.DataFrame, path: Path) -> None:
    """Write `frame` with its units in the metadata, and no version of any library."""
    table = pa.Table.from_pandas(frame, preserve_index=False).replace_schema_metadata(None)
    sink = pa.BufferOutputStream()
    with pq.ParquetWriter(sink, table.schema, store_schema=False) as writer:
        writer.write_table(table)
        writer.add_key_value_metadata({"units": json.dumps(frame.attrs.get("units", {}))})
    path.write_bytes(_anonymous(sink.getvalue().to_pybytes()))


def _anonymous(content: bytes) -> bytes:
    """The footer names the writing library and its version: name psasim, at equal length."""
    writer = f"parquet-cpp-arrow version {pa.__version__}".encode()
    start = content.rindex(writer)
    return content[:start] + b"psasim".ljust(len(writer)) + content[start + len(writer):]
