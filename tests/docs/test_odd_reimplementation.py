"""docs/model.md is enough to write the model again: a second program gives the same runs.

`odd_facts`, `odd_month` and `odd_run` were written from the text, in plain loops; they
import nothing of psasim.  Here their runs are held against psasim's.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest

from psasim.declared.levers import LEVERS, Governance
from psasim.declared.parameters import Parameters
from psasim.declared.presets import preset
from psasim.engines import ensemble
from psasim.results.measures import MEASURES, measure
from psasim.scenario import load_scenario
from tests.docs import odd_run
from tests.docs.odd_facts import Facts, coefficients
from tests.invariants.support import Case, cases, over

SEED, WORLDS, MONTHS, CLOSE = 2008, 2, 36, 1e-9
COSTS = {name: (item.capacity, item.money, item.joint) for name, item in LEVERS.items()}
DEFAULTS = Parameters()

MIX = Governance(
    lead={"strength": 0.7, "kind": "two"},
    joint_targets=0.8,
    delivery_agreement={"strength": 0.6, "roles": 0.5, "milestones": 0.9, "reporting": 0.4,
                        "ambition": 1.2},
    sanctions={"strength": 0.9, "size": 0.7},
    rewards=0.3,
    ratchet=0.6,
    reorganisation={"strength": 0.7, "month": 8},
    data_sharing={"strength": 0.5, "willingness": 0.6},
    collective_priorities={"strength": 0.8, "month": 9},
    number_of_goals={"strength": 0.6, "goals": 1},
    ministerial_attention=0.4,
    official_leadership={"strength": 0.7, "frequency": 8, "seniority": 0.9},
    stocktakes={"strength": 0.6, "period": 5},
    escalation=0.7,
    cluster_reviews={"strength": 0.8, "trigger": 1},
    delivery_unit={"strength": 0.9, "targets": 1, "capacity": 3},
    internal_reporting=0.3,
    public_reporting=0.8,
    external_challenge=0.2,
    frontline_engagement=0.5,
    local_governance={"strength": 0.9, "tiers": 1},
    process_alignment=0.4,
    evaluation={"strength": 0.7, "diffusion": 0.8},
    pooled_budget={"strength": 0.6, "share": 0.4},
    funding_horizon={"strength": 0.5, "years": 6},
)
SHARP = Governance(
    lead={"strength": 0.9, "kind": "all"}, joint_targets=0.3, sanctions=1, public_reporting=1,
    rewards={"strength": 1, "size": 2}, delivery_agreement={"strength": 1, "published": 0.5},
    stocktakes={"strength": 1, "period": 18}, evaluation=1,
)
WATCHED = Governance(
    cluster_reviews={"strength": 0.6, "trigger": 2}, escalation=0.4, sanctions=0.8,
    joint_targets=1, lead={"strength": 1, "kind": "none"},
    delivery_unit={"strength": 1, "targets": 2},
)
UNEVEN = Parameters(
    rating_tolerance=0.02, indicator_noise=0.5, volatility=0.05, planned_yield=0.35
)
CASES = [
    ("teaching", preset("departmental"), DEFAULTS),
    ("teaching", preset("existing_psa"), DEFAULTS),
    ("teaching", preset("new_psa"), DEFAULTS),
    ("teaching", MIX, DEFAULTS),
    ("teaching", SHARP, Parameters(gaming_cost=0.2, drift=0, publishing_interval=4, fine=0.5)),
    ("child_obesity", preset("new_psa"), DEFAULTS),
    ("child_obesity", MIX, DEFAULTS),
    ("offences_to_justice", preset("no_join_up"), DEFAULTS),
    ("sr2004", WATCHED, UNEVEN),
    ("csr2007", preset("new_psa"), UNEVEN),
    ("sr2004", MIX, Parameters(inertia=0.1, problem_hazard=0.1, substitution=0.4)),
]


def flat(tables: dict | Iterable[dict]) -> list:
    """Values of a dictionary, or of one after another."""
    return list(tables.values()) if isinstance(tables, dict) else [flat(row) for row in tables]


LAST = {
    "attention": "attention", "trust": "trust", "knowledge": "know", "buy_in": "buy_in",
    "cleared": "cleared", "published": "published", "standing": "standing", "gap": "gap",
    "gaming_spend": "spend", "mobilised": "mobilised", "problem": "problem",
    "escalated": "escalated", "supported": "supported", "scarcity": "scarcity",
    "counted": "counted", "ratcheted": "ratcheted", "reported": "reported", "out": "out",
}


def of_run(values: np.ndarray, number: int) -> np.ndarray:
    """Column of a run; one column stands for all runs where they are alike."""
    return values[:, min(number, values.shape[1] - 1)]


def hold(case: Case) -> None:
    """Every path, sum, final state and measure of both programs is the same."""
    layout, k = case.layout, case.coefficients
    whole = ensemble.run(layout, k, case.worlds)
    values = measure(whole, layout, k)
    facts = Facts(case.scenario)
    rates = coefficients(facts, case.parameters, case.governance, COSTS)
    for number in range(case.runs):
        made = odd_run.run(facts, rates, case.seed, number, case.months)
        pairs = {
            **{path: (flat(getattr(made, path)), getattr(whole, path)[..., number])
               for path in ("real", "reported", "rated")},
            **{item: (flat(getattr(made, item)), getattr(whole, item)[:, number])
               for item in ("waiting", "short", "clarity", "closing")},
            **{line: (flat(total), whole.sums[line][:, number])
               for line, total in made.sums.items()},
            **{state: (flat(getattr(made.final, mine)), of_run(getattr(whole.final, state), number))
               for state, mine in LAST.items()},
        }
        for item, (mine, theirs) in pairs.items():
            np.testing.assert_allclose(mine, theirs, rtol=CLOSE, atol=CLOSE, err_msg=item)
        mine = odd_run.measures(facts, rates, made)
        assert mine.keys() == MEASURES.keys()
        for item, value in mine.items():
            assert value == pytest.approx(values[item][number], rel=CLOSE, abs=CLOSE), item


@pytest.mark.parametrize("name, governance, parameters", CASES)
def test_a_program_written_from_the_text_gives_the_same_runs(
    name: str, governance: Governance, parameters: Parameters
) -> None:
    hold(Case(load_scenario(name), parameters, governance, SEED, MONTHS, WORLDS))


@over(cases(), few=10, many=200)
def test_so_it_does_for_any_scenario_levers_and_parameters(case: Case) -> None:
    hold(case)


def test_the_cases_reach_every_part() -> None:
    """Every lever is on somewhere, and figures are moved, problems arise, goals are dropped."""
    on = {lever for _, governance, _ in CASES for lever in governance.levers_on()}
    assert on == set(LEVERS)
    tempted = preset("existing_psa").plus(sanctions=1)
    case = Case(load_scenario("teaching"), CASES[4][2], tempted, SEED, MONTHS, 4 * WORLDS)
    whole = ensemble.run(case.layout, case.coefficients, case.worlds)
    assert whole.sums["moved"].sum() > 0
    assert whole.sums["gaming"].sum() > 0
    assert whole.sums["undetected"].sum() > 0
    assert measure(whole, case.layout, case.coefficients)["met_on_paper"].sum() > 0


@pytest.mark.parametrize("module", ["odd_facts", "odd_month", "odd_run"])
def test_the_second_program_imports_nothing_of_psasim(module: str) -> None:
    source = (Path(__file__).parent / f"{module}.py").read_text(encoding="utf-8")
    named = [
        name
        for node in ast.walk(ast.parse(source))
        for name in (
            [alias.name for alias in node.names] if isinstance(node, ast.Import)
            else [str(node.module)] if isinstance(node, ast.ImportFrom) else []
        )
    ]
    assert named
    assert not [name for name in named if name.startswith("psasim")]
