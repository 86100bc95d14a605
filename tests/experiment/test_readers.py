"""A folder as readers see it: unfinished, extended while it is read, of another model."""

from __future__ import annotations

import json
import shutil
import threading
from pathlib import Path

import pandas as pd
import pytest

from psasim.cli import main
from psasim.experiment.folder import look
from psasim.experiment.folder.reader import open_results

FUTURES = "{design:grid,over:{inertia:[0.05,0.1,0.15]}}"
SWEEP = ("run", "worlds=70", "months=3", "experiment.each_lever_on=null", "backend=serial",
         f"+experiment.uncertainties={FUTURES}", "hydra.run.dir=out")


@pytest.fixture(scope="module")
def swept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Several futures, packages and blocks of points, whole."""
    folder = tmp_path_factory.mktemp("swept")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert main((*SWEEP, "scenario=teaching")) == 0
    return folder / "out"


def test_every_prefix_of_a_sweep_is_shown_as_far_as_it_has_come(
    swept: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    parts = sorted((swept / "runs.parquet").iterdir(), key=lambda p: p.name[16:34] + p.name)
    assert len(parts) > 1
    for count in range(len(parts)):
        folder = Path(shutil.copytree(swept, tmp_path / str(count)))
        (folder / "record.json").unlink()
        for part in parts[count:]:
            (folder / "runs.parquet" / part.name).unlink()
        assert main(["results", str(folder)]) == 0
        said = capsys.readouterr().out
        results = open_results(folder)
        frame = results.to_frame()
        assert len(frame) == len(results.points) * results.worlds
        if count == 0:
            assert "in 0 worlds" in said
            assert "no runs yet" in said
        else:
            assert f"as far as it has come: {len(results.points)} of" in said
            assert len(results.points) == frame["point"].nunique() > 0
        query = "SELECT count(*) AS runs FROM runs"
        assert main(["results", str(folder), "--sql", query]) == 0
        assert capsys.readouterr().out.split() == ["runs", str(len(frame))]
        assert main(["replay", str(folder), "no/0/0"]) == 2
        capsys.readouterr()


def test_fewer_worlds_are_one_number_everywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    command = ("run", "scenario=teaching", "governance=new_psa", "months=3", "hydra.run.dir=out")
    for worlds in (8, 3):
        assert main((*command, f"worlds={worlds}")) == 0
    capsys.readouterr()
    assert main(["results", "out"]) == 0
    said = capsys.readouterr().out
    assert "in 3 worlds" in said
    assert "8 worlds are kept; shown are those of the last report" in said
    results = open_results("out")
    assert (results.worlds, results.kept) == (3, 8)
    assert set(results.to_frame()["world"]) == {0, 1, 2}
    assert results.sql("SELECT count(*) FROM runs").fetchall() == [(6,)]
    assert set(pd.read_csv("out/contrasts.csv")["worlds"]) == {3}
    assert json.loads(Path("out/record.json").read_text(encoding="utf-8"))["config"]["worlds"] == 3


def test_the_folders_below_are_named(
    swept: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(swept.parent)
    assert main(["results", "."]) == 3
    assert capsys.readouterr().err.splitlines()[1:] == ["  out"]


def test_a_folder_is_read_while_it_is_extended(sweep, tmp_path: Path) -> None:
    folder = tmp_path / "s"
    sweep.run(folder, worlds=2)
    faults: list[BaseException] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            try:
                results = open_results(folder)
                frame = results.to_frame(["point", "world"])
                assert len(frame) == len(results.points) * results.worlds
                results.levels()
            except BaseException as fault:
                faults.append(fault)

    reader = threading.Thread(target=read)
    reader.start()
    for worlds in range(3, 60, 2):
        sweep.run(folder, worlds=worlds)
    done.set()
    reader.join()
    assert not faults


def test_results_that_were_opened_stay_as_they_were(sweep, tmp_path: Path) -> None:
    sweep.run(tmp_path / "s", worlds=5)
    results = open_results(tmp_path / "s")
    before = results.to_frame()
    sweep.run(tmp_path / "s", worlds=9)
    pd.testing.assert_frame_equal(results.to_frame(), before)


def test_another_model_is_told_at_once(
    swept: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(look, "model_digest", lambda: "another")
    assert main(["results", str(swept)]) == 0
    assert "made by another version of the model" in capsys.readouterr().out
    run = open_results(swept).to_frame(["run_id"])["run_id"][0]
    assert main(["replay", str(swept), run]) == 3
    said = capsys.readouterr().err
    assert "another version of the model" in said
    assert "psasim results" in said
