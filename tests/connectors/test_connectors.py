"""SALib, xarray and networkx get what they take, and it is the model's."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import fields

import networkx as nx
import numpy as np
import pytest

import psasim as ps
from psasim import connectors
from psasim.month.state import Flows, State

GIVEN = {"worlds": 5, "months": 6}


def test_salib_samples_and_analyses_what_evaluate_runs() -> None:
    from SALib.analyze import sobol
    from SALib.sample import sobol as sampler

    problem = connectors.salib_problem(
        {"trust_start": None, "outcomes.FirstJobs.technology": (-1.0, 1.0)}, "teaching")
    X = sampler.sample(problem, 8, seed=1)
    Y = ps.evaluate("teaching", "new_psa", X, names=problem["names"], **GIVEN).values[:, 0, 0]
    found = sobol.analyze(problem, Y, seed=1)
    assert found["ST"].shape == (2,) and found["ST"].max() > 0.1


def test_a_fact_without_a_range_asks_for_ends() -> None:
    scenario = ps.load_scenario("teaching")
    key = scenario.outcomes[0].key
    with pytest.raises(ps.InputError, match=r"nothing varies; give \{"):
        connectors.salib_problem([f"outcomes.{key}.value"], scenario)


def test_a_dataset_holds_what_results_hold() -> None:
    pytest.importorskip("xarray")
    results = ps.compare(["new_psa"], scenario="teaching", **GIVEN)
    found = connectors.dataset(results)
    assert dict(found.sizes) == {"package": 2, "world": 5, "path_world": 5, "month": 6,
                                 "outcome": results.layout.outcomes}
    frame = results.to_frame()
    for package in results.packages:
        mine = frame[frame["package"] == package]["attainment"].to_numpy()
        assert np.array_equal(found["attainment"].sel(package=package), mine)
        assert np.array_equal(found["real"].sel(package=package),
                              results.parts[package].paths["real"])
    assert found["attainment"].attrs["units"] == "of target"


def test_worlds_of_a_dataset_have_their_numbers() -> None:
    pytest.importorskip("xarray")
    found = connectors.dataset(ps.simulate("teaching", worlds=range(5, 8), months=2))
    assert found["world"].values.tolist() == [5, 6, 7]
    assert found["path_world"].values.tolist() == [5, 6, 7]


def test_monthly_state_is_the_models_and_moves_nothing() -> None:
    pytest.importorskip("xarray")
    names = ["real", "trust", "effort", "buy_in", "escalated", "reported", "slack", "clarity"]
    found = connectors.monthly("child_obesity", ["departmental", "new_psa"], names, worlds=2,
                               months=5)
    model = ps.DeliveryModel("child_obesity", "new_psa", world=1, months=5)
    scenario = model.layout.scenario
    for month in range(1, 6):
        model.step()
        at = {"package": "new_psa", "month": month, "world": 1}
        for name in ("real", "trust", "effort", "buy_in", "escalated", "reported"):
            assert np.array_equal(found[name].sel(at), getattr(model.state, name)[:, 0])
        for name in ("slack", "clarity"):
            assert np.array_equal(found[name].sel(at), getattr(model.flows, name)[:, 0])
    c = scenario.contributions[0]
    task = f"{c.department}/{c.outcome}"
    assert float(found["trust"].sel(at).sel(contribution=task)) == model.state.trust[0, 0]
    row = model.layout.task_of_contribution[0]
    assert float(found["effort"].sel(at).sel(task=task)) == model.state.effort[row, 0]
    department = scenario.departments[0].key
    own = float(found["effort"].sel(at).sel(task=f"{department}/own agenda"))
    assert own == model.state.effort[model.layout.task_of_own[0], 0]


def test_batches_of_worlds_are_joined_in_order() -> None:
    pytest.importorskip("xarray")
    from psasim.engines.ensemble import side_by_side

    results = ps.simulate("teaching", worlds=1, months=2)
    many = side_by_side(results.layout) + 3
    found = connectors.monthly("teaching", ["departmental"], "real", worlds=many, months=2)
    last = connectors.monthly("teaching", ["departmental"], "real", worlds=range(many - 2, many),
                              months=2)
    assert found.sizes["world"] == many
    assert np.array_equal(found["real"].isel(world=slice(-2, None)), last["real"])
    assert list(last["world"]) == [many - 2, many - 1]


def test_every_array_of_a_month_has_rows() -> None:
    """None is forgotten, and each has as many as it says."""
    pytest.importorskip("xarray")
    from psasim.connectors.datasets import ROWS, _labels

    there = {item.name for kind in (State, Flows) for item in fields(kind)}
    assert there - {"month", "figures"} == set(ROWS)
    model = ps.DeliveryModel("child_obesity", "new_psa", months=2)
    model.step()
    labels = _labels(model.layout)
    for name, axis in ROWS.items():
        holder = model.state if hasattr(model.state, name) else model.flows
        assert len(getattr(holder, name)) == len(labels[axis]), name


def test_graphs_are_the_scenarios() -> None:
    scenario = ps.load_scenario("child_obesity")
    graph = connectors.owners(scenario)
    assert graph.number_of_edges() == len(scenario.contributions)
    assert nx.is_bipartite(graph)
    c = scenario.contributions[0]
    edge = graph.edges[("department", c.department), ("outcome", c.outcome)]
    assert edge == {"share": c.share, "lead": c.lead, "mission": c.mission}
    down = connectors.chain(scenario)
    assert nx.is_directed_acyclic_graph(down)
    for body in scenario.bodies:
        assert down.in_degree(("body", body.key)) == len(body.parents)
        assert down.out_degree(("body", body.key)) >= len(body.outcomes)
    parents = {key for body in scenario.bodies for key in body.parents}
    for department in scenario.departments:
        assert (("department", department.key) in down) == (department.key in parents)


@pytest.mark.parametrize("name, library, extra", [
    ("ema_model", "ema_workbench", "ema"), ("dataset", "xarray", "xarray"),
])
def test_without_the_library_it_says_what_to_install(name: str, library: str, extra: str) -> None:
    code = (f"import sys; sys.modules[{library!r}] = None\n"
            "import psasim.connectors as c\n"
            f"try: c.{name}\n"
            "except Exception as error: print(type(error).__name__, error)")
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.startswith("InputError")
    assert f"needs {library}" in said.stdout and f"'psasim[{extra}]'" in said.stdout
