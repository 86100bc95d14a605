"""What can do nothing is said, and found by comparing coefficients rather than from a list."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import psasim as ps
from psasim.cli import main
from psasim.coefficients.idle import idle, idle_parameters
from psasim.declared.levers import LEVERS, Governance
from psasim.declared.parameters import PARAMETERS, Parameters
from psasim.declared.presets import preset
from psasim.report import findings
from psasim.scenario import load_scenario
from psasim.structure.layout import build_layout
from psasim.validation.rings import ring

SOLE, JOINT = ring(1), ring(2)


def said(scenario, **packages) -> str:
    return findings(ps.compare({"departmental": "departmental", **packages}, scenario=scenario,
                               worlds=2, months=12))


@pytest.mark.parametrize("lever, without, with_it", [
    ("joint_targets", SOLE, JOINT),
    ("lead", SOLE, JOINT),
    ("pooled_budget", SOLE, JOINT),
    ("collective_priorities", "child_obesity", "csr2007"),
    ("number_of_goals", "teaching", "csr2007"),
])
def test_a_lever_with_nothing_to_act_on_is_told(lever: str, without, with_it) -> None:
    text = said(without, one={lever: 1})
    assert f"{lever} has nothing to act on: it needs {LEVERS[lever].needed} (one)." in text
    assert "nothing to act on" not in said(with_it, one={lever: 1})


@pytest.mark.parametrize("scenario", ["csr2007", "teaching", "sr2004"])
def test_no_more_is_told_than_is_so(scenario: str) -> None:
    """What is called idle changes no measure but what levers take, in any world."""
    alone = {name: Governance(**{name: 1}) for name in LEVERS}
    facts = load_scenario(scenario)
    found = idle(build_layout(facts), Parameters(), alone)
    runs = ps.compare({"departmental": "departmental", **alone}, scenario=facts, worlds=3)
    rows = runs.contrasts()
    rows = rows[~rows["measure"].isin(["burden", "overhead", "cost"])]
    same = rows.groupby("package")["equal"].min() == 1.0
    assert set(found) <= set(same.index[same])
    text = findings(runs)
    for name in same.index[same]:  # what acts on nothing, or on nothing that is measured here
        told = name in found or (name in text and "the same as departmental in every world" in text)
        assert told, f"{name} moves nothing, and nobody says so"


def test_a_lever_that_others_make_redundant_and_a_field_that_moves_nothing() -> None:
    """One owner of two is the lead whatever its kind; an agreement that is public publishes."""
    text = said(JOINT, one={"delivery_agreement": 1, "public_reporting": 1})
    assert "public_reporting adds nothing to what the package's other levers do (one)." in text
    willing = {"strength": 1, "technical": 0.5, "willingness": 0.8}  # the least of both counts
    text = said(JOINT, one={"data_sharing": willing})
    assert "moves nothing" not in text.replace("data_sharing.willingness moves nothing", "")
    tiers = {"local_governance": {"strength": 1, "tiers": 8}}
    assert "governance.local_governance.tiers moves nothing here (one)." in said(
        "csr2007", one=tiers)


def test_months_after_the_last_are_told(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    text = said("csr2007", one={"collective_priorities": {"strength": 1, "month": 13}})
    assert "governance.collective_priorities.month = 13 comes to nothing in the 12 months" in text
    text = said("csr2007", one={"collective_priorities": {"strength": 1, "month": 12}})
    assert "comes to nothing" not in text
    assert "30 of 30 targets fall due after the last month that is run, 12" in text
    assert main(["run", "scenario=teaching", "worlds=2", "months=6", "governance=new_psa",
                 f"hydra.run.dir={tmp_path / 'out'}"]) == 0
    assert "2 of 2 targets fall due after the last month" in capsys.readouterr().err
    whole = findings(ps.compare(["new_psa"], scenario="teaching", worlds=2, months=36))
    assert "fall due" not in whole


def test_a_parameter_that_moves_nothing_is_told() -> None:
    """How much an audit finds with external challenge matters where there is any."""
    layout = build_layout(load_scenario("csr2007"))
    part = {"strength": 0.7, "technical": 0.5, "willingness": 0.5}  # a barrier left to matter
    on = Governance(**{**dict.fromkeys(LEVERS, 0.7), "data_sharing": part})
    for name, item in PARAMETERS.items():
        near = item.default + (1 if item.integer else 0.03 * (item.high - item.default))
        if near == item.default:
            near = item.default - 0.03 * (item.default - item.low)
        changed = Parameters(**{name: near})
        assert not idle_parameters(layout, changed, [on]), name
    for packages, idle_there in (({"one": {"lead": 1}}, True), ({"one": {"external_challenge": 1}},
                                                                False)):
        runs = ps.compare({"departmental": "departmental", **packages}, scenario="teaching",
                          worlds=2, months=6, parameters={"challenge_gain": 0.6, "inertia": 0.1})
        told = "parameters.challenge_gain = 0.6 moves nothing under any package compared here."
        assert (told in findings(runs)) == idle_there
        assert "parameters.inertia" not in findings(runs)


@pytest.mark.parametrize("package", ["departmental", "existing_psa", "new_psa"])
def test_a_parameter_of_a_lever_that_is_off_is_told_and_no_more_is_told_than_is_so(
    package: str
) -> None:
    facts = load_scenario("csr2007")
    layout, chosen = build_layout(facts), preset(package)
    usual = ps.simulate(facts, chosen, worlds=2, months=18).to_frame()
    told = set()
    for name, item in PARAMETERS.items():
        other = Parameters(**{name: item.low if item.low < item.default else item.high})
        if idle_parameters(layout, other, [chosen]):
            told.add(name)
            runs = ps.simulate(facts, chosen, parameters=other, worlds=2, months=18)
            assert runs.to_frame().equals(usual), name
    for name, lever in (
        ("unit_fixed", "delivery_unit"), ("unit_slope", "delivery_unit"),
        ("refresh", "escalation"), ("escalation_cost", "escalation"),
        ("misattribution_hit", "delivery_agreement"), ("attribution_base", "delivery_agreement"),
        ("sanction_buy_in_hit", "delivery_agreement"),
        ("reorganisation_recovery", "reorganisation"),
    ):
        assert (name in told) == (lever not in chosen.settings() and not (
            name == "refresh" and "stocktakes" in chosen.settings())), name
    assert ("embedding" in told) == (package == "departmental")


def test_too_much_asked_is_told_from_python_too() -> None:
    scenario = load_scenario("teaching")
    small = replace(scenario, departments=tuple(
        replace(d, capacity=0.01) for d in scenario.departments))
    assert "above its capacity of 0.01" in said(small, one={"lead": 1})


def test_several_parameters_that_move_nothing_are_one_sentence() -> None:
    runs = ps.compare({"departmental": "departmental", "one": {"lead": 1}}, scenario="teaching",
                      worlds=2, months=6, parameters={"challenge_gain": 0.6, "audit_gain": 0.9})
    (line,) = [line for line in findings(runs).splitlines() if "nothing under any" in line]
    assert "parameters.challenge_gain = 0.6" in line
    assert "parameters.audit_gain = 0.9" in line
    assert line.endswith(" move nothing under any package compared here.")
