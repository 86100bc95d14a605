"""Monthly outcomes of the runs of a task as a Parquet file of tidy rows."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from psasim.experiment.computing.compute import STAMP, Task, layout_of
from psasim.experiment.computing.parquet import joined_bytes
from psasim.mechanisms.ordered_sum import Floats
from psasim.results.parts import PATHS, whole
from psasim.results.raw_paths import RAW_SCHEMA, raw_paths
from psasim.scenario.facts import with_facts

REPEATING = [name for name in RAW_SCHEMA.names if name != "value"]


def raw_bytes(task: Task, paths: Floats) -> bytes:
    """Rows of `RAW_SCHEMA`, package after package; failed runs are left out.

    paths: of the task, (points, quantities, months, O, worlds), NaN where a run failed, and in
    what is reported before it is out.
    """
    schema = RAW_SCHEMA.with_metadata({STAMP: task.stamp})
    return joined_bytes(schema, _tables(task, paths), REPEATING)


def _tables(task: Task, paths: Floats) -> Iterator[pa.Table]:
    worlds = np.array(task.worlds)
    for setting, own in zip(task.settings, paths, strict=True):
        layout = layout_of(with_facts(task.scenarios[setting.scenario], setting.facts))
        finite = whole(own)
        for quantity, path in zip(PATHS, own, strict=True):
            yield raw_paths(layout, setting.package, quantity, worlds[finite], path[..., finite])
