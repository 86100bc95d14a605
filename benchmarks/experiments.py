"""What an experiment costs beside its arithmetic, measured in one sitting.

`python benchmarks/experiments.py [--scenario teaching] [--runs 100000] [--months 36]`
prints runs a second, the share of time in the model, one process beside two (up to 10^5
runs; beyond that two alone), peak memory, the cost of a run as runs grow tenfold, and the
same runs one at a time through Mesa's batch_run and EMA Workbench's evaluator.  Times are
of the wall clock, but where processor time is said.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

SEED = 1
ONE_PROCESS = 100_000
"""Runs up to which one process is measured beside two."""
ONE_AT_A_TIME = 60
"""Runs of the tools that take them one at a time."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scenario", default="teaching")
    parser.add_argument("--runs", type=int, default=100_000)
    parser.add_argument("--months", type=int, default=36)
    parser.add_argument("--child", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child:
        print(json.dumps(_measure(**json.loads(given.child))))
        return
    for line in _lines(given.scenario, given.runs, given.months):
        print(line, flush=True)


def _lines(scenario: str, runs: int, months: int):
    common = {"scenario": scenario, "months": months}
    yield f"{scenario}, {months} months, {os.cpu_count()} cores"
    sizes = [10**power for power in range(3, len(str(runs)) - 1)] + [runs]
    costs = []
    for size in sizes:
        two = _child(runs=size, backend="processes", workers=2, **common)
        costs.append(two["processor"] / two["runs"])
        yield _told(two)
        if size <= ONE_PROCESS:
            one = _child(runs=size, backend="serial", workers=1, **common)
            yield _told(one)
            yield (f"two processes over one: {one['seconds'] / two['seconds']:.2f} times as fast "
                   f"by the clock, {two['processor'] / one['processor']:.2f} times the processor "
                   "time")
    told = zip(sizes, costs, strict=True)
    flat = ", ".join(f"{size:,} {cost / costs[-1]:.2f}" for size, cost in told)
    yield f"processor time of a run, over that of the last: {flat}"
    for name, alone in (("Mesa's batch_run over the Mesa engine", _mesa),
                        ("Mesa's batch_run over the ensemble, a run at a time", _mesa_ensemble),
                        ("EMA Workbench over the ensemble, a run at a time", _ema)):
        seconds = alone(scenario, months)
        times = seconds * one["runs"] / one["seconds"]
        yield f"{name}: {seconds * 1e3:.1f} ms a run, {times:.0f} times"
    yield _pairing(scenario, months)


def _pairing(scenario: str, months: int) -> str:
    """Worlds that unpaired runs would take for the same interval, over those paired take."""
    import numpy as np

    from psasim.results.simulate import compare

    asked = {name: name for name in ("departmental", "existing_psa", "new_psa")} | {
        "+sanctions": {"sanctions": 1}, "+stocktakes": {"stocktakes": 1}, "+lead": {"lead": 1},
    }
    results = compare(asked, scenario=scenario, worlds=400, months=months, seed=SEED)
    base = results.parts["departmental"].measures
    ratios = {
        measure: [
            float((base[measure].var() + part.measures[measure].var()) / apart)
            for name, part in results.parts.items() if name != "departmental"
            for apart in [float((part.measures[measure] - base[measure]).var())] if apart > 0.0
        ]
        for measure in ("targets_met_real", "attainment", "worst_outcome", "realised")
    }
    told = ", ".join(
        f"{name} {np.median(values):.1f} ({min(values):.1f} to {max(values):.1f})"
        for name, values in ratios.items() if values
    )
    return f"runs saved by pairing, times, median and range over five packages: {told}"


def _told(m: dict[str, Any]) -> str:
    rate, cost = m["runs"] / m["seconds"], m["seconds"] / m["runs"] * 1e6
    share = ""
    if m["engine"]:
        share = (f", {m['engine'] / m['filled']:.0%} of the {m['filled']:.1f} s before contrasts "
                 "are read in the model")
    memory, worker = m["memory"] / 2**20, m["workers_memory"] / 2**20
    return (
        f"{m['runs']:>10,} runs, {m['backend']}: {m['seconds']:.1f} s, {rate:,.0f} runs a second, "
        f"{cost:.0f} us a run{share}; {m['bytes'] / m['runs']:.0f} bytes a run on disk; peak "
        f"memory {memory:.0f} MiB here, {worker:.0f} in the largest worker"
    )  # fmt: skip


def _child(**what: Any) -> dict[str, Any]:
    """Measured in a process of its own, so that peak memory is its own."""
    program = [sys.executable, __file__, "--child", json.dumps(what)]
    return json.loads(subprocess.run(program, check=True, capture_output=True, text=True).stdout)


def _measure(
    runs: int, backend: str, workers: int, scenario: str, months: int
) -> dict[str, Any]:
    """Fill a store with the packages experiment; reading it back is part of it."""
    import joblib  # noqa: F401  (imports are not part of what is measured)
    import scipy.stats  # noqa: F401

    from psasim.experiment.computing import compute
    from psasim.experiment.computing.backends import Backend
    from psasim.experiment.folder.reader import stored
    from psasim.experiment.folder.store import Store
    from psasim.experiment.runner import fill

    spent = {"model": 0.0}
    for name in ("draw_worlds", "measure", "build_coefficients"):
        setattr(compute, name, _clocked(getattr(compute, name), spent))
    compute.ensemble.run = _clocked(compute.ensemble.run, spent)
    design = _design(scenario)
    worlds = max(runs // len(design.points), 1)
    with tempfile.TemporaryDirectory() as folder:
        begun, used = time.perf_counter(), _used()
        with Store(Path(folder), design, seed=SEED, months=months) as store:
            fill(store, range(worlds), backend=Backend(backend, workers=workers), engine="ensemble")
            filled = time.perf_counter() - begun
            stored(store, worlds).contrasts()
        seconds = time.perf_counter() - begun
        if backend == "processes":
            from joblib.externals.loky import get_reusable_executor

            get_reusable_executor().shutdown(wait=True)  # its time counts once it has ended
        used = _used() - used
        size = sum(path.stat().st_size for path in Path(folder).rglob("*.parquet"))
    return {
        "backend": backend, "runs": worlds * len(design.points), "seconds": seconds,
        "filled": filled, "processor": used,
        "engine": spent["model"] if backend == "serial" else 0.0, "bytes": size,
        "memory": _peak(resource.RUSAGE_SELF), "workers_memory": _peak(resource.RUSAGE_CHILDREN),
    }  # fmt: skip


def _clocked(function: Callable, spent: dict[str, float]) -> Callable:
    def clocked(*given: Any, **named: Any) -> Any:
        begun = time.perf_counter()
        try:
            return function(*given, **named)
        finally:
            spent["model"] += time.perf_counter() - begun

    return clocked


def _used() -> float:
    """Processor time of this process and of its children that have ended, seconds."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _peak(who: int) -> int:
    return resource.getrusage(who).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def _design(scenario: str):
    """The packages of `psasim run`, one point each."""
    from psasim.declared.parameters import Parameters
    from psasim.declared.presets import preset_names
    from psasim.experiment.design.packages import packages
    from psasim.experiment.design.points import Design, Point
    from psasim.scenario import load_scenario

    facts = load_scenario(scenario)
    points = [
        Point(number, facts.name, name, package, Parameters(), {})
        for number, (name, package) in enumerate(
            packages(preset_names(), "departmental").items())
    ]
    return Design("benchmark", {facts.name: facts}, points, "departmental")


def _one_run(scenario: str, months: int) -> Callable[[int], dict[str, float]]:
    """A function of a world's number that runs the ensemble for that world alone."""
    from psasim.coefficients import build_coefficients
    from psasim.declared.parameters import Parameters
    from psasim.declared.presets import preset
    from psasim.engines.ensemble import run
    from psasim.month.worlds import draw_worlds
    from psasim.results.measures import measure
    from psasim.scenario import load_scenario
    from psasim.structure.layout import build_layout

    layout = build_layout(load_scenario(scenario))
    k = build_coefficients(layout, [Parameters()], [preset("new_psa")])

    def one(world: int) -> dict[str, float]:
        trajectory = run(layout, k, draw_worlds(layout, SEED, range(world, world + 1), months))
        return {name: float(value[0]) for name, value in measure(trajectory, layout, k).items()}

    one(0)
    return one


def _mesa(scenario: str, months: int) -> float:
    """Seconds a run of `mesa.batch_run` over the agent-based engine."""
    import mesa

    from psasim.engines.mesa.model import DeliveryModel

    class Batch(DeliveryModel):
        def __init__(self, world: int, seed: int | None = None, rng: int | None = None) -> None:
            super().__init__(scenario, "new_psa", world=world, months=months, seed=SEED)
            self.datacollector = mesa.DataCollector({"real": lambda m: m.state.real.mean()})
            self.datacollector.collect(self)

        def step(self) -> None:
            super().step()
            self.datacollector.collect(self)

    return _batch_run(mesa, Batch, months)


def _mesa_ensemble(scenario: str, months: int) -> float:
    import mesa

    one = _one_run(scenario, months)

    class Batch(mesa.Model):
        def __init__(self, world: int, seed: int | None = None, rng: int | None = None) -> None:
            super().__init__(rng=0)
            self.world = world
            self.measures: dict[str, float] = {}
            self.datacollector = mesa.DataCollector({"measures": lambda m: m.measures})
            self.datacollector.collect(self)

        def step(self) -> None:
            self.measures = one(self.world)
            self.datacollector.collect(self)
            self.running = False

    return _batch_run(mesa, Batch, 1)


def _batch_run(mesa: Any, model: type, steps: int) -> float:
    begun = time.perf_counter()
    mesa.batch_run(model, {"world": list(range(ONE_AT_A_TIME))}, number_processes=1, iterations=1,
                   max_steps=steps, display_progress=False)
    return (time.perf_counter() - begun) / ONE_AT_A_TIME


def _ema(scenario: str, months: int) -> float:
    from ema_workbench import Constant, IntegerParameter, Model, ScalarOutcome, SequentialEvaluator

    one = _one_run(scenario, months)
    model = Model("psasim", function=lambda world, _: one(world))
    model.uncertainties = [IntegerParameter("world", 0, ONE_AT_A_TIME - 1)]
    model.constants = [Constant("_", 0)]
    model.outcomes = [ScalarOutcome("attainment"), ScalarOutcome("targets_met_real")]
    begun = time.perf_counter()
    with SequentialEvaluator(model) as evaluator:
        evaluator.perform_experiments(scenarios=ONE_AT_A_TIME)
    return (time.perf_counter() - begun) / ONE_AT_A_TIME


if __name__ == "__main__":
    main()
