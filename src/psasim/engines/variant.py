"""A variant of the model: what users have put in the place of psasim's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from psasim.coefficients import Coefficients
from psasim.declared.names import table
from psasim.engines.answers import in_a_line
from psasim.engines.replaced import check_mechanism
from psasim.engines.rule import Rule
from psasim.errors import InputError, shown
from psasim.month.state import Flows, State
from psasim.month.worlds import Worlds
from psasim.structure.layout import Layout

if TYPE_CHECKING:  # Mesa takes a second to import
    from psasim.engines.mesa.agents import Agents

Change = Callable[[State, Flows, Layout, Coefficients], State]


@dataclass(frozen=True, slots=True)
class Hook:
    """What happens to the state at the end of every month.

    change: from the state at the end of a month (`state.month`, from 1), what the month did,
    the layout and the coefficients to the state that the next month begins with
    (`dataclasses.replace(state, trust=...)`), arrays (rows, runs).
    """

    name: str
    change: Change

    def __call__(
        self, state: State, flows: Flows, layout: Layout, k: Coefficients, worlds: Worlds
    ) -> State:
        """Raises `psasim.errors.InputError` from its exception, or where it gives no state."""
        when = f"in month {state.month} of worlds {worlds.replicates[0]} to {worlds.replicates[-1]}"
        try:
            changed = self.change(state, flows, layout, k)
        except Exception as error:
            raise InputError(f"hook {self.name} failed {when}: {in_a_line(error)}") from error
        if not isinstance(changed, State) or changed.month != state.month:
            raise InputError(f"hook {self.name} gave {shown(changed)} {when}; it must give the "
                             "state, changed by dataclasses.replace")
        return changed


@dataclass(frozen=True, slots=True)
class Variant:
    """rule: who decides in all runs at once; agents: who does on Mesa; hooks: what happens at
    the end of a month, in order; mechanisms: by name, what stands in their place."""

    rule: type[Rule] | None = None
    agents: Agents | None = None
    hooks: tuple[Hook, ...] = ()
    mechanisms: Mapping[str, Callable] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.rule is not None and not (isinstance(self.rule, type)
                                          and issubclass(self.rule, Rule)):
            raise InputError(f"variant: rule = {shown(self.rule)} is no subclass of psasim.Rule; "
                             "give the class itself")
        if not (isinstance(self.hooks, tuple) and all(isinstance(h, Hook) for h in self.hooks)):
            raise InputError(f"variant: hooks = {shown(self.hooks)} is no tuple of what "
                             "psasim.hook made")
        for name, item in table(self.mechanisms, "variant: mechanisms").items():
            check_mechanism(name)
            if not callable(item):
                raise InputError(f"variant: mechanisms.{name} = {shown(item)} cannot be called; "
                                 "give a function")
        if self.agents is not None and not hasattr(self.agents, "own"):
            raise InputError(f"variant: agents = {shown(self.agents)} are no psasim.Agents")

    def after(
        self, state: State, flows: Flows, layout: Layout, k: Coefficients, worlds: Worlds
    ) -> State:
        """The state as the hooks leave it."""
        for hook in self.hooks:
            state = hook(state, flows, layout, k, worlds)
        return state


USUAL = Variant()
"""The model as it is."""
