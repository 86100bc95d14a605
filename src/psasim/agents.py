"""The agent-based model on Mesa: the same month, decided agent by agent.

A researcher subclasses `Department`, `DeliveryBody` or `Centre`, overrides one
decision, and hands the class to `DeliveryModel`.  Agents decide through the mechanisms
that the ensemble uses, so that a run of either engine is the other's to the bit.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import mesa
import numpy as np

from psasim.agent_decisions import AgentDecisions
from psasim.coefficients import Coefficients, build_coefficients
from psasim.decisions import Review, default_review
from psasim.inputs import as_governance, as_parameters, as_scenario
from psasim.layout import Layout, build_layout
from psasim.levers import Governance
from psasim.mechanisms.allocate import allocate
from psasim.mechanisms.clear import agreed_share
from psasim.mechanisms.ordered_sum import Floats, group_rows
from psasim.mechanisms.publish import game
from psasim.month import start, step
from psasim.names import unknown
from psasim.parameters import Parameters
from psasim.scenario.schema import Scenario
from psasim.settings import SETTINGS
from psasim.state import Flows, State
from psasim.trajectory import Recorder, Trajectory
from psasim.views import BodyView, CentreView, DepartmentView, FiguresView
from psasim.worlds import Worlds, draw_worlds

MONTHS, SEED = int(SETTINGS["months"].default), int(SETTINGS["seed"].default)


class Department(mesa.Agent):
    """A department: allocates its capacity, and publishes the figures it owns.

    key: its key in the scenario; row: its row in the model's arrays.
    """

    def __init__(self, model: DeliveryModel, key: str, row: int) -> None:
        super().__init__(model)
        self.key = key
        self.row = row
        tasks = model.layout.tasks_of[row]
        self._owner = np.zeros(tasks.stop - tasks.start, dtype=np.intp)
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

    def __init__(self, model: DeliveryModel, key: str, row: int) -> None:
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


class DeliveryModel(mesa.Model):
    """One run, month by month, decided by agents.

    scenario: name, path or a loaded one; governance: preset, `Governance` or mapping;
    world: which world of the seed; department, body: an agent class, or a mapping from
    key to class for some of them; centre: an agent class.  `state` is the state at the
    end of the last month, `flows` what that month did.  Raises
    `psasim.errors.InputError` for bad input and for an agent's illegal answer.
    """

    def __init__(
        self,
        scenario: str | Path | Scenario = "teaching",
        governance: str | Governance | Mapping[str, Any] = "departmental",
        parameters: Parameters | Mapping[str, float] | None = None,
        *,
        world: int = 0,
        months: int = MONTHS,
        seed: int = SEED,
        department: type[Department] | Mapping[str, type[Department]] = Department,
        body: type[DeliveryBody] | Mapping[str, type[DeliveryBody]] = DeliveryBody,
        centre: type[Centre] = Centre,
    ) -> None:
        layout = build_layout(as_scenario(scenario))
        k = build_coefficients(layout, [as_parameters(parameters)], [as_governance(governance)])
        worlds = draw_worlds(layout, seed, range(world, world + 1), months)
        self._prepare(layout, k, worlds, department, body, centre)

    @classmethod
    def of_arrays(cls, layout: Layout, k: Coefficients, worlds: Worlds) -> DeliveryModel:
        """A model of the one world of `worlds`, over arrays that are built already."""
        model = cls.__new__(cls)
        model._prepare(layout, k, worlds, Department, DeliveryBody, Centre)
        return model

    def _prepare(
        self,
        layout: Layout,
        k: Coefficients,
        worlds: Worlds,
        department: type[Department] | Mapping[str, type[Department]],
        body: type[DeliveryBody] | Mapping[str, type[DeliveryBody]],
        centre: type[Centre],
    ) -> None:
        # chance is in the worlds; Mesa's own generator is never drawn from
        super().__init__(rng=0)
        self.layout = layout
        self.coefficients = k
        self.worlds = worlds
        scenario = layout.scenario
        kinds = _classes(department, Department, [d.key for d in scenario.departments], "department")
        self.departments = [kind(self, key, row) for row, (key, kind) in enumerate(kinds)]
        kinds = _classes(body, DeliveryBody, [b.key for b in scenario.bodies], "body")
        self.bodies = [kind(self, key, row) for row, (key, kind) in enumerate(kinds)]
        self.centre = centre(self)
        self._decisions = AgentDecisions(layout, self.departments, self.bodies, self.centre)
        self._recorder = Recorder(layout, worlds.months, 1)
        self.state: State = start(layout, k, 1)
        self.flows: Flows | None = None

    @property
    def months(self) -> int:
        """Months the model's world lasts."""
        return self.worlds.months

    def step(self) -> None:
        """One month."""
        shocks = self.worlds.month(self.state.month)
        self.state, self.flows = step(
            self.state, self.layout, self.coefficients, shocks, self._decisions
        )
        self._recorder.record(self.state, self.flows)
        self.running = self.state.month < self.months

    def run(self) -> Trajectory:
        """All the months that are left; what was kept of the run."""
        while self.state.month < self.months:
            self.step()
        return self._recorder.trajectory(self.layout, self.coefficients, self._decisions)


def run(layout: Layout, k: Coefficients, worlds: Worlds) -> Trajectory:
    """Run the one world of `worlds` agent by agent; k: (rows, 1)."""
    model = DeliveryModel.of_arrays(layout, k, worlds)
    trajectory = model.run()
    # Mesa 3.3 keeps every model it has numbered agents for
    getattr(mesa.Agent, "_ids", {}).pop(model, None)
    return trajectory


def _classes(given: Any, default: type, keys: list[str], name: str) -> list[tuple[str, type]]:
    """Agent class by key, in the order of `keys`."""
    if not isinstance(given, Mapping):
        return [(key, given) for key in keys]
    for key in given:
        if key not in keys:
            raise unknown(key, keys, name)
    return [(key, given.get(key, default)) for key in keys]
