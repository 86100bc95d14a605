"""Small results folders of every kind that a page is made of."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from psasim.declared.parameters import Parameters
from psasim.declared.presets import preset
from psasim.experiment.computing.backends import Backend
from psasim.experiment.design.points import Design, Point
from psasim.experiment.folder.reader import open_results
from psasim.experiment.folder.store import Store
from psasim.experiment.runner import fill
from psasim.report import write_stored
from psasim.report.page import write_page
from psasim.scenario import load_scenario
from psasim.scenario.schema import Scenario

TITLE = '<b onclick="alert(1)">$x_1$</b> & "שלום עולם"'
OUTCOME = "<script>alert(2)</script> قبض"
PACKAGE = "<i>קבוצה</i> $a$"
FUTURES = tuple(Parameters(inertia=value) for value in (0.05, 0.1, 0.15))
KINDS = ("one", "odd", "futures", "scenarios", "both", "stopped", "alone", "bandless")

Kind = Callable[[str], Path]


def odd() -> Scenario:
    """A scenario whose names would do something, were they not text."""
    scenario = load_scenario("teaching")
    first, *rest = scenario.outcomes
    return replace(scenario, title=TITLE, outcomes=(replace(first, name=OUTCOME), *rest))


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Kind:
    """A results folder of a kind, each made once; it is not to be changed."""
    made: dict[str, Path] = {}

    def give(kind: str) -> Path:
        if kind not in made:
            made[kind] = make(kind, tmp_path_factory.mktemp(kind) / "out")
        return made[kind]

    return give


@pytest.fixture(scope="session")
def page(folder: Kind) -> Callable[[str], Path]:
    """The report of a folder of a kind: the place of its files."""
    made: dict[str, Path] = {}

    def give(kind: str) -> Path:
        if kind not in made:
            made[kind] = write_page(folder(kind))
        return made[kind]

    return give


@pytest.fixture
def copied(folder: Kind, tmp_path: Path) -> Path:
    """A copy of the folder of one future, without a report, that may be changed."""
    place = tmp_path / "out"
    shutil.copytree(folder("one"), place, ignore=shutil.ignore_patterns("report"))
    return place


def make(kind: str, place: Path) -> Path:
    """A folder of few worlds, reported on unless it was stopped before."""
    scenarios = {"teaching": odd() if kind == "odd" else load_scenario("teaching")}
    if kind in ("scenarios", "both"):
        scenarios["child_obesity"] = load_scenario("child_obesity")
    futures = FUTURES if kind in ("futures", "both") else FUTURES[:1]
    packages = {"departmental": preset("departmental")}
    if kind != "alone":
        packages |= {"existing_psa": preset("existing_psa"),
                     PACKAGE if kind == "odd" else "new_psa": preset("new_psa")}
    points = [(s, f, p) for s in scenarios for f in range(len(futures)) for p in packages]
    design = Design(kind, scenarios, [
        Point(number, s, p, packages[p], futures[f], {}, f)
        for number, (s, f, p) in enumerate(points)
    ], "departmental")
    with Store(place, design, seed=3, months=12) as store:
        bands = 4 if len(points) == len(packages) else 0
        fill(store, range(4), backend=Backend("serial"), engine="ensemble", bands=bands)
        if kind != "stopped":
            write_stored(store, open_results(place), command="psasim run scenario=teaching",
                         settings={"headline": "attainment", "worlds": 4})
    if kind == "bandless":
        (place / "trajectories.parquet").unlink()
    return place
