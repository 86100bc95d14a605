"""What is measured: the ensemble beside the Mesa engine, and itself grown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields

import numpy as np
import synthetic
from phases import clocked
from timing import Spread, Times, in_turn, slope

from psasim.coefficients import Coefficients, build_coefficients
from psasim.declared.levers import Governance
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
MESA_RUN_OF_ONE, SLOPE = 3.0, 1.1
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
    for scenario in SCENARIOS:
        yield from against_mesa(scenario, effort)
    yield from scaling(effort)
    for scenario in SCENARIOS:
        yield from parts(scenario, effort)
