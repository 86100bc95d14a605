"""`psasim run`, from the command to the files."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from psasim.declared.presets import preset_names

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
    assert list(config["packages"]) == ["departmental", "new_psa+sanctions=0.5"]
    assert config["packages"]["new_psa+sanctions=0.5"]["sanctions"]["strength"] == 0.5
    assert config["packages"]["new_psa+sanctions=0.5"]["lead"]["strength"] == 1


def test_parameters_and_output_folder_of_ones_own(psasim) -> None:
    overrides = ("governance=new_psa", "parameters.inertia=0.1")
    said = psasim("run", *SMALL, *overrides, "hydra.run.dir=here/there")
    assert _folder(said) == Path("here/there")
    record = json.loads((_folder(said) / "record.json").read_text(encoding="utf-8"))
    assert record["config"]["parameters"]["inertia"] == 0.1
    assert record["command"] == " ".join(
        ["psasim run", *SMALL, *overrides, "hydra.run.dir=here/there"])


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


def test_two_engines_name_the_same_folder_and_fill_it_alike(psasim) -> None:
    filled = {}
    for engine in ("ensemble", "mesa"):
        folder = _folder(psasim("run", *SMALL, "governance=new_psa", f"engine={engine}"))
        filled[folder, (folder / "contrasts.csv").read_bytes()] = engine
    assert len(filled) == 1


def test_interrupted_run_leaves_earlier_results_alone(
    psasim, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = _folder(psasim("run", *SMALL, "governance=new_psa"))
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert before

    def interrupt(*args: object, **named: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("psasim.experiment.runner.compute", interrupt)
    assert psasim("run", "worlds=9", *SMALL[::2], "governance=new_psa").code == 130
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
