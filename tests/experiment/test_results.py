"""What is read back: the same as a comparison in memory gives, and paired by future."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from psasim.cli import main
from psasim.declared.levers import Governance
from psasim.declared.parameters import Parameters
from psasim.declared.presets import preset
from psasim.errors import StoreError
from psasim.experiment.computing.backends import Backend
from psasim.experiment.design.points import Design, Point
from psasim.experiment.folder.bands import stored_bands
from psasim.experiment.folder.reader import open_results
from psasim.experiment.folder.store import Store
from psasim.experiment.folder.summary import Moments
from psasim.experiment.runner import fill
from psasim.results.simulate import compare
from psasim.scenario import load_scenario

PACKAGES = ("departmental", "existing_psa", "new_psa")
FUTURES = (Parameters(), Parameters(inertia=0.1))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three packages under two futures in two scenarios, 70 worlds."""
    folder = tmp_path_factory.mktemp("results") / "store"
    scenarios = {name: load_scenario(name) for name in ("teaching", "child_obesity")}
    points = [
        (scenario, package, future)
        for scenario in scenarios for future in FUTURES for package in PACKAGES
    ]
    design = Design("futures", scenarios, [
        Point(number, s, p, preset(p), f, {"parameters.inertia": f["inertia"]}, FUTURES.index(f))
        for number, (s, p, f) in enumerate(points)
    ], "departmental")
    with Store(folder, design, seed=3, months=12) as store:
        fill(store, range(70), backend=Backend("serial"), engine="ensemble")
    return folder


def test_contrasts_pair_within_scenario_future_and_world(folder: Path) -> None:
    contrasts = open_results(folder).contrasts()
    assert list(contrasts["scenario"].unique()) == ["teaching", "child_obesity"]
    runs = pd.read_parquet(folder / "runs.parquet")
    runs["future"] = runs["point"] // len(PACKAGES)
    keys = ["scenario", "future", "world"]
    base = runs[runs["package"] == "departmental"].set_index(keys)["attainment"]
    own = runs[runs["package"] == "new_psa"].set_index(keys)["attainment"]
    by_world = (own - base).groupby(["scenario", "world"]).mean()
    found = contrasts[(contrasts["package"] == "new_psa") & (contrasts["measure"] == "attainment")]
    for scenario, values in by_world.groupby("scenario"):
        row = found.set_index("scenario").loc[scenario]
        half = 1.9949 * values.std() / np.sqrt(70)  # Student's t, 69 degrees of freedom
        assert row["mean"] == pytest.approx(values.mean(), abs=1e-12)
        assert row["hi95"] - row["mean"] == pytest.approx(half, rel=1e-4)
        assert row["worlds"] == 70


def test_the_same_as_in_memory(tmp_path: Path) -> None:
    asked = {name: name for name in PACKAGES}
    memory = compare(asked, scenario="teaching", worlds=70, months=12, seed=3)
    points = [
        Point(number, "teaching", name, preset(name), Parameters(), {})
        for number, name in enumerate(PACKAGES)
    ]
    design = Design("d", {"teaching": load_scenario("teaching")}, points, "departmental")
    with Store(tmp_path, design, seed=3, months=12) as store:
        fill(store, range(70), backend=Backend("serial"), engine="ensemble", bands=70)
        bands = stored_bands(store, 70)
    results = open_results(tmp_path)
    key = ["package", "world"]
    pd.testing.assert_frame_equal(
        results.to_frame().sort_values(key, ignore_index=True),
        memory.to_frame().sort_values(key, ignore_index=True), check_dtype=False,
    )
    pd.testing.assert_frame_equal(results.contrasts(), memory.contrasts())
    pd.testing.assert_frame_equal(
        results.contrasts("new_psa"), memory.contrasts("new_psa"))
    pd.testing.assert_frame_equal(results.ledger_shares(), memory.ledger_shares())
    pd.testing.assert_frame_equal(results.levels(), memory.levels())
    pd.testing.assert_frame_equal(bands, memory.trajectories())


def test_moments_added_in_pieces_are_those_of_the_whole() -> None:
    values = np.random.default_rng(1).normal(5.0, 2.0, (len(Moments.none().mean), 1000))
    moments = Moments.none()
    for piece in np.split(values, [1, 8, 8, 500], axis=1):
        moments.add(piece)
    np.testing.assert_allclose(moments.mean, values.mean(axis=1), rtol=1e-12)
    np.testing.assert_allclose(moments.deviation, values.std(axis=1, ddof=1), rtol=1e-12)


def test_lazy_and_part_frames(folder: Path) -> None:
    results = open_results(folder)
    assert results.dataset.count_rows() == 2 * 2 * 3 * 70
    frame = results.to_frame(["package", "attainment"])
    assert list(frame) == ["package", "attainment"]
    assert frame.attrs["units"] == {"attainment": "of target"}
    assert len(results.by_scenario()[1].to_frame()) == 2 * 3 * 70
    assert set(results.factors()["parameters.inertia"]) == {
        future["inertia"] for future in FUTURES}


def test_sql(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    query = ("SELECT scenario, count(*) AS n FROM runs JOIN points USING (point) "
             "WHERE \"parameters.inertia\" = 0.1 GROUP BY 1 ORDER BY 1")
    query = query.replace("scenario,", "runs.scenario,")
    assert main(["results", str(folder), "--sql", query]) == 0
    lines = capsys.readouterr().out.split()
    assert lines == ["scenario", "n", "child_obesity", "210", "teaching", "210"]
    assert main(["results", str(folder), "--sql", "SELEC 1"]) == 2
    assert "--sql" in capsys.readouterr().err
    assert main(["results", str(folder), "--sql", ""]) == 2
    assert "--sql: '' asks for no table" in capsys.readouterr().err


def test_a_folder_that_holds_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(StoreError, match="holds no results"):
        open_results(tmp_path)
    assert main(["results", str(tmp_path / "nowhere")]) == 3
    assert "there is no such folder" in capsys.readouterr().err


def test_summary_of_a_folder(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["results", str(folder)]) == 0
    said = capsys.readouterr().out
    assert "futures, 12 points in 70 worlds, 12 months, seed 3" in said
    assert "Teaching" in said


def test_settings_of_points_survive_the_folder(tmp_path: Path) -> None:
    """Names, levers with fields, and parameters come back as they went in."""
    scenario = load_scenario("csr2007")
    package = Governance(lead={"strength": 0.5, "kind": "two"}, sanctions=0.25)
    point = Point(0, scenario.name, "mine", package, FUTURES[1], {"governance.lead.kind": "two"})
    with Store(tmp_path, Design("d", {scenario.name: scenario}, [point], "mine"), seed=1, months=2):
        pass
    design = open_results(tmp_path).design
    assert design.points == [point]
    assert design.scenarios == {scenario.name: scenario}
