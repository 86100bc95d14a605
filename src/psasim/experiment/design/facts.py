"""Numbers of the scenarios as factors, beside the parameters: named by a path of keys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches

from psasim.declared.declare import Choice, Quantity
from psasim.declared.names import unknown
from psasim.errors import InputError
from psasim.scenario.facts import TIMES, Named, matching, named, owners, share_path
from psasim.scenario.family import FAMILY, STRUCTURE_GROUP, STRUCTURE_PATHS
from psasim.scenario.schema import Member, Scenario
from psasim.scenario.tables import TABLES

MOST_TIMES = 1000.0
NEAR = 0.8
"""Likeness of a path to a fact's from which a slip of the pen is supposed."""


class WithFacts(Mapping[str, Quantity | Choice]):
    """Settings that are declared and, by their paths and patterns, numbers of the scenarios.

    A fact is there if every scenario has it.  Its range is the one the scenario files give
    beside its source; without one it has no width.  Iterating gives the declared settings
    alone, the structure among them where all scenarios are members of the family.
    """

    def __init__(
        self, declared: Mapping[str, Quantity | Choice], scenarios: Sequence[Scenario]
    ) -> None:
        self.scenarios = scenarios
        self.written_out = [item.name for item in scenarios if not isinstance(item, Member)]
        self.declared = {**declared, **({} if self.written_out else STRUCTURE_PATHS)}

    def __getitem__(self, path: str) -> Quantity | Choice:
        if path in self.declared:
            return self.declared[path]
        what = named(path)
        if what is None or not all(matching(scenario, what) for scenario in self.scenarios):
            raise KeyError(path)
        return self._times(what) if what.times else self._quantity(what)

    def __iter__(self) -> Iterator[str]:
        return iter(self.declared)

    def __len__(self) -> int:
        return len(self.declared)

    def values_of(self, paths: Iterable[str]) -> dict[str, float]:
        """What facts among `paths` are when they are not varied, where that is one number."""
        found: dict[str, float] = {}
        for path in paths:
            stated = set(self._stated(path))
            if len(stated) == 1 and (value := stated.pop()) is not None:
                found[path] = value
        return found

    def _stated(self, path: str) -> Iterator[float | None]:
        what = named(path)
        if path in STRUCTURE_PATHS:
            yield from (dict(item.structure)[path.partition(".")[2]]
                        for item in self.scenarios if isinstance(item, Member))
        elif what is not None:
            yield from (1.0,) if what.times else self._values(what)

    def each(self, path: str) -> list[str]:
        """The facts that a pattern stands for, shares that must be 1 left out; raises
        `InputError` where scenarios differ in them."""
        what = named(path)
        assert what is not None
        found = [
            [fact for fact in matching(scenario, what) if not sole(scenario, fact)]
            for scenario in self.scenarios
        ]
        if any(facts != found[0] for facts in found):
            raise InputError(f"{path} stands for other facts in each scenario, which cannot be "
                             "varied each by itself in one design; write together: true, or take "
                             "one scenario")
        return [f"{fact}.{TIMES}" if what.times else fact for fact in found[0]]

    def open(self, place: str) -> list[str]:
        """Every fact to which all scenarios give a range, in the order of the first; raises
        `InputError` where there is none."""
        each = [[fact.path for fact in scenario.facts
                 if fact.low is not None and not sole(scenario, fact.path)]
                for scenario in self.scenarios]
        found = [path for path in each[0] if all(path in paths for paths in each)]
        if not found:
            names = " and ".join(scenario.name for scenario in self.scenarios)
            raise InputError(f"{place}: facts are those that the scenario gives a range, and "
                             f"{names} gives none; write low and high beside their source "
                             "(docs/scenarios.md), or name what is varied")
        return found

    def unknown(self, path: str, place: str) -> InputError:
        """The error for a fact that is not there."""
        if path.partition(".")[0] == STRUCTURE_GROUP:
            if not self.written_out:
                return unknown(path, STRUCTURE_PATHS, place)
            return InputError(f"{place}: {path} is not a number of scenario {self.written_out[0]}, "
                              f"which is written out row by row; take scenario={FAMILY}, or a file "
                              "of yours that says `structure:` (docs/scenarios.md)")
        facts = [
            fact for table in TABLES.values() for column in table.columns.values()
            if column.quantity is not None
            for fact in matching(self.scenarios[0], Named(table, ("*",), column, False))
        ]
        if get_close_matches(path, facts, n=1, cutoff=NEAR):
            return unknown(path, facts, place)
        return InputError(f"{place}: {path} is not a number of scenario {self.scenarios[0].name}; "
                          f"write table.key.column, such as {facts[0]}, or * for every key")

    def _values(self, what: Named) -> Iterator[float | None]:
        for scenario in self.scenarios:
            yield from matching(scenario, what).values()

    def _quantity(self, what: Named) -> Quantity:
        quantity = what.column.quantity
        assert quantity is not None
        ranges = {
            (fact.low, fact.high)
            for scenario in self.scenarios
            for known in [{fact.path: fact for fact in scenario.facts}]
            for path in matching(scenario, what)
            for fact in [known.get(path)] if fact is not None and fact.low is not None
        }
        stated = next((v for v in self._values(what) if v is not None), quantity.default)
        low, high = quantity.bounds
        ends = ranges.pop() if len(ranges) == 1 else (stated, stated)
        least, most = float(ends[0] or 0.0), float(ends[1] or 0.0)
        return replace(quantity, low=least, high=most, default=min(max(stated, least), most),
                       hard_low=low, hard_high=high)

    def _times(self, what: Named) -> Quantity:
        quantity = what.column.quantity
        assert quantity is not None
        return replace(quantity, unit="times the scenario's value", low=1.0, high=1.0, default=1.0,
                       hard_low=0.0, hard_high=MOST_TIMES, integer=False)


def sole(scenario: Scenario, fact: str) -> bool:
    """Whether a fact is the share of an outcome's only contributor, which is 1."""
    return any(share_path(items[0]) == fact
               for items in owners(scenario).values() if len(items) == 1)
