"""The agents: departments, delivery bodies and the centre, each with its own decision.

A researcher subclasses one, overrides a decision, and hands the class to
`psasim.DeliveryModel`.  Agents decide through the mechanisms that the ensemble uses.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import mesa
import numpy as np

from psasim.engines.mesa.decider import Decider
from psasim.engines.mesa.shown import Shown, contributions, links, shared_tasks
from psasim.engines.mesa.views import BodyView, CentreView, DepartmentView, FiguresView
from psasim.errors import InputError, shown
from psasim.mechanisms.allocate import adjust, allocate
from psasim.mechanisms.clear import agreed_share
from psasim.mechanisms.ordered_sum import Floats, group_rows
from psasim.mechanisms.publish import game
from psasim.month.decisions import Review, default_review


class Department(Decider):
    """A department: allocates its capacity, and publishes the figures it owns.

    key: its key in the scenario; row: its row in the model's arrays; tasks: how many it
    has.  What it draws at random it draws from `rng` or `random`.
    """

    hooks = ("allocate", "game")
    effort = Shown(
        "effort", shared_tasks, "Effort on its outcomes last month, department-months.", total=True)
    trust = Shown("trust", contributions, "Mean trust in its partners, 0 to 1.")
    knowledge = Shown("knowledge", contributions, "Mean knowledge of what works, 0 to 1.")

    def __init__(self, model: mesa.Model, key: str, row: int, tasks: int) -> None:
        super().__init__(model)
        self.key = key
        self.row = row
        self._owner = np.zeros(tasks, dtype=np.intp)
        self._groups = group_rows(self._owner, 1)

    def allocate(self, view: DepartmentView) -> Floats:
        """Effort it puts on each of its tasks this month, department-months, (tasks, 1).

        What it answers acts at once; that effort moves by inertia is this default's own.
        """
        best = allocate(
            view.stake, view.size, view.capacity, view.usable, view.substitution,
            self._groups, self._owner, view.taken,
        )
        return adjust(
            view.effort, best, view.inertia, view.usable, self._groups, self._owner, view.release
        )

    def game(self, view: FiguresView) -> Floats:
        """What it publishes for each of its figures that are due, of target."""
        return game(view.figure, view.threshold, view.width)


class DeliveryBody(Decider):
    """A delivery body, or a kind of body that stands for many."""

    hooks = ("agree",)
    buy_in = Shown("buy_in", links, "Mean buy-in to what is asked of it, 0 to 1.")
    cleared = Shown("cleared", links, "Part of what is asked of it that passes, 0 to 1.")

    def __init__(self, model: mesa.Model, key: str, row: int) -> None:
        super().__init__(model)
        self.key = key
        self.row = row

    def agree(self, view: BodyView) -> Floats | bool:
        """Whether it agrees to what each contribution asks, 0 or 1; for a kind of many,
        the part of it that does.  (links, 1), or one answer to all."""
        return agreed_share(view.chance, view.count, view.draw)


class Centre(Decider):
    """Treasury, Cabinet committee and delivery unit."""

    key = "the centre"
    hooks = ("review",)

    def review(self, view: CentreView) -> Review:
        """What it takes stock of, reviews, escalates and supports."""
        return default_review(view.desk, view.layout)


Kind = type[Decider]

USUAL: Mapping[str, Kind] = MappingProxyType(
    {"department": Department, "body": DeliveryBody, "centre": Centre})
"""Who decides unless said otherwise."""


@dataclass(frozen=True, slots=True, repr=False)
class Agents:
    """Who decides: an agent class each; for departments and bodies also a mapping from key
    to class for some of them, the others staying as they are.

    Raises `psasim.errors.InputError` for what is no such class.
    """

    department: type[Department] | Mapping[str, type[Department]] = Department
    body: type[DeliveryBody] | Mapping[str, type[DeliveryBody]] = DeliveryBody
    centre: type[Centre] = Centre

    def __post_init__(self) -> None:
        for name, usual in USUAL.items():
            given = getattr(self, name)
            if name != "centre" and isinstance(given, Mapping):
                for key, kind in given.items():
                    _check(kind, usual, f"agents.{name}[{key!r}]")
            else:
                _check(given, usual, f"agents.{name}")

    def own(self) -> Iterator[tuple[str, Kind]]:
        """Those that are not the usual ones, each with what it decides for."""
        for name, usual in USUAL.items():
            given = getattr(self, name)
            kinds = given.items() if isinstance(given, Mapping) else [("", given)]
            for key, kind in kinds:
                if kind is not usual:
                    yield f"{name}.{key}" if key else name, kind

    def __repr__(self) -> str:
        given = {name: getattr(self, name) for name in USUAL}
        own = (f"{name}={_named(kind)}" for name, kind in given.items() if kind != USUAL[name])
        return f"Agents({', '.join(own)})"


def as_agents(given: Agents | type) -> Agents:
    """Agents from one class of them, or themselves.  Raises `InputError`."""
    if isinstance(given, Agents):
        return given
    for name, usual in USUAL.items():
        if isinstance(given, type) and issubclass(given, usual):
            return Agents(**{name: given})
    raise InputError(f"agents = {shown(given)} is no agent class; write agents=psasim.Agents("
                     "department=MyDepartment), or give the class alone")


def _check(given: object, usual: Kind, path: str) -> None:
    if not (isinstance(given, type) and issubclass(given, usual)):
        raise InputError(f"{path} = {shown(given)} is no subclass of psasim.{usual.__name__}; "
                         "give the class itself")


def _named(kind: Kind | Mapping[str, Kind]) -> str:
    """As it would be written where its classes are known."""
    if isinstance(kind, Mapping):
        return f"{{{', '.join(f'{key!r}: {item.__qualname__}' for key, item in kind.items())}}}"
    return kind.__qualname__
