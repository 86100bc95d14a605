"""Monthly outcomes of single runs as tidy rows."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from psasim.mechanisms.ordered_sum import Floats, Ints
from psasim.results.parts import shown
from psasim.structure.layout import Layout

RAW_SCHEMA = pa.schema({
    "package": pa.string(), "outcome": pa.string(), "month": pa.int64(),
    "quantity": pa.string(), "world": pa.int64(), "value": pa.float64(),
})


def raw_paths(
    layout: Layout, package: str, quantity: str, worlds: Ints, paths: Floats
) -> pa.Table:
    """Rows of `RAW_SCHEMA`, the months of a run one after the other, from month 1; none where
    there is no value, as of a figure that is not out.

    worlds: of the runs, (R,); paths: of a quantity of `PATHS`, (months, O, R).
    """
    kept = shown(layout, quantity)
    values = np.moveaxis(paths[:, kept], 0, -1)
    outcome, run, month = (axis.ravel() for axis in np.indices(values.shape))
    keys = pa.array([o.key for o in layout.scenario.outcomes]).filter(pa.array(kept))
    out = np.isfinite(values.ravel())
    outcome, run, month = outcome[out], run[out], month[out]
    return pa.table([
        pa.repeat(package, outcome.size),
        keys.take(pa.array(outcome)),
        month + 1,
        pa.repeat(quantity, outcome.size),
        worlds[run],
        values.ravel()[out],
    ], schema=RAW_SCHEMA)
