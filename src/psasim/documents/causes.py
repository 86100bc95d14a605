"""What causes what in the model, read off its code: the edges of the model map.

Levers move coefficients: found by building these with each lever on and off.  Phases of the
month read coefficients and states and write states and flows, and measures read these: found
in the source of the functions.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from types import MappingProxyType, ModuleType

import numpy as np

from psasim.coefficients import Coefficients, build_coefficients
from psasim.declared.levers import LEVERS, Governance
from psasim.declared.parameters import Parameters
from psasim.declared.presets import preset
from psasim.month import aftermath, commitment, delivery, publication, schedule
from psasim.month.state import Flows, State
from psasim.results import measures
from psasim.scenario import load_scenario, scenario_names
from psasim.structure.layout import build_layout

COSTS = ("fixed_overhead", "convened_overhead", "money")
"""Coefficients that nearly every lever moves: what it takes."""

PHASES: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "1 Mobilise": ("at", "reorganised", "mobilise"),
    "2 Perceive, 3 Weigh": ("outlook",),
    "4 Overhead": ("overheads",),
    "5 Allocate": ("allocate",),
    "6 Clear the chain": ("arise", "clear_chain"),
    "7 Deliver and produce": ("given_support", "effectiveness", "produce_outcomes"),
    "8 Publish": ("activity", "count_on", "publish_figures", "rated"),
    "9 Review": ("desk", "review", "detect", "next_aim"),
    "10 Learn": ("learned",),
})
"""Functions that `schedule.step` calls, by phase."""

START, CLOSE = "Before the first month", "After the last month"

KEPT = MappingProxyType({"waiting": "mobilised", "short": "real"})
"""What a trajectory keeps under another name."""

_MODULES = (commitment, delivery, publication, aftermath)


@dataclass(slots=True)
class Phase:
    """coefficients and states it reads, and what it writes, in the order of the source."""

    coefficients: dict[str, None] = field(default_factory=dict)
    states: dict[str, None] = field(default_factory=dict)
    writes: dict[str, None] = field(default_factory=dict)


def moved() -> dict[str, list[str]]:
    """Coefficients each lever moves in a shipped scenario, alone or in the full package, but
    for what it costs; in the order in which coefficients are declared."""
    found: dict[str, set[str]] = {name: set() for name in LEVERS.shipped}
    full = preset("new_psa").settings()
    for scenario in scenario_names():
        layout = build_layout(load_scenario(scenario))
        for lever in LEVERS.shipped:
            rest = {name: values for name, values in full.items() if name != lever}
            for others in ({}, rest):
                pair = [Governance(**others), Governance(**others, **{lever: 1.0})]
                k = build_coefficients(layout, [Parameters()] * 2, pair)
                found[lever] |= {
                    name for name, values in k.arrays.items()
                    if values.shape[1] == 2 and not np.array_equal(values[:, 0], values[:, 1])
                }
    order = [item.name for item in fields(Coefficients)]
    return {lever: sorted(names - set(COSTS), key=order.index) for lever, names in found.items()}


def phases() -> dict[str, Phase]:
    """What each phase of the month reads and writes, and what is before and after it.

    Measures are taken after the last month: coefficients they read are written through.
    """
    of = {function: phase for phase, functions in PHASES.items() for function in functions}
    found = {phase: Phase() for phase in (START, *PHASES, CLOSE)}
    _add(found[START], [_functions(schedule)["start"]])
    for phase, functions in PHASES.items():
        for function in functions:
            _add(found[phase], _reached(function))
    step = _functions(schedule)["step"]
    known: dict[str, str] = {}
    for statement in step.body:
        if isinstance(statement, ast.Assign):
            phase = _phase_of(statement.value, of, known)
            for name in _names(statement.targets[0]):
                known.setdefault(name, phase)
            made = statement.value
            if isinstance(made, ast.Call) and _called(made) == "Flows":
                _write(found, made, of, known)
            else:
                _add(found[phase], [made])
    last = next(item for item in step.body if isinstance(item, ast.Return))
    state = next(node for node in ast.walk(last) if isinstance(node, ast.Call))
    _write(found, state, of, known)
    _add(found[CLOSE], _reached("closing_figures"))
    direct = {name for names in read_by_measures().values() for name in names}
    own = [item.name for item in fields(Coefficients) if item.name in direct]
    found[CLOSE].coefficients |= dict.fromkeys(own)
    found[CLOSE].writes |= dict.fromkeys(["closing", *own])
    return found


def read_by_measures() -> dict[str, list[str]]:
    """States, flows and coefficients that each measure is taken from."""
    tree = ast.parse(inspect.getsource(measures))
    table = next(node.value for node in tree.body if isinstance(node, ast.Assign)
                 and ast.unparse(node.targets[0]) == "_TABLE")
    functions = _functions(measures)
    assert isinstance(table, ast.Tuple)
    found = {}
    for entry in table.elts:
        assert isinstance(entry, ast.Call)
        name, compute = entry.args[0], entry.args[6]
        assert isinstance(name, ast.Constant)
        found[str(name.value)] = list(dict.fromkeys(_sources(compute, functions)))
    return found


def _sources(node: ast.AST, functions: Mapping[str, ast.FunctionDef]) -> Iterator[str]:
    """What an expression, and the functions it names, take from a trajectory `t` and `k`."""
    flows = {item.name for item in fields(Flows)}
    shapes = {id(part.value) for part in ast.walk(node)
              if isinstance(part, ast.Attribute) and part.attr == "shape"}
    for part in ast.walk(node):
        if isinstance(part, ast.Name) and part.id in functions:
            yield from _sources(functions[part.id], functions)
        elif isinstance(part, ast.Name) and isinstance(vars(measures).get(part.id), tuple):
            yield from (name for name in vars(measures)[part.id] if name in flows)  # lines
        elif isinstance(part, ast.Constant) and part.value in flows:
            yield str(part.value)  # `t.sums["moved"]`, `_line("overhead")`
        elif isinstance(part, ast.Attribute) and id(part) not in shapes:
            owner = ast.unparse(part.value)
            if owner in ("t", "t.final", "k") and part.attr not in ("final", "sums", "months"):
                yield KEPT.get(part.attr, part.attr)


def _functions(module: ModuleType) -> dict[str, ast.FunctionDef]:
    tree = ast.parse(inspect.getsource(module))
    return {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}


def _reached(function: str) -> Iterator[ast.FunctionDef]:
    """A function of the month and those of its module that it calls."""
    for module in _MODULES:
        functions = _functions(module)
        waiting, seen = [function], set()
        while waiting:
            name = waiting.pop(0)
            if name in functions and name not in seen:
                seen.add(name)
                yield functions[name]
                waiting += [_called(n) for n in ast.walk(functions[name])
                            if isinstance(n, ast.Call)]


def _add(phase: Phase, nodes: Iterable[ast.AST]) -> None:
    """Coefficients and states that are read in the nodes."""
    for node in nodes:
        for part in ast.walk(node):
            if isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name):
                if part.value.id == "k":
                    phase.coefficients[part.attr] = None
                elif part.value.id == "state" and part.attr != "month":
                    phase.states[part.attr] = None


def _write(
    found: Mapping[str, Phase], made: ast.Call, of: Mapping[str, str], known: Mapping[str, str]
) -> None:
    """Give each field of a State or Flows to the phase that made its value."""
    names = {item.name for kind in (State, Flows) for item in fields(kind)}
    for word in made.keywords:
        if word.arg in names and word.arg != "month":
            found[_phase_of(word.value, of, known)].writes[str(word.arg)] = None


def _phase_of(node: ast.AST, of: Mapping[str, str], known: Mapping[str, str]) -> str:
    """The phase of the outermost function called that has one, else of the last thing made."""
    for part in ast.walk(node):
        if isinstance(part, ast.Call) and _called(part) in of:
            return of[_called(part)]
    made = [known[name] for name in _names(node) if name in known]
    return max(made, key=list(PHASES).index, default="1 Mobilise")


def _called(call: ast.Call) -> str:
    function = call.func
    return function.attr if isinstance(function, ast.Attribute) else ast.unparse(function)


def _names(node: ast.AST) -> list[str]:
    return [part.id for part in ast.walk(node) if isinstance(part, ast.Name)]
