"""`psasim design`, and experiments from files of the user's own."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pandas as pd
import pytest

from psasim.cli.composed import composed
from psasim.cli.overrides import prepare
from psasim.declared.parameters import PARAMETERS
from psasim.scenario import load_scenario

TEACHING = "scenario=teaching"
SUBSETS = "experiment=lever_subsets"


def test_says_size_factors_time_and_disk(psasim) -> None:
    said = psasim("design", TEACHING, "experiment=uncertain_futures", "worlds=30")
    assert said.code == 0, said.err
    lines = [line.split(maxsplit=1) for line in said.out.splitlines()]
    told = {line[0]: line[1] for line in reversed(lines) if len(line) == 2}
    assert told["points"] == "256 (64 futures)"
    assert told["runs"] == "7,680"
    assert told["packages"] == "4, each against departmental"
    assert "ms a run, measured here" in " ".join(said.out.split())
    assert max(map(len, said.out.splitlines())) <= 80
    assert float(told["disk"].split()[0]) > 0
    low, high = PARAMETERS["inertia"].low, PARAMETERS["inertia"].high
    assert f"{low:g}..{high:g} per month" in said.out.split("\nparameters.inertia ")[1]
    assert told["folder"].startswith("outputs/uncertain_futures-")
    order = [line[0] for line in lines if line]
    assert order.index("runs") < order.index("time") < order.index("factor")


def test_nothing_is_written_but_what_is_asked(psasim, tmp_path: Path) -> None:
    assert psasim("design", TEACHING, SUBSETS, "--csv", "points.csv").code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["points.csv"]


def test_the_points_it_writes_can_be_read_back(psasim) -> None:
    for experiment in (SUBSETS, "experiment=uncertain_futures", "experiment=packages"):
        assert psasim("design", TEACHING, experiment, "--csv=points.csv").code == 0
        said = psasim("design", TEACHING, experiment, "--csv=points.csv")
        assert said.code == 2
        assert "points.csv is there already" in said.err
        with Path("points.csv").open(encoding="utf-8") as lines:
            rows = list(csv.DictReader(lines))
        before = composed(prepare([TEACHING, experiment]))
        assert len(rows) == len(before.points)
        after = composed(prepare([
            TEACHING, SUBSETS, "experiment.levers=null",
            "experiment.points={design:table,file:points.csv}",
        ]))
        ways = [{(p.scenario, p.package, p.governance, p.parameters) for p in config.points}
                for config in (before, after)]
        assert ways[0] == ways[1]
        Path("points.csv").unlink()


def test_a_file_of_ones_own_with_paths_beside_it(psasim, tmp_path: Path) -> None:
    study = tmp_path / "study"
    study.mkdir()
    (study / "mine.yaml").write_text(
        "worlds: 3\nmonths: 6\nscenario: {name: teaching}\nexperiment:\n  presets: [new_psa]\n"
        "  uncertainties: {design: table, file: futures.csv}\n", encoding="utf-8")
    (study / "futures.csv").write_text("inertia\n0.1\n0.2\n", encoding="utf-8")
    said = psasim("run", "experiment=study/mine.yaml", "months=5")
    assert said.code == 0, said.err
    folder = Path(said.out.splitlines()[-1].removeprefix("results: "))
    assert folder.name.startswith("mine-")
    record = json.loads((folder / "record.json").read_text(encoding="utf-8"))
    assert record["config"]["worlds"] == 3
    assert record["config"]["months"] == 5
    assert record["config"]["designs"]["uncertainties"]["file"] == "futures.csv"
    assert record["command"] == f"psasim run experiment={study / 'mine.yaml'} months=5"
    runs = pd.read_parquet(folder / "runs.parquet")
    assert len(runs) == 2 * 2 * 3
    assert set(runs["package"]) == {"departmental", "new_psa"}


@pytest.mark.parametrize("arguments, words", [
    (["design", "--cvs"], "unknown flag --cvs"),
    (["design", "--csv"], "--csv needs the name of a file"),
    (["design", "experiment=lever_subset"], "did you mean 'lever_subsets'?"),
    (["design", "experiment=mine.yaml"], "experiment = mine.yaml: there is no such file"),
    (["design", SUBSETS, "+experiment.levers.ovr=lead"], "did you mean 'over'?"),
    (["design", SUBSETS, "governance=new_psa"], "experiment.levers of lever_subsets makes its own"),
    (["design", "experiment.scenarios=[teaching]", TEACHING], "use experiment.scenarios=[...]"),
    (["run", "-m", "--cfg", "job"], "-m and --cfg do not go together"),
])
def test_refused(psasim, arguments: list[str], words: str) -> None:
    said = psasim(*arguments)
    assert said.code == 2
    assert words in said.err


@pytest.mark.parametrize("content, words", [
    ("7", "mine.yaml: holds a single value"), ("a: [", "not YAML"),
    ("presets: [newpsa]", "did you mean 'new_psa'?"), ("preset: [new_psa]", "preset"),
])
def test_files_refused(psasim, content: str, words: str) -> None:
    Path("mine.yaml").write_text(content, encoding="utf-8")
    said = psasim("design", TEACHING, "experiment=mine.yaml")
    assert said.code == 2
    assert words in said.err


def test_an_edited_file_goes_on_in_the_old_folder_that_is_named(psasim, tmp_path: Path) -> None:
    """As docs/experiments.md has it: points at the end, and nothing else."""
    file = tmp_path / "mine.yaml"
    run = ("run", "experiment=mine.yaml", TEACHING, "worlds=2", "months=2")
    futures = "uncertainties: {{design: sobol, points: {}, over: [{}, urgency]}}\n"
    file.write_text(futures.format(2, "inertia"), encoding="utf-8")
    assert psasim(*run).code == 0
    (folder,) = (tmp_path / "outputs").iterdir()
    old = {path: path.read_bytes() for path in (folder / "inputs").iterdir()}
    file.write_text(futures.format(4, "inertia"), encoding="utf-8")
    told = psasim("design", *run[1:])
    assert folder.name not in told.out
    assert "hydra.run.dir=DIR adds points" in told.out
    here = (*run, f"hydra.run.dir=outputs/{folder.name}")
    again = psasim(*here)
    assert (again.code, again.out.splitlines()[-1]) == (0, f"results: outputs/{folder.name}")
    assert psasim(*run).code == 0
    (new,) = set((tmp_path / "outputs").iterdir()) - {folder}
    points = "inputs/points.jsonl"
    assert (folder / points).read_bytes().startswith(old[folder / points])
    assert (folder / points).read_bytes() == (new / points).read_bytes()
    added, at_once = (pd.read_parquet(at / "runs.parquet") for at in (folder, new))
    pd.testing.assert_frame_equal(added, at_once)
    file.write_text(futures.format(4, "buy_in_rate"), encoding="utf-8")
    other = psasim(*here)
    assert other.code == 3
    assert "points can be added at the end alone" in other.err


SCENARIO = """
title: One
departments: [{key: Health, capacity: 1.0}, {key: Schools, capacity: 0.1}]
outcomes: [{key: Children, technology: TECHNOLOGY, planned_effort: 0.7}]
contributions:
  - {outcome: Children, department: Health, share: 0.6, lead: yes}
  - {outcome: Children, department: Schools, share: 0.4}
"""


@pytest.mark.parametrize("command", ["design", "run"])
def test_a_technology_too_low_for_the_defaults_is_refused_by_its_name(psasim, command: str) -> None:
    """As docs/scenarios.md has it."""
    def said(technology: float):
        content = SCENARIO.replace("TECHNOLOGY", str(technology))
        Path("mine.yaml").write_text(content, encoding="utf-8")
        return psasim(command, "scenario=mine.yaml", "worlds=1", "months=1")

    low = said(-4.9)
    assert low.code == 2
    assert "outcomes.Children.technology = -4.9" in low.err
    assert "lower parameters.inertia, or raise the technology to -4.83" in low.err
    assert said(-4.84).code == 2
    assert said(-4.83).code == 0


def test_what_is_odd_is_said_as_run_says_it(psasim) -> None:
    Path("mine.yaml").write_text(SCENARIO.replace("TECHNOLOGY", "0"), encoding="utf-8")
    told = [
        [line for line in psasim(command, "scenario=mine.yaml", "worlds=1", "months=1").err
         .splitlines() if "above its capacity" in line]
        for command in ("design", "run")
    ]
    assert told[0] == told[1]
    assert "the plans ask Schools for 0.28 of effort a month" in told[0][0]


def test_a_folder_that_is_not_there_is_told_before_the_pilot(psasim) -> None:
    said = psasim("design", TEACHING, "--csv", "nowhere/points.csv")
    assert (said.code, said.out) == (2, "")
    assert said.err == ("psasim: --csv nowhere/points.csv: nowhere is no folder; make it first, or "
                        "choose another name\n")


def test_facts_that_differ_have_no_one_default(psasim) -> None:
    said = psasim("design", TEACHING, "governance=new_psa", "worlds=2", "months=2",
                  "+experiment.uncertainties={design:latin_hypercube,points:2,over:"
                  "{indicators.*.lag:{low:1,high:6,together:true},inertia:{low:.1,high:.12}}}")
    assert said.code == 0, said.err
    lags = [item.lag for item in load_scenario("teaching").indicators]
    assert min(lags) < max(lags)
    line = next(line for line in said.out.splitlines() if line.startswith("indicators.*.lag"))
    assert line.split()[:2] == ["indicators.*.lag", f"{min(lags)}..{max(lags)}"]
