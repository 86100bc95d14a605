"""A small case that tests begin from."""

from __future__ import annotations

import pytest

from psasim.declared.parameters import Parameters
from psasim.declared.presets import preset
from psasim.scenario import load_scenario
from tests.invariants.support import Case


@pytest.fixture
def teaching() -> Case:
    """The teaching scenario under the CSR 2007 package, over a year."""
    return Case(load_scenario("teaching"), Parameters(), preset("new_psa"), 11, 12, 3)
