"""Small comparisons, and the same with a planted outcome."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from psasim.results.parts import Part
from psasim.results.results import Results
from psasim.results.simulate import compare


@pytest.fixture(scope="session")
def results() -> Results:
    """Three packages in eight worlds of `teaching`."""
    packages = {"departmental": "departmental", "new_psa": "new_psa",
                "departmental+lead": {"lead": 1}}
    return compare(packages, scenario="teaching", worlds=8, months=24)


@pytest.fixture(scope="session")
def many() -> Results:
    """More outcomes than there are rows for."""
    return compare({"new_psa": "new_psa"}, scenario="csr2007", worlds=3, months=12)


@pytest.fixture(scope="session")
def plant() -> Callable[..., Results]:
    return _plant


@pytest.fixture(scope="session")
def fail() -> Callable[[Results, str, int], Results]:
    return _fail


def _plant(results: Results, **gains: float) -> Results:
    """The results with the headline of each package set to a base and its gain.

    The base differs from world to world, and the gain by a little, so that intervals
    have a width.
    """
    base = np.linspace(0.3, 0.5, results.worlds)
    wiggle = np.linspace(-0.01, 0.01, results.worlds)
    parts = {
        name: Part(
            {**part.measures, results.headline: base + gains.get(name, 0.0)
             + (wiggle if gains.get(name) else 0.0)},
            part.ledger, part.paths,
        )
        for name, part in results.parts.items()
    }
    return replace(results, parts=parts)


def _fail(results: Results, package: str, world: int) -> Results:
    """The results with one run whose every number is lost."""
    part = results.parts[package]
    broken = Part(*(
        {name: np.where(np.arange(values.shape[-1]) == world, np.nan, values)
         for name, values in table.items()}
        for table in (part.measures, part.ledger, part.paths)
    ))
    return replace(results, parts={**results.parts, package: broken})
