"""Targets met on paper only: told apart from those met, and never hidden."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from psasim.coefficients import build_coefficients
from psasim.declared.parameters import Parameters
from psasim.declared.presets import preset
from psasim.engines import ensemble
from psasim.month.worlds import draw_worlds
from psasim.results.measures import MEASURES
from psasim.scenario import load_scenario
from psasim.structure.layout import build_layout


@pytest.mark.parametrize("figure, real, expected", [
    (1.0, 0.99, 1.0),
    (1.2, 1.0, 0.0),
    (0.75, 0.5, 0.0),
    (0.75, 1.2, 0.0),
])
def test_counts_assessed_outcomes_at_target_in_figures_only(
    figure: float, real: float, expected: float
) -> None:
    """Every indicator closes at `figure` and every outcome ends at `real`."""
    layout = build_layout(load_scenario("csr2007"))
    k = build_coefficients(layout, [Parameters()], [preset("departmental")])
    run = ensemble.run(layout, k, draw_worlds(layout, 1, range(2), 2))
    planted = replace(
        run, closing=np.full_like(run.closing, figure),
        final=replace(run.final, real=np.full_like(run.final.real, real)),
    )
    assert layout.measured.min() == 0.0  # an outcome without an indicator is not assessed
    assert MEASURES["met_on_paper"].compute(planted, layout, k) == pytest.approx([expected] * 2)
