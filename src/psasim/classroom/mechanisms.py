"""Which mechanism stands behind what: read off the model's code and its own words, for the page.

A coefficient is made in a module of `coefficients` and read in phases of the month, by mechanisms
of which each names its source in its first line; a phase writes lines of the ledger.  Nothing
here is written by hand, so the page's "why" says what the model does.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any

from psasim.coefficients import answering, centre, chain, departments, incentives, outcomes
from psasim.documents.causes import PHASES, phases
from psasim.month import aftermath, commitment, decisions, delivery, publication, schedule
from psasim.month.ledger import LINES

PACKAGE = "psasim.mechanisms."
APART = {"ordered_sum", "elementary", "chance", "normal"}
ARITHMETIC = {"combine"}
"""Modules and functions that are tools of arithmetic, not mechanisms."""

_MONTH = (schedule, commitment, delivery, publication, aftermath, decisions)
_MAKERS = (answering, departments, incentives, outcomes, chain, centre)


@cache
def mechanisms() -> dict[str, Any]:
    """Mechanisms by name with what they say of themselves; phases with their mechanisms and the
    lines they write; of each coefficient the mechanisms that make it (`made`), and the phases and
    mechanisms that read it."""
    found, read_by = _phases()
    made_of = _made()
    named = [*found.values(), *made_of.values()]
    told = {name: _first_words(import_module(PACKAGE + name)) for names in named for name in names}
    known = phases()
    return {
        "mechanisms": told,
        "phases": {
            phase: {"mechanisms": names, "lines": [w for w in known[phase].writes if w in LINES]}
            for phase, names in found.items()
        },
        "coefficients": {
            name: {
                "made": made,
                "phases": [phase for phase in PHASES if name in known[phase].coefficients],
                "mechanisms": read_by.get(name, []),
            }
            for name, made in made_of.items()
        },
    }


def _first_words(module: ModuleType) -> str:
    """The first paragraph of a module's text, which for a mechanism names its source."""
    text = inspect.getdoc(module)
    assert text is not None, module.__name__
    return " ".join(text.split("\n\n")[0].split())


def _phases() -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Mechanisms by phase and by coefficient, each in the order in which they are called."""
    found: dict[str, dict[str, None]] = {phase: {} for phase in PHASES}
    read: dict[str, dict[str, None]] = {}
    for phase, functions in PHASES.items():
        for function in functions:
            for module, node in _reached(function):
                for name, coefficients in _calls(module, node):
                    found[phase][name] = None
                    for coefficient in coefficients:
                        read.setdefault(coefficient, {})[name] = None
    return ({phase: list(names) for phase, names in found.items()},
            {name: list(names) for name, names in read.items()})


def _reached(function: str) -> Iterator[tuple[ModuleType, ast.FunctionDef]]:
    """A function of the month, wherever it stands, and those of the month that it calls."""
    waiting, seen = [function], set()
    while waiting:
        name = waiting.pop(0)
        for module in _MONTH:
            node = _functions(module).get(name)
            if node is not None and (module, name) not in seen and name != "step":
                seen.add((module, name))
                yield module, node
                waiting += [_called(call)[-1] for call in ast.walk(node)
                            if isinstance(call, ast.Call)]


@cache
def _functions(module: ModuleType) -> Mapping[str, ast.FunctionDef]:
    """Functions of a module, and methods of its classes that have a body."""
    tree = ast.parse(inspect.getsource(module))
    return {node.name: node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def _calls(module: ModuleType, node: ast.FunctionDef) -> Iterator[tuple[str, set[str]]]:
    """Mechanisms that a function calls, each with the coefficients that go into the call: by
    themselves or through what the function has made of them before."""
    holds: dict[str, set[str]] = {}
    for statement in ast.walk(node):
        if isinstance(statement, ast.Assign):
            for target in ast.walk(statement.targets[0]):
                if isinstance(target, ast.Name):
                    holds.setdefault(target.id, set()).update(_coefficients(statement.value, holds))
    for call in ast.walk(node):
        if isinstance(call, ast.Call):
            name = _mechanism(module, _called(call))
            if name is not None:
                given = [*call.args, *(word.value for word in call.keywords)]
                yield name, set().union(*(_coefficients(item, holds) for item in given))


def _coefficients(node: ast.AST, holds: Mapping[str, set[str]]) -> set[str]:
    found: set[str] = set()
    for part in ast.walk(node):
        if isinstance(part, ast.Attribute) and ast.unparse(part.value) in ("k", "outlook"):
            found.add(part.attr)
        elif isinstance(part, ast.Name):
            found |= holds.get(part.id, set())
    return found


def _called(call: ast.Call) -> list[str]:
    return ast.unparse(call.func).split(".")


def _mechanism(module: ModuleType, path: list[str]) -> str | None:
    """Name of the mechanism a call within a module goes to, None where it goes elsewhere."""
    value: Any = module
    for name in path:
        value = getattr(value, name, None)
    home = getattr(value, "__module__", None) or ""
    name = home.removeprefix(PACKAGE)
    apart = name in APART or path[-1] in ARITHMETIC
    return name if home.startswith(PACKAGE) and not apart else None


def _made() -> dict[str, list[str]]:
    """The mechanisms that make each coefficient, by coefficient."""
    found: dict[str, list[str]] = {}
    for function in _MAKERS:
        module = inspect.getmodule(function)
        assert module is not None
        for node in _functions(module).values():
            holds: dict[str, dict[str, None]] = {}
            for part in ast.walk(node):
                if isinstance(part, ast.Assign) and isinstance(part.targets[0], ast.Name):
                    holds.setdefault(part.targets[0].id, {}).update(_makers(module, part.value, {}))
            for part in ast.walk(node):
                if isinstance(part, ast.Dict):
                    found |= {
                        str(key.value): list(_makers(module, value, holds))
                        for key, value in zip(part.keys, part.values, strict=True)
                        if isinstance(key, ast.Constant)
                    }
    return found


def _makers(
    module: ModuleType, node: ast.AST, holds: Mapping[str, dict[str, None]]
) -> dict[str, None]:
    """Mechanisms called in an expression, or in what its names were made of."""
    found: dict[str, None] = {}
    for part in ast.walk(node):
        if isinstance(part, ast.Call):
            name = _mechanism(module, _called(part))
            found |= {} if name is None else {name: None}
        elif isinstance(part, ast.Name):
            found |= holds.get(part.id, {})
    return found
