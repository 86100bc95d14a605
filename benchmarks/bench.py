"""`python benchmarks/bench.py [--scenario NAME] [--sets N]`: what a researcher's own work costs.

An own rule, vectorised over runs, beside the default; and many sets of parameters in one
`ps.evaluate` beside a loop of `ps.simulate` and beside the EMA Workbench, with psasim's evaluator
and with its own.  Jobs take turns, by processor time; those that go set by set are run on fewer
sets, and every number is milliseconds a set.  First the numbers themselves must agree.
"""

from __future__ import annotations

import argparse
import warnings

import numpy as np
from timing import Spread, in_turn

import psasim as ps

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import ema_workbench as ema

    from psasim.connectors import EnsembleEvaluator, ema_model, salib_problem

NAMES = ("trust_start", "inertia", "sight_base", "trust_rate")
WORLDS, FEW, RULE_WORLDS, REPEATS, MOST = 16, 40, 512, 5, 1.5


class EvenHanded(ps.Rule):
    """Every department gives each task the same part of what it can use (docs/extensions.md)."""

    def allocate(self, outlook):
        tasks = np.array([t.stop - t.start for t in self.layout.tasks_of], dtype=float)
        share = np.broadcast_to(outlook.usable, (len(tasks), self.runs)) / tasks[:, None]
        return share.take(self.layout.task_department, axis=0)


def own_rule(scenario: str) -> Spread:
    """Time of the ensemble with an own rule over its time without."""
    def run(**more):
        return lambda: ps.simulate(scenario, "new_psa", worlds=RULE_WORLDS, **more)

    times = in_turn({"usual": run(), "own": run(extensions=[EvenHanded])}, REPEATS)
    return Spread.of(times["own"].cpu / times["usual"].cpu)


def sets_of(scenario: str, number: int) -> np.ndarray:
    low, high = np.array(salib_problem(NAMES, scenario)["bounds"]).T
    return low + np.random.default_rng(1).random((number, len(NAMES))) * (high - low)


def ways(scenario: str, number: int) -> dict[str, Spread]:
    """Milliseconds a set, by way of running it."""
    many, few = sets_of(scenario, number), sets_of(scenario, number)[:FEW]
    model = ema_model(scenario, uncertainties=NAMES, governance="new_psa", worlds=WORLDS)

    def evaluate(sets):
        return ps.evaluate(scenario, "new_psa", sets, names=NAMES, worlds=WORLDS).values[:, 0, 0]

    def loop(sets):
        runs = (ps.simulate(scenario, "new_psa", dict(zip(NAMES, row, strict=True)), worlds=WORLDS)
                for row in sets)
        return np.array([run.to_frame()["attainment"].to_numpy().mean() for run in runs])

    def workbench(kind, sets):
        asked = [ema.Scenario(str(number), **dict(zip(NAMES, row, strict=True)))
                 for number, row in enumerate(sets)]
        with kind(model) as evaluator:
            return evaluator.perform_experiments(asked)[1]["attainment"]

    jobs = {
        "ps.evaluate": (lambda: evaluate(many), number),
        "the Workbench, EnsembleEvaluator": (lambda: workbench(EnsembleEvaluator, many), number),
        "a loop of ps.simulate": (lambda: loop(few), FEW),
        "the Workbench, SequentialEvaluator": (
            lambda: workbench(ema.SequentialEvaluator, few), FEW),
    }
    found = [job()[:FEW] for job, _ in jobs.values()]
    assert all(np.array_equal(found[0], other) for other in found), "the numbers differ"
    times = in_turn({name: job for name, (job, _) in jobs.items()}, REPEATS)
    return {name: Spread.of(1000.0 * times[name].cpu / count) for name, (_, count) in jobs.items()}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scenario", default="teaching")
    parser.add_argument("--sets", type=int, default=1000)
    given = parser.parse_args()
    rule = own_rule(given.scenario)
    print(f"own rule: {rule.median:.2f} ({rule.low:.2f} to {rule.high:.2f}) times the default's "
          f"ensemble time at {given.scenario}, at most {MOST}")
    found = ways(given.scenario, given.sets)
    first = next(iter(found.values())).median
    for name, took in found.items():
        print(f"{name}: {took.median:.2f} ms a set of {WORLDS} worlds "
              f"({took.low:.2f} to {took.high:.2f}), {took.median / first:.1f} times")
    return int(rule.median > MOST)


if __name__ == "__main__":
    raise SystemExit(main())
