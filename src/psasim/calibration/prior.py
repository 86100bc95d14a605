"""The prior: every parameter uniform and independent over its declared range.

Of the sets so drawn only those are kept in which effort cannot alternate (inertia below
its bound at the lowest technology of the shipped scenarios); the others the model refuses.
"""

from __future__ import annotations

import numpy as np

from psasim.declare import Quantity
from psasim.mechanisms.allocate import inertia_bound
from psasim.mechanisms.ordered_sum import Floats
from psasim.parameters import PARAMETERS, Parameters

LOWEST_TECHNOLOGY = -3.0
"""Lowest CES exponent of the shipped scenarios; a test holds it to them."""


def prior_sample(sets: int, seed: int) -> list[Parameters]:
    """`sets` parameter sets from the prior, in the order of a scrambled Sobol' sequence.

    A larger sample of the same seed begins with the smaller one.
    """
    rows = stable(over_ranges(unit_cube(sets, seed)))[:sets]
    return [as_parameters(row) for row in rows]


def unit_cube(sets: int, seed: int) -> Floats:
    """Rows in [0, 1), (rows, parameters): the power of two that holds `sets` and a quarter
    more, so that enough are left of stable ones."""
    from scipy.stats import qmc

    power = int(np.ceil(np.log2(max(1.25 * sets, 16))))
    return qmc.Sobol(len(PARAMETERS), rng=seed).random_base2(power)


def over_ranges(unit: Floats) -> Floats:
    """The unit cube laid on the declared ranges, (rows, parameters), in table order."""
    columns = [_laid(item, unit[:, place]) for place, item in enumerate(PARAMETERS.values())]
    return np.stack(columns, axis=1)


def _laid(item: Quantity, unit: Floats) -> Floats:
    """Whole numbers take equal parts of the range."""
    if item.integer:
        return np.floor(item.low + unit * (item.high - item.low + 1.0))
    return item.low + unit * (item.high - item.low)


def stable(rows: Floats) -> Floats:
    """The rows that the model accepts in every shipped scenario."""
    names = list(PARAMETERS)
    inertia, substitution = (rows[:, names.index(n)] for n in ("inertia", "substitution"))
    bound = np.array([inertia_bound(LOWEST_TECHNOLOGY, float(g)) for g in substitution])
    return rows[inertia <= bound]


def as_parameters(row: Floats) -> Parameters:
    """A row in table order as parameters."""
    return Parameters(**{
        name: int(value) if item.integer else float(value)
        for (name, item), value in zip(PARAMETERS.items(), row, strict=True)
    })
