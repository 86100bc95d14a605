"""What each agent may see when it decides: read-only, and nothing else."""

from __future__ import annotations

from functools import cached_property

from psasim.mechanisms.ordered_sum import Floats, Ints
from psasim.month.decisions import Desk, Outlook, Requests, Returns
from psasim.structure.layout import Layout


class DepartmentView:
    """What a department allocates from.

    By task, (tasks, 1): stake, size, effort (last month's), release (part of the way down
    that the default moves in a month).  By contribution, in the
    order of `outcomes`, (contributions, 1): plan, seen, need, product, responsibility,
    mission, trust, sight, attention, mobilised.  Of itself, (1, 1): capacity, usable,
    taken (by overhead and gaming), substitution,
    inertia (part of the way up).
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

    def __getattr__(self, name: str) -> Floats:
        if name in ("plan", "seen", "need", "product", "responsibility", "mission", "trust"):
            return _rows(getattr(self._outlook, name), self._contributions)
        if name == "sight":
            sight = self._outlook.sight
            return sight if len(sight) == 1 else _rows(sight, self._contributions)
        if name in ("attention", "mobilised"):
            return _rows(getattr(self._outlook, name), self._layout.outcome[self._contributions])
        raise AttributeError(f"a department does not see {name!r}")


def _rows(values: Floats, rows: Ints) -> Floats:
    taken = values.take(rows, axis=0)
    taken.setflags(write=False)
    return taken


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
