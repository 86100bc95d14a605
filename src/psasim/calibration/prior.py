"""The prior: every parameter uniform and independent over its declared range.

Sets are a Latin hypercube (McKay, Beckman & Conover 1979).  A Sobol' sequence of so many
dimensions ties some pairs of columns at a thousand points, and a parameter would seem to be
constrained where its twin is.
"""

from __future__ import annotations

import numpy as np

from psasim.declared.declare import Quantity
from psasim.declared.parameters import PARAMETERS, Parameters
from psasim.mechanisms.ordered_sum import Floats


def prior_sample(sets: int, seed: int) -> list[Parameters]:
    """`sets` parameter sets from the prior."""
    return [as_parameters(row) for row in prior_rows(sets, seed)]


def prior_rows(sets: int, seed: int) -> Floats:
    """The same as an array, (sets, parameters), columns in the order of the table."""
    from scipy.stats import qmc

    unit = qmc.LatinHypercube(len(PARAMETERS), rng=seed).random(sets)
    columns = [_laid(item, unit[:, place]) for place, item in enumerate(PARAMETERS.values())]
    return np.stack(columns, axis=1)


def _laid(item: Quantity, unit: Floats) -> Floats:
    """Whole numbers take equal parts of the range."""
    if item.integer:
        return np.floor(item.low + unit * (item.high - item.low + 1.0))
    return item.low + unit * (item.high - item.low)


def as_parameters(row: Floats) -> Parameters:
    """A row in table order as parameters."""
    return Parameters(**{
        name: int(value) if item.integer else float(value)
        for (name, item), value in zip(PARAMETERS.items(), row, strict=True)
    })
