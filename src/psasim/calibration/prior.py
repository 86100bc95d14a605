"""The prior: every parameter uniform and independent over its declared range.

Sets are a Latin hypercube (McKay, Beckman & Conover 1979).  A Sobol' sequence of so many
dimensions ties some pairs of columns at a thousand points, and a parameter would seem to be
constrained where its twin is.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from psasim.declared.declare import Quantity
from psasim.declared.parameters import PARAMETERS, Parameters
from psasim.mechanisms.ordered_sum import Floats


def prior_sample(sets: int, seed: int) -> list[Parameters]:
    """`sets` parameter sets from the prior."""
    return [as_parameters(row) for row in prior_rows(sets, seed)]


def prior_rows(sets: int, seed: int, names: Sequence[str] = tuple(PARAMETERS)) -> Floats:
    """The same as an array, (sets, parameters), columns in the order of `names`."""
    from scipy.stats import qmc

    unit = qmc.LatinHypercube(len(names), rng=seed).random(sets)
    columns = [_laid(PARAMETERS[name], unit[:, place]) for place, name in enumerate(names)]
    return np.stack(columns, axis=1)


def _laid(item: Quantity, unit: Floats) -> Floats:
    """Whole numbers take equal parts of the range."""
    if item.integer:
        return np.floor(item.low + unit * (item.high - item.low + 1.0))
    return item.low + unit * (item.high - item.low)


def as_parameters(row: Floats, names: Sequence[str] = tuple(PARAMETERS)) -> Parameters:
    """A row of values of `names` as parameters, the others at their defaults."""
    return Parameters(**{
        name: int(value) if PARAMETERS[name].integer else float(value)
        for name, value in zip(names, row, strict=True)
    })
