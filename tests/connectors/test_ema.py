"""The EMA Workbench drives psasim: names, numbers, and all experiments in one call."""

from __future__ import annotations

import numpy as np
import pytest

import psasim as ps

ema = pytest.importorskip("ema_workbench")

from psasim.connectors import EnsembleEvaluator, ema_model  # noqa: E402

UNCERTAIN = {"trust_start": None, "inertia": (0.05, 0.2), "outcomes.FirstJobs.technology": (-1, 1)}
MEASURES = ["attainment", "cost", "time_to_mobilise"]


def _model() -> ema.Model:
    return ema_model("teaching", uncertainties=UNCERTAIN, levers=["sanctions", "lead", "lead.kind"],
                     outcomes=MEASURES, worlds=3, months=6)


def test_everything_is_derived_from_the_declarations() -> None:
    from psasim.declared.levers import LEVERS
    from psasim.declared.parameters import PARAMETERS

    model = _model()
    trust = model.uncertainties["trust_start"]
    declared = PARAMETERS["trust_start"]
    assert (trust.lower_bound, trust.upper_bound) == (declared.low, declared.high)
    assert (model.uncertainties["inertia"].lower_bound,
            model.uncertainties["inertia"].upper_bound) == (0.05, 0.2)
    assert (model.levers["sanctions"].lower_bound, model.levers["sanctions"].upper_bound) == (0, 1)
    kinds = [category.value for category in model.levers["lead.kind"].categories]
    assert kinds == list(LEVERS["lead"].options("kind"))
    goods = {"attainment": ema.ScalarOutcome.MAXIMIZE, "cost": ema.ScalarOutcome.MINIMIZE}
    for name, kind in goods.items():
        assert model.outcomes[name].kind == kind


@pytest.mark.parametrize("combine", ["factorial", "sample"])
def test_one_call_gives_the_numbers_of_one_at_a_time(combine: str) -> None:
    model = _model()
    with EnsembleEvaluator(model) as evaluator:
        table, found = evaluator.perform_experiments(3, 2, combine=combine)
    scenarios = [ema.Scenario(str(i), **{n: row[n] for n in UNCERTAIN})
                 for i, row in enumerate(table.to_dict("records"))]
    policies = [ema.Policy(f"p{i}", **{n: row[n] for n in ("sanctions", "lead", "lead.kind")})
                for i, row in enumerate(table.to_dict("records"))]
    assert len(table) == (6 if combine == "factorial" else 3)
    with ema.SequentialEvaluator(model) as evaluator:
        _, alone = evaluator.perform_experiments(scenarios, policies, combine="sample")
    assert np.unique(found["attainment"]).size == len(table)
    for name in MEASURES:
        assert np.array_equal(found[name], alone[name])


def test_its_numbers_are_those_of_simulate() -> None:
    model = _model()
    policy = {"sanctions": 0.5, "lead": 1.0, "lead.kind": "two"}
    with EnsembleEvaluator(model) as evaluator:
        _, found = evaluator.perform_experiments(
            [ema.Scenario("s", trust_start=0.3, inertia=0.1)], [ema.Policy("p", **policy)])
    alone = ps.simulate("teaching", {"sanctions": 0.5, "lead": {"strength": 1, "kind": "two"}},
                        {"trust_start": 0.3, "inertia": 0.1}, worlds=3, months=6)
    assert found["attainment"][0] == alone.to_frame()["attainment"].to_numpy().mean()


def test_the_reference_policy_is_the_package_as_it_is() -> None:
    with EnsembleEvaluator(_model()) as evaluator:
        _, found = evaluator.perform_experiments(2, [ema.Policy("as it is")])
    assert np.isfinite(found["attainment"]).all()


@pytest.mark.parametrize("given, told", [
    ({"uncertainties": ["inertai"]}, "did you mean 'inertia'"),
    ({"uncertainties": {"inertia": (0.1, 7)}}, "over.inertia = 7 is above"),
    ({"uncertainties": ["inertia"], "levers": ["sanction"]}, "did you mean 'sanctions'"),
    ({"uncertainties": ["inertia"], "levers": ["lead.kindd"]}, "did you mean 'kind'"),
    ({"uncertainties": ["inertia"], "outcomes": ["attainmet"]}, "did you mean 'attainment'"),
    ({"uncertainties": []}, "over is empty"),
])
def test_what_is_unknown_is_told(given: dict, told: str) -> None:
    with pytest.raises(ps.InputError, match=told):
        ema_model("teaching", **given)


def test_another_model_is_refused() -> None:
    with pytest.raises(ps.InputError, match=r"was not made by psasim\.connectors"):
        EnsembleEvaluator(ema.Model("other", function=dict))
