"""Settings that the page and Python run both, and where their numbers differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from psasim.classroom.arrays import scenario_arrays
from psasim.declared.levers import Governance
from psasim.declared.parameters import Parameters
from psasim.results.measures import MEASURES
from psasim.results.parts import PATHS
from psasim.results.simulate import simulate
from psasim.scenario.schema import Scenario
from tests.classroom.node import differing, run

TASK = """
const layouts = input.scenarios.map(psasim.buildLayout);
output = [];
for (const [n, one] of input.cases.entries()) {
  const { trajectory, measures } =
    psasim.simulate(layouts[one.scenario], one, 0, one.worlds);
  const digest = new psasim.Digest();
  digest.add(0, 0, Object.values(measures));
  output.push({ digest: String(digest), names: Object.keys(measures) });
  for (const name of output[n].names) keep(`${n}.${name}`, measures[name]);
  for (const name of ["real", "reported", "rated"]) keep(`${n}.path.${name}`, trajectory[name]);
  for (const name of input.lines) keep(`${n}.line.${name}`, trajectory.sums[name]);
}
"""


@dataclass(frozen=True)
class Case:
    """One setting; months and worlds are counts."""

    scenario: Scenario
    governance: Governance
    parameters: Parameters
    months: int
    seed: int
    worlds: int


def differences(cases: Sequence[Case], source: str | None = None) -> list[str]:
    """What of which case differs in any bit, and in how many numbers; source: the script."""
    scenarios = {id(case.scenario): case.scenario for case in cases}
    place = {key: number for number, key in enumerate(scenarios)}
    given = {
        "scenarios": [scenario_arrays(scenario) for scenario in scenarios.values()],
        "lines": [],
        "cases": [
            {"scenario": place[id(case.scenario)], "governance": case.governance.settings(),
             "parameters": case.parameters.changed(), "months": case.months, "seed": case.seed,
             "worlds": case.worlds}
            for case in cases
        ],
    }
    told, kept = run(TASK, given, source=source)
    found = []
    for number, case in enumerate(cases):
        found += [f"case {number}: {line}" for line in _one(case, number, told[number], kept)]
    return found


def _one(case: Case, number: int, told: Any, kept: dict[str, NDArray]) -> list[str]:
    """The differences of one case."""
    results = simulate(case.scenario, case.governance, case.parameters, case.worlds, case.months,
                       case.seed)
    part = next(iter(results.parts.values()))
    if told["names"] != list(MEASURES):
        return [f"measures {sorted(set(MEASURES) ^ set(told['names']))} or their order"]
    expected = {name: part.measures[name] for name in MEASURES}
    expected |= {f"path.{name}": np.asarray(part.paths[name]) for name in PATHS}
    found = []
    for name, values in expected.items():
        count = differing(kept[f"{number}.{name}"], values)
        if count:
            found.append(f"{name}: {count} of {values.size} numbers")
    if not found and told["digest"] != results.digest:
        found.append("digest")
    return found
