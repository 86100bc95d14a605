"""What the picture draws of each month: Python's flows, and in sum the ledger's lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from psasim.classroom.arrays import scenario_arrays
from psasim.classroom.export import ENTRY
from psasim.classroom.given import compact, given
from psasim.classroom.script import script
from psasim.coefficients import build_coefficients
from psasim.declared.levers import Governance
from psasim.declared.parameters import Parameters
from psasim.declared.presets import preset
from psasim.month import start, step
from psasim.month.decisions import Everyone
from psasim.month.ledger import LINES
from psasim.month.worlds import draw_worlds
from psasim.results.simulate import simulate
from psasim.scenario import load_scenario, scenario_names
from psasim.scenario.schema import Scenario
from psasim.structure.layout import Layout, build_layout
from tests.classroom.node import run

pytestmark = pytest.mark.browser
MONTHS, WORLDS, SEED = 30, 30, 11  # two blocks, the second not full
Flows = dict[str, NDArray[np.float64]]

TASK = """
output = undefined;
const bench = new psasim.Bench(input.scenario);
const setting = { parameters: {}, governance: input.governance, months: input.months,
  seed: input.seed, worlds: input.worlds };
bench.compare(setting, (found) => {
  if (!found.whole) return;
  for (const [name, values] of Object.entries(found.chosen.flows)) keep(name, values);
  fs.writeFileSync(folder + "/output.json", JSON.stringify(found.chosen.lines));
}, async () => false);
"""


def of_the_page(scenario: Scenario, package: Governance) -> tuple[dict[str, float], Flows]:
    """Shares of capacity by line, and each flow, (months, rows)."""
    asked: dict[str, Any] = {
        "scenario": scenario_arrays(scenario), "governance": package.settings(),
        "months": MONTHS, "seed": SEED, "worlds": WORLDS,
    }
    shares, kept = run(TASK, asked, source=script(ENTRY, compact(given())))
    return shares, {name: values.reshape(MONTHS, -1) for name, values in kept.items()}


def of_python(scenario: Scenario, package: Governance) -> Flows:
    """The same, of Python's month, month by month."""
    layout = build_layout(scenario)
    k = build_coefficients(layout, [Parameters()], [package])
    worlds = draw_worlds(layout, SEED, range(WORLDS), MONTHS)
    decisions, state = Everyone(layout), start(layout, k, WORLDS)
    found: dict[str, list[NDArray]] = {}
    for month in range(MONTHS):
        state, flows = step(state, layout, k, worlds.month(month), decisions)
        meant = flows.chain + flows.practice + flows.mix + flows.realised
        arriving, passing = _down(layout, meant, state.cleared)
        now = {name: getattr(flows, name) for name in LINES}
        now |= {"arriving": arriving, "passing": passing, "convened": state.mobilised}
        for name, values in now.items():
            found.setdefault(name, []).append(values.mean(axis=1))
    return {name: np.array(values) for name, values in found.items()}


def _down(layout: Layout, meant: NDArray, cleared: NDArray) -> tuple[NDArray, NDArray]:
    """What comes to each link and passes it: by tier, a tier's bodies side by side; (L, R)."""
    chain = layout.chain
    arriving, passing = np.zeros_like(cleared), np.zeros_like(cleared)
    for c in range(layout.contributions):
        links = np.flatnonzero(chain.contribution == c)
        left = meant[c]
        for tier in sorted(set(chain.tier_of_body[chain.body[links]])):
            here = [link for link in links if chain.tier_of_body[chain.body[link]] == tier]
            for link in here:
                arriving[link] = left * chain.weight[link, 0]
                passing[link] = arriving[link] * cleared[link]
            left = sum((passing[link] for link in here), np.zeros(WORLDS))
    return arriving, passing


def _packages() -> Sequence[tuple[str, str]]:
    return [(name, package) for name in scenario_names() for package in ("departmental", "new_psa")]


@pytest.mark.parametrize("name, package", _packages())
def test_every_month_s_flows_are_python_s_and_add_up(name: str, package: str) -> None:
    scenario, governance = load_scenario(name), preset(package)
    shares, found = of_the_page(scenario, governance)
    expected = of_python(scenario, governance)
    assert set(found) == set(expected)
    for flow, values in expected.items():
        assert found[flow] == pytest.approx(values, rel=1e-9, abs=1e-12), flow
    layout = build_layout(scenario)
    capacity = sum(department.capacity for department in scenario.departments)
    totals = {line: found[line].sum() / (MONTHS * capacity) for line in LINES}
    results = simulate(scenario, governance, worlds=WORLDS, months=MONTHS, seed=SEED)
    ledger = results.ledger_shares().set_index("line")["share"].to_dict()
    assert totals == pytest.approx(shares, rel=1e-9, abs=1e-15)
    assert totals == pytest.approx(ledger, rel=1e-9, abs=1e-12)
    lost = np.zeros((MONTHS, layout.contributions))
    for link, c in enumerate(layout.chain.contribution):
        lost[:, c] += (found["arriving"] - found["passing"])[:, link]
    assert lost == pytest.approx(found["chain"], rel=1e-9, abs=1e-12)
    monthly = sum(found[line].sum(axis=1) for line in LINES)
    assert monthly == pytest.approx(np.full(MONTHS, capacity), rel=1e-9)
