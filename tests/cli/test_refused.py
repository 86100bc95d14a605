"""Settings the model refuses are told before anything is computed."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from psasim.scenario import load_scenario, scenario_names
from psasim.scenario.cautions import overcommitted

HIGH = ("scenario=teaching", "parameters.inertia=0.5")
SMALL = ("worlds=3", "months=3", "experiment.presets=[new_psa]", "experiment.each_lever_on=null")
FUTURES = "+experiment.uncertainties={design:grid,over:{inertia:[0.1,0.45,0.5]}}"


@pytest.mark.parametrize("arguments", [
    HIGH, (*HIGH, "hydra.run.dir=here"), (*HIGH, "governance=new_psa"),
    ("scenario=csr2007", "parameters.inertia=0.19", "parameters.substitution=0.44"),
    ("-m", *HIGH, "governance=new_psa,existing_psa"),
])
@pytest.mark.parametrize("command", ["run", "design"])
def test_a_single_future_is_wrong_input(psasim, command: str, arguments: tuple[str, ...]) -> None:
    if command == "design" and "-m" in arguments:
        arguments = arguments[1:-1]
    said = psasim(command, *arguments)
    assert said.code == 2
    assert re.search(r"parameters\.inertia = 0\.\d+ is above 0\.\d+ \(per month\)", said.err)
    assert not list(Path().rglob("manifest.json"))


def test_some_of_several_futures_are_counted(psasim) -> None:
    reason = "2 of 3 futures refused: parameters.inertia = 0.45 is above"
    designed = psasim("design", "scenario=teaching", *SMALL, FUTURES)
    assert designed.code == 0, designed.err
    assert reason in designed.out
    said = psasim("run", "scenario=teaching", *SMALL, FUTURES)
    assert said.code == 0, said.err
    assert reason in " ".join(said.err.split())
    out = " ".join(said.out.split())
    assert reason in out
    assert "runs failed" not in out
    folder = Path(said.out.splitlines()[-1].removeprefix("results: "))
    lines = (folder / "failures.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["runs"] for line in lines] == [6, 6]
    again = psasim("results", str(folder))
    assert reason in " ".join(again.out.split())


def test_all_of_several_futures(psasim) -> None:
    futures = FUTURES.replace("0.1,", "")
    said = psasim("run", "scenario=teaching", *SMALL, futures)
    assert said.code == 2
    assert "all 2 futures are refused, the first as parameters.inertia = 0.45" in said.err


def test_plans_beyond_capacity_are_told_and_run(psasim, tmp_path: Path) -> None:
    (tmp_path / "tight.yaml").write_text(
        "departments: [{key: A, capacity: 1}, {key: B, capacity: 1}]\n"
        "outcomes: [{key: O, technology: 0, planned_effort: 2.5}]\n"
        "contributions:\n"
        "- {outcome: O, department: A, share: 0.6, lead: true}\n"
        "- {outcome: O, department: B, share: 0.4}\n", encoding="utf-8")
    said = psasim("run", "scenario=tight.yaml", "governance=new_psa", "worlds=2", "months=2")
    assert said.code == 0
    assert "ask A for 1.5 of effort a month, above its capacity of 1" in said.err
    assert "ask B" not in said.err


def test_shipped_plans_are_within_capacity() -> None:
    assert not any(overcommitted(load_scenario(name)) for name in scenario_names())
