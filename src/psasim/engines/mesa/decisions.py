"""The four decisions of a month, asked of each agent in turn and checked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

import numpy as np

from psasim.engines.answers import are_parts, freeze, in_a_line, numbers, overspent
from psasim.engines.mesa.agents import Centre, DeliveryBody, Department
from psasim.engines.mesa.decider import Decider
from psasim.engines.mesa.views import BodyView, CentreView, DepartmentView, FiguresView
from psasim.errors import InputError, shown
from psasim.mechanisms.ordered_sum import Floats
from psasim.month.decisions import Desk, Outlook, Requests, Returns, Review
from psasim.structure.layout import Layout


class AgentDecisions:
    """`psasim.month.decisions.Decisions` by agents; a run axis of length one.

    Raises `psasim.errors.InputError`, naming agent, month and world, for an illegal answer,
    and from an agent's own exception.
    """

    def __init__(
        self,
        world: int,
        layout: Layout,
        departments: Sequence[Department],
        bodies: Sequence[DeliveryBody],
        centre: Centre,
    ) -> None:
        self._world = world
        self._layout = layout
        self._departments = departments
        self._bodies = bodies
        self._centre = centre

    def allocate(self, outlook: Outlook) -> Floats:
        freeze(outlook)
        layout, month = self._layout, outlook.month
        effort = np.empty(outlook.stake.shape)
        for agent in self._departments:
            answer = self._ask(agent, "allocate", DepartmentView(outlook, layout, agent.row))
            self._put(effort, layout.tasks_of[agent.row], answer, agent, "allocate", month)
        wrong = overspent(effort, outlook, layout)
        if wrong:
            row = wrong[0]
            raise self._illegal(
                self._departments[row], "allocate", month, effort[layout.tasks_of[row]],
                f"efforts of 0 or more that sum to at most {outlook.usable[row, 0]:.6g} "
                "(department-months)",
            )
        return effort

    def agree(self, requests: Requests) -> Floats:
        freeze(requests)
        agreed = np.empty(requests.chance.shape)
        for agent in self._bodies:
            links = self._layout.chain.links_of[agent.row]
            answer = self._ask(agent, "agree", BodyView(requests, self._layout, agent.row))
            self._put(agreed, links, answer, agent, "agree", requests.month)
        legal = (agreed >= 0.0) & (agreed <= 1.0)
        if not legal.all():
            row = int(self._layout.chain.body[np.argmin(legal[:, 0])])
            raise self._illegal(
                self._bodies[row], "agree", requests.month,
                agreed[self._layout.chain.links_of[row]], "a part between 0 and 1 (fraction)",
            )
        return agreed

    def game(self, returns: Returns) -> Floats:
        freeze(returns)
        figures = np.empty(returns.figure.shape)
        owners = self._layout.indicator_department[returns.rows]
        for row in np.unique(owners):
            mine = (owners == row).nonzero()[0]
            agent = self._departments[row]
            answer = self._ask(agent, "game", FiguresView(returns, self._layout, mine))
            self._put(figures, mine, answer, agent, "game", returns.month)
            if not np.isfinite(figures[mine]).all():
                raise self._illegal(
                    agent, "game", returns.month, figures[mine], "finite figures (of target)")
        return figures

    def review(self, desk: Desk) -> Review:
        freeze(desk)
        answer = self._ask(self._centre, "review", CentreView(desk, self._layout))
        if not isinstance(answer, Review):
            raise self._illegal(
                self._centre, "review", desk.month, answer, "a psasim.month.decisions.Review")
        return Review(*(self._fraction(answer, desk, item.name) for item in fields(Review)))

    def _ask(self, agent: Decider, hook: str, view: Any) -> Any:
        try:
            return getattr(agent, hook)(view)
        except Exception as error:
            raise InputError(
                f"{called(agent)}: {hook} failed {self._when(view.month)}: {in_a_line(error)}"
            ) from error

    def _put(
        self, into: Floats, rows: Any, answer: Any, agent: Decider, hook: str, month: int
    ) -> None:
        values = numbers(answer)
        try:
            into[rows] = np.nan if values is None else values
        except ValueError:
            values = None
        if values is None:
            raise self._illegal(agent, hook, month, answer,
                                f"numbers of shape {into[rows].shape}, one for each")

    def _fraction(self, answer: Review, desk: Desk, name: str) -> Floats:
        value = getattr(answer, name)
        array = numbers(value)
        if array is None or array.shape != desk.gap.shape or not are_parts(array):
            raise self._illegal(
                self._centre, f"review.{name}", desk.month, value,
                f"parts from 0 to 1 in an array of shape {desk.gap.shape}",
            )
        return array.astype(np.float64)

    def _illegal(
        self, agent: Decider, hook: str, month: int, answer: Any, wanted: str
    ) -> InputError:
        given = shown(answer.tolist() if isinstance(answer, np.ndarray) else answer)
        return InputError(
            f"{called(agent)}: {hook} answered {given} {self._when(month)}; it must give {wanted}")

    def _when(self, month: int) -> str:
        return f"in month {month} of world {self._world}"


def called(agent: Decider) -> str:
    """An agent in a message: its class and its key."""
    return f"{type(agent).__name__} {agent.key!r}"
