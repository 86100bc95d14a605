"""What each agent may see when it decides: read-only, and nothing else."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from psasim.mechanisms.ordered_sum import Floats, Ints
from psasim.month.decisions import Desk, Outlook, Requests, Returns
from psasim.structure.layout import Layout


def _of_contribution(name: str, what: str) -> property:
    """An attribute of a department's view, one row a contribution."""
    def seen(view: DepartmentView) -> Floats:
        return _rows(getattr(view._outlook, name), view._contributions)

    return property(seen, doc=what)


def _of_outcome(name: str, what: str) -> property:
    """An attribute of a department's view that is the outcome's, one row a contribution."""
    def seen(view: DepartmentView) -> Floats:
        return _rows(getattr(view._outlook, name), view._layout.outcome[view._contributions])

    return property(seen, doc=what)


class DepartmentView:
    """What a department allocates from.

    By task, (tasks, 1): stake, size, effort (last month's), release (part of the way down
    that the default moves in a month).  By contribution, in the
    order of `outcomes`, (contributions, 1): plan, seen, need, product, responsibility,
    mission, trust, sight, attention, mobilised, reported (published figures); partners, the
    other owners.  published: the last figures by indicator.  Of itself, (1, 1): capacity,
    usable, taken (by overhead and gaming), substitution, inertia (part of the way up).
    """

    def __init__(self, outlook: Outlook, layout: Layout, row: int) -> None:
        self._outlook = outlook
        self._layout = layout
        self._row = row
        self._tasks = layout.tasks_of[row]

    @property
    def month(self) -> int:
        """The month, from 1."""
        return self._outlook.month

    @cached_property
    def _contributions(self) -> Ints:
        return (self._layout.department == self._row).nonzero()[0]

    @property
    def outcomes(self) -> tuple[str, ...]:
        """Outcomes it contributes to; its tasks are these, then its own agenda."""
        contributions = self._layout.scenario.contributions
        return tuple(contributions[row].outcome for row in self._contributions)

    @property
    def stake(self) -> Floats:
        """Worth of a planned unit of effort."""
        return self._outlook.stake[self._tasks]

    @property
    def size(self) -> Floats:
        """Planned effort of each task, department-months a month."""
        return self._outlook.size[self._tasks]

    @property
    def effort(self) -> Floats:
        """Last month's effort, department-months."""
        return self._outlook.effort[self._tasks]

    @property
    def capacity(self) -> Floats:
        """Effort a month."""
        return self._outlook.capacity[self._row : self._row + 1]

    @property
    def usable(self) -> Floats:
        """Capacity left after overhead and gaming."""
        return self._outlook.usable[self._row : self._row + 1]

    @property
    def taken(self) -> Floats:
        """Capacity that overhead and gaming take."""
        return self._outlook.taken[self._row : self._row + 1]

    @property
    def release(self) -> Floats:
        """Part of the way down to a choice that effort moves in a month."""
        return self._outlook.release[self._tasks]

    @property
    def inertia(self) -> Floats:
        """Part of the way up to a choice that effort moves in a month."""
        return self._outlook.inertia

    @property
    def substitution(self) -> Floats:
        """How far effort on one task raises the cost of the others."""
        return self._outlook.substitution

    @property
    def partners(self) -> tuple[tuple[str, ...], ...]:
        """The other owners of each of its outcomes."""
        scenario, own = self._layout.scenario, self._layout.scenario.departments[self._row].key
        return tuple(
            tuple(c.department for c in scenario.contributions
                  if c.outcome == outcome and c.department != own)
            for outcome in self.outcomes
        )

    @property
    def sight(self) -> Floats:
        """How far it sees partners' live figures, 0 to 1."""
        sight = self._outlook.sight
        return sight if len(sight) == 1 else _rows(sight, self._contributions)

    plan = _of_contribution("plan", "Where the outcome should be, of target.")
    seen = _of_contribution("seen", "How far it believes the outcome to be, of target.")
    need = _of_contribution("need", "Urgency: what it sees against the plan.")
    product = _of_contribution("product", "What it believes its effort brings.")
    responsibility = _of_contribution("responsibility", "Its part in being answerable.")
    mission = _of_contribution("mission", "Worth to its own mission.")
    trust = _of_contribution("trust", "Trust in its partners, 0 to 1.")
    attention = _of_outcome("attention", "Attention at the top, 0 to 1.")
    mobilised = _of_outcome("mobilised", "1 where somebody has convened the partners.")

    @property
    def reported(self) -> Floats:
        """Mean of the figures last published for the outcome, its partners' among them, of
        target; NaN before the first."""
        rows = self._layout.outcome[self._contributions]
        out = self._outlook.out.take(rows, axis=0) > 0.0
        return _read_only(np.where(out, self._outlook.reported.take(rows, axis=0), np.nan))

    @property
    def published(self) -> dict[str, float]:
        """The last published figure of every indicator of its outcomes, by key, of target; those
        of outcomes with nothing out are left out."""
        scenario, out = self._layout.scenario, self._outlook.out
        shared = {int(row) for row in self._layout.outcome[self._contributions]}
        return {
            indicator.key: float(self._outlook.published[row, 0])
            for row, indicator in enumerate(scenario.indicators)
            for outcome in [int(self._layout.indicator_outcome[row])]
            if outcome in shared and out[outcome, 0] > 0.0
        }


def _rows(values: Floats, rows: Ints) -> Floats:
    return _read_only(values.take(rows, axis=0))


def _read_only(values: Floats) -> Floats:
    values.setflags(write=False)
    return values


class FiguresView:
    """A department's own figures that are due, (figures, 1): figure, threshold, width (how
    far below the threshold moving a figure pays)."""

    def __init__(self, returns: Returns, layout: Layout, mine: Ints) -> None:
        self.month = returns.month
        self.figure = _rows(returns.figure, mine)
        self.threshold = (
            _rows(returns.threshold, mine) if len(returns.threshold) > 1 else returns.threshold
        )
        self.width = _rows(returns.width, mine)
        items = layout.scenario.indicators
        self.indicators = tuple(items[row].key for row in returns.rows[mine])


class BodyView:
    """What a delivery body agrees from, by contribution that asks, (links, 1).

    chance: of agreeing this month; buy_in; draw: this month's shock; count: bodies it
    stands for; clarity: of its direction, (1, 1).
    """

    def __init__(self, requests: Requests, layout: Layout, row: int) -> None:
        links = layout.chain.links_of[row]
        self.month = requests.month
        self.chance = requests.chance[links]
        self.buy_in = requests.buy_in[links]
        self.count = requests.count[links]
        self.draw = requests.draw[links]
        self.clarity = requests.clarity[row : row + 1]


class CentreView:
    """What the centre reviews from: published figures; desk: `psasim.month.decisions.Desk`."""

    def __init__(self, desk: Desk, layout: Layout) -> None:
        self.desk = desk
        self.layout = layout
        self.month = desk.month
        self.outcomes = tuple(o.key for o in layout.scenario.outcomes)
        self.gap = desk.gap
