"""The month in the page: measures and monthly paths equal to `simulate`'s in every bit."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from psasim.declared.levers import LEVERS, Governance
from psasim.declared.parameters import Parameters
from psasim.declared.presets import preset, preset_names
from psasim.declared.settings import SETTINGS
from psasim.scenario import load_scenario, scenario_names
from tests.classroom.cases import Case, differences
from tests.classroom.node import model
from tests.invariants.support import steady
from tests.strategies import governances, parameter_sets, scenarios

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("name", scenario_names())
def test_shipped_scenarios_under_every_preset(name: str) -> None:
    scenario = load_scenario(name)
    everything = Governance(dict.fromkeys(LEVERS, 0.6))
    fewer = preset("new_psa").plus(number_of_goals={"strength": 0.5, "goals": 1})
    packages = [*map(preset, preset_names()), everything, fewer]
    cases = [Case(scenario, package, Parameters(), 36, 2007, 10) for package in packages]
    still = Parameters(drift=1e-320)  # no drift, though its quotients are no numbers
    cases.append(Case(scenario, preset("new_psa"), still, 36, 2007, 2))
    assert differences(cases) == []


@st.composite
def _cases(draw: st.DrawFn) -> Case:
    """Any setting of any scenario, shipped or random."""
    shipped = st.sampled_from(scenario_names()).map(load_scenario)
    scenario = draw(st.one_of(scenarios(), scenarios(max_departments=3, max_outcomes=2), shipped))
    return Case(
        scenario,
        draw(st.sampled_from(preset_names()).map(preset) | governances()),
        steady(draw(parameter_sets()), scenario),
        draw(st.integers(1, 40)),
        draw(st.integers(0, int(SETTINGS["seed"].high))),
        draw(st.integers(1, 4)),
    )


@settings(max_examples=200, deadline=None, derandomize=True, phases=[Phase.generate],
          suppress_health_check=list(HealthCheck))
@given(_cases())
def test_random_scenarios_levers_fields_parameters_months_and_seeds(case: Case) -> None:
    assert differences([case]) == []


@pytest.mark.parametrize("one, other", [
    ("k.trust_rate * k.sight", "k.sight * k.trust_rate * (1 + 2 ** -52)"),
    ("kept * (state.fresh[o] * w.behind[j])", "kept * state.fresh[o]"),
    ("share[c] * (mean[j] - lower)", "(share[c] * mean[j] - share[c] * lower)"),
])
def test_a_planted_difference_is_seen(one: str, other: str) -> None:
    planted = model().replace(one, other)
    assert planted != model()
    package = preset("new_psa").plus(joint_targets=0.7)
    case = Case(load_scenario("teaching"), package, Parameters(), 36, 2007, 20)
    assert differences([case], planted)
