"""What a scenario must satisfy as a whole, whether it comes from a file or from Python."""

from __future__ import annotations

from dataclasses import replace

import pytest

from psasim.errors import InputError
from psasim.scenario import Scenario, checked, load_scenario
from psasim.scenario.tables import TABLES

BASE = load_scenario("teaching")


def row(table: str, path: str) -> int:
    rows = getattr(BASE, table)
    return next(i for i, entity in enumerate(rows) if path == TABLES[table].path(
        {name: getattr(entity, name) for name in TABLES[table].identity}
    ))


def changed(path: str, **values: object) -> Scenario:
    """The base scenario with one row changed."""
    table = path.split(".")[0]
    rows = list(getattr(BASE, table))
    rows[row(table, path)] = replace(rows[row(table, path)], **values)
    return replace(BASE, **{table: tuple(rows)})


def without(path: str) -> Scenario:
    """The base scenario without one row."""
    table = path.split(".")[0]
    rows = list(getattr(BASE, table))
    del rows[row(table, path)]
    return replace(BASE, **{table: tuple(rows)})


def again(path: str) -> Scenario:
    """The base scenario with one row twice."""
    table = path.split(".")[0]
    rows = getattr(BASE, table)
    return replace(BASE, **{table: (*rows, rows[row(table, path)])})


CASES = {
    "bounds": (changed("departments.Places", capacity=-1.0),
               "departments.Places.capacity = -1 is below its lower bound 0.001 (mean department)"),
    "type": (changed("departments.Places", phase=True), "phase = True is not a whole number"),
    "technology next to 0": (changed("outcomes.FirstJobs", technology=1e-5),
                             "outcomes.FirstJobs.technology = 1e-05 is nearer to 0 than 0.001"),
    "no departments": (replace(BASE, departments=()), "departments is empty; add at least one"),
    "department twice": (again("departments.Places"), "departments.Places stands 2 times; keep"),
    "outcome twice": (again("outcomes.FirstJobs"), "outcomes.FirstJobs stands 2 times"),
    "contribution twice": (again("contributions.FirstJobs.Places"), "stands 2 times; keep one"),
    "indicator twice": (again("indicators.FirstJobs.in_work"), "stands 2 times"),
    "body twice": (again("bodies.Schools"), "bodies.Schools stands 2 times"),
    "body named as a department": (changed("bodies.Schools", key="Places"),
                                   "bodies.Places: a department has this key; rename it"),
    "parent twice": (changed("bodies.Schools", parents=("Councils", "Councils")),
                     "bodies.Schools.parents names Councils twice"),
    "contribution of nobody": (changed("contributions.FirstJobs.Places", department="Place"),
                               "contributions.FirstJobs.Place.department: unknown name 'Place'; "
                               "did you mean 'Places'?"),
    "contribution to nothing": (changed("contributions.FirstJobs.Places", outcome="Jobs"),
                                "unknown name 'Jobs'; did you mean 'FirstJobs'?"),
    "indicator of nobody": (changed("indicators.FirstJobs.in_work", department="Work"),
                            "indicators.FirstJobs.in_work.department: unknown name 'Work'"),
    "unknown parent": (changed("bodies.Schools", parents=("Council",)),
                       "bodies.Schools.parents: unknown name 'Council'; did you mean 'Councils'?"),
    "unknown outcome": (changed("bodies.HealthBoards", outcomes=("Health",)),
                        "bodies.HealthBoards.outcomes: unknown name 'Health'"),
    "no contributors": (replace(BASE, contributions=tuple(
        c for c in BASE.contributions if c.outcome != "FirstJobs"
    )), "outcomes.FirstJobs has no contributors; add a row to contributions"),
    "no lead": (changed("contributions.FirstJobs.Learning", lead=False),
                "outcomes.FirstJobs has no lead; mark exactly one of its contributions lead"),
    "two leads": (changed("contributions.FirstJobs.Places", lead=True),
                  "outcomes.FirstJobs has 2 leads (Learning, Places); mark exactly one"),
    "a lead that does not contribute": (without("contributions.FirstJobs.Learning"),
                                        "outcomes.FirstJobs has no lead"),
    "shares": (changed("contributions.FirstJobs.Places", share=0.449),
               "outcomes.FirstJobs: shares of its contributions sum to 0.999, not 1 (fraction); "
               "correct them, or write `shares: relative`"),
    "indicator of an outsider": (changed("indicators.FirstJobs.in_work", department="Wellbeing"),
                                 "indicators.FirstJobs.in_work.department = 'Wellbeing' does not "
                                 "contribute to FirstJobs; name one of Learning, Places"),
    "own parent": (changed("bodies.Councils", parents=("Councils",)),
                   "goes round in a circle, Councils under Councils; remove"),
    "cycle": (changed("bodies.Councils", parents=("Learning", "Schools")),
              "goes round in a circle, Councils under Schools under Councils; remove one"),
    "unreached": (changed("bodies.HealthBoards", outcomes=("FirstJobs",)),
                  "bodies.HealthBoards: nobody reaches it for FirstJobs: none of its parents "
                  "(Wellbeing) contributes to that outcome or serves it; add a parent"),
    "idle parent": (changed("bodies.Councils", parents=("Places", "Learning", "HealthBoards"),
                            outcomes=("FirstJobs",), alignment=(0.7,)),
                    "bodies.Councils: its parent HealthBoards has none of the outcomes it serves"),
}


@pytest.mark.parametrize("case", CASES)
def test_a_broken_scenario_is_refused(case: str) -> None:
    scenario, message = CASES[case]
    with pytest.raises(InputError) as error:
        checked(scenario)
    assert message in str(error.value)


def test_all_problems_of_a_kind_come_at_once_up_to_ten() -> None:
    broken = replace(BASE, indicators=tuple(
        replace(BASE.indicators[0], key=f"i{i}", lag=-1) for i in range(12)
    ))
    with pytest.raises(InputError) as error:
        checked(broken)
    lines = str(error.value).splitlines()
    assert len(lines) == 11
    assert lines[-1] == "... and 2 more of this kind"


def test_a_department_without_contribution_and_an_outcome_without_indicator_are_fine() -> None:
    idle = replace(BASE.departments[0], key="Idle")
    scenario = replace(BASE, departments=(*BASE.departments, idle), indicators=(), bodies=())
    assert [d.key for d in checked(scenario).departments] == [
        "Idle", "Learning", "Places", "Wellbeing"
    ]


def test_rows_come_out_in_the_order_of_their_keys() -> None:
    backwards = replace(BASE, **{name: getattr(BASE, name)[::-1] for name in TABLES})
    assert backwards != BASE
    assert checked(backwards) == BASE


def test_declared_columns_are_the_fields_of_the_entities() -> None:
    for table in TABLES.values():
        assert set(table.columns) == set(table.entity.__dataclass_fields__)
