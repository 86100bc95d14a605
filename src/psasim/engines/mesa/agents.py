"""The agents: departments, delivery bodies and the centre, each with its own decision.

A researcher subclasses one, overrides a decision, and hands the class to
`psasim.DeliveryModel`.  Agents decide through the mechanisms that the ensemble uses.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import mesa
import numpy as np

from psasim.engines.mesa.views import BodyView, CentreView, DepartmentView, FiguresView
from psasim.mechanisms.allocate import allocate
from psasim.mechanisms.clear import agreed_share
from psasim.mechanisms.ordered_sum import Floats, group_rows
from psasim.mechanisms.publish import game
from psasim.month.decisions import Review, default_review


class Department(mesa.Agent):
    """A department: allocates its capacity, and publishes the figures it owns.

    key: its key in the scenario; row: its row in the model's arrays; tasks: how many it has.
    """

    def __init__(self, model: mesa.Model, key: str, row: int, tasks: int) -> None:
        super().__init__(model)
        self.key = key
        self.row = row
        self._owner = np.zeros(tasks, dtype=np.intp)
        self._groups = group_rows(self._owner, 1)

    def allocate(self, view: DepartmentView) -> Floats:
        """Effort it means to put on each of its tasks, department-months, (tasks, 1)."""
        return allocate(
            view.stake, view.size, view.capacity, view.usable, view.substitution,
            self._groups, self._owner,
        )

    def game(self, view: FiguresView) -> Floats:
        """What it publishes for each of its figures that are due, of target."""
        return game(view.figure, view.threshold, view.width)


class DeliveryBody(mesa.Agent):
    """A delivery body, or a kind of body that stands for many."""

    def __init__(self, model: mesa.Model, key: str, row: int) -> None:
        super().__init__(model)
        self.key = key
        self.row = row

    def agree(self, view: BodyView) -> Floats | bool:
        """Whether it agrees to what each contribution asks, 0 or 1; for a kind of many,
        the part of it that does.  (links, 1), or one answer to all."""
        return agreed_share(view.chance, view.count, view.draw)


class Centre(mesa.Agent):
    """Treasury, Cabinet committee and delivery unit."""

    key = "the centre"

    def review(self, view: CentreView) -> Review:
        """What it takes stock of, reviews, escalates and supports."""
        return default_review(view.desk, view.layout)


@dataclass(frozen=True, slots=True)
class Agents:
    """Who decides: an agent class each; for departments and bodies also a mapping from key
    to class for some of them, the others staying as they are."""

    department: type[Department] | Mapping[str, type[Department]] = Department
    body: type[DeliveryBody] | Mapping[str, type[DeliveryBody]] = DeliveryBody
    centre: type[Centre] = Centre
