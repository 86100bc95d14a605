"""Small worlds in which one thing is right by itself: what the first edition got wrong."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from psasim.coefficients import build_coefficients
from psasim.declared.levers import Governance
from psasim.declared.parameters import Parameters
from psasim.engines.ensemble import run
from psasim.engines.mesa.agents import Agents, Department
from psasim.engines.mesa.model import DeliveryModel
from psasim.month.worlds import draw_worlds
from psasim.results.measures import MEASURES
from psasim.scenario import Scenario, load_scenario
from psasim.structure.layout import build_layout
from psasim.validation.rings import ring

MONTHS, WORLDS = 36, 24


def coefficients(scenario: Scenario, parameters: dict | None = None, **levers: object):
    return build_coefficients(
        build_layout(scenario), [Parameters(**(parameters or {}))], [Governance(**levers)]
    )


def mean(name: str, scenario: Scenario, parameters: dict | None = None, **levers: object) -> float:
    """A measure over some worlds."""
    layout = build_layout(scenario)
    t = run(layout, coefficients(scenario, parameters, **levers),
            draw_worlds(layout, 3, range(WORLDS), MONTHS))
    k = coefficients(scenario, parameters, **levers)
    return float(MEASURES[name].compute(t, layout, k).mean())


def test_a_sole_owner_is_never_mistaken_for_another() -> None:
    """F4: with one owner every consequence reaches it, and shared data change nothing."""
    alone, shared = ring(1), ring(3)
    assert (coefficients(alone, sanctions=1).attribution == 1.0).all()
    assert (coefficients(shared, sanctions=1).attribution < 1.0).all()
    with_data = mean("attainment", alone, sanctions=1, data_sharing=1)
    assert with_data == mean("attainment", alone, sanctions=1)


def test_direction_is_coloured_by_own_agendas_even_where_there_is_one_outcome() -> None:
    """F7: roles, and boards at local level, have something to clarify at child obesity."""
    scenario = load_scenario("child_obesity")
    silos = mean("clarity", scenario)
    assert silos < 0.95
    assert mean("clarity", scenario, delivery_agreement=1) > silos + 0.02
    assert mean("clarity", scenario, local_governance=1) > silos + 0.02


def test_an_undetected_problem_hampers_delivery_without_a_chain() -> None:
    """F8: attainment falls with the hazard though no body has to agree."""
    scenario = replace(ring(1, stretch=2.0), bodies=())
    found = [mean("attainment", scenario, {"problem_hazard": h}) for h in (0.02, 0.08, 0.5)]
    assert found[0] > found[1] + 0.01 > found[2] + 0.02


def test_trust_lost_to_sanctions_does_not_hang_on_how_often_figures_come_out() -> None:
    """F9: in a year the publications together bring what the year's chance says."""
    scenario = load_scenario("csr2007")
    lost = []
    for interval in (3, 6, 12):
        parameters = {"publishing_interval": interval, "trust_rate": 0.0}
        without = mean("trust", scenario, parameters, joint_targets=1)
        lost.append(without - mean("trust", scenario, parameters, joint_targets=1, sanctions=1))
    assert min(lost) > 0.004
    assert max(lost) < 1.8 * min(lost)


def test_the_unit_s_time_is_shared_over_targets_that_exist() -> None:
    """F10: over those of the scenario and those it is told of, not over a number named."""
    one = ring(2, departments=2, outcomes=1)
    for others, taken in ((0, 1), (4, 5), (29, 10)):
        k = coefficients(replace(one, other_goals=others), delivery_unit=1)
        room = 15.0 / taken - 0.5
        assert k.unit_support.item() == pytest.approx(1.0 - np.exp(-0.5 * room))


def test_either_barrier_to_sharing_opens_something_by_itself() -> None:
    """F16: not the lesser of the two."""
    found = {
        (able, will): coefficients(
            ring(2), {"sight_base": 0.0},
            data_sharing={"strength": 1, "technical": able, "willingness": will},
        ).sight.item()
        for able in (0, 1) for will in (0, 1)
    }
    assert 0 < found[0, 0] < found[1, 0] < found[0, 1] + 0.05 < found[1, 1] + 0.05
    assert found[1, 1] == pytest.approx(1.0) and found[1, 0] == pytest.approx(1 - 0.62)


def test_an_ambition_that_is_not_believed_moves_little() -> None:
    """F11: raising the aim by half of a target that is out of reach adds less than on course."""
    gains = []
    for stretch in (0.8, 2.5):
        scenario = ring(2, stretch=stretch)
        raised, plain = (
            mean("realised", scenario, delivery_agreement={"strength": 1, "ambition": ambition})
            for ambition in (1.5, 1.0)
        )
        gains.append(raised / plain - 1.0)
    assert gains[0] > 2.0 * gains[1] >= -1e-3


def test_all_answering_in_full_costs_what_leading_costs_everyone() -> None:
    """F11: every owner pays for pushing the others."""
    burden = {
        kind: mean("burden", ring(4), joint_targets=1, lead={"strength": 1, "kind": kind})
        for kind in ("single", "all")
    }
    assert burden["all"] > 1.2 * burden["single"]


def test_who_owns_no_figure_reads_the_published_one() -> None:
    """M3: with a valid figure that is published every month without a lag, all see the outcome."""
    scenario = ring(3)
    exact = tuple(replace(i, validity=1.0, lag=0, noise=0.0) for i in scenario.indicators)
    departments = tuple(replace(d, phase=0) for d in scenario.departments)
    scenario = replace(scenario, indicators=exact, departments=departments)
    model = DeliveryModel(
        scenario, parameters={"publishing_interval": 1, "sight_base": 0.0}, months=12,
        agents=Agents(department=Noting),
    )
    for month in range(12):
        before = model.state.real.copy()
        model.step()
        for department in model.departments:
            rows = [list(scenario.outcomes).index(o) for o in scenario.outcomes
                    if o.key in department.outcomes]
            if month > 0:
                np.testing.assert_allclose(department.seen, before[rows], rtol=1e-12)


class Noting(Department):
    """Notes what it sees of its outcomes."""

    def allocate(self, view):
        self.seen, self.outcomes = view.seen.copy(), view.outcomes
        return super().allocate(view)


def test_a_poor_indicator_does_not_start_at_its_target() -> None:
    """F5: counts are a stock; after a month nothing is met that was not begun."""
    layout = build_layout(load_scenario("csr2007"))
    k = coefficients(load_scenario("csr2007"))
    t = run(layout, k, draw_worlds(layout, 3, range(WORLDS), 1))
    assert MEASURES["targets_met_csr07"].compute(t, layout, k).mean() < 0.5
    assert MEASURES["targets_met_reported"].compute(t, layout, k).mean() == 0.0
    assert t.closing.mean() < 0.15
