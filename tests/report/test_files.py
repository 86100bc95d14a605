"""The files of a run: what stands in them, and that the same inputs give the same bytes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import matplotlib as mpl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from psasim.cli import main
from psasim.month.ledger import LINES
from psasim.report import files, write
from psasim.results.measures import MEASURES
from psasim.results.results import Results


@pytest.fixture(scope="module")
def folder(results: Results, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("run")
    write(results, place, command="psasim run")
    return place


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*")) if path.is_file()
    }


def test_the_files_are_those_pinned(folder: Path) -> None:
    assert {path.name for path in folder.iterdir()} == {
        "runs.parquet", "trajectories.parquet", "contrasts.csv", "ledger.csv", "record.json",
        "figures",
    }


def test_runs(folder: Path, results: Results) -> None:
    schema = pq.read_schema(folder / "runs.parquet" / "part-00000.parquet")
    text, whole, real = pa.string(), pa.int64(), pa.float64()
    expected = dict.fromkeys(["run_id", "scenario", "package"], text) | {
        "point": whole, "world": whole, "status": text, **dict.fromkeys(MEASURES, real),
    }
    assert dict(zip(schema.names, schema.types, strict=True)) == expected
    assert schema.metadata is not None
    units = json.loads(schema.metadata[b"units"])
    assert units == {name: measure.unit for name, measure in MEASURES.items()}
    runs = pd.read_parquet(folder / "runs.parquet")
    assert len(runs) == len(results.packages) * results.worlds
    assert runs["run_id"].is_unique
    columns = ["package", "world", *MEASURES]
    kept = runs.sort_values(["package", "world"])[columns].reset_index(drop=True)
    made = results.to_frame().sort_values(["package", "world"])[columns].reset_index(drop=True)
    pd.testing.assert_frame_equal(kept, made, check_dtype=False)


def test_trajectories(folder: Path, results: Results) -> None:
    schema = pq.read_schema(folder / "trajectories.parquet")
    text, real = pa.string(), pa.float64()
    assert dict(zip(schema.names, schema.types, strict=True)) == {
        "package": text, "outcome": text, "month": pa.int64(), "quantity": text, "mean": real,
        "p05": real, "p50": real, "p95": real,
    }
    paths = pd.read_parquet(folder / "trajectories.parquet")
    assert set(paths["quantity"]) == {"real", "reported", "rated"}
    assert set(paths["month"]) == set(range(1, results.months + 1))


def test_contrasts_and_ledger(folder: Path, results: Results) -> None:
    contrasts = pd.read_csv(folder / "contrasts.csv")
    assert list(contrasts) == [
        "package", "baseline", "measure", "unit", "mean", "lo95", "hi95", "equal", "worlds",
    ]
    assert len(contrasts) == (len(results.packages) - 1) * len(MEASURES)
    ledger = pd.read_csv(folder / "ledger.csv")
    assert list(ledger) == [
        "package", "line", "heading", "effort_mean", "capacity_mean", "share",
    ]
    assert set(ledger["line"]) == set(LINES)
    assert ledger.groupby("package")["share"].sum().to_numpy() == pytest.approx(1.0)


def test_same_inputs_give_the_same_bytes_but_for_created_and_command(
    folder: Path, results: Results, tmp_path: Path
) -> None:
    write(results, tmp_path, command="psasim run worlds=8")
    first, second = contents(folder), contents(tmp_path)
    records = [json.loads(found.pop("record.json")) for found in (first, second)]
    assert records[0]["command"] != records[1]["command"]
    for record in records:
        del record["created"], record["command"]
    assert records[0] == records[1]
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []


def test_no_file_but_the_record_names_a_version_of_a_library(folder: Path) -> None:
    versions = [f"version {pa.__version__}", f"v{mpl.__version__}", "pandas_version",
                f"version{mpl.__version__}"]
    for name, content in contents(folder).items():
        found = [v for v in versions if v.encode() in content]
        assert name == "record.json" or not found, f"{name}: {found}"


def test_more_worlds_add_parts(
    results: Results, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "PART_RUNS", 9)
    monkeypatch.setattr(files, "_write_figures", lambda *_: [])
    write(results, tmp_path)
    parts = sorted((tmp_path / "runs.parquet").iterdir())
    runs = [pd.read_parquet(part) for part in parts]
    assert [len(part) for part in runs] == [9, 9, 6]
    assert set(runs[0]["world"]) == {0, 1, 2}


def test_writing_again_replaces_all_of_it(
    results: Results, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "_write_figures", lambda *_: [])
    monkeypatch.setattr(files, "PART_RUNS", 5)
    write(results, tmp_path)
    monkeypatch.setattr(files, "PART_RUNS", 500)
    write(results, tmp_path)
    assert [path.name for path in (tmp_path / "runs.parquet").iterdir()] == ["part-00000.parquet"]


def test_what_is_there_stays_when_writing_fails(
    results: Results, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "_write_figures", lambda *_: [])
    write(results, tmp_path, command="first")
    before = contents(tmp_path)

    def full(*_: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(files, "_write_figures", full)
    with pytest.raises(OSError, match="No space left"):
        write(results, tmp_path, command="second")
    assert contents(tmp_path) == before


def test_failed_runs_are_kept_as_failed_and_out_of_the_contrasts(
    results: Results, tmp_path: Path
, fail: Callable[..., Results]) -> None:
    write(fail(results, "new_psa", 2), tmp_path)
    runs = pd.read_parquet(tmp_path / "runs.parquet")
    failed = runs[runs["status"] == "failed"]
    assert failed[["package", "world"]].to_numpy().tolist() == [["new_psa", 2]]
    contrasts = pd.read_csv(tmp_path / "contrasts.csv").set_index("package")
    assert set(contrasts.loc["new_psa", "worlds"]) == {results.worlds - 1}
    assert set(contrasts.loc["departmental+lead", "worlds"]) == {results.worlds}
    assert contrasts["mean"].notna().all()


def test_a_figure_that_fails_leaves_all_else_written(
    results: Results, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ValueError("no\nroom")

    monkeypatch.setattr("psasim.report.figures.trajectories_chart", broken)
    with pytest.warns(UserWarning, match="the figure trajectories was not drawn: ValueError: no r"):
        write(results, tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {
        "runs.parquet", "trajectories.parquet", "contrasts.csv", "ledger.csv", "record.json",
        "figures",
    }
    drawn = {path.name for path in (tmp_path / "figures").iterdir()}
    assert {"forest.svg", "ledger.png", "README.md"} <= drawn
    assert not any(name.startswith("trajectories") for name in drawn)
    readme = (tmp_path / "figures" / "README.md").read_text(encoding="utf-8")
    assert "## trajectories\n\nNot drawn: ValueError: no room" in readme


def test_a_figure_that_was_half_written_is_taken_away(
    results: Results, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved = pd.DataFrame.to_csv

    def broken(frame: pd.DataFrame, path: Path, **settings: object) -> None:
        if Path(path).stem == "forest":
            raise RuntimeError("planted")
        saved(frame, path, **settings)

    monkeypatch.setattr(pd.DataFrame, "to_csv", broken)
    with pytest.warns(UserWarning, match="the figure forest was not drawn"):
        write(results, tmp_path)
    assert not list((tmp_path / "figures").glob("forest.*"))


def test_the_command_tells_a_figure_that_fails_and_draws_it_when_given_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["run", "scenario=teaching", "worlds=2", "governance=new_psa",
               f"hydra.run.dir={tmp_path / 'out'}"]
    with monkeypatch.context() as broken:
        broken.setattr("psasim.report.figures.ledger_chart", lambda *_: 1 / 0)
        assert main(command) == 0
    told = capsys.readouterr()
    assert ("psasim: the figure ledger was not drawn: ZeroDivisionError: division by zero; "
            "all else is written") in told.err.replace("\n", " ")
    assert "new_psa" in told.out
    out = tmp_path / "out"
    assert all((out / name).is_file() for name in ("record.json", "contrasts.csv", "ledger.csv"))
    assert not (out / "figures" / "ledger.svg").exists()
    assert main(command) == 0
    assert "was not drawn" not in capsys.readouterr().err
    assert (out / "figures" / "ledger.svg").is_file()
