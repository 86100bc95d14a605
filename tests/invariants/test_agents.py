"""Agents are real: they decide from what they may see, and what they decide has effects."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import strategies as st

from psasim.declared.levers import Governance
from psasim.declared.parameters import Parameters
from psasim.engines.mesa.agents import Agents, Centre, DeliveryBody, Department
from psasim.engines.mesa.model import DeliveryModel
from psasim.errors import InputError
from psasim.month.state import State
from psasim.scenario import Scenario, checked, load_scenario
from tests.invariants.support import Case, alike, cases, over, steady
from tests.strategies import governances, parameter_sets, scenarios

MONTHS = 10


class Watched(Department):
    """Remembers what it chose last."""

    def allocate(self, view):
        self.chosen = super().allocate(view)
        return self.chosen


class Idle(Department):
    """Does nothing from the month `since` on."""

    since = 1

    def allocate(self, view):
        chosen = super().allocate(view)
        return chosen if view.month < self.since else 0.0 * chosen


def model_of(case: Case, department=Department) -> DeliveryModel:
    return DeliveryModel(
        case.scenario, case.governance, case.parameters,
        months=case.months, seed=case.seed, agents=Agents(department=department),
    )


def corrupted(model: DeliveryModel, row: int, partners: bool) -> State:
    """The state with what department `row` may not see replaced by nonsense: rows of
    outcomes it has no part in and of their contributions, other departments' own rows,
    and, for `partners`, what partners do on its own outcomes."""
    layout, state = model.layout, model.state
    mine = layout.department == row
    joined = np.isin(np.arange(layout.outcomes), layout.outcome[mine])
    known = mine if partners else joined[layout.outcome]
    hidden = {
        "real": ~joined, "problem": ~joined, "attention": ~joined, "mobilised": ~joined,
        "escalated": ~joined, "supported": ~joined, "gap": np.ones_like(joined),
        "reported": ~joined, "out": ~joined, "ratcheted": ~joined,
        "counted": ~known, "trust": ~mine, "knowledge": ~mine,
        "scarcity": np.ones_like(mine) if partners else ~known,
        "effort": layout.task_department != row,
        "buy_in": ~known[layout.chain.contribution], "cleared": ~known[layout.chain.contribution],
        "published": np.ones(layout.indicators, bool), "standing": np.ones(layout.indicators, bool),
        "gaming_spend": np.arange(layout.departments) != row,
    }
    assert hidden.keys() == {f.name for f in fields(State)} - {"month", "figures"}
    nonsense = {}
    for name, rows in hidden.items():
        values = getattr(state, name).copy()
        values[rows] = 0.25 + 0.5 * np.arange(rows.sum()).reshape(-1, 1) % 0.7
        nonsense[name] = values
    figures = tuple(1.0 - values for values in state.figures)
    return replace(state, figures=figures, **nonsense)


def check_blind(case: Case, row: int, partners: bool) -> None:
    """The department decides alike whatever stands in rows it may not see."""
    honest, deceived = model_of(case, Watched), model_of(case, Watched)
    for _ in range(case.months - 1):
        honest.step()
        deceived.step()
    deceived.state = corrupted(deceived, row, partners)
    honest.step()
    deceived.step()
    assert alike(honest.departments[row].chosen, deceived.departments[row].chosen)


@over(cases(months=MONTHS), st.data())
def test_a_department_does_not_see_outcomes_it_has_no_part_in(case: Case, data) -> None:
    """Rows of departments with no outcome in common may be corrupted."""
    row = data.draw(st.integers(0, len(case.scenario.departments) - 1))
    check_blind(case, row, partners=False)


@over(cases(months=MONTHS), st.data())
def test_a_department_does_not_see_partners_at_sight_zero(case: Case, data) -> None:
    """With nothing shared, partners' rows may be corrupted too."""
    row = data.draw(st.integers(0, len(case.scenario.departments) - 1))
    case = replace(
        case,
        parameters=Parameters(**{**case.parameters, "sight_base": 0.0}),
        governance=case.governance.plus(data_sharing=0, delivery_agreement=0),
    )
    check_blind(case, row, partners=True)


def test_a_department_sees_partners_where_data_is_shared() -> None:
    """The other way round: what may be seen does matter."""
    case = Case(load_scenario("teaching"), Parameters(), Governance(data_sharing=1), 2, MONTHS, 1)
    with pytest.raises(AssertionError):
        check_blind(case, 0, partners=True)


@over(cases(months=MONTHS), st.integers(1, MONTHS), st.data())
def test_an_override_changes_nothing_before_it_acts(case: Case, since: int, data) -> None:
    """A department that falls idle leaves the months before as they were."""
    key = data.draw(st.sampled_from([d.key for d in case.scenario.departments]))
    kind = type("IdleSince", (Idle,), {"since": since})
    plain, changed = model_of(case).run(), model_of(case, {key: kind}).run()
    assert alike(plain.real[: since - 1], changed.real[: since - 1])


def renamed(scenario: Scenario, prefix: str) -> Scenario:
    """The scenario with a prefix on every key and cluster."""

    def new(key: str) -> str:
        return prefix + key

    def rows(items: tuple, *keys: str) -> tuple:
        return tuple(replace(i, **{k: new(getattr(i, k)) for k in keys}) for i in items)

    return replace(
        scenario,
        departments=rows(scenario.departments, "key"),
        outcomes=rows(scenario.outcomes, "key", "cluster"),
        contributions=rows(scenario.contributions, "department", "outcome"),
        indicators=rows(scenario.indicators, "key", "department", "outcome"),
        bodies=tuple(
            replace(body, parents=tuple(map(new, body.parents)),
                    outcomes=tuple(map(new, body.outcomes)))
            for body in rows(scenario.bodies, "key")
        ),
    )


@st.composite
def two_countries(draw: st.DrawFn) -> Case:
    """Two scenarios side by side that share nothing; no unit that chooses between them."""
    one, other = (renamed(draw(scenarios(max_departments=3)), prefix) for prefix in "PQ")
    tables = ("departments", "outcomes", "contributions", "indicators", "bodies")
    both = checked(replace(one, **{t: getattr(one, t) + getattr(other, t) for t in tables}))
    parameters = steady(draw(parameter_sets()), both)
    return Case(both, parameters, draw(governances()).plus(delivery_unit=0),
                draw(st.integers(0, 99)), MONTHS, 1)


@over(two_countries())
def test_an_override_changes_only_what_follows_from_it(case: Case) -> None:
    """Idle departments leave outcomes they have no link to as they were, to the bit."""
    idle = {d.key: Idle for d in case.scenario.departments if d.key.startswith("P")}
    plain, changed = model_of(case).run(), model_of(case, idle).run()
    far = np.array([o.key.startswith("Q") for o in case.scenario.outcomes])
    for path in ("real", "reported", "rated"):
        assert alike(getattr(plain, path)[:, far], getattr(changed, path)[:, far]), path


def test_an_override_has_effects() -> None:
    case = Case(load_scenario("teaching"), Parameters(), Governance(), 2, MONTHS, 1)
    plain, changed = model_of(case).run(), model_of(case, {"Learning": Idle}).run()
    outcomes = [o.key for o in case.scenario.outcomes]
    row = outcomes.index("FirstJobs")
    assert changed.real[-1, row, 0] < plain.real[-1, row, 0]


def answering(kind: type, hook: str, answer) -> type:
    """An agent class whose decision is `answer(view)`."""
    return type("Rogue", (kind,), {hook: lambda self, view: answer(view)})


ILLEGAL = [
    ("allocate", lambda view: -0.1 * view.size),
    ("allocate", lambda view: view.size * 0.0 + 1.01 * view.capacity),
    ("allocate", lambda view: np.nan * view.size),
    ("allocate", lambda view: np.inf * view.size),
    ("allocate", lambda view: np.zeros(len(view.size) + 1)),
    ("allocate", lambda view: view.size[:-1]),
    ("allocate", lambda view: "everything"),
    ("allocate", lambda view: None),
    ("game", lambda view: np.nan * view.figure),
    ("game", lambda view: np.inf + view.figure),
    ("game", lambda view: np.zeros((7, 3))),
]


@pytest.mark.parametrize("hook,answer", ILLEGAL)
def test_an_illegal_answer_of_a_department_names_it(hook: str, answer) -> None:
    kind = answering(Department, hook, answer)
    model = DeliveryModel("teaching", months=12, agents=Agents(department={"Learning": kind}))
    with pytest.raises(InputError, match=rf"Rogue 'Learning': {hook} answered"):
        model.run()


@pytest.mark.parametrize("answer", [
    lambda view: view.chance - 2.0, lambda view: view.chance + 1.1,
    lambda view: np.nan * view.chance, lambda view: np.zeros((9, 9)), lambda view: "no",
])
def test_an_illegal_answer_of_a_body_names_it(answer) -> None:
    kind = answering(DeliveryBody, "agree", answer)
    model = DeliveryModel("teaching", months=3, agents=Agents(body={"Schools": kind}))
    with pytest.raises(InputError, match="Rogue 'Schools': agree answered"):
        model.run()


@pytest.mark.parametrize("answer", [lambda view: None, lambda view: view.desk.gap])
def test_an_illegal_answer_of_the_centre_names_it(answer) -> None:
    rogue = Agents(centre=answering(Centre, "review", answer))
    model = DeliveryModel("teaching", months=3, agents=rogue)
    with pytest.raises(InputError, match="Rogue 'the centre': review"):
        model.run()


@pytest.mark.parametrize("value", [1.5, -1.0, np.nan])
def test_a_review_is_of_parts_from_0_to_1(value: float) -> None:
    class Rogue(Centre):
        def review(self, view):
            return replace(super().review(view), support=value + 0.0 * view.gap)

    with pytest.raises(InputError, match=r"Rogue 'the centre': review\.support"):
        DeliveryModel("teaching", months=3, agents=Agents(centre=Rogue)).run()


SEEN = {
    "allocate": ("stake", "size", "effort", "capacity", "usable", "substitution", "plan", "seen",
                 "need", "product", "responsibility", "mission", "trust", "sight", "attention",
                 "mobilised"),
    "game": ("figure", "threshold", "width"),
    "agree": ("chance", "buy_in", "count", "draw", "clarity"),
}


@pytest.mark.parametrize("hook", SEEN)
def test_views_are_read_only(hook: str) -> None:
    tried = set()

    def vandal(kind: type) -> type:
        def decide(self, view):
            for name in SEEN[hook]:
                with pytest.raises(ValueError, match="read-only"):
                    getattr(view, name)[:] = 0.0
                tried.add(name)
            return getattr(kind, hook)(self, view)

        return type("Vandal", (kind,), {hook: decide})

    if hook == "agree":
        DeliveryModel("teaching", months=12, agents=Agents(body=vandal(DeliveryBody))).run()
    else:
        DeliveryModel("teaching", months=12, agents=Agents(department=vandal(Department))).run()
    assert tried == set(SEEN[hook])


def test_what_the_centre_sees_is_read_only() -> None:
    tried = []

    class Vandal(Centre):
        def review(self, view):
            for name in ("gap", "fresh", "priority", "period", "trigger", "targets", "tolerance"):
                with pytest.raises(ValueError, match="read-only"):
                    getattr(view.desk, name)[:] = 0.0
                tried.append(name)
            return super().review(view)

    DeliveryModel("teaching", months=2, agents=Agents(centre=Vandal)).run()
    assert tried


def test_what_an_agent_chooses_is_its_effort_of_the_month() -> None:
    """Inertia is the default rule's own: a choice of one's own acts at once."""

    class Resolute(Department):
        def allocate(self, view):
            return (0.5 if view.month % 2 else 0.9) * view.usable * view.size / view.size.sum()

    model = DeliveryModel("teaching", months=6, agents=Agents(department={"Learning": Resolute}))
    tasks = model.layout.tasks_of[0]
    for month in range(1, 7):
        model.step()
        spent = model.state.effort[tasks].sum()
        usable = spent + model.flows.slack[0, 0]
        assert spent == pytest.approx((0.5 if month % 2 else 0.9) * usable)
