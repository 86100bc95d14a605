"""The agent-based model on Mesa: the same month, decided agent by agent.

A run is the ensemble's run of the same world to the bit, unless an agent decides
otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from numbers import Integral
from pathlib import Path
from typing import Any, TypeVar

import mesa

from psasim.coefficients import Coefficients, build_coefficients
from psasim.declared.levers import Governance
from psasim.declared.names import checked, unknown
from psasim.declared.parameters import Parameters
from psasim.declared.settings import SETTINGS, WORLD, setting
from psasim.engines.answers import in_a_line
from psasim.engines.inputs import as_governance, as_parameters, as_scenario
from psasim.engines.mesa.agents import Agents, Centre, DeliveryBody, Department, as_agents
from psasim.engines.mesa.batch_run import refuse_repeats
from psasim.engines.mesa.decider import Decider, stream
from psasim.engines.mesa.decisions import AgentDecisions
from psasim.engines.replaced import replaced
from psasim.engines.rule import decide
from psasim.engines.trajectory import Recorder, Trajectory
from psasim.engines.variant import USUAL, Variant
from psasim.errors import InputError, shown
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
    seed: of every draw, 2007 unless given, which Mesa calls rng (a whole number either
    way); world: which world of the seed; agents: who decides, `Agents` or one class; variant:
    a rule for all at once, hooks and mechanisms of one's own, `psasim.Variant`.
    `state` is the state at the end of the last month, `flows` what that month did.

    Agents draw from generators of their own; `rng` and `random` of the model are a stream
    by (seed, world) that its agents share.  Raises `psasim.errors.InputError` for bad
    input, for an agent's illegal answer, and from its exception.
    """

    def __init__(
        self,
        scenario: str | Path | Scenario = "teaching",
        governance: str | Governance | Mapping[str, Any] = "departmental",
        parameters: Parameters | Mapping[str, float] | None = None,
        *,
        world: int = 0,
        months: int = MONTHS,
        seed: int | None = None,
        rng: int | None = None,
        agents: Agents | type[Decider] | None = None,
        variant: Variant = USUAL,
    ) -> None:
        given = _seed(seed, rng)
        refuse_repeats(given)
        world, months = int(checked(WORLD, world, "world")), int(setting("months", months))
        variant = with_agents(variant, agents)
        layout = build_layout(as_scenario(scenario))
        package, values = as_governance(governance), as_parameters(parameters)
        with replaced(variant.mechanisms):
            k = build_coefficients(layout, [values], [package])
        seed = SEED if given is None else given
        worlds = draw_worlds(layout, seed, range(world, world + 1), months)
        self._prepare(layout, k, worlds, variant)

    @classmethod
    def of_arrays(
        cls, layout: Layout, k: Coefficients, worlds: Worlds, variant: Variant = USUAL
    ) -> DeliveryModel:
        """A model of the one world of `worlds`, over arrays that are built already."""
        model = cls.__new__(cls)
        model._prepare(layout, k, worlds, variant)
        return model

    def _prepare(
        self, layout: Layout, k: Coefficients, worlds: Worlds, variant: Variant
    ) -> None:
        agents = variant.agents or DEFAULT
        self.seed, self.world = worlds.seed, worlds.replicates[0]
        super().__init__(rng=stream(self.seed, self.world, "the model"))
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
            self._made(kind, key, row, tasks[row])
            for row, (key, kind) in enumerate(zip(keys, ministries, strict=True))
        ]
        keys = [b.key for b in scenario.bodies]
        agencies: list[type[DeliveryBody]] = _classes(
            agents.body, DeliveryBody, keys, "body"
        )
        self.bodies = [
            self._made(kind, key, row)
            for row, (key, kind) in enumerate(zip(keys, agencies, strict=True))
        ]
        self.centre = self._made(agents.centre)
        self._variant = variant
        self._decisions = decide(variant.rule, layout, worlds) if variant.rule else AgentDecisions(
            self.world, layout, self.departments, self.bodies, self.centre
        )
        self._recorder = Recorder(layout, worlds.months, 1)
        with replaced(variant.mechanisms):
            self.state: State = start(layout, k, 1)
        self.flows: Flows | None = None

    def _made(self, kind: type[K], *given: Any) -> K:
        """An agent of a class."""
        try:
            return kind(self, *given)
        except Exception as error:
            name = repr(given[0] if given else Centre.key)
            raise InputError(f"{kind.__name__} {name} could not be made: {in_a_line(error)}"
                             ) from error

    @property
    def months(self) -> int:
        """Months the model's world lasts."""
        return self.worlds.months

    def step(self) -> None:
        """One month.  Raises `psasim.errors.InputError` where the world has no more."""
        if self.state.month >= self.months:
            raise InputError(f"the run is over: its world lasts {self.months} months; make the "
                             f"model with months={self.months + 1} or more")
        shocks = self.worlds.month(self.state.month)
        layout, k = self.layout, self.coefficients
        with replaced(self._variant.mechanisms):
            state, self.flows = step(self.state, layout, k, shocks, self._decisions)
            self.state = self._variant.after(state, self.flows, layout, k, self.worlds)
        self._recorder.record(self.state, self.flows)
        self.running = self.state.month < self.months

    def run(self) -> Trajectory:
        """All the months that are left; what was kept of the run."""
        while self.state.month < self.months:
            self.step()
        with replaced(self._variant.mechanisms):
            return self._recorder.trajectory(self.layout, self.coefficients, self._decisions)


def run(
    layout: Layout, k: Coefficients, worlds: Worlds, variant: Variant = USUAL
) -> Trajectory:
    """Run the one world of `worlds` agent by agent; k: (rows, 1)."""
    model = DeliveryModel.of_arrays(layout, k, worlds, variant)
    trajectory = model.run()
    # Mesa 3.3 keeps every model it has numbered agents for
    getattr(mesa.Agent, "_ids", {}).pop(model, None)
    return trajectory


def with_agents(variant: Variant, agents: Agents | type[Decider] | None) -> Variant:
    """The variant, decided by these agents where any are given."""
    if not isinstance(variant, Variant):
        raise InputError(f"variant = {shown(variant)} is no variant; write "
                         "psasim.Variant(rule=..., hooks=..., mechanisms=...)")
    return variant if agents is None else replace(variant, agents=as_agents(agents))


def _seed(seed: Any, rng: Any) -> int | None:
    """The seed by either of its names, checked; None where neither is given."""
    if seed is not None and rng is not None:
        raise InputError(f"seed = {shown(seed)} and rng = {shown(rng)} are one setting; give one")
    if rng is not None and not isinstance(rng, Integral):
        raise InputError(f"rng = {shown(rng)} is not a whole number: draws are functions of the "
                         "seed; give rng=2007, or seed=2007")
    given = seed if rng is None else rng
    return None if given is None else int(setting("seed", given))


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
