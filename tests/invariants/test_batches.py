"""A run is a function of its design point and its world, not of what runs beside it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import strategies as st

from psasim.coefficients import build_coefficients
from psasim.declared.levers import LEVERS, Governance
from psasim.declared.parameters import PARAMETERS, Parameters
from psasim.declared.presets import preset
from psasim.engines import ensemble
from psasim.engines.ensemble import run
from psasim.month.worlds import draw_worlds
from psasim.results import simulate as simulation
from psasim.results.measures import measure
from psasim.results.simulate import simulate
from psasim.scenario import load_scenario
from tests.invariants.support import (
    Case,
    alike,
    assert_alike,
    cases,
    column,
    months_of,
    over,
    steady,
)
from tests.strategies import governances, parameter_sets

Point = tuple[Parameters, Governance]

BATCH = 130

CONTRASTS = (
    (Parameters(**{name: item.low for name, item in PARAMETERS.items()}), Governance()),
    (
        Parameters(**{name: item.high for name, item in PARAMETERS.items()}),
        Governance(**dict.fromkeys(LEVERS, 1.0)),
    ),
)
"""Neighbours that differ in everything."""


def check_alone(case: Case, others: Sequence[Point], row: int) -> None:
    """Run `row` of a batch of points and worlds side by side is what it is by itself."""
    layout = case.layout
    points = [(case.parameters, case.governance), *others, *CONTRASTS]
    points = [(steady(parameters, case.scenario), package) for parameters, package in points]
    turn = np.arange(BATCH) % len(points)
    together = build_coefficients(layout, *zip(*points, strict=True)).columns(turn)
    worlds = draw_worlds(layout, case.seed, range(BATCH), case.months)
    alone = build_coefficients(layout, *([part] for part in points[turn[row]]))
    world = worlds.columns(slice(row, row + 1))
    batch = months_of(layout, together, worlds)
    for (state, flows), (one, did) in zip(batch, months_of(layout, alone, world), strict=True):
        assert_alike(column(state, row), one)
        if did is not None:
            assert_alike(column(flows, row), did)
    all_runs = measure(run(layout, together, worlds), layout, together)
    one_run = measure(run(layout, alone, world), layout, alone)
    for name, values in all_runs.items():
        assert alike(values[row : row + 1], one_run[name]), name


@over(
    cases(), st.lists(st.tuples(parameter_sets(), governances()), max_size=3),
    st.integers(0, BATCH - 1),
)
def test_a_run_alone_is_its_column_in_a_batch(case: Case, others: list[Point], row: int) -> None:
    """States, flows and measures of a run, to the bit, among other points and worlds."""
    check_alone(case, others, row)


@pytest.mark.parametrize("row", [0, 1, 2, 129])
@pytest.mark.parametrize("name", ["teaching", "csr2007"])
def test_a_run_alone_is_its_column_on_shipped_scenarios(name: str, row: int) -> None:
    check_alone(Case(load_scenario(name), Parameters(), preset("new_psa"), 5, 12, 1), (), row)


@pytest.mark.parametrize("name", ["teaching", "csr2007"])
def test_chunks_change_no_bit(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = simulate(name, "new_psa", worlds=9, months=14, seed=5)
    monkeypatch.setattr(ensemble, "side_by_side", lambda layout: 4)
    pieces = simulate(name, "new_psa", worlds=9, months=14, seed=5)
    for part, values in whole.parts["new_psa"].measures.items():
        assert alike(values, pieces.parts["new_psa"].measures[part]), part
    for part, values in whole.parts["new_psa"].paths.items():
        assert alike(values, pieces.parts["new_psa"].paths[part]), part


@over(cases(months=8), st.integers(1, 12))
def test_more_months_keep_the_prefix(case: Case, more: int) -> None:
    """A longer run begins with the shorter one; a single month is a run."""
    layout, k = case.layout, case.coefficients
    longer = draw_worlds(layout, case.seed, range(case.runs), case.months + more)
    assert case.worlds.months >= 1
    for (state, flows), (later, did) in zip(
        months_of(layout, k, case.worlds), months_of(layout, k, longer), strict=False
    ):
        assert_alike(state, later)
        if did is not None:
            assert_alike(flows, did)


@over(cases(months=1))
def test_one_month_is_a_run(case: Case) -> None:
    """Every measure has a value after a single month."""
    layout, k = case.layout, case.coefficients
    for name, values in measure(run(layout, k, case.worlds), layout, k).items():
        assert values.shape == (case.runs,), name
        assert np.isfinite(values).all(), name


@pytest.mark.parametrize("together", [3, 5, 7, 16])
def test_bands_are_of_the_same_worlds_whatever_the_chunk(
    together: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(simulation, "BAND_WORLDS", 7)
    monkeypatch.setattr(ensemble, "side_by_side", lambda layout: together)
    kept = simulate("teaching", "new_psa", worlds=12, months=3, seed=5).parts["new_psa"]
    assert kept.paths["real"].shape[-1] == 7
    assert kept.measures["attainment"].shape == (12,)
