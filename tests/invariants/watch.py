"""Every comparison that a run makes, watched: near ties that are none are told.

`python -m tests.invariants.watch CASES`: imports the month, its mechanisms and the
measures with each comparison rewritten to look at its operands, runs the shipped
scenarios under every preset and so many random cases, and prints as JSON how many pairs
of operands were seen, how many were equal, and those that lie within `NEAR` of one
another without being equal, by the place of the comparison.
"""

from __future__ import annotations

import ast
import importlib.abc
import importlib.machinery
import json
import operator
import sys
from collections import Counter
from dataclasses import fields, replace
from types import CodeType

import numpy as np

NEAR = 1e-12
WATCHED = ("psasim.month.", "psasim.mechanisms.", "psasim.results.measures", "psasim.engines.")
CONTINUOUS = (
    "psasim.mechanisms.allocate",  # effort is 0 at the edge of the active set
    "psasim.mechanisms.produce",  # no drift is the limit of a little drift
    "psasim.mechanisms.elementary",
    "psasim.mechanisms.normal",
    "psasim.month.worlds",
)
"""Where crossing the edge moves nothing by more than the operands differ."""

OPERATORS = {
    ast.Lt: operator.lt, ast.LtE: operator.le, ast.Gt: operator.gt, ast.GtE: operator.ge,
    ast.Eq: operator.eq, ast.NotEq: operator.ne,
}
seen: Counter[str] = Counter()
equal: Counter[str] = Counter()
close: Counter[str] = Counter()


def compare(name: str, place: str, left: object, right: object) -> object:
    """The comparison itself, once its operands have been looked at."""
    if isinstance(left, np.ndarray) or isinstance(right, np.ndarray):
        a, b = np.broadcast_arrays(np.asarray(left), np.asarray(right))
        if a.dtype.kind == b.dtype.kind == "f":
            same = (a == b) | ~np.isfinite(a) | ~np.isfinite(b)
            seen[place] += a.size
            equal[place] += int((a == b).sum())
            close[place] += int((~same & (np.abs(a - b) < NEAR)).sum())
    return getattr(operator, name)(left, right)


class _Rewritten(ast.NodeTransformer):
    """Comparisons of two operands as calls."""

    def __init__(self, module: str) -> None:
        self._module = module

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        self.generic_visit(node)
        kind = OPERATORS.get(type(node.ops[0]))
        if kind is None or len(node.ops) > 1:
            return node
        place = f"{self._module}:{node.lineno}"
        call = ast.Call(
            ast.Name("__compare__", ast.Load()),
            [ast.Constant(kind.__name__), ast.Constant(place), node.left, node.comparators[0]], [],
        )
        return ast.copy_location(call, node)


class _Loader(importlib.machinery.SourceFileLoader):
    def source_to_code(self, data, path, *, _optimization=-1) -> CodeType:  # type: ignore[override]
        tree = _Rewritten(self.name).visit(ast.parse(data))
        return compile(ast.fix_missing_locations(tree), path, "exec")

    def get_code(self, fullname: str) -> CodeType:
        path = self.get_filename(fullname)
        return self.source_to_code(self.get_data(path), path)

    def exec_module(self, module) -> None:
        module.__dict__["__compare__"] = compare
        super().exec_module(module)


class _Finder(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if not name.startswith(WATCHED) or name in CONTINUOUS:
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path)
        if spec is not None and spec.origin and spec.origin.endswith("__init__.py"):
            return None
        if spec is not None and spec.origin:
            spec.loader = _Loader(name, spec.origin)
        return spec


def tidy(case):
    """The case with its numbers to six decimals: nobody sets a strength of 1e-200."""
    def rounded(value):
        return round(value, 6) if isinstance(value, float) else value

    def entity(item):
        kept = {f.name: rounded(getattr(item, f.name)) for f in fields(item) if f.name != "share"}
        return replace(item, **kept)

    from tests.invariants.support import steady

    tables = ("departments", "outcomes", "contributions", "indicators", "bodies")
    scenario = replace(case.scenario, **{
        table: tuple(map(entity, getattr(case.scenario, table))) for table in tables
    })
    package = {
        lever: {key: rounded(value) for key, value in set_to.items()}
        for lever, set_to in case.governance.settings().items()
    }
    parameters = {name: rounded(value) for name, value in case.parameters.items()}
    return replace(case, scenario=scenario, governance=type(case.governance)(**package),
                   parameters=steady(type(case.parameters)(**parameters), scenario))


def run_all(random_cases: int) -> None:
    """Shipped scenarios under every preset, with milestones kept by halves, and random cases."""
    from hypothesis import HealthCheck, given, settings

    from psasim.declared.parameters import Parameters
    from psasim.declared.presets import preset, preset_names
    from psasim.engines.ensemble import run
    from psasim.results.measures import measure
    from psasim.scenario import load_scenario, scenario_names
    from tests.invariants.support import Case, cases

    def observe(case: Case) -> None:
        layout, k = case.layout, case.coefficients
        measure(run(layout, k, case.worlds), layout, k)

    for scenario in scenario_names():
        for package in preset_names():
            observe(Case(load_scenario(scenario), Parameters(), preset(package), 5, 36, 2))
    settings(
        max_examples=random_cases, deadline=None, derandomize=True, database=None,
        suppress_health_check=list(HealthCheck),
    )(given(cases())(lambda case: observe(tidy(case))))()


if __name__ == "__main__":
    sys.meta_path.insert(0, _Finder())
    run_all(int(sys.argv[1]))
    told = {place: number for place, number in close.items() if number}
    print(json.dumps({"seen": seen, "equal": equal, "close": told}))
