"""The four decisions of a month, asked of each agent in turn and checked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

import numpy as np

from psasim.engines.mesa.agents import Centre, DeliveryBody, Department
from psasim.engines.mesa.views import BodyView, CentreView, DepartmentView, FiguresView
from psasim.errors import InputError
from psasim.mechanisms.ordered_sum import Floats, ordered_sum
from psasim.month.decisions import Desk, Outlook, Requests, Returns, Review
from psasim.structure.layout import Layout

ROUNDING = 1e-9


class AgentDecisions:
    """`psasim.month.decisions.Decisions` by agents; a run axis of length one.

    Raises `psasim.errors.InputError`, naming the agent, for an illegal answer.
    """

    def __init__(
        self,
        layout: Layout,
        departments: Sequence[Department],
        bodies: Sequence[DeliveryBody],
        centre: Centre,
    ) -> None:
        self._layout = layout
        self._departments = departments
        self._bodies = bodies
        self._centre = centre

    def allocate(self, outlook: Outlook) -> Floats:
        _freeze(outlook)
        layout = self._layout
        effort = np.empty(outlook.stake.shape)
        for agent in self._departments:
            answer = agent.allocate(DepartmentView(outlook, layout, agent.row))
            _put(effort, layout.tasks_of[agent.row], answer, agent, "allocate")
        spent = ordered_sum(effort, layout.by_department)
        legal = spent <= outlook.usable + ROUNDING * outlook.capacity
        legal &= ordered_sum(1.0 * ~(effort >= 0.0), layout.by_department) == 0.0
        if not legal.all():
            row = int(np.argmin(legal[:, 0]))
            raise _illegal(
                self._departments[row], "allocate", effort[layout.tasks_of[row]],
                f"efforts of 0 or more that sum to at most {outlook.usable[row, 0]:.6g} "
                "(department-months)",
            )
        return effort

    def agree(self, requests: Requests) -> Floats:
        _freeze(requests)
        agreed = np.empty(requests.chance.shape)
        for agent in self._bodies:
            links = self._layout.chain.links_of[agent.row]
            answer = agent.agree(BodyView(requests, self._layout, agent.row))
            _put(agreed, links, answer, agent, "agree")
        legal = (agreed >= 0.0) & (agreed <= 1.0)
        if not legal.all():
            row = int(self._layout.chain.body[np.argmin(legal[:, 0])])
            raise _illegal(
                self._bodies[row], "agree", agreed[self._layout.chain.links_of[row]],
                "a part between 0 and 1 (fraction)",
            )
        return agreed

    def game(self, returns: Returns) -> Floats:
        _freeze(returns)
        told = np.empty(returns.figure.shape)
        owners = self._layout.indicator_department[returns.rows]
        for row in np.unique(owners):
            mine = (owners == row).nonzero()[0]
            agent = self._departments[row]
            answer = agent.game(FiguresView(returns, self._layout, mine))
            _put(told, mine, answer, agent, "game")
            if not np.isfinite(told[mine]).all():
                raise _illegal(agent, "game", told[mine], "finite figures (of target)")
        return told

    def review(self, desk: Desk) -> Review:
        _freeze(desk)
        answer = self._centre.review(CentreView(desk, self._layout))
        if not isinstance(answer, Review):
            raise _illegal(self._centre, "review", answer, "a psasim.month.decisions.Review")
        return Review(
            *(
                _zero_or_one(getattr(answer, item.name), desk, self._centre, item.name)
                for item in fields(Review)
            )
        )


def _freeze(question: Any) -> None:
    for item in fields(question):
        value = getattr(question, item.name)
        if isinstance(value, np.ndarray):
            value.flags.writeable = False


def _put(into: Floats, rows: Any, answer: Any, agent: Any, hook: str) -> None:
    try:
        into[rows] = answer
    except (TypeError, ValueError):
        raise _illegal(
            agent, hook, answer, f"numbers of shape {into[rows].shape}, one for each"
        ) from None


def _zero_or_one(value: Any, desk: Desk, agent: Any, name: str) -> Floats:
    array = np.asarray(value, dtype=np.float64)
    if array.shape != desk.gap.shape or not np.isin(array, (0.0, 1.0)).all():
        raise _illegal(
            agent, f"review.{name}", value, f"0 or 1 in an array of shape {desk.gap.shape}"
        )
    return array


def _illegal(agent: Any, hook: str, answer: Any, wanted: str) -> InputError:
    shown = np.array2string(np.asarray(answer), threshold=6, separator=", ").replace("\n", "")
    return InputError(
        f"{type(agent).__name__} {agent.key!r}: {hook} answered {shown}; it must give {wanted}"
    )
