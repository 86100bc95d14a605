"""What is measured: the ensemble beside the Mesa engine, a scalar loop, and itself grown."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, fields

import numpy as np
import scalar_flags
import synthetic
from phases import clocked
from scalar_month import ScalarLoop
from timing import Spread, Times, in_turn, slope

from psasim.coefficients import Coefficients, build_coefficients
from psasim.declared.declare import Quantity
from psasim.declared.levers import LEVERS, Governance
from psasim.declared.parameters import Parameters
from psasim.declared.presets import preset
from psasim.engines import ensemble
from psasim.engines.mesa import model as delivery_model
from psasim.engines.trajectory import Trajectory
from psasim.month.worlds import draw_worlds
from psasim.scenario import load_scenario
from psasim.structure.layout import Layout, build_layout

MONTHS, SEED = 36, 1
RUNS = 128
PACKAGE = "new_psa"
SCENARIOS = ("teaching", "csr2007")
FASTER_THAN_MESA = {"teaching": 200.0, "csr2007": 40.0}
NO_SLOWER_THAN_SCALAR = {"csr2007": 1.0}
MESA_RUN_OF_ONE, SLOPE, APART = 3.0, 1.1, 1e-10
GROWTH = (1, 2, 4, 8)


@dataclass(frozen=True, slots=True)
class Line:
    """One measured number; limit: what it must reach (`at_least`) or stay within."""

    name: str
    value: Spread
    unit: str
    limit: float | None = None
    at_least: bool = False
    note: str = ""

    @property
    def missed(self) -> bool:
        """Whether the median misses the target."""
        if self.limit is None:
            return False
        reached = self.value.median >= self.limit
        return not reached if self.at_least else self.value.median > self.limit


@dataclass(frozen=True, slots=True)
class Effort:
    """How long to measure: repeats, and worlds an engine runs in a repeat."""

    repeats: int
    chunks: int
    mesa: int


def prepared(scenario: str, package: str | Governance = PACKAGE) -> tuple[Layout, Coefficients]:
    """Arrays of a shipped scenario under a package."""
    layout = build_layout(load_scenario(scenario))
    governance = preset(package) if isinstance(package, str) else package
    return layout, build_coefficients(layout, [Parameters()], [governance])


def everything() -> Governance:
    """Every lever on, every number of it off its default: no branch of the month unchecked."""
    package = {}
    for name, lever in LEVERS.items():
        numbers = {f.name: f for f in lever.fields if isinstance(f, Quantity)}
        moved = {key: 0.5 * (f.default + (f.low if f.default > f.low else f.high))
                 for key, f in numbers.items()}  # fmt: skip
        whole = {key: round(value) for key, value in moved.items() if numbers[key].integer}
        package[name] = {"strength": 0.9, **moved, **whole}
    return Governance(**package)


def drawn_and_run(
    layout: Layout, k: Coefficients, runs: int, engine: Callable, chunk: int, months: int = MONTHS
) -> None:
    """A job from seed to trajectories, a chunk at a time, as an experiment does it."""
    for first in range(0, runs, chunk):
        worlds = draw_worlds(layout, SEED, range(first, min(first + chunk, runs)), months)
        engine(layout, k, worlds)


def ratio(
    name: str,
    times: dict[str, Times],
    over: tuple[str, int],
    under: tuple[str, int],
    limit: float | None = None,
    at_least: bool = False,
) -> Line:
    """Processor time per run of one job over another's, repeat by repeat."""
    (slow, slow_runs), (fast, fast_runs) = over, under
    share = fast_runs / slow_runs
    wall = Spread.of(times[slow].wall / times[fast].wall * share)
    value = Spread.of(times[slow].cpu / times[fast].cpu * share)
    return Line(name, value, "x", limit, at_least, f"by the clock {wall.median:.3g}")


def per_run(name: str, times: Times, runs: int) -> Line:
    """Processor time per run."""
    return Line(name, Spread.of(times.cpu / runs * 1e6), "us")


def _different(one: Trajectory, many: Trajectory) -> int:
    """Arrays of a run that differ in any bit from the first column of a batch."""
    pairs = [(getattr(one, n), getattr(many, n)) for n in ("real", "reported", "rated", "closing")]
    pairs += [(one.sums[name], many.sums[name]) for name in one.sums]
    pairs += [
        (getattr(one.final, item.name), getattr(many.final, item.name))
        for item in fields(one.final)
        if item.name not in ("month", "figures")
    ]
    return sum(not np.array_equal(a, b[..., :1]) for a, b in pairs)


def against_mesa(scenario: str, effort: Effort) -> Iterator[Line]:
    """The same job on both engines, draws and bodies counted; and one run beside one run."""
    layout, k = prepared(scenario)
    worlds = draw_worlds(layout, SEED, range(4), MONTHS)
    one = worlds.columns(slice(0, 1))
    differ = _different(delivery_model.run(layout, k, one), ensemble.run(layout, k, worlds))
    yield Line(f"{scenario}: arrays on which the engines differ", Spread.of([differ]), "", 0.0)
    chunk, mesa = ensemble.side_by_side(layout), effort.mesa
    runs = chunk * effort.chunks
    times = in_turn(
        {
            "ensemble": lambda: drawn_and_run(layout, k, runs, ensemble.run, chunk),
            "mesa": lambda: drawn_and_run(layout, k, mesa, delivery_model.run, 1),
            "ensemble of one": lambda: ensemble.run(layout, k, one),
            "mesa of one": lambda: delivery_model.run(layout, k, one),
        },
        effort.repeats,
    )
    yield per_run(f"{scenario}: Mesa engine, draw and run", times["mesa"], mesa)
    yield per_run(f"{scenario}: ensemble, draw and run", times["ensemble"], runs)
    yield ratio(
        f"{scenario}: Mesa engine / ensemble, per run", times, ("mesa", mesa), ("ensemble", runs),
        limit=FASTER_THAN_MESA[scenario], at_least=True,
    )
    yield ratio(
        f"{scenario}: one Mesa run / ensemble's run of one", times, ("mesa of one", 1),
        ("ensemble of one", 1), limit=MESA_RUN_OF_ONE,
    )


def against_scalar(scenario: str, effort: Effort) -> Iterator[Line]:
    """The ensemble beside the scalar loop; not timed unless they agree."""
    agreed = True
    for package in ("departmental", "existing_psa", PACKAGE, everything()):
        line = _apart(scenario, package)
        agreed = agreed and not line.missed
        yield line
    if agreed:
        limit = NO_SLOWER_THAN_SCALAR.get(scenario)
        yield from _beside_scalar(scenario, effort.repeats, "scalar loop", limit)
        yield from _beside_uncounted(scenario, effort.repeats)


def _apart(scenario: str, package: str | Governance) -> Line:
    layout, k = prepared(scenario, package)
    worlds = draw_worlds(layout, SEED, range(RUNS), MONTHS)
    loop = ScalarLoop(layout, k, worlds)
    loop.run()
    apart = loop.disagreement(ensemble.run(layout, k, worlds))
    worst = max(apart, key=lambda name: apart[name])
    title = package if isinstance(package, str) else "every lever"
    return Line(
        f"{scenario}, {title}: scalar loop apart", Spread.of([apart[worst]]), "of scale", APART,
        note=f"most in {worst}",
    )


def _beside_uncounted(scenario: str, repeats: int) -> Iterator[Line]:
    """The same beside the loop compiled harder, which takes a process of its own."""
    program = [sys.executable, __file__, scenario, str(repeats)]
    setting = {scalar_flags.SETTING: scalar_flags.UNCOUNTED}
    done = subprocess.run(
        program, env=os.environ | setting, check=True, capture_output=True, text=True
    )
    for line in json.loads(done.stdout):
        yield Line(**line | {"value": Spread(**line["value"])})


def _beside_scalar(
    scenario: str, repeats: int, title: str, limit: float | None
) -> Iterator[Line]:
    layout, k = prepared(scenario)
    runs = ensemble.side_by_side(layout)
    worlds = draw_worlds(layout, SEED, range(runs), MONTHS)
    loop = ScalarLoop(layout, k, worlds)
    times = in_turn(
        {"ensemble": lambda: ensemble.run(layout, k, worlds), "scalar": loop.run}, repeats
    )
    yield per_run(f"{scenario}: ensemble, run only", times["ensemble"], runs)
    yield per_run(f"{scenario}: {title}, run only", times["scalar"], runs)
    yield ratio(
        f"{scenario}: ensemble / {title}", times, ("ensemble", runs), ("scalar", runs), limit
    )


def _moved(small: Layout, large: Layout) -> str:
    """What differs in size between two layouts."""
    low, high = (
        {
            "departments": layout.departments,
            "outcomes": layout.outcomes,
            "contributions": layout.contributions,
            "indicators": layout.indicators,
            "bodies": layout.chain.tier_of_body.size,
            "links": layout.chain.body.size,
        }
        for layout in (small, large)
    )
    return ", ".join(f"{n} {low[n]} to {high[n]}" for n in low if low[n] != high[n])


def scaling(effort: Effort) -> Iterator[Line]:
    """Log-log slope of the cost of a job, draws counted, over a factor of eight."""
    base = load_scenario("csr2007")
    point = [Parameters()], [preset(PACKAGE)]
    grown = {"departments": synthetic.blocks, "contributions": synthetic.outcomes,
             "bodies": synthetic.bodies}  # fmt: skip
    for axis, grow in grown.items():
        layouts = [build_layout(grow(base, size)) for size in GROWTH]
        yield _slope(axis, effort, _moved(layouts[0], layouts[-1]), [
            (layout, build_coefficients(layout, *point), RUNS, MONTHS // 3)
            for layout in layouts
        ])  # fmt: skip
    layout, k = prepared("csr2007")
    yield _slope("months", effort, f"months {MONTHS // 4} to {MONTHS * 2}", [
        (layout, k, RUNS, MONTHS // 4 * size) for size in GROWTH
    ])  # fmt: skip
    yield _slope("runs", effort, f"runs {RUNS} to {RUNS * 8}, by chunks", [
        (layout, k, RUNS * size, MONTHS // 3) for size in GROWTH
    ])  # fmt: skip


def _slope(
    axis: str, effort: Effort, moved: str, cases: list[tuple[Layout, Coefficients, int, int]]
) -> Line:
    jobs = {
        str(place): lambda case=case: drawn_and_run(
            *case[:3], ensemble.run, ensemble.side_by_side(case[0]), case[3]
        )
        for place, case in enumerate(cases)
    }
    times = in_turn(jobs, effort.repeats)
    costs = np.stack([times[name].cpu for name in jobs], axis=1)
    value = Spread.of(slope(np.array(GROWTH, dtype=float), costs))
    return Line(f"slope of cost against {axis}", value, "", SLOPE, note=moved)


def parts(scenario: str, effort: Effort) -> Iterator[Line]:
    """What a world, a design point and each phase of the month cost."""
    layout, k = prepared(scenario)
    points, runs = 64, ensemble.side_by_side(layout)
    governance = preset(PACKAGE)

    def coefficients(points: int) -> Coefficients:
        return build_coefficients(layout, [Parameters()] * points, [governance] * points)

    times = in_turn(
        {
            "draw": lambda: draw_worlds(layout, SEED, range(runs), MONTHS),
            "one point": lambda: coefficients(1),
            "points": lambda: coefficients(points),
        },
        effort.repeats,
    )
    yield per_run(f"{scenario}: draw a world", times["draw"], runs)
    yield per_run(f"{scenario}: coefficients of one design point", times["one point"], 1)
    yield per_run(
        f"{scenario}: coefficients of a point, {points} together", times["points"], points
    )
    yield from _phases(scenario, layout, k, effort)


def _phases(scenario: str, layout: Layout, k: Coefficients, effort: Effort) -> Iterator[Line]:
    runs = ensemble.side_by_side(layout)
    worlds = draw_worlds(layout, SEED, range(runs), MONTHS)
    rounds = []
    for _ in range(effort.repeats):
        with clocked() as round_:
            ensemble.run(layout, k, worlds)
        rounds.append(round_)
    spent = {
        name: Spread.of([each[name] / runs * 1e6 for each in rounds]) for name in rounds[0]
    }
    total = sum(spread.median for spread in spent.values())
    for name, spread in sorted(spent.items(), key=lambda item: -item[1].median):
        yield Line(f"{scenario}: phase {name}", spread, "us", note=f"{spread.median / total:.0%}")


def everything_measured(effort: Effort) -> Iterator[Line]:
    """Every line of the table, in order."""
    for section in (against_mesa, against_scalar):
        for scenario in SCENARIOS:
            yield from section(scenario, effort)
    yield from scaling(effort)
    for scenario in SCENARIOS:
        yield from parts(scenario, effort)


def main(scenario: str, repeats: str) -> None:
    """What the process that compiles the loop harder measures, as JSON."""
    lines = _beside_scalar(scenario, int(repeats), "loop, references uncounted", None)
    print(json.dumps([asdict(line) for line in lines]))


if __name__ == "__main__":
    main(*sys.argv[1:])
