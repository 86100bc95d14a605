"""Factors of an experiment: which settings are varied, and over what.

A factor is a lever's strength or field (a decision), or a parameter or a number of the
scenario (an uncertainty), by its path.  Range, unit and bounds come from its declaration.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from psasim.declared.declare import Choice, Quantity
from psasim.declared.levers import LEVERS
from psasim.declared.names import unknown
from psasim.declared.parameters import PARAMETERS
from psasim.errors import InputError
from psasim.experiment.design.facts import WithFacts
from psasim.mechanisms.ordered_sum import Floats
from psasim.scenario.family import STRUCTURE_GROUP
from psasim.scenario.tables import TABLES

Value = float | str
Declared = Mapping[str, Quantity | Choice]

class _Decisions(Declared):
    """Strengths and fields of levers by path, those of one's own as they are declared."""

    def __getitem__(self, path: str) -> Quantity | Choice:
        group, _, rest = path.partition(".")
        name, _, field = rest.partition(".")
        if group != "governance" or name not in LEVERS:
            raise KeyError(path)
        return LEVERS[name].table[field]

    def __iter__(self) -> Iterator[str]:
        return (f"governance.{name}.{field}"
                for name, lever in LEVERS.items() for field in lever.table)

    def __len__(self) -> int:
        return sum(len(lever.table) for lever in LEVERS.values())


DECISIONS: Declared = _Decisions()
"""Every strength and field of every lever, by path."""

UNCERTAINTIES: Declared = MappingProxyType({
    f"parameters.{name}": item for name, item in PARAMETERS.items()
})
"""Every parameter, by path."""


def without_group(path: str) -> str:
    """`lead`, `lead.kind`: a factor as names of packages and of effects have it."""
    return path.partition(".")[2].removesuffix(".strength")


@dataclass(frozen=True, slots=True)
class Factor:
    """One varied setting.

    path: such as `governance.sanctions.strength`; low, high: range that is sampled
    (unused for a choice); listed: its levels, where they are listed.
    """

    path: str
    declared: Quantity | Choice
    low: float
    high: float
    listed: tuple[Value, ...]

    @property
    def integer(self) -> bool:
        """Whether it takes whole numbers only."""
        return isinstance(self.declared, Quantity) and self.declared.integer

    def levels(self, count: int) -> NDArray[Any]:
        """The listed levels, or else `count` evenly spaced ones, both ends among them.

        Whole numbers are rounded, so a narrow range has fewer levels.
        """
        if self.listed:
            return np.array(self.listed)
        levels = np.linspace(self.low, self.high, count)
        return np.unique(np.rint(levels).astype(int)) if self.integer else levels

    def at(self, fraction: Floats) -> NDArray[Any]:
        """Values at fractions in [0, 1) of the range; listed levels and whole numbers
        take equal parts of it."""
        if self.listed:
            return self.levels(0)[_place(fraction, len(self.listed))]
        if self.integer:
            return int(self.low) + _place(fraction, int(self.high - self.low) + 1)
        return self.low + fraction * (self.high - self.low)

    def text(self) -> str:
        """Its levels or range, with the unit."""
        if self.listed:
            return ", ".join(f"{v:g}" if isinstance(v, int | float) else v for v in self.listed)
        return f"{self.low:g}..{self.high:g} {getattr(self.declared, 'unit', '')}"

    def settings(self) -> dict[str, Any]:
        """JSON-ready."""
        return {"levels": list(self.listed)} if self.listed else {
            "low": self.low, "high": self.high,
        }


def _place(fraction: Floats, count: int) -> NDArray[np.intp]:
    return np.minimum((fraction * count).astype(int), count - 1)


def read_factors(over: object, path: str, declared: Declared) -> tuple[Factor, ...]:
    """The factors that `over` asks for, found at configuration `path`.

    over: `all` (every strength, every parameter); `facts` (every fact that the scenarios give a
    range); a list of names; or a table of name to
    nothing (the declared range), a list of levels, or {low:, high:}, and for a pattern of facts
    {together: true | false} beside.  Raises `InputError`.
    """
    if over == "all":
        over = [p for p in declared if p.endswith(".strength") or p in UNCERTAINTIES]
    if over == "facts" and isinstance(declared, WithFacts):
        over = declared.open(path)
    if isinstance(over, str):
        over = [over]
    if isinstance(over, Mapping):
        given = {str(name): spec for name, spec in over.items()}
    elif isinstance(over, Iterable):
        given = {}
        for name in map(str, over):
            if name in given:
                raise InputError(f"{path}: {name} is named twice")
            given[name] = None
    else:
        raise InputError(f"{path} = {over!r} is not a list of names; use `all` or [name, ...]")
    if not given:
        raise InputError(f"{path} is empty: name what is varied, or `all`")
    factors: dict[str, Factor] = {}
    for name, spec in given.items():
        for full, own in _written_out(name, spec, path, declared).items():
            if full in factors:
                raise InputError(f"{path}: {full} is named twice, the second time as {name}")
            factors[full] = _factor(full, declared[full], own, f"{path}.{name}")
    return tuple(factors.values())


def _written_out(name: str, spec: object, path: str, declared: Declared) -> dict[str, object]:
    """The factor, or one for each fact that a pattern stands for if they do not move together."""
    full = resolve(name, declared, path)
    own: object = spec
    if isinstance(spec, Mapping):
        own = {key: value for key, value in spec.items() if key != "together"} or None
        if isinstance(own, Mapping) and set(own) == {"levels"}:
            own = own["levels"]
    together = spec.get("together") if isinstance(spec, Mapping) else None
    if "*" not in full or not isinstance(declared, WithFacts):
        if together is not None:
            raise InputError(f"{path}.{name}.together: {name} is a single factor; leave it out")
        return {full: own}
    facts = declared.each(full) if together is not True else []
    if not isinstance(together, bool):
        raise InputError(f"{path}.{name} stands for {len(facts)} facts: say whether all take one "
                         "value (together: true) or each varies by itself (together: false)")
    return {full: own} if together else dict.fromkeys(facts, own)


def resolve(name: str, declared: Declared, place: str) -> str:
    """The path of a factor named in full or in short: `inertia`, `sanctions`, `lead.kind`."""
    shorts = {full.partition(".")[2].removesuffix(".strength"): full for full in declared}
    if name in declared:
        return name
    short = name.removesuffix(".strength")
    if short in shorts:
        return shorts[short]
    group = name.partition(".")[0]
    if group in (*TABLES, STRUCTURE_GROUP):
        if isinstance(declared, WithFacts):
            raise declared.unknown(name, place)
        raise InputError(f"{place}: {name} is varied in experiment.uncertainties, not here")
    others = UNCERTAINTIES if declared is DECISIONS else DECISIONS
    if name in others or f"parameters.{name}" in others or f"governance.{name}.strength" in others:
        section = "uncertainties" if declared is DECISIONS else "levers"
        raise InputError(f"{place}: {name} is varied in experiment.{section}, not here")
    raise unknown(name, declared if group in ("governance", "parameters") else shorts, place)


def _factor(full: str, declared: Quantity | Choice, spec: object, path: str) -> Factor:
    if isinstance(spec, list | tuple):
        return _listed(full, declared, tuple(spec), path)
    if isinstance(declared, Choice):
        if spec is not None:
            raise InputError(f"{path} = {spec!r} is not a list of {', '.join(declared.options)}")
        return Factor(full, declared, 0, 0, declared.options)
    ends: dict[str, Any] = {"low": declared.low, "high": declared.high}
    if spec is not None:
        if not isinstance(spec, Mapping):
            raise InputError(f"{path} = {spec!r}: give a list of levels, or {{low: , high: }}")
        for key in spec:
            if key not in ends:
                raise unknown(str(key), ends, path)
        ends |= spec
    for key, value in ends.items():
        _refuse(declared.problem(value, f"{path}.{key}"))
    if declared.low == declared.high and (spec is None or len(spec) < len(ends)):
        raise InputError(f"{path} has no range of its own; give {{low: , high: }} here, or low and "
                         "high beside its source in the scenario file")
    if not ends["low"] < ends["high"]:
        raise InputError(f"{path}: low = {ends['low']:g} is not below high = {ends['high']:g}")
    return Factor(full, declared, ends["low"], ends["high"], ())


def _listed(
    full: str, declared: Quantity | Choice, levels: tuple[Any, ...], path: str
) -> Factor:
    for level in levels:
        _refuse(declared.problem(level, path))
    if len(set(levels)) < max(len(levels), 2):
        raise InputError(f"{path} = {list(levels)}: list two different levels or more")
    return Factor(full, declared, 0, 0, levels)


def _refuse(problem: str | None) -> None:
    if problem:
        raise InputError(problem)
