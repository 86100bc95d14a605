"""Extensions as they are handed in, told apart by what they are."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from psasim.declared.levers import LEVERS, Lever
from psasim.declared.measure import Measure
from psasim.engines.rule import Rule
from psasim.engines.variant import USUAL, Hook, Variant
from psasim.errors import InputError, shown
from psasim.extensions.made import Mechanism
from psasim.extensions.origin import Origin, origin_of

KINDS = ("a subclass of psasim.Rule, agents (psasim.Agents or a class of them), or what "
         "psasim.measure, psasim.lever, psasim.hook or psasim.mechanism made")


@dataclass(frozen=True, slots=True)
class Extensions:
    """variant: of the model; measures, levers: of one's own; origins: of all, in order."""

    variant: Variant = USUAL
    measures: tuple[Measure, ...] = ()
    levers: tuple[Lever, ...] = ()
    origins: tuple[Origin, ...] = ()
    given: tuple[Any, ...] = field(default=(), compare=False)

    @property
    def engine(self) -> str | None:
        """The engine they need; None where any will do."""
        return "mesa" if self.variant.agents is not None else None


NONE = Extensions()


def as_extensions(given: Any, agents: Any = None) -> Extensions:
    """Extensions of a list of them, or themselves; agents: more of them.

    Levers are declared from then on, so that packages may set them.  Raises
    `psasim.errors.InputError` for what is no extension, and for two of what there can be one of.
    """
    if isinstance(given, Extensions) and agents is None:
        return given
    items = [*_listed(given), *_agents(agents)]
    sorted_out = _Sorted()
    for number, item in enumerate(items):
        sorted_out.take(item, f"extensions[{number}]")
    for own in sorted_out.levers.values():
        LEVERS.add(own)
    return Extensions(
        Variant(sorted_out.rule, sorted_out.agents, tuple(sorted_out.hooks.values()),
                sorted_out.mechanisms),
        tuple(sorted_out.measures.values()), tuple(sorted_out.levers.values()),
        tuple(sorted_out.origins), tuple(items),
    )


def _agents(given: Any) -> list[Any]:
    if given is None:
        return []
    from psasim.engines.mesa.agents import as_agents

    return [as_agents(given)]


def _listed(given: Any) -> list[Any]:
    if isinstance(given, Extensions):
        return list(given.given)
    if isinstance(given, (str, bytes, Mapping)) or not isinstance(given, Iterable):
        raise InputError(f"extensions = {shown(given)} is no list of them; write [...], of {KINDS}")
    return list(given)


def core_of(item: Any) -> Any:
    """The class or function that an extension was made of."""
    for name in ("compute", "act", "change", "function"):
        if not isinstance(item, type) and hasattr(item, name):
            return getattr(item, name)
    return item


def is_extension(item: Any) -> bool:
    """Whether it is something that can be handed in."""
    if isinstance(item, type):
        return issubclass(item, (Rule, *_agent_kinds())) and "hooks" not in vars(item)
    return isinstance(item, (Measure, Lever, Hook, Mechanism, *_agent_kinds()[:1]))


def _agent_kinds() -> tuple[type, ...]:
    """Mesa is imported by whoever defines agents, and by nobody else."""
    mesa_agents = sys.modules.get("psasim.engines.mesa.agents")
    return () if mesa_agents is None else (mesa_agents.Agents, mesa_agents.Decider)


class _Sorted:
    """Extensions by kind, as they are taken in."""

    def __init__(self) -> None:
        self.rule: type[Rule] | None = None
        self.agents: Any = None
        self.hooks: dict[str, Hook] = {}
        self.mechanisms: dict[str, Callable] = {}
        self.measures: dict[str, Measure] = {}
        self.levers: dict[str, Lever] = {}
        self.origins: list[Origin] = []

    def take(self, item: Any, path: str) -> None:
        if isinstance(item, type) and issubclass(item, Rule):
            self._only(self.rule, path, "rule")
            self.rule = item
            self._keep("rule", item.__name__, item)
        elif isinstance(item, Measure):
            self._put(self.measures, item.name, item, item.compute, "measure", path)
        elif isinstance(item, Lever):
            self._put(self.levers, item.name, item, item.act, "lever", path)
        elif isinstance(item, Hook):
            self._put(self.hooks, item.name, item, item.change, "hook", path)
        elif isinstance(item, Mechanism):
            self._put(self.mechanisms, item.name, item.function, item.function, "mechanism", path)
        else:
            self._take_agents(item, path)

    def _take_agents(self, item: Any, path: str) -> None:
        if not is_extension(item):
            raise InputError(f"{path} = {shown(item)} is no extension; give {KINDS}")
        from psasim.engines.mesa.agents import as_agents

        self._only(self.agents, path, "set of agents")
        self.agents = as_agents(item)
        for name, kind in self.agents.own():
            self._keep("agents", name, kind)

    def _put(
        self, table: dict[str, Any], name: str, item: Any, source: Any, kind: str, path: str
    ) -> None:
        if name in table:
            raise InputError(f"{path}: there are two of {kind} {name}; leave one out")
        table[name] = item
        self._keep(kind, name, source)

    def _only(self, before: Any, path: str, what: str) -> None:
        if before is not None:
            raise InputError(f"{path}: there is a {what} already; leave one out")

    def _keep(self, kind: str, name: str, source: Any) -> None:
        self.origins.append(origin_of(kind, name, source))
