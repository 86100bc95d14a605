"""Outcomes and departments of every run: what the rows hold, and the same bytes however computed.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from psasim.declared.parameters import Parameters
from psasim.declared.presets import preset
from psasim.errors import InputError
from psasim.experiment import runner
from psasim.experiment.computing import compute
from psasim.experiment.computing.backends import Backend
from psasim.experiment.design.points import Design, Point
from psasim.experiment.folder import store as folder_store
from psasim.experiment.folder.reader import open_results
from psasim.experiment.folder.store import DETAILS, Store
from psasim.experiment.folder.verify import verify
from psasim.experiment.replay import Replay
from psasim.month.ledger import LINES
from psasim.results.simulate import compare
from psasim.scenario import load_scenario

WORLDS = 300
KEPT = [DETAILS]


@pytest.fixture(scope="module")
def whole(sweep, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Files of a sweep with details."""
    folder = tmp_path_factory.mktemp("details") / "store"
    sweep.run(folder, WORLDS, rows=KEPT)
    return sweep.content(folder)


@pytest.fixture(scope="module")
def several(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two packages in two futures of two scenarios, in 5 worlds."""
    folder = tmp_path_factory.mktemp("several") / "store"
    names = ("departmental", "new_psa")
    futures = (Parameters(inertia=0.05), Parameters(inertia=0.15))
    scenarios = {name: load_scenario(name) for name in ("teaching", "child_obesity")}
    points = [
        Point(number, scenario, name, preset(name), futures[future], {}, future)
        for number, (scenario, future, name) in enumerate(
            (s, f, n) for s in scenarios for f in (0, 1) for n in names)
    ]
    design = Design("d", scenarios, points, "departmental")
    with Store(folder, design, seed=3, months=8) as store:
        runner.fill(store, range(5), backend=Backend("serial"), engine="ensemble", rows=KEPT)
    return folder


@pytest.mark.parametrize("backend", [
    Backend("serial", chunk=7), Backend("serial", chunk=4096), Backend("processes", workers=2),
])
def test_same_bytes_however_computed(
    sweep, whole, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, backend: Backend
) -> None:
    monkeypatch.setattr(runner, "SMALL", 0.0)
    sweep.run(tmp_path, WORLDS, backend, rows=KEPT)
    assert sweep.content(tmp_path) == whole


@pytest.mark.parametrize("steps", [
    [(10, KEPT), (270, KEPT)], [(WORLDS, [])], [(270, KEPT), (WORLDS, [])],
])
def test_same_bytes_asked_for_later_or_extended(
    sweep, whole, tmp_path: Path, steps: list[tuple[int, list[str]]]
) -> None:
    for worlds, rows in steps:
        sweep.run(tmp_path / "s", worlds, rows=rows)
    sweep.run(tmp_path / "s", WORLDS, rows=KEPT)
    assert sweep.content(tmp_path / "s") == whole


def test_same_bytes_stopped_before_any_file(
    sweep, whole, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = folder_store.write_whole
    for stop in range(8):
        folder = tmp_path / str(stop)
        left = iter(range(stop))

        def stopping(path: Path, content: bytes, left=left) -> None:
            if next(left, None) is None:
                raise KeyboardInterrupt
            write(path, content)

        monkeypatch.setattr(folder_store, "write_whole", stopping)
        with pytest.raises(KeyboardInterrupt):
            sweep.run(folder, WORLDS, rows=KEPT)
        monkeypatch.setattr(folder_store, "write_whole", write)
        sweep.run(folder, WORLDS, rows=KEPT)
        assert sweep.content(folder) == whole, stop


def test_runs_are_the_same_with_details_and_without(sweep, whole, tmp_path: Path) -> None:
    sweep.run(tmp_path, WORLDS)
    assert sweep.content(tmp_path) == {
        name: file for name, file in whole.items() if not name.startswith(DETAILS)}


def test_they_are_those_in_memory(several: Path) -> None:
    """Of several scenarios and futures: outcomes, and the ledger by department and outcome."""
    results = open_results(several)
    found, points = results.details(), results.factors().set_index("point")
    assert not found.duplicated(["point", "of", "name", "world"]).any()
    for number, point in points.iterrows():
        memory = compare(["departmental", "new_psa"], scenario=point["scenario"], worlds=5,
                         months=8, seed=3,
                         parameters={"inertia": (0.05, 0.15)[point["future"]]})
        own = found[found["point"] == number].set_index(["of", "name", "world"])
        paths = memory.trajectories_raw().query("month == 8")
        paths = paths[paths["package"] == point["package"]]
        real = paths[paths["quantity"] == "real"].set_index(["outcome", "world"])["value"]
        assert all(own.loc[("outcome", *key), "real"] == value for key, value in real.items())
        ledger = memory.ledger(by="outcome")
        ledger = ledger[ledger["package"] == point["package"]]
        for keys, of in ((["department", "line", "world"], "department"),
                         (["outcome", "line", "world"], "outcome")):
            summed = ledger[ledger[of] != ""].groupby(keys)["effort"].sum()
            for (key, line, world), effort in summed.items():
                kept = own.loc[(of, key, world), line]
                assert kept == pytest.approx(effort, rel=1e-6, abs=1e-9)


def test_lines_of_a_department_are_its_capacity(several: Path) -> None:
    found = open_results(several).details()
    capacity = {d.key: d.capacity * 8 for name in ("teaching", "child_obesity")
                for d in load_scenario(name).departments}
    own = found[found["of"] == "department"]
    assert np.allclose(own[list(LINES)].sum(axis=1), own["name"].map(capacity), rtol=1e-5)


def test_a_run_that_failed_has_no_number(
    sweep, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw = compute.draw_worlds

    def drawn(layout, seed, replicates, months):
        worlds = draw(layout, seed, replicates, months)
        outcome = worlds.outcome.copy()
        outcome[2, :, 5] = np.nan
        return replace(worlds, outcome=outcome)

    monkeypatch.setattr(compute, "draw_worlds", drawn)
    sweep.run(tmp_path, 24, rows=KEPT, inertia=0.9)
    results = open_results(tmp_path)
    runs = results.to_frame(["point", "world", "status"])
    assert set(runs["status"]) == {"ok", "failed", "refused"}
    found = results.details().merge(runs, on=["point", "world"])
    number = found[["real", *LINES]].notna().any(axis=1)
    assert (number == (found["status"] == "ok")).all()


def test_not_asked_for(sweep, tmp_path: Path) -> None:
    sweep.run(tmp_path, 10)
    with pytest.raises(InputError, match=r"holds 0 of 3 parts.*with keep=details"):
        open_results(tmp_path).details()


def test_verify_names_a_damaged_part_and_the_command_mends_it(
    sweep, whole, tmp_path: Path
) -> None:
    sweep.run(tmp_path, WORLDS, rows=KEPT)
    part = sorted((tmp_path / DETAILS).iterdir())[1]
    part.write_bytes(part.read_bytes()[:-1])
    assert verify(tmp_path).unsound == {f"{DETAILS}/{part.name}": "its checksum differs"}
    sweep.run(tmp_path, WORLDS, rows=KEPT)
    assert sweep.content(tmp_path) == whole


@pytest.mark.parametrize("engine", ["ensemble", "mesa"])
def test_replay_holds_them_against_the_run(
    several: Path, monkeypatch: pytest.MonkeyPatch, engine: str
) -> None:
    run = Replay(open_results(several), "new_psa/7/3", engine)
    check = run.check()
    assert check.same and check.details
    results = open_results(several)
    table = results._tables.rows(DETAILS).to_table()
    changed = table.to_pandas()
    row = changed.index[(changed["point"] == 7) & (changed["world"] == 3)
                        & (changed["of"] == "department")][0]
    changed.loc[row, "own"] += 1.0
    monkeypatch.setattr(type(results._tables), "rows", lambda self, name: changed)
    check = Replay(results, "new_psa/7/3", engine).check()
    name = changed.loc[row, "name"]
    assert not check.same and list(check.differs) == [f"department {name}, own"]
    now, stored = check.differs[f"department {name}, own"]
    assert stored == pytest.approx(now + 1.0)
