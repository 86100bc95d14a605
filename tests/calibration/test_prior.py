"""The prior: over the declared ranges, its columns not tied, and accepted everywhere."""

from __future__ import annotations

import numpy as np
import pytest

from psasim.calibration.prior import prior_rows, prior_sample
from psasim.coefficients import build_coefficients
from psasim.declared.parameters import PARAMETERS, Parameters
from psasim.declared.presets import preset
from psasim.scenario import load_scenario, scenario_names
from psasim.structure.layout import build_layout


def test_every_parameter_is_in_its_range_and_fills_it() -> None:
    sample = prior_sample(256, 3)
    assert len(sample) == 256
    for name, item in PARAMETERS.items():
        values = np.array([values[name] for values in sample])
        assert item.low <= values.min() and values.max() <= item.high
        width = item.high - item.low
        assert values.min() < item.low + 0.1 * width, name
        assert values.max() > item.high - 0.1 * width, name
        if item.integer:
            assert set(values) == set(range(int(item.low), int(item.high) + 1))


def test_a_seed_gives_the_same_sets_again_and_another_gives_others() -> None:
    assert prior_sample(20, 1) == prior_sample(20, 1)
    assert not set(prior_sample(20, 1)) & set(prior_sample(20, 2))


def test_no_two_columns_are_tied() -> None:
    """Their correlation is chance among so many pairs; a tied pair (planted) is seen."""
    def strongest(rows: np.ndarray) -> float:
        table = np.corrcoef(rows, rowvar=False)
        return float(np.abs(table - np.eye(len(table))).max())

    rows = prior_rows(1024, 4)
    limit = 5.0 / np.sqrt(len(rows))
    assert strongest(rows) < limit
    rows[:, 1] += 0.2 * rows[:, 0]
    assert strongest(rows) > limit


@pytest.mark.parametrize("name", scenario_names())
def test_every_set_is_accepted_in_every_scenario(name: str) -> None:
    """So is the corner in which effort comes nearest to alternating."""
    corner = Parameters(**{n: PARAMETERS[n].high for n in ("inertia", "substitution")})
    sample = [corner, *prior_sample(64, 1)]
    layout = build_layout(load_scenario(name))
    build_coefficients(layout, sample, [preset("departmental")] * len(sample))
