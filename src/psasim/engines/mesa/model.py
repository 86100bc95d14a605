"""The agent-based model on Mesa: the same month, decided agent by agent.

A run is the ensemble's run of the same world to the bit, unless an agent decides
otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

import mesa

from psasim.coefficients import Coefficients, build_coefficients
from psasim.declared.levers import Governance
from psasim.declared.names import unknown
from psasim.declared.parameters import Parameters
from psasim.declared.settings import SETTINGS
from psasim.engines.inputs import as_governance, as_parameters, as_scenario
from psasim.engines.mesa.agents import Agents, DeliveryBody, Department
from psasim.engines.mesa.decisions import AgentDecisions
from psasim.engines.trajectory import Recorder, Trajectory
from psasim.month import start, step
from psasim.month.state import Flows, State
from psasim.month.worlds import Worlds, draw_worlds
from psasim.scenario.schema import Scenario
from psasim.structure.layout import Layout, build_layout

MONTHS, SEED = int(SETTINGS["months"].default), int(SETTINGS["seed"].default)

DEFAULT = Agents()

K = TypeVar("K", bound=mesa.Agent)


class DeliveryModel(mesa.Model):
    """One run, month by month, decided by agents.

    scenario: name, path or a loaded one; governance: preset, `Governance` or mapping;
    world: which world of the seed; agents: who decides.  `state` is the state at the
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
        agents: Agents = DEFAULT,
    ) -> None:
        layout = build_layout(as_scenario(scenario))
        k = build_coefficients(layout, [as_parameters(parameters)], [as_governance(governance)])
        worlds = draw_worlds(layout, seed, range(world, world + 1), months)
        self._prepare(layout, k, worlds, agents)

    @classmethod
    def of_arrays(
        cls, layout: Layout, k: Coefficients, worlds: Worlds, agents: Agents = DEFAULT
    ) -> DeliveryModel:
        """A model of the one world of `worlds`, over arrays that are built already."""
        model = cls.__new__(cls)
        model._prepare(layout, k, worlds, agents)
        return model

    def _prepare(
        self, layout: Layout, k: Coefficients, worlds: Worlds, agents: Agents
    ) -> None:
        # chance is in the worlds; Mesa's own generator is never drawn from
        super().__init__(rng=0)
        self.layout = layout
        self.coefficients = k
        self.worlds = worlds
        scenario = layout.scenario
        keys = [d.key for d in scenario.departments]
        tasks = [tasks.stop - tasks.start for tasks in layout.tasks_of]
        ministries: list[type[Department]] = _classes(
            agents.department, Department, keys, "department"
        )
        self.departments = [
            kind(self, key, row, tasks[row])
            for row, (key, kind) in enumerate(zip(keys, ministries, strict=True))
        ]
        keys = [b.key for b in scenario.bodies]
        agencies: list[type[DeliveryBody]] = _classes(
            agents.body, DeliveryBody, keys, "body"
        )
        self.bodies = [
            kind(self, key, row) for row, (key, kind) in enumerate(zip(keys, agencies, strict=True))
        ]
        self.centre = agents.centre(self)
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


def run(
    layout: Layout, k: Coefficients, worlds: Worlds, agents: Agents = DEFAULT
) -> Trajectory:
    """Run the one world of `worlds` agent by agent; k: (rows, 1)."""
    model = DeliveryModel.of_arrays(layout, k, worlds, agents)
    trajectory = model.run()
    # Mesa 3.3 keeps every model it has numbered agents for
    getattr(mesa.Agent, "_ids", {}).pop(model, None)
    return trajectory


def _classes(
    given: type[K] | Mapping[str, type[K]], default: type[K], keys: list[str], name: str
) -> list[type[K]]:
    """Agent class of each of `keys`."""
    if not isinstance(given, Mapping):
        return [given] * len(keys)
    for key in given:
        if key not in keys:
            raise unknown(key, keys, name)
    return [given.get(key, default) for key in keys]
