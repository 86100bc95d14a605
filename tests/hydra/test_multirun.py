"""`psasim run -m`: sweeps as Hydra's parser allows them, all jobs as one experiment."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml

TEACHING = "scenario=teaching"


def _folder(said: Any) -> Path:
    assert said.code == 0, said.err
    (line,) = [line for line in said.out.splitlines() if line.startswith("results: ")]
    return Path(line.removeprefix("results: "))


def _yaml(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _jobs(folder: Path) -> list[Path]:
    numbers = sorted(int(path.name) for path in folder.iterdir() if path.name.isdecimal())
    assert numbers == list(range(len(numbers)))
    return [folder / str(number) for number in numbers]


def test_a_job_that_is_the_baseline_adds_no_point(run) -> None:
    """As in the README: strength 0 of a lever is departmental itself."""
    folder = _folder(run("-m", "scenario=teaching,child_obesity",
                         "governance.sanctions.strength=0,0.5,1"))
    assert len(_jobs(folder)) == 6
    runs = pd.read_parquet(folder / "runs.parquet")
    assert list(dict.fromkeys(runs["package"])) == [
        "departmental", "departmental+sanctions=0.5", "departmental+sanctions"]
    assert len(runs) == 2 * 2 * 3
    points = [json.loads((job / "points.json").read_text(encoding="utf-8"))
              for job in _jobs(folder)]
    assert [len(own) for own in points] == [1, 2, 2] * 2
    assert points[0] == points[1][:1]


def test_the_baseline_alone_is_no_sweep(run) -> None:
    said = run("-m", TEACHING, "governance.sanctions.strength=0")
    assert said.code == 2
    assert "nothing to compare" in said.err


def test_one_result_and_a_folder_for_each_job(run) -> None:
    swept = {
        "governance": ["new_psa", "existing_psa"], "scenario": ["teaching", "child_obesity"],
        "governance.data_sharing.strength": ["0", "0.5", "1"],
    }
    folder = _folder(run("-m", *(f"{key}={','.join(values)}" for key, values in swept.items())))
    jobs = _jobs(folder)
    assert len(jobs) == 12
    runs = pd.read_parquet(folder / "runs.parquet")
    for job, values in zip(jobs, product(*swept.values()), strict=True):
        chosen = dict(zip(swept, values, strict=True))
        overrides = _yaml(job / ".hydra" / "overrides.yaml")
        assert overrides == [*(f"{k}={v}" for k, v in chosen.items()), "worlds=2", "months=3"]
        config = _yaml(job / ".hydra" / "config.yaml")
        assert config["scenario"]["name"] == chosen["scenario"]
        sharing = config["governance"]["data_sharing"]["strength"]
        assert sharing == float(chosen["governance.data_sharing.strength"])
        assert config["worlds"] == 2
        hydra = _yaml(job / ".hydra" / "hydra.yaml")["hydra"]
        assert hydra["job"]["num"] == int(job.name)
        assert hydra["overrides"]["task"] == overrides
        assert Path(hydra["runtime"]["output_dir"]) == job.resolve()
        points = json.loads((job / "points.json").read_text(encoding="utf-8"))
        assert points[0]["package"] == "departmental"
        own = runs[runs["point"].isin([point["point"] for point in points])]
        assert set(own["scenario"]) == {chosen["scenario"]}
        assert len(own) == 2 * 2
    # The baseline of a scenario is computed once, for all of its jobs.
    assert len(runs) == 2 * (12 + 2)
    assert set(runs["status"]) == {"ok"}
    assert (folder / "multirun.yaml").is_file()


def test_a_job_has_the_numbers_it_has_by_itself(run) -> None:
    alone = _folder(run(TEACHING, "governance=new_psa", "parameters.inertia=0.1"))
    swept = _folder(run("-m", TEACHING, "governance=existing_psa,new_psa",
                        "parameters.inertia=0.1,0.2"))
    points = json.loads((swept / "2" / "points.json").read_text(encoding="utf-8"))
    runs = pd.read_parquet(swept / "runs.parquet").set_index("point")
    mine = runs.loc[[point["point"] for point in points]].reset_index()
    expected = pd.read_parquet(alone / "runs.parquet")
    measures = [name for name in expected.columns if name not in ("run_id", "point")]
    pd.testing.assert_frame_equal(mine[measures], expected[measures], check_exact=True)


@pytest.mark.parametrize("sweep, values", [
    ("governance=glob(*psa)", ["existing_psa", "new_psa"]),
    ("governance=choice(new_psa,existing_psa)", ["new_psa", "existing_psa"]),
    ("governance=sort(new_psa,existing_psa)", ["existing_psa", "new_psa"]),
])
def test_groups_as_the_parser_allows(run, sweep: str, values: list[str]) -> None:
    folder = _folder(run("-m", TEACHING, sweep))
    overrides = [_yaml(job / ".hydra" / "overrides.yaml")[1] for job in _jobs(folder)]
    assert overrides == [f"governance={value}" for value in values]
    packages = set(pd.read_parquet(folder / "runs.parquet")["package"])
    assert packages == {"departmental", *values}


def test_a_range_of_values(run) -> None:
    folder = _folder(run("-m", TEACHING, "governance=new_psa",
                         "governance.sanctions.strength=range(0.25,1,0.25)"))
    packages = list(dict.fromkeys(pd.read_parquet(folder / "runs.parquet")["package"]))
    assert packages == ["departmental", *(f"new_psa+sanctions={s}" for s in (0.25, 0.5, 0.75))]


def test_experiments_and_files_of_ones_own_in_a_sweep(run, tmp_path: Path) -> None:
    for name, package in (("a", "new_psa"), ("b", "existing_psa")):
        (tmp_path / f"{name}.yaml").write_text(f"presets: [{package}]\n", encoding="utf-8")
    folder = _folder(run("-m", TEACHING, "experiment=a.yaml,b.yaml"))
    packages = set(pd.read_parquet(folder / "runs.parquet")["package"])
    assert packages == {"departmental", "new_psa", "existing_psa"}
    command = json.loads((folder / "record.json").read_text(encoding="utf-8"))["command"]
    assert f"experiment={tmp_path / 'a.yaml'},{tmp_path / 'b.yaml'}" in command


def test_the_same_sweep_has_the_same_folder(run) -> None:
    first = _folder(run("-m", TEACHING, "governance=new_psa,existing_psa"))
    again = _folder(run("-m", TEACHING, "governance=new_psa,existing_psa"))
    other = _folder(run("-m", TEACHING, "governance=new_psa,no_join_up"))
    assert first == again != other


def test_a_folder_of_ones_own(run) -> None:
    folder = _folder(run("-m", TEACHING, "governance=new_psa,existing_psa",
                         "hydra.sweep.dir=here", "hydra.sweep.subdir=job${hydra.job.num}"))
    assert folder == Path("here")
    assert (folder / "job1" / ".hydra" / "config.yaml").is_file()


@pytest.mark.parametrize("name", ["mine", "a/../b", "${scenario.name}"])
def test_jobs_that_would_write_to_one_folder_are_refused(run, name: str) -> None:
    """Before anything is computed or written."""
    said = run("-m", TEACHING, "governance=new_psa,existing_psa", "hydra.sweep.dir=here",
               f"hydra.sweep.subdir={name}")
    assert said.code == 2
    assert "is the folder of job 0 and of job 1; name what tells them apart" in said.err
    assert not Path("here").exists()


def test_seeds_are_experiments_of_their_own(run) -> None:
    said = run("-m", TEACHING, "governance=new_psa,existing_psa", "seed=1,2")
    folders = [Path(line.removeprefix("results: ")) for line in said.out.splitlines()
               if line.startswith("results: ")]
    assert [folder.name for folder in folders] == ["seed=1", "seed=2"]
    frames = [pd.read_parquet(folder / "runs.parquet") for folder in folders]
    assert not frames[0].equals(frames[1])
    assert all(len(frame) == 2 * 3 for frame in frames)


@pytest.mark.parametrize("arguments, words", [
    (["parameters.inertia=0.1,9"],
     "job 1 (scenario=teaching governance=new_psa parameters.inertia=9 worlds=2 months=3): "
     "parameters.inertia = 9 is above"),
    (["parameters.inertia=interval(0.1,0.2)"], "a list or a range of values"),
    (["parameters.inerta=0.1,0.2"], "did you mean 'inertia'?"),
    (["baseline=departmental,existing_psa"], "baseline: jobs of one sweep differ"),
    (["governance.sanctions.size=0.1,0.2"], "changes nothing while"),
    (["parameters.inertia=0.1,"], "mismatched input"),
])
def test_one_job_refused_is_the_sweep_refused(run, arguments: list[str], words: str) -> None:
    """Before anything is computed or written."""
    said = run("-m", TEACHING, "governance=new_psa", *arguments)
    assert said.code == 2
    assert words in said.err
    assert not Path("outputs").exists()


def test_an_unknown_option_in_a_sweep(run) -> None:
    said = run("-m", TEACHING, "governance=new_psa,newpsa")
    assert said.code == 2
    assert "did you mean 'new_psa'?" in said.err


def test_hydras_own_sweeper_and_launcher_still_work(run) -> None:
    said = run("-m", TEACHING, "governance=new_psa,existing_psa", "hydra/launcher=basic",
               "hydra/sweeper=basic")
    assert said.code == 0, said.err
    assert said.out.count("results: ") == 2


def test_settings_can_be_seen_without_a_run(run) -> None:
    said = run("--cfg", "job", TEACHING, "governance=new_psa")
    assert said.code == 0
    shown = yaml.safe_load(said.out)
    assert shown["governance"]["joint_targets"]["strength"] == 1
    assert not Path("outputs").exists()
