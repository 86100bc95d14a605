"""`trajectories=raw`: the monthly outcomes of every run, from the command to the rows."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

import psasim as ps

SMALL = ("scenario=teaching", "worlds=3", "months=6")
PAIR = (*SMALL, "governance=new_psa")
RAW = "trajectories=raw"
ROWS = "trajectories_raw.parquet"


def _folder(said) -> Path:
    assert said.code == 0, said.err
    return Path(said.out.splitlines()[-1].removeprefix("results: "))


def test_bands_alone_unless_asked_and_rows_in_the_same_folder(psasim) -> None:
    folder = _folder(psasim("run", *PAIR))
    assert (folder / "trajectories.parquet").exists()
    assert not (folder / ROWS).exists()
    bands = (folder / "trajectories.parquet").read_bytes()
    assert _folder(psasim("run", *PAIR, RAW)) == folder
    assert (folder / "trajectories.parquet").read_bytes() == bands
    assert json.loads((folder / "record.json").read_text())["config"]["trajectories"] == "raw"
    rows = pd.read_parquet(folder / ROWS)
    runs = pd.read_parquet(folder / "runs.parquet")
    assert len(rows[["package", "world"]].drop_duplicates()) == len(runs)
    assert len(rows) == len(ps.open_results(folder).trajectories_raw())


def test_what_the_page_says_of_reading(psasim) -> None:
    folder = _folder(psasim("run", *PAIR, RAW))
    query = ("SELECT outcome, month, avg(value) AS v FROM trajectories_raw "
             "WHERE package = 'new_psa' AND quantity = 'real' GROUP BY ALL ORDER BY ALL")
    found = ps.open_results(folder).sql(query).df()
    some = pd.read_parquet(f"{folder}/{ROWS}", filters=[("package", "==", "new_psa")])
    bands = ps.open_results(folder).trajectories()
    bands = bands[(bands["package"] == "new_psa") & (bands["quantity"] == "real")]
    expected = bands.sort_values(["outcome", "month"])["mean"].to_numpy()
    assert found["v"].to_numpy() == pytest.approx(expected, rel=1e-12)
    by_hand = some[some["quantity"] == "real"].groupby(["outcome", "month"])["value"].mean()
    assert by_hand.to_numpy() == pytest.approx(expected, rel=1e-12)


def test_a_query_without_rows_says_how_to_have_them(psasim) -> None:
    folder = _folder(psasim("run", *PAIR))
    said = psasim("results", str(folder), "--sql", "SELECT * FROM trajectories_raw")
    assert said.code == 2
    assert "give the command again with trajectories=raw" in said.err


@pytest.mark.parametrize("arguments", [
    ["run", "experiment=uncertain_futures"], ["design", "experiment=uncertain_futures"],
    ["run", "parameters=plausible"], ["run", "experiment.scenarios=[teaching,csr2007]"],
    ["run", "-m", "scenario=teaching,csr2007", "governance=new_psa"],
])
def test_refused_where_a_package_names_no_run(psasim, tmp_path: Path, arguments) -> None:
    said = psasim(*arguments, RAW)
    assert said.code == 2, said.err
    assert "trajectories = raw tells runs apart by package and world" in said.err
    assert "use trajectories=bands" in said.err
    assert not list(tmp_path.rglob("runs.parquet"))


def test_a_sweep_of_packages(psasim) -> None:
    said = psasim("run", "-m", *SMALL, RAW, "governance.sanctions.strength=0.5,1")
    rows = pd.read_parquet(_folder(said) / ROWS)
    assert set(rows["package"]) == {
        "departmental", "departmental+sanctions=0.5", "departmental+sanctions"}


def test_jobs_that_differ_in_it_are_two_experiments(psasim) -> None:
    said = psasim("run", "-m", *PAIR, "trajectories=bands,raw")
    assert said.code == 0, said.err
    folders = [Path(line.removeprefix("results: ")) for line in said.out.splitlines()
               if line.startswith("results: ")]
    assert {folder.name: (folder / ROWS).exists() for folder in folders} == {
        "trajectories=bands": False, "trajectories=raw": True}


def test_design_says_their_size(psasim) -> None:
    settings = ("scenario=teaching", "worlds=300", "governance=new_psa")
    assert "of monthly outcomes" not in psasim("design", *settings).out
    said = psasim("design", *settings, RAW).out
    (line,) = [line for line in said.splitlines() if line.startswith("disk")]
    number, unit = line.split(", and ")[1].split()[:2]
    folder = _folder(psasim("run", *settings, RAW))
    size = sum(path.stat().st_size for path in (folder / ROWS).iterdir())
    told = float(number) * {"kB": 1e3, "MB": 1e6}[unit]
    assert told == pytest.approx(size, rel=0.1)
