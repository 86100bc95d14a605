"""Outcomes and departments of the runs of a task as a Parquet file of tidy rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import pyarrow as pa

from psasim.experiment.computing.compute import STAMP, Task, layout_of
from psasim.experiment.computing.parquet import joined_bytes
from psasim.mechanisms.ordered_sum import Floats
from psasim.month.ledger import LINES
from psasim.results.details import COLUMNS, row_names

SCHEMA = pa.schema({
    "point": pa.int32(), "of": pa.string(), "name": pa.string(), "world": pa.int32(),
    **{name: pa.float32() if name in LINES else pa.float64() for name in COLUMNS},
})
"""Effort is kept to seven digits, which halves the room it takes."""

REPEATING = ["point", "of", "name"]


def detail_bytes(task: Task, values: Mapping[int, Floats]) -> bytes:
    """Rows of `SCHEMA`, point after point, in it row after row of `row_names`, world after world;
    no number of a run that failed or was refused.

    values: of the task's points by place, (rows, columns, worlds).
    """
    schema = SCHEMA.with_metadata({STAMP: task.stamp})
    return joined_bytes(schema, _tables(task, values), REPEATING)


def _tables(task: Task, values: Mapping[int, Floats]) -> Iterator[pa.Table]:
    worlds = np.array(task.worlds, dtype=np.int32)
    for place, setting in enumerate(task.settings):
        names = row_names(layout_of(task.scenarios[setting.scenario]))
        own = values.get(place)
        if own is None:
            own = np.full((len(names), len(COLUMNS), worlds.size), np.nan)
        of, name = (pa.array(np.repeat(np.array(each, dtype=object), worlds.size), pa.string())
                    for each in zip(*names, strict=True))
        columns = [pa.array(own[:, column].ravel(), from_pandas=True).cast(SCHEMA.field(key).type)
                   for column, key in enumerate(COLUMNS)]
        point = pa.array(np.full(len(of), setting.number, dtype=np.int32))
        yield pa.table([point, of, name, pa.array(np.tile(worlds, len(names))), *columns],
                       schema=SCHEMA)
