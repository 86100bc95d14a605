"""Runs that fail are records; those beside them keep their numbers, to the bit."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from psasim.cli import main
from psasim.experiment.computing import compute
from psasim.experiment.folder.causes import causes, stretches
from psasim.experiment.folder.reader import open_results
from psasim.results.measures import MEASURES

WORLDS = 24


@pytest.fixture
def sound(sweep, tmp_path: Path) -> pd.DataFrame:
    sweep.run(tmp_path / "sound", WORLDS)
    return open_results(tmp_path / "sound").to_frame()


def _poisoned(world: int, month: int):
    """Worlds in which one shock of one world is not a number."""
    draw = compute.draw_worlds

    def drawn(layout, seed, replicates, months):
        worlds = draw(layout, seed, replicates, months)
        outcome = worlds.outcome.copy()
        if world in replicates:
            outcome[month - 1, :, world - replicates.start] = np.nan
        return replace(worlds, outcome=outcome)

    return drawn


def _check_rest(
    frame: pd.DataFrame, sound: pd.DataFrame, failed: pd.Series, status: str = "failed"
) -> None:
    assert failed.any()
    assert (frame["status"] == np.where(failed, status, "ok")).all()
    names = ["run_id", *MEASURES]
    pd.testing.assert_frame_equal(frame.loc[~failed, names], sound.loc[~failed, names])


def test_settings_the_model_refuses(sweep, sound: pd.DataFrame, tmp_path: Path) -> None:
    sweep.run(tmp_path / "s", WORLDS, inertia=0.9)
    results = open_results(tmp_path / "s")
    frame = results.to_frame()
    _check_rest(frame, sound, frame["point"] == 2, "refused")
    records = list(results.failures())
    assert len(records) == WORLDS
    assert records[0]["parameters"]["inertia"] == 0.9
    assert records[0]["origin"] == "coefficients.__init__"
    assert "parameters.inertia = 0.9 is above" in records[0]["error"]
    assert "InputError" in records[0]["traceback"]
    assert not any(results.failed().values())
    assert results.runs() == {
        name: WORLDS * (number != 2) for number, name in enumerate(results.packages)
    }
    ((scenario, future), reason), = results.refused.items()
    assert (scenario, future) == ("teaching", 1)
    assert reason == records[0]["error"].removeprefix("InputError: ")


def test_each_cause_is_told_once(sweep, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sweep.run(tmp_path / "s", WORLDS, inertia=0.9)
    results = open_results(tmp_path / "s")
    for part in (tmp_path / "s" / "runs.parquet").iterdir():  # the part's own record too
        assert part.read_bytes().count(b"InputError: parameters.inertia") < WORLDS / 4
    (cause,) = causes(results)
    assert cause["runs"] == WORLDS
    assert [(p["point"], p["worlds"]) for p in cause["points"]] == [(2, [[0, WORLDS - 1]])]
    monkeypatch.setattr(compute, "draw_worlds", _poisoned(5, month=3))
    sweep.run(tmp_path / "t", WORLDS)
    results = open_results(tmp_path / "t")
    found = causes(results)
    assert sum(cause["runs"] for cause in found) == len(results.points)
    assert len(found) == len({(c["origin"], c["error"]) for c in found}) < len(results.points)
    assert all(p["worlds"] == [[5, 5]] for cause in found for p in cause["points"])
    assert stretches([1, 2, 3, 7, 9, 10]) == [[1, 3], [7, 7], [9, 10]]


def test_a_run_of_which_nothing_is_finite_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    draw = compute.draw_worlds

    def drawn(*given):
        worlds = draw(*given)
        return replace(worlds, outcome=np.full_like(worlds.outcome, np.nan))

    monkeypatch.setattr(compute, "draw_worlds", drawn)
    code = main(["run", "scenario=teaching", "governance=new_psa", "worlds=4", "months=3",
                 f"hydra.run.dir={tmp_path / 'out'}"])
    said = capsys.readouterr()
    assert code == 0, said.err
    assert "8 of 8 runs failed" in " ".join(said.out.split())
    lines = (tmp_path / "out" / "failures.jsonl").read_text(encoding="utf-8").splitlines()
    assert sum(json.loads(line)["runs"] for line in lines) == 8


def test_a_result_that_is_not_finite(
    sweep, sound: pd.DataFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compute, "draw_worlds", _poisoned(5, month=3))
    sweep.run(tmp_path / "s", WORLDS)
    results = open_results(tmp_path / "s")
    frame = results.to_frame()
    _check_rest(frame, sound, frame["world"] == 5)
    for record in results.failures():
        assert record["world"] == 5
        assert record["origin"].startswith("month 3: ")
        assert "real" in record["origin"]
        assert record["error"].startswith("not finite: targets_met") or "attainment" in (
            record["error"])


@pytest.mark.parametrize("chunk", [1, 16, 4096])
def test_a_run_that_raises(
    sweep, sound: pd.DataFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chunk: int
) -> None:
    """In month 4, inside a mechanism; batches it is in are gone through one by one."""
    monkeypatch.setattr(compute, "draw_worlds", _poisoned(5, month=4))
    from psasim.mechanisms import ordered_sum

    whole = ordered_sum.unit

    def strict(values):
        if np.isnan(values).any():
            raise FloatingPointError("planted")
        return whole(values)

    for module in ("psasim.mechanisms.ordered_sum", "psasim.results.measures"):
        monkeypatch.setattr(f"{module}.unit", strict)
    from psasim.experiment.computing.backends import Backend

    sweep.run(tmp_path / "s", WORLDS, Backend("serial", chunk=chunk))
    results = open_results(tmp_path / "s")
    frame = results.to_frame()
    _check_rest(frame, sound, frame["world"] == 5)
    records = list(results.failures())
    assert len(records) == len(results.points)
    assert all("FloatingPointError: planted" in record["error"] for record in records)


def test_contrasts_declare_what_is_missing(sweep, tmp_path: Path) -> None:
    sweep.run(tmp_path, WORLDS, inertia=0.9)
    results = open_results(tmp_path)
    contrasts = results.contrasts()
    failed = results.points[2].package
    assert contrasts.attrs["left_out"] == {failed: WORLDS}
    rows = contrasts[contrasts["package"] == failed]
    assert (rows["worlds"] == 0).all() and rows["mean"].isna().all()
    assert (contrasts.loc[contrasts["package"] != failed, "worlds"] == WORLDS).all()


def test_replay_of_a_failed_run(sweep, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sweep.run(tmp_path, WORLDS, inertia=0.9)
    package = sweep.design().points[2].package
    assert main(["replay", str(tmp_path), f"{package}/2/7"]) == 0
    said = capsys.readouterr().out
    assert "the run failed at coefficients.__init__" in said
    assert "Traceback" in said


@pytest.mark.parametrize("engine", ["ensemble", "mesa"])
def test_replay_gives_the_stored_bits(
    sweep, tmp_path: Path, capsys: pytest.CaptureFixture[str], engine: str
) -> None:
    sweep.run(tmp_path, 3)
    assert main(["replay", str(tmp_path), "departmental/0/2", "--engine", engine]) == 0
    said = capsys.readouterr().out
    assert "every measure equals the stored one, to the bit" in said
    assert len([line for line in said.splitlines() if line[:5].strip().isdigit()]) == sweep.MONTHS


def test_replay_of_what_is_not_there(
    sweep, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sweep.run(tmp_path, 3)
    for run_id in ("departmental/0/3", "departmental/1/0", "x", "departmental/0/-1"):
        assert main(["replay", str(tmp_path), run_id]) == 2
        assert "such as departmental/0/0, with worlds up to 2" in capsys.readouterr().err
