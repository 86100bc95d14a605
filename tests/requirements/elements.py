"""Elements of the model that carry requirements, and how each is taken out.

An element is named once, here in a claim; where it is declared, where it acts and how it
is taken out all follow from that.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from functools import cache
from importlib import import_module
from pathlib import Path
from types import MappingProxyType, ModuleType
from typing import Any, Protocol

import numpy as np
import pytest

import psasim
from psasim.coefficients.settings import Settings
from psasim.declared import presets
from psasim.declared.declare import Choice
from psasim.declared.levers import LEVERS, Governance
from psasim.declared.parameters import PARAMETERS
from psasim.declared.registry import Declared
from psasim.month import ledger
from psasim.results import measures
from psasim.scenario import load_scenario, schema
from psasim.structure import layout

ROOT = Path(psasim.__file__).parent
ACTING = ("coefficients", "mechanisms", "month", "structure", "results/measures.py")


class Element(Protocol):
    """A part of the model that carries a requirement."""

    kind: str

    @property
    def label(self) -> str:
        """Its name in the documents."""

    @property
    def files(self) -> list[str]:
        """Where it is declared, then where it acts, below `src/psasim`."""

    def take_out(self, patch: pytest.MonkeyPatch) -> None:
        """Leave it out of every run until the patch is undone."""


def rebind(patch: pytest.MonkeyPatch, original: object, replacement: object) -> None:
    """Put `replacement` wherever a module of psasim, or of these tests, holds `original`."""
    for name, module in list(sys.modules.items()):
        if name.startswith(("psasim", "tests.requirements")):
            for attribute, value in list(vars(module).items()):
                if value is original:
                    patch.setattr(module, attribute, replacement)


@cache
def _texts() -> dict[str, str]:
    """Text of the files in which elements act, by path below `src/psasim`."""
    files = [
        file for place in ACTING
        for file in sorted(ROOT.glob(place if place.endswith(".py") else f"{place}/*.py"))
    ]
    return {file.relative_to(ROOT).as_posix(): file.read_text(encoding="utf-8") for file in files}


@cache
def acting(pattern: str) -> tuple[str, ...]:
    """Files of the model whose text matches, below `src/psasim`."""
    return tuple(file for file, text in _texts().items() if re.search(pattern, text))


def _edited_layout(patch: pytest.MonkeyPatch, before: Callable, after: Callable) -> None:
    build = layout.build_layout
    rebind(patch, build, lambda scenario: after(build(before(scenario))))


@dataclass(frozen=True)
class Lever:
    """A lever; without it any strength is 0."""

    name: str
    kind = "lever"

    @property
    def label(self) -> str:
        return f"lever `{self.name}`"

    @property
    def files(self) -> list[str]:
        assert self.name in LEVERS
        name = self.name.replace("delivery_agreement", "clause") + "|" + self.name
        return ["declared/levers.py", *acting(rf'"({self.name})"|\b({name})\(')]

    def take_out(self, patch: pytest.MonkeyPatch) -> None:
        Field(self.name, "strength", 0.0).take_out(patch)


@dataclass(frozen=True)
class Field:
    """A field of a lever; without it, it is `out` (its default) whatever was asked for."""

    lever: str
    name: str
    out: float | None = None
    kind = "lever field"

    @property
    def label(self) -> str:
        return f"field `{self.lever}.{self.name}`"

    @property
    def files(self) -> list[str]:
        assert self.name in LEVERS[self.lever].table
        return ["declared/levers.py",
                *acting(rf'(field|clause)\((lever|"{self.lever}")?,? ?"{self.name}"'
                        + (r"|\.kind\(" if self.name == "kind" else ""))]

    def take_out(self, patch: pytest.MonkeyPatch) -> None:
        item = LEVERS[self.lever].table[self.name]
        if isinstance(item, Choice):
            patch.setattr(Settings, "kind", lambda s, lever, kinds: np.full(
                len(s.governance), kinds.index(item.default)))
            return
        out, read = item.default if self.out is None else self.out, Settings.field
        patch.setattr(Settings, "field", lambda s, lever, field: (
            0.0 * read(s, lever, field) + out
            if (lever, field) == (self.lever, self.name) else read(s, lever, field)
        ))


@dataclass(frozen=True)
class Parameter:
    """A parameter; without it, it is `out` whatever was set."""

    name: str
    out: float
    kind = "parameter"

    @property
    def label(self) -> str:
        return f"parameter `{self.name}`"

    @property
    def files(self) -> list[str]:
        assert self.name in PARAMETERS
        return ["declared/parameter_table.py", *acting(rf's\["{self.name}"\]|\bk\.{self.name}\b')]

    def take_out(self, patch: pytest.MonkeyPatch) -> None:
        read = Settings.__getitem__
        patch.setattr(Settings, "__getitem__", lambda s, name: (
            np.full((1, len(s.governance)), self.out) if name == self.name else read(s, name)
        ))


@dataclass(frozen=True)
class Fact:
    """A fact of scenarios; without it all entities have `out` (or what `out` makes of one)."""

    entity: str
    name: str
    out: Any
    kind = "fact"

    @property
    def label(self) -> str:
        return f"fact `{self.entity}.{self.name}`"

    @property
    def files(self) -> list[str]:
        known = {item.name for item in fields(getattr(schema, self.entity))}
        assert self.name in known
        return ["scenario/schema.py", *acting(rf"\b(o|d|c|i|body|b|bodies\[\w+\])\.{self.name}\b")]

    def take_out(self, patch: pytest.MonkeyPatch) -> None:
        table = {"Body": "bodies"}.get(self.entity, f"{self.entity.lower()}s")

        def without(scenario: schema.Scenario) -> schema.Scenario:
            items = tuple(
                replace(item, **{self.name: self.out(item) if callable(self.out) else self.out})
                for item in getattr(scenario, table)
            )
            return replace(scenario, **{table: items})

        _edited_layout(patch, without, lambda built: built)


@dataclass(frozen=True)
class Descents:
    """Direction passed down the tiers; without it every tier is as clear as the first."""

    kind = "state"
    label = "state `clarity`, passed down by tier (`Chain.descents`)"

    @property
    def files(self) -> list[str]:
        return ["structure/chain.py", *acting(r"chain\.descents")]

    def take_out(self, patch: pytest.MonkeyPatch) -> None:
        _edited_layout(patch, lambda scenario: scenario, lambda built: replace(
            built, chain=replace(built.chain, descents=())))


@dataclass(frozen=True)
class Mechanism:
    """A mechanism `module.function`; without it `neutral` answers in its place."""

    name: str
    neutral: Callable
    kind = "mechanism"

    @property
    def module(self) -> ModuleType:
        return import_module(f"psasim.mechanisms.{self.name.partition('.')[0]}")

    @property
    def label(self) -> str:
        return f"mechanism `{self.name}`"

    @property
    def files(self) -> list[str]:
        module, _, function = self.name.partition(".")
        assert callable(getattr(self.module, function))
        return [f"mechanisms/{module}.py", *(
            f for f in acting(rf"(?<!def )\b{function}\(") if f != f"mechanisms/{module}.py")]

    def take_out(self, patch: pytest.MonkeyPatch) -> None:
        rebind(patch, getattr(self.module, self.name.partition(".")[2]), self.neutral)


@dataclass(frozen=True)
class Measure:
    """A measure; without it nothing is reported but zero."""

    name: str
    kind = "measure"

    @property
    def label(self) -> str:
        return f"measure `{self.name}`"

    @property
    def files(self) -> list[str]:
        assert self.name in measures.MEASURES
        return ["results/measures.py"]

    def take_out(self, patch: pytest.MonkeyPatch) -> None:
        blank = replace(
            measures.MEASURES[self.name], compute=lambda t, layout, k: np.zeros(t.real.shape[-1])
        )
        rebind(patch, measures.MEASURES, Declared(
            "measure", ({**measures.MEASURES, self.name: blank}).values()))


@dataclass(frozen=True)
class Preset:
    """A preset package; without it no lever is on."""

    name: str
    kind = "preset"

    @property
    def label(self) -> str:
        return f"preset `{self.name}`"

    @property
    def files(self) -> list[str]:
        assert self.name in presets.preset_names()
        return [f"conf/governance/{self.name}.yaml"]

    def take_out(self, patch: pytest.MonkeyPatch) -> None:
        read = presets.preset
        rebind(patch, read, lambda name: Governance() if name == self.name else read(name))


@dataclass(frozen=True)
class Shipped:
    """A shipped scenario; without it `other` stands in its place."""

    name: str
    other: str
    kind = "scenario"

    @property
    def label(self) -> str:
        return f"scenario `{self.name}`"

    @property
    def files(self) -> list[str]:
        return [f"scenario/data/{self.name}/scenario.yaml"]

    def take_out(self, patch: pytest.MonkeyPatch) -> None:
        read = load_scenario
        rebind(patch, read, lambda name: read(self.other if name == self.name else name))


@dataclass(frozen=True)
class Headings:
    """The deck's headings on the ledger's lines; without them no loss has one."""

    kind = "tag"
    label = "tag `Heading`"

    @property
    def files(self) -> list[str]:
        return ["declared/declare.py", "declared/parameter_table.py", "declared/levers.py",
                "results/measures.py", "month/ledger.py"]

    def take_out(self, patch: pytest.MonkeyPatch) -> None:
        rebind(patch, ledger.LINES, MappingProxyType(
            {name: replace(line, heading="") for name, line in ledger.LINES.items()}))
