"""A delivery model behaves as users of Mesa expect of a model."""

from __future__ import annotations

import mesa
import numpy as np
import pytest

import psasim as ps

MONTHS = 4
AGENTS = {ps.Department: {"effort": "effort", "trust": "trust"},
          ps.DeliveryBody: {"buy_in": "buy_in"}}


class Collected(ps.DeliveryModel):
    """Collects as Mesa's guide shows."""

    def __init__(self, **given) -> None:
        super().__init__(**{"scenario": "teaching", "months": MONTHS, **given})
        self.datacollector = mesa.DataCollector(
            model_reporters={"real": lambda m: float(m.state.real.mean())},
            agenttype_reporters=AGENTS)

    def step(self) -> None:
        super().step()
        self.datacollector.collect(self)


def test_it_runs_to_a_clear_end() -> None:
    model = ps.DeliveryModel("teaching", months=MONTHS)
    taken = 0
    while model.running:
        model.step()
        taken += 1
    assert (taken, model.steps, model.state.month) == (MONTHS, MONTHS, MONTHS)
    with pytest.raises(ps.InputError, match="the run is over"):
        model.step()
    model = ps.DeliveryModel("teaching", months=MONTHS)
    model.run_model()
    assert model.state.month == MONTHS


def test_agents_show_effort_trust_and_buy_in() -> None:
    model = ps.DeliveryModel("child_obesity", "new_psa", months=MONTHS)
    model.run()
    layout, state = model.layout, model.state
    for row, department in enumerate(model.departments):
        mine = layout.department == row
        own = state.effort[layout.tasks_of[row]].sum() - state.effort[layout.task_of_own[row], 0]
        assert department.effort == pytest.approx(own, abs=1e-12)
        assert department.trust == pytest.approx(state.trust[mine].mean())
        assert department.knowledge == pytest.approx(state.knowledge[mine].mean())
    assert sum(d.effort for d in model.departments) == pytest.approx(
        state.effort[layout.task_of_contribution].sum())
    for row, body in enumerate(model.bodies):
        mine = layout.chain.body == row
        assert body.buy_in == pytest.approx(state.buy_in[mine].mean())
        assert body.cleared == pytest.approx(state.cleared[mine].mean())


def test_an_own_attribute_of_that_name_stands() -> None:
    class Keeps(ps.Department):
        def __init__(self, *given) -> None:
            super().__init__(*given)
            self.trust = "mine"

    assert ps.DeliveryModel("teaching", agents=Keeps).departments[0].trust == "mine"


def test_a_data_collector_collects_agents_and_the_model() -> None:
    model = Collected()
    model.run_model()
    of_model = model.datacollector.get_model_vars_dataframe()
    of_agents = model.datacollector.get_agenttype_vars_dataframe(ps.Department)
    assert len(of_model) == MONTHS
    assert of_model["real"].iloc[-1] == float(model.state.real.mean())
    assert of_agents.index.get_level_values(0).nunique() == MONTHS
    last = of_agents.xs(MONTHS, level=0)["trust"]
    assert dict(last) == {a.unique_id: a.trust for a in model.departments}


@pytest.mark.skipif(not hasattr(mesa, "batch_run"), reason="Mesa 4 has no batch runner")
def test_the_batch_runner_runs_worlds() -> None:
    rows = mesa.batch_run(Collected, {"world": range(3)}, display_progress=False,
                          data_collection_period=-1)
    real = {row["world"]: row["real"] for row in rows}
    results = ps.simulate("teaching", worlds=3, months=MONTHS)
    expected = results.parts["departmental"].paths["real"][-1].mean(axis=0)
    assert np.allclose([real[world] for world in range(3)], expected, rtol=1e-15)
