"""An experiment file that somebody sends is data: it runs nothing and sees nothing from elsewhere.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

RUNS = "{callbacks: {x: {_target_: pathlib.Path.touch, self: ran}}}"

BAD = [
    (f"hydra: {RUNS}\nexperiment: {{presets: [new_psa]}}", "line 1: unknown name 'hydra'"),
    (f"hydra: {RUNS}\npresets: [new_psa]", "line 1: unknown name 'hydra'"),
    (f"experiment: {{presets: [new_psa], hydra: {RUNS}}}", "unknown name 'hydra'"),
    ("hydra: {run: {dir: elsewhere}}\npresets: [new_psa]", "unknown name 'hydra'"),
    ("defaults: [packages]\npresets: [new_psa]", "unknown name 'defaults'"),
    ("defaults: [/hydra/job_logging: default]\nexperiment: {presets: [new_psa]}",
     "unknown name 'defaults'"),
    ("_target_: os.getcwd\npresets: [new_psa]", "unknown name '_target_'"),
    ("presets: [new_psa]\npackages: {x: {_target_: os.getcwd}}", "unknown name '_target_'"),
    ("presets: [new_psa]\nlevers: {design: subsets, over: [lead], _target_: x}",
     "unknown name '_target_'"),
    ("presets: [new_psa]\nname: !!python/object/apply:os.getcwd []", "is a YAML tag; remove it"),
    ("name: '${oc.env:HOME}'\npresets: [new_psa]", "line 1: '${oc.env:HOME}' stands for what"),
    ("presets: ['${now:%Y}']", "stands for what"),
    ("presets: [new_psa]\npackages: {'${oc.env:HOME}': {lead: {strength: 1}}}", "stands for what"),
    ("presets: ???", "stands for what"),
    ("experiment: {presets: [new_psa]}\nbackend: {name: dask, address: 'tcp://example:1'}",
     "backend says where an experiment is computed, which no file decides"),
    ("experiment: {presets: [new_psa]}\nparameters: plausible",
     "give parameters=plausible at the command line"),
    ("experiment: {presets: [new_psa]}\ngovernance: new_psa",
     "give governance=new_psa at the command line"),
    ("experiment: {presets: [new_psa]}\nprecision: 1", "precision = 1 is not a table"),
    ("experiment: {presets: [new_psa]}\nbaseline: ''", "baseline = '' is empty"),
    ("presets: [new_psa]\npackages: {'=x': {lead: {strength: 1}}}", "begins with ="),
    ("presets: [new_psa]\npackages: {'@x': {lead: {strength: 1}}}", "begins with @"),
    ("presets: [new_psa]\npackages: {'+x': {lead: {strength: 1}}}", "begins with +"),
    ("presets: [new_psa]\nuncertainties: {design: table, file: ~/nope.csv}",
     f"{Path('~/nope.csv').expanduser()}: no such file"),
    ("presets: [new_psa]\nscenarios: ['~/nope.yaml']",
     f"{Path('~/nope.yaml').expanduser()}: no such file"),
    ("experiment: {presets: [new_psa]}\nscenario: ~/nope.yaml",
     f"{Path('~/nope.yaml').expanduser()}: no such file"),
]


@pytest.mark.parametrize("text, words", BAD, ids=[text[:50] for text, _ in BAD])
def test_refused(psasim, tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "mine.yaml").write_text(text, encoding="utf-8")
    scenario = [] if "scenario" in text else ["scenario=teaching"]
    said = psasim("run", "experiment=mine.yaml", "worlds=2", "months=2", *scenario)
    assert said.code == 2
    assert words in said.err
    assert os.listdir(tmp_path) == ["mine.yaml"]


def test_a_remark_for_hydra_places_nothing(psasim, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(
        "# @package hydra.callbacks\npresets: [new_psa]\n", encoding="utf-8")
    said = psasim("run", "--cfg", "all", "experiment=mine.yaml", "scenario=teaching")
    assert said.code == 0, said.err
    assert "callbacks: {}" in said.out


@pytest.mark.parametrize("scenario", ["teaching", "{name: teaching}", "own.yaml"])
def test_a_scenario_by_name_or_file(psasim, tmp_path: Path, scenario: str) -> None:
    folder = tmp_path / "study"
    folder.mkdir()
    (folder / "own.yaml").write_text(
        "departments: [{key: A, capacity: 1}, {key: B, capacity: 1}]\n"
        "outcomes: [{key: O, technology: 0, planned_effort: 1}]\n"
        "contributions:\n"
        "- {outcome: O, department: A, share: 0.6, lead: true}\n"
        "- {outcome: O, department: B, share: 0.4}\n", encoding="utf-8")
    (folder / "mine.yaml").write_text(
        f"experiment: {{presets: [new_psa]}}\nscenario: {scenario}\n", encoding="utf-8")
    said = psasim("design", "experiment=study/mine.yaml", "worlds=2", "months=2")
    assert said.code == 0, said.err
    assert f"scenarios    {'own' if 'own' in scenario else 'teaching'}\n" in said.out
