"""`psasim run`, from the command to the files."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from psasim.presets import preset_names

SMALL = ("scenario=teaching", "worlds=3", "months=6")


def _folder(said) -> Path:
    last = said.out.splitlines()[-1]
    assert last.startswith("results: ")
    return Path(last.removeprefix("results: "))


def test_default_experiment(psasim) -> None:
    said = psasim("run", *SMALL)
    assert said.code == 0, said.err
    folder = _folder(said)
    assert folder.parent == Path("outputs")
    assert folder.name.startswith("packages-")
    contrasts = pd.read_csv(folder / "contrasts.csv")
    others = set(preset_names()) - {"departmental"}
    assert others < set(contrasts["package"])
    assert "departmental+sanctions" in set(contrasts["package"])
    assert set(contrasts["baseline"]) == {"departmental"}
    for name in others:
        assert name in said.out


def test_a_package_in_either_order(psasim) -> None:
    """The group and a value in it compose in either order, into the same folder."""
    overrides = ("governance=new_psa", "governance.sanctions.strength=0.5")
    first, second = psasim("run", *SMALL, *overrides), psasim("run", *SMALL, *overrides[::-1])
    assert (first.code, second.code) == (0, 0)
    assert _folder(first) == _folder(second)
    config = json.loads((_folder(first) / "record.json").read_text(encoding="utf-8"))["config"]
    assert list(config["packages"]) == ["departmental", "custom"]
    assert config["packages"]["custom"]["sanctions"]["strength"] == 0.5
    assert config["packages"]["custom"]["lead"]["strength"] == 1


def test_parameters_hold_for_all_packages_and_are_recorded(psasim) -> None:
    said = psasim("run", *SMALL, "governance=new_psa", "parameters.inertia=0.1")
    record = json.loads((_folder(said) / "record.json").read_text(encoding="utf-8"))
    assert record["config"]["parameters"]["inertia"] == 0.1
    assert record["command"].endswith("governance=new_psa parameters.inertia=0.1")


def test_output_folder_of_ones_own(psasim) -> None:
    said = psasim("run", *SMALL, "governance=new_psa", "hydra.run.dir=here/there")
    assert _folder(said) == Path("here/there")
    assert (Path("here/there") / "record.json").is_file()


def test_scenario_of_ones_own(psasim, tmp_path: Path) -> None:
    (tmp_path / "my one.yaml").write_text(
        "departments:\n- {key: A, name: A, capacity: 1}\n- {key: B, name: B, capacity: 1}\n"
        "outcomes:\n- {key: X, name: X, technology: 0, planned_effort: 0.5}\n"
        "contributions:\n- {department: A, outcome: X, share: 0.5, lead: true}\n"
        "- {department: B, outcome: X, share: 0.5}\n",
        encoding="utf-8",
    )
    said = psasim("run", "scenario=my one.yaml", *SMALL[1:], "governance=new_psa")
    assert said.code == 0, said.err
    record = json.loads((_folder(said) / "record.json").read_text(encoding="utf-8"))
    assert record["config"]["scenario"] == "my one"


def test_two_engines_name_the_same_folder(psasim) -> None:
    folders = {
        _folder(psasim("run", *SMALL, "governance=new_psa", f"engine={engine}"))
        for engine in ("ensemble", "mesa")
    }
    assert len(folders) == 1


def test_a_sweep_runs_every_job_and_reports_the_one_that_fails(psasim) -> None:
    said = psasim("run", "-m", *SMALL, "governance=new_psa", "parameters.inertia=0.1,0.2,9")
    assert said.code == 2
    assert "parameters.inertia = 9 is above" in said.err
    assert said.out.count("results: ") == 2


def test_interrupted_run_leaves_earlier_results_alone(
    psasim, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = _folder(psasim("run", *SMALL, "governance=new_psa"))
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert before

    def interrupt(*args: object, **named: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("psasim.simulation.run_part", interrupt)
    assert psasim("run", *SMALL, "governance=new_psa").code == 130
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
