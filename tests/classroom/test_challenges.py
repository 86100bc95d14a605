"""The lesson's challenges are neither trivial nor impossible."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from itertools import combinations, product
from typing import Any

import numpy as np
import pytest

from psasim.declared.levers import LEVERS
from tests.classroom.lesson_runs import Lesson
from tests.classroom.node import run as in_node


@dataclass(frozen=True)
class Task:
    """A challenge as the page has it, with a way to meet it and one that looks right."""

    name: str
    way: dict[str, float]
    trap: dict[str, float]
    limits: dict[str, Any] = field(default_factory=dict)

    def met(self, levers: dict[str, float], lesson: Lesson) -> dict[str, bool]:
        """Which of the goal and limits hold, but the number of levers."""
        one = self.limits
        found = lesson(one["scenario"], {**one["held"], **levers})
        return {
            "goal": float(np.median(found.ends(one["outcome"]))) >= one["goal"],
            "paper": found.mean("met_on_paper") <= one["paper"],
            "cost": found.mean("cost") <= one["cost"] + 1e-9,
        }

    @property
    def free(self) -> list[str]:
        return [name for name in LEVERS
                if name not in self.limits["held"] and name not in self.limits["without"]]


def _tasks() -> list[Task]:
    from psasim.classroom.given import compact, given
    from psasim.classroom.script import script

    told, _ = in_node("output = psasim.CHALLENGES;", {},
                      source=script("view/lesson/challenges.js", compact(given())))
    return [Task(one["name"], one["way"], one["trap"], one) for one in told]


NAMES = ("honest", "short", "penalties")
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def tasks() -> dict[str, Task]:
    return {task.name: task for task in _tasks()}


@pytest.mark.parametrize("name", NAMES)
def test_the_way_works_and_the_trap_fails_on_paper_alone(
    name: str, tasks: dict[str, Task]
) -> None:
    task, lesson = tasks[name], Lesson()
    assert task.met(task.way, lesson) == {"goal": True, "paper": True, "cost": True}
    assert task.met(task.trap, lesson) == {"goal": True, "paper": False, "cost": True}
    assert max(len(task.way), len(task.trap)) <= task.limits["most"]


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_a_random_search_seldom_meets_it(name: str, tasks: dict[str, Task]) -> None:
    task, lesson, rng = tasks[name], Lesson(worlds=40), random.Random(7)
    hits, draws = 0, 1500
    for _ in range(draws):
        chosen = rng.sample(task.free, rng.randint(1, task.limits["most"]))
        hits += all(task.met({n: rng.choice([0.5, 1]) for n in chosen}, lesson).values())
    assert 0.001 <= hits / draws <= 0.03


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_no_pair_of_levers_is_enough(name: str, tasks: dict[str, Task]) -> None:
    task, few, lesson = tasks[name], Lesson(worlds=20), Lesson()
    close = []
    for pair in combinations(task.free, 2):
        for strengths in product((0.5, 1.0), repeat=2):
            levers = dict(zip(pair, strengths, strict=True))
            if all(task.met(levers, few).values()):
                close.append(levers)
    assert [levers for levers in close if all(task.met(levers, lesson).values())] == []
