"""Rules of choice of one's own: in both engines alike, at once, and told where they fail."""

from __future__ import annotations

import numpy as np
import pytest

import psasim as ps
from psasim.engines.mesa.views import DepartmentView
from tests.extensions.rules import Moody, Thirds

SMALL = {"scenario": "teaching", "worlds": 12, "months": 14}


class ThirdsByAgent(ps.Department):
    """`Thirds`, written agent by agent."""

    def allocate(self, view):
        return np.full(view.size.shape, view.usable[0, 0] / len(view.size))


def _same(one: ps.Results, other: ps.Results) -> bool:
    return all(np.array_equal(values, other.parts[other.baseline].measures[name], equal_nan=True)
               for name, values in one.parts[one.baseline].measures.items())


@pytest.mark.parametrize("scenario", ["teaching", "child_obesity"])
def test_the_same_rule_in_both_engines(scenario: str) -> None:
    given = SMALL | {"scenario": scenario, "governance": "new_psa"}
    vector = ps.simulate(**given, extensions=[Thirds])
    agents = ps.simulate(**given, agents=ThirdsByAgent)
    usual = ps.simulate(**given)
    assert (vector.engine, agents.engine) == ("ensemble", "mesa")
    assert _same(vector, agents)
    assert not _same(vector, usual)


def test_a_rule_on_mesa_is_the_rule_of_the_ensemble() -> None:
    one, other = (ps.simulate(**SMALL, extensions=[Moody], engine=engine)
                  for engine in ("ensemble", "mesa"))
    assert one.digest == other.digest
    assert np.array_equal(one.memory()["bad_months"], other.memory()["bad_months"])


def test_a_rule_that_changes_nothing_changes_no_bit() -> None:
    class Usual(ps.Rule):
        pass

    assert ps.simulate(**SMALL, extensions=[Usual]).digest == ps.simulate(**SMALL).digest


def test_what_a_rule_answers_acts_at_once() -> None:
    efforts = []

    class Late(ps.Rule):
        def allocate(self, outlook):
            efforts.append(np.array(outlook.effort))
            usual = super().allocate(outlook)
            return usual * 0.0 if outlook.month == 5 else usual

    ps.simulate(**SMALL | {"months": 6}, extensions=[Late])
    assert efforts[4].any()
    assert not efforts[5].any()  # what it saw as last month's effort in month 6


def test_chance_and_memory_do_not_hang_on_the_batch() -> None:
    whole = ps.simulate(**SMALL, extensions=[Moody])
    part = ps.simulate(**SMALL | {"worlds": range(5, 9)}, extensions=[Moody])
    assert np.array_equal(whole.memory()["bad_months"][:, 5:9], part.memory()["bad_months"])
    assert list(part.to_frame()["world"]) == [5, 6, 7, 8]
    assert np.array_equal(whole.to_frame()["attainment"][5:9], part.to_frame()["attainment"])
    bad = whole.memory()["bad_months"]
    assert 0 < bad.mean() < 14
    assert len({tuple(row) for row in bad}) == len(bad), "departments share their luck"


def test_packages_meet_the_same_luck() -> None:
    both = ps.compare(["new_psa"], **SMALL, extensions=[Moody])
    assert np.array_equal(both.memory("new_psa")["bad_months"], both.memory()["bad_months"])


def test_a_rule_sees_what_partners_have_published() -> None:
    seen = []

    class Watching(ps.Rule):
        def allocate(self, outlook):
            seen.append((outlook.out.copy(), np.array(outlook.reported)))
            return super().allocate(outlook)

    class WatchingAgent(ps.Department):
        def allocate(self, view):
            told.append((view.month, view.reported, view.published, view.partners))
            return super().allocate(view)

    told: list = []
    given = SMALL | {"worlds": 1, "governance": "new_psa"}
    ps.simulate(**given, extensions=[Watching])
    ps.simulate(**given, agents=WatchingAgent)
    assert not seen[0][0].any()
    assert seen[-1][0].all()
    month, reported, published, partners = told[0]
    assert month == 1
    assert np.isnan(reported).all()
    assert published == {}
    month, reported, published, partners = told[-1]
    assert np.isfinite(reported).all()
    assert published
    assert all(partners)
    assert {"plan", "trust", "reported", "partners"} <= set(dir(DepartmentView))


@pytest.mark.parametrize("decision, answer, told", [
    ("allocate", lambda v: v.stake * 1e9, "efforts of 0 or more that sum to at most"),
    ("allocate", lambda v: -np.ones(v.stake.shape), "efforts of 0 or more"),
    ("allocate", lambda v: v.stake * np.nan, "efforts of 0 or more"),
    ("allocate", lambda v: v.stake[:1], "numbers of shape"),
    ("allocate", lambda v: None, "numbers of shape"),
    ("agree", lambda v: v.chance + 2.0, "a part between 0 and 1"),
    ("game", lambda v: v.figure * np.inf, "finite figures"),
    ("review", lambda v: 1, "a psasim.month.decisions.Review"),
])
def test_an_illegal_answer_names_rule_month_and_world(decision, answer, told) -> None:
    kind = type("Rogue", (ps.Rule,), {decision: lambda self, view: answer(view)})
    with pytest.raises(ps.InputError, match=rf"^Rogue: {decision} answered .* in month \d+ of "
                       rf"world \d+; it must give {told}"):
        ps.simulate(**SMALL | {"scenario": "child_obesity"}, governance="new_psa",
                    extensions=[kind])


def test_the_department_the_month_and_the_world_are_those_that_went_wrong() -> None:
    class Late(ps.Rule):
        def allocate(self, outlook):
            effort = super().allocate(outlook).copy()
            if outlook.month == 9:
                effort[self.layout.tasks_of[1], 7] = 99.0
            return effort

    with pytest.raises(ps.InputError, match="for 'Places' in month 9 of world 7"):
        ps.simulate(**SMALL, extensions=[Late])


def test_its_own_exception_names_month_and_worlds() -> None:
    class Broken(ps.Rule):
        def allocate(self, outlook):
            if outlook.month == 3:
                raise KeyError("mood")
            return super().allocate(outlook)

    with pytest.raises(ps.InputError, match=r"^Broken: allocate failed in month 3 of worlds 0 to "
                       r"11: KeyError: 'mood'") as told:
        ps.simulate(**SMALL, extensions=[Broken])
    assert isinstance(told.value.__cause__, KeyError)


def test_what_it_sees_is_read_only() -> None:
    class Greedy(ps.Rule):
        def allocate(self, outlook):
            outlook.stake[:] = 0.0
            return super().allocate(outlook)

    with pytest.raises(ps.InputError, match="Greedy: allocate failed in month 1"):
        ps.simulate(**SMALL, extensions=[Greedy])


def test_a_misspelt_decision_is_refused() -> None:
    with pytest.raises(ps.InputError, match="did you mean allocate"):
        type("Slip", (ps.Rule,), {"alocate": lambda self, view: None})


def test_two_rules_are_one_too_many() -> None:
    with pytest.raises(ps.InputError, match=r"extensions\[1\]: there is a rule already"):
        ps.simulate(**SMALL, extensions=[Moody, Thirds])
