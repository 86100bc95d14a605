"""One schedule, two engines: decided agent by agent, the same to the bit."""

from __future__ import annotations

import pytest

from psasim.declared.parameters import Parameters
from psasim.declared.presets import preset
from psasim.engines import ensemble
from psasim.engines.mesa import model as delivery_model
from psasim.engines.mesa.model import DeliveryModel
from psasim.results.measures import measure
from psasim.scenario import load_scenario
from tests.invariants.support import Case, alike, arrays, assert_alike, cases, months_of, over


def check_engines(case: Case) -> None:
    """Every state and flow of every month, and what is kept and measured of the run."""
    layout, k = case.layout, case.coefficients
    world = case.worlds.columns(slice(0, 1))
    model = DeliveryModel.of_arrays(layout, k, world)
    for state, flows in months_of(layout, k, world):
        if flows is not None:
            model.step()
            assert_alike(model.flows, flows)
        assert_alike(model.state, state)
    ours, theirs = delivery_model.run(layout, k, world), ensemble.run(layout, k, world)
    kept = arrays(theirs)
    assert {"real", "reported", "rated", "closing"} <= kept.keys()
    for name, values in kept.items():
        assert alike(getattr(ours, name), values), name
    found = measure(ours, layout, k)
    for name, values in measure(theirs, layout, k).items():
        assert alike(found[name], values), name


@over(cases(runs=1))
def test_engines_agree_to_the_bit(case: Case) -> None:
    """Any levers and parameters in any world of any scenario."""
    check_engines(case)


@pytest.mark.parametrize("name", ["teaching", "csr2007"])
def test_engines_agree_on_shipped_scenarios(name: str) -> None:
    check_engines(Case(load_scenario(name), Parameters(), preset("new_psa"), 4, 18, 1))
