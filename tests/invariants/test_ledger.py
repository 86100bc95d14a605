"""Every unit of capacity is accounted for, every month, line by line."""

from __future__ import annotations

import numpy as np
import pytest

from psasim.declared.levers import Governance
from psasim.declared.parameters import Parameters
from psasim.declared.presets import preset, preset_names
from psasim.engines.ensemble import run
from psasim.month.ledger import LINES, by_department, capacity_residual, progress_residual
from psasim.results.measures import MEASURES
from psasim.scenario import load_scenario, scenario_names
from tests.invariants.support import Case, cases, months_of, over

ROUNDING = 1e-12
"""Relative tolerance: some thousand roundings of sums of at most some hundred lines."""


def check_month(flows, layout, k) -> None:
    """Both identities, and no negative line, in one month."""
    sums = {name: getattr(flows, name) for name in (*LINES, "output")}
    assert np.abs(capacity_residual(sums, layout, k, 1)).max() <= ROUNDING
    size = 1.0 + np.abs(flows.output)
    assert (np.abs(progress_residual(sums, layout, k)) <= ROUNDING * size).all()
    for name, line in by_department(sums, layout).items():
        assert (line >= -ROUNDING * k.capacity).all(), name
    for name in (name for name, line in LINES.items() if line.by_contribution):
        least = -ROUNDING * k.capacity.take(layout.department, axis=0)
        assert (sums[name] >= least).all(), name


@over(cases())
def test_ledger_closes_every_month(case: Case) -> None:
    """The lines of a department sum to its capacity, what is realised to what moved the
    outcome, and no line is negative."""
    layout, k = case.layout, case.coefficients
    for _, flows in months_of(layout, k, case.worlds):
        if flows is not None:
            check_month(flows, layout, k)


@pytest.mark.parametrize("package", preset_names())
@pytest.mark.parametrize("name", scenario_names())
def test_ledger_closes_on_shipped_scenarios(name: str, package: str) -> None:
    case = Case(load_scenario(name), Parameters(), preset(package), seed=3, months=12, runs=2)
    layout, k = case.layout, case.coefficients
    for _, flows in months_of(layout, k, case.worlds):
        if flows is not None:
            check_month(flows, layout, k)


def test_gaming_beyond_capacity_is_booked_as_far_as_it_fits() -> None:
    """Moving figures may ask for more than a department has; it can spend no more."""
    cheap = Parameters(gaming_stake=1, gaming_cost=0.05, gaming_effort=100, fine=0, audit_base=0)
    case = Case(load_scenario("teaching"), cheap, Governance(sanctions=1), 3, 12, 2)
    layout, k = case.layout, case.coefficients
    asked = 0.0
    for state, flows in months_of(layout, k, case.worlds):
        if flows is not None:
            check_month(flows, layout, k)
        asked = max(asked, float((state.gaming_spend / k.capacity).max()))
    assert asked > 1.0


@over(cases())
def test_ledger_closes_over_all_months(case: Case) -> None:
    """The sums a run keeps close too, and the shares that are reported add up to 1."""
    layout, k = case.layout, case.coefficients
    trajectory = run(layout, k, case.worlds)
    assert np.abs(capacity_residual(trajectory.sums, layout, k, case.months)).max() <= ROUNDING
    lines = ("overhead", "gaming", "slack", "own_agenda", "distortion", "chain_loss",
             "practice_loss", "mix_loss", "realised")
    shares = [MEASURES[name].compute(trajectory, layout, k) for name in lines]
    assert len(lines) == len(LINES)
    np.testing.assert_allclose(sum(shares), 1.0, rtol=ROUNDING)
