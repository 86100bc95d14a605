"""What stands in a notebook: a repr that gives the thing back, and HTML that runs nothing."""

from __future__ import annotations

from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings

import psasim as ps
from psasim.scenario import Scenario, schema
from tests.strategies import governances, parameter_sets, scenarios


class Own(ps.Department):
    """A department of one's own."""


NAMES = {
    "Governance": ps.Governance, "Parameters": ps.Parameters, "Agents": ps.Agents, "Own": Own,
    "Department": ps.Department, "DeliveryBody": ps.DeliveryBody, "Centre": ps.Centre,
    **{name: getattr(schema, name) for name in (
        "Scenario", "Department", "Outcome", "Contribution", "Indicator", "Body", "Fact")},
}


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(governances(), parameter_sets())
def test_packages_and_parameters_come_back(governance, parameters) -> None:
    for item in (governance, parameters):
        again = eval(repr(item), NAMES)
        assert again == item
        assert hash(again) == hash(item)
        assert repr(again) == repr(item)


@settings(max_examples=20, deadline=None, derandomize=True, database=None)
@given(scenarios())
def test_scenarios_come_back(scenario: Scenario) -> None:
    assert eval(repr(scenario), NAMES) == scenario


def test_packages_that_differ_are_told_apart() -> None:
    one, other = ps.Governance(lead={"kind": "two", "strength": 1}), ps.Governance(lead=1)
    assert one != other
    assert repr(other) == "Governance(lead=1.0)"
    assert repr(one) == "Governance(lead={'strength': 1.0, 'kind': 'two'})"
    for name in ps.preset_names():
        assert eval(repr(ps.preset(name)), NAMES) == ps.preset(name)
    fine = ps.Parameters(inertia=0.1 + 1e-12)
    assert fine != ps.Parameters(inertia=0.1)
    assert repr(fine) != repr(ps.Parameters(inertia=0.1))


def test_a_package_is_frozen() -> None:
    for package in (ps.preset("new_psa"), ps.Governance(lead=1), ps.Governance()):
        with pytest.raises(TypeError):
            package["lead"]["strength"] = 0.5  # type: ignore[index]
    assert hash(ps.Governance(rewards={"strength": 1, "size": -0.0})) == (
        hash(ps.Governance(rewards={"strength": 1, "size": 0})))


@pytest.mark.parametrize("agents, told", [
    (ps.Agents(), "Agents()"),
    (ps.Agents(department=Own), "Agents(department=Own)"),
    (ps.Agents(department={"Learning": Own}), "Agents(department={'Learning': Own})"),
])
def test_agents_come_back(agents: ps.Agents, told: str) -> None:
    assert repr(agents) == told
    assert eval(told, NAMES) == agents


class Tags(HTMLParser):
    """The tags that a browser would see."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.seen: set[str] = set()
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.seen.add(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


HOSTILE = "</b><script>alert(1)</script><img src=x onerror=alert(1)>&amp;"


@pytest.fixture(scope="module")
def hostile() -> ps.Results:
    scenario = replace(ps.load_scenario("teaching"), title=HOSTILE)
    return ps.compare({HOSTILE: "new_psa"}, scenario=scenario, worlds=2, months=2)


def test_the_page_of_figures_shows_names_as_text(hostile: ps.Results, tmp_path: Path) -> None:
    ps.figures.write_figures(hostile, hostile.trajectories(), tmp_path / "figures")
    text = (tmp_path / "figures" / "README.md").read_text(encoding="utf-8")
    assert HOSTILE[:9] in unescape(text)
    assert not Tags(text).seen


def test_html_shows_names_as_text(hostile: ps.Results) -> None:
    tags = Tags(hostile._repr_html_())
    assert tags.seen <= {"p", "b", "table", "thead", "tbody", "tr", "th", "td"}
    assert tags.text.count(HOSTILE) == 2
