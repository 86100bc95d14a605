"""A small sweep, in this process or as a program that tests start and kill.

`python sweep.py FOLDER BACKEND WORLDS LOG [ADDRESS]` appends to LOG a line for every
part it starts to compute and for every part it has added.
"""

from __future__ import annotations

import sys
from collections.abc import Collection
from pathlib import Path

from psasim.declared.levers import LEVERS, Governance
from psasim.declared.parameters import Parameters
from psasim.experiment import runner
from psasim.experiment.computing.backends import Backend
from psasim.experiment.computing.compute import Tick
from psasim.experiment.design.points import Design, Point, factors_of
from psasim.experiment.folder.store import Store
from psasim.scenario import load_scenario

MONTHS, SEED = 6, 11


def design(points: int = 20, scenario: str = "teaching", **failing: float) -> Design:
    """Packages with one lever each; failing: parameters of point 2, to make it fail."""
    facts = load_scenario(scenario)
    packages = {"departmental": Governance()} | {
        f"departmental+{name}": Governance(**{name: 1}) for name in LEVERS
    }
    strengths = (1.0, 0.5, 0.25, 0.75)
    made = []
    for number in range(points):
        name, package = list(packages.items())[number % len(packages)]
        values = Parameters(**(failing if number == 2 else {}))
        if number >= len(packages):
            name = f"{name}-{number}"
            package = Governance(sanctions=strengths[number % 4])
        made.append(Point(number, facts.name, name, package, values, factors_of(package, values),
                          future=int(values != Parameters())))
    return Design("sweep", {facts.name: facts}, made, "departmental")


def run(
    folder: Path, worlds: int = 300, backend: Backend | None = None, points: int = 20,
    bands: int = 0, rows: Collection[str] = (), **failing: float,
) -> None:
    """Fill a store with the sweep."""
    with Store(folder, design(points, **failing), seed=SEED, months=MONTHS) as store:
        runner.fill(store, range(worlds), backend=backend or Backend("serial"),
                    engine="ensemble", bands=bands, rows=rows)


def content(folder: Path) -> dict[str, bytes]:
    """Every file of a store but the lock, by its path."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*")) if path.is_file() and path.name != ".lock"
    }


def _logged(log: Path) -> None:
    """Have starts and additions written down."""
    compute, add = runner._compute, Store.add

    def computing(job: runner.Job, tick: Tick) -> runner.Done:
        _say(log, "start", job.block.key)
        return compute(job, tick)

    def adding(store: Store, block, piece, rows) -> None:
        add(store, block, piece, rows)
        _say(log, "added", block.key)

    runner._compute = computing
    Store.add = adding


def _say(log: Path, what: str, key: tuple[int, int]) -> None:
    with log.open("a", encoding="utf-8") as file:
        file.write(f"{what} {key[0]} {key[1]}\n")


if __name__ == "__main__":
    where, name, count, log, *rest = sys.argv[1:]
    if name == "serial":
        _logged(Path(log))
    runner.SMALL = 0.0
    print("ready", flush=True)
    run(Path(where), int(count), Backend(name, *rest, workers=2 if name != "serial" else None))
