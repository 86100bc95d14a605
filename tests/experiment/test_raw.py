"""Monthly outcomes of every run: what the rows hold, and the same bytes however computed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from psasim.declared.parameters import Parameters
from psasim.declared.presets import preset
from psasim.errors import InputError, StoreError
from psasim.experiment import runner
from psasim.experiment.computing import compute
from psasim.experiment.computing.backends import Backend
from psasim.experiment.design.points import Design, Point
from psasim.experiment.folder import store as folder_store
from psasim.experiment.folder.bands import stored_bands
from psasim.experiment.folder.reader import open_results
from psasim.experiment.folder.store import RAW, Store
from psasim.results.simulate import compare
from psasim.scenario import load_scenario

COLUMNS = ["package", "outcome", "month", "quantity", "world", "value"]
KEYS = COLUMNS[:-1]
WORLDS = 300


@pytest.fixture(scope="module")
def whole(sweep, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Files of a sweep with rows, in four blocks of which two are of fewer worlds."""
    folder = tmp_path_factory.mktemp("raw") / "store"
    sweep.run(folder, WORLDS, rows=[RAW])
    files = sweep.content(folder)
    assert sum(name.startswith(RAW) for name in files) == 6
    return files


def _ordered(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.sort_values(KEYS, ignore_index=True)


@pytest.mark.parametrize("backend", [
    Backend("serial", chunk=7), Backend("serial", chunk=4096), Backend("processes", workers=2),
])
def test_same_bytes_however_computed(
    sweep, whole, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, backend: Backend
) -> None:
    monkeypatch.setattr(runner, "SMALL", 0.0)
    sweep.run(tmp_path, WORLDS, backend, rows=[RAW])
    assert sweep.content(tmp_path) == whole


@pytest.mark.parametrize("steps", [
    [(10, True), (270, True)], [(WORLDS, False)], [(270, True), (WORLDS, False)],
])
def test_same_bytes_asked_for_later_or_extended(
    sweep, whole, tmp_path: Path, steps: list[tuple[int, bool]]
) -> None:
    for worlds, raw in steps:
        sweep.run(tmp_path / "s", worlds, rows=[RAW] if raw else [])
    sweep.run(tmp_path / "s", WORLDS, rows=[RAW])
    assert sweep.content(tmp_path / "s") == whole


def test_rows_of_fewer_worlds_take_no_run_away(sweep, tmp_path: Path) -> None:
    sweep.run(tmp_path / "s", 320)
    sweep.run(tmp_path / "s", WORLDS, rows=[RAW])
    sweep.run(tmp_path / "at_once", 320, rows=[RAW])
    assert sweep.content(tmp_path / "s") == sweep.content(tmp_path / "at_once")


def test_same_bytes_stopped_before_any_file(
    sweep, whole, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the runs or of their rows: each part is there whole, or computed again."""
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
            sweep.run(folder, WORLDS, rows=[RAW])
        monkeypatch.setattr(folder_store, "write_whole", write)
        sweep.run(folder, WORLDS, rows=[RAW])
        assert sweep.content(folder) == whole, stop


def test_runs_are_the_same_with_rows_and_without(sweep, whole, tmp_path: Path) -> None:
    sweep.run(tmp_path, WORLDS)
    without = sweep.content(tmp_path)
    assert without == {name: file for name, file in whole.items() if not name.startswith(RAW)}


def test_rows_make_the_bands_and_are_those_in_memory(tmp_path: Path) -> None:
    """In a scenario with outcomes that have no indicator."""
    names = ("departmental", "new_psa")
    points = [Point(i, "csr2007", name, preset(name), Parameters(), {})
              for i, name in enumerate(names)]
    design = Design("d", {"csr2007": load_scenario("csr2007")}, points, "departmental")
    with Store(tmp_path, design, seed=3, months=5) as store:
        runner.fill(store, range(70), backend=Backend("serial"), engine="ensemble", bands=70,
                    rows=[RAW])
        bands = stored_bands(store, 70)
    rows = open_results(tmp_path).trajectories_raw()
    assert list(rows) == COLUMNS
    assert not rows.duplicated(KEYS).any()
    by = ["package", "outcome", "month", "quantity"]
    groups = rows.groupby(by)["value"]
    made = pd.DataFrame({"mean": groups.mean(), "p05": groups.quantile(0.05),
                         "p50": groups.quantile(0.5), "p95": groups.quantile(0.95)})
    out = bands.dropna(subset="mean")  # before a figure is out there is a month, and no row
    assert 0 < len(out) < len(bands)
    pd.testing.assert_frame_equal(made, out.set_index(by).sort_index())
    assert groups.ngroups < 2 * 5 * 3 * rows["outcome"].nunique()
    assert (groups.count() == 70).all()
    memory = compare(list(names), scenario="csr2007", worlds=70, months=5, seed=3)
    pd.testing.assert_frame_equal(_ordered(rows), _ordered(memory.trajectories_raw()))


def test_a_run_that_failed_has_no_rows(
    sweep, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither where its path is not finite, nor where a measure alone is not."""
    sweep.run(tmp_path / "sound", 24, rows=[RAW], inertia=0.9)
    sound = open_results(tmp_path / "sound")
    refused = sound.points[2].package
    assert set(sound.trajectories_raw()["package"]) == set(sound.packages) - {refused}
    draw, measure = compute.draw_worlds, compute.measure

    def drawn(layout, seed, replicates, months):
        worlds = draw(layout, seed, replicates, months)
        outcome = worlds.outcome.copy()
        outcome[2, :, 5] = np.nan
        return replace(worlds, outcome=outcome)

    def measured(trajectory, layout, k, own):
        values = measure(trajectory, layout, k, own)
        early = trajectory.real[-1].mean(axis=0) > 0.05
        return values | {"burden": np.where(early, np.nan, values["burden"])}

    expected = _ordered(sound.trajectories_raw())
    for name, planted in (("draw_worlds", drawn), ("measure", measured)):
        with monkeypatch.context() as patch:
            patch.setattr(compute, name, planted)
            sweep.run(tmp_path / name, 24, rows=[RAW], inertia=0.9)
        results = open_results(tmp_path / name)
        runs = results.to_frame(["package", "world", "status"])
        fine = runs[runs["status"] == "ok"][["package", "world"]]
        assert 0 < len(fine) < len(runs) - 24
        kept = expected.merge(fine, on=["package", "world"])
        pd.testing.assert_frame_equal(
            _ordered(results.trajectories_raw()), _ordered(kept), check_dtype=False)


def test_rows_not_asked_for_or_not_of_every_run(sweep, tmp_path: Path) -> None:
    sweep.run(tmp_path, 10)
    with pytest.raises(InputError, match=r"holds 0 of 3 parts.*with trajectories=raw"):
        open_results(tmp_path).trajectories_raw()
    sweep.run(tmp_path, 10, rows=[RAW])
    assert set(open_results(tmp_path).trajectories_raw()["world"]) == set(range(10))
    sweep.run(tmp_path, 20)
    with pytest.raises(InputError, match="holds 0 of 3 parts"):
        open_results(tmp_path).trajectories_raw()


def test_a_damaged_part_is_seen_and_computed_again(sweep, whole, tmp_path: Path) -> None:
    sweep.run(tmp_path, WORLDS, rows=[RAW])
    part = sorted((tmp_path / RAW).iterdir())[1]
    part.write_bytes(part.read_bytes()[:-1])
    with pytest.raises(StoreError, match="is damaged"):
        open_results(tmp_path).trajectories_raw()
    sweep.run(tmp_path, WORLDS, rows=[RAW])
    assert sweep.content(tmp_path) == whole


def test_rows_of_runs_that_are_there_are_work_to_do(sweep, tmp_path: Path) -> None:
    sweep.run(tmp_path, 10)
    told: list[runner.Progress] = []
    with Store(tmp_path, sweep.design(), seed=sweep.SEED, months=sweep.MONTHS) as store:
        runner.fill(store, range(10), backend=Backend("serial"), engine="ensemble", rows=[RAW],
                    report=told.append)
    assert [(p.found, p.done, p.total) for p in told if p.unkept == 0] == [
        (0, 0, 200), (0, 80, 200), (0, 160, 200), (0, 200, 200)]
