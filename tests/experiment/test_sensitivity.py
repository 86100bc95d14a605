"""Sensitivity of known functions, through the whole path: file, run, folder, SALib."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import yaml
from SALib.analyze import sobol as sobol_indices
from SALib.sample import sobol

import psasim
from psasim.cli import main
from psasim.coefficients import Coefficients
from psasim.errors import InputError
from psasim.experiment.computing import compute
from psasim.experiment.folder.reader import StoredResults, open_results
from psasim.results.measures import measure

RANGES = {"urgency": (1.0, 2.0), "inertia": (0.05, 0.1), "trust_start": (0.2, 0.8),
          "substitution": (0.1, 0.4)}
"""Neither alphabetical nor in the order they are declared in."""

WEIGHTS = {"urgency": 4.0, "inertia": 1.0, "trust_start": 0.0, "substitution": 2.0}
OVER = {name: {"low": low, "high": high} for name, (low, high) in RANGES.items()}
NAMES = [f"parameters.{name}" for name in RANGES]
VARIANCES = np.array([WEIGHTS[name] ** 2 for name in RANGES])

Function = Callable[[dict[str, np.ndarray]], np.ndarray]


def _additive(unit: dict[str, np.ndarray]) -> np.ndarray:
    return sum(WEIGHTS[name] * unit[name] for name in RANGES)


def _ishigami(unit: dict[str, np.ndarray]) -> np.ndarray:
    """Ishigami and Homma (1990): of urgency, inertia and trust_start over -pi to pi."""
    one, two, three = ((2 * unit[name] - 1) * np.pi for name in list(RANGES)[:3])
    return np.sin(one) + 7 * np.sin(two) ** 2 + 0.1 * three**4 * np.sin(one)


def _plant(monkeypatch: pytest.MonkeyPatch, function: Function) -> None:
    """Have attainment be a function of the parameters, as the engine meets them."""
    def planted(
        trajectory: Any, layout: Any, k: Coefficients, own: Any
    ) -> dict[str, np.ndarray]:
        found = measure(trajectory, layout, k, own)
        unit = {name: (getattr(k, name)[0] - low) / (high - low)
                for name, (low, high) in RANGES.items()}
        return found | {"attainment": found["attainment"] * 0 + function(unit)}

    monkeypatch.setattr(compute, "measure", planted)


def _run(folder: Path, experiment: dict[str, Any], worlds: int = 2) -> StoredResults:
    content = {"scenario": {"name": "teaching"}, "worlds": worlds, "months": 1,
               "experiment": {"presets": ["departmental", "new_psa"], **experiment}}
    (folder / "mine.yaml").write_text(yaml.safe_dump(content, sort_keys=False), encoding="utf-8")
    assert main(["run", f"experiment={folder / 'mine.yaml'}", "backend=serial",
                 f"hydra.run.dir={folder / 'out'}"]) == 0
    return open_results(folder / "out")


def test_an_index_goes_to_its_own_factor(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _plant(monkeypatch, _additive)
    results = _run(tmp_path, {"uncertainties": {"design": "saltelli", "points": 128, "over": OVER}})
    found = results.sensitivity("attainment", "new_psa")
    assert list(found.index) == NAMES
    assert np.allclose(found["S1"], VARIANCES / VARIANCES.sum(), atol=0.06)
    assert np.allclose(found["ST"], VARIANCES / VARIANCES.sum(), atol=0.06)


def test_the_order_of_the_file_is_the_order_of_everything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    results = _run(tmp_path, {"uncertainties": {"design": "saltelli", "points": 4, "over": OVER}})
    assert results.problem() == {
        "num_vars": 4, "names": NAMES, "bounds": [list(ends) for ends in RANGES.values()]}
    varied = [name for name in results.factors() if name.startswith("parameters.")]
    assert varied == NAMES
    columns = list(results.sql("SELECT * FROM points").df())
    assert columns[4:8] == NAMES
    record = json.loads((results.folder / "record.json").read_text(encoding="utf-8"))
    assert list(record["config"]["designs"]["uncertainties"]["over"]) == NAMES
    rows = sobol.sample(results.problem(), 4, calc_second_order=False, seed=1)
    assert np.allclose(results.inputs().to_numpy(), rows, rtol=0, atol=1e-12)
    for package in ("departmental", "new_psa"):
        frame = results.factors()
        own = frame[frame["package"] == package].sort_values("future")
        assert np.allclose(own[NAMES].to_numpy(), rows, rtol=0, atol=1e-12)


def test_a_parameter_that_is_set_and_varied_stands_where_it_is_varied(tmp_path: Path) -> None:
    design = {"design": "sobol", "points": 4, "over": ["urgency", "inertia"]}
    (tmp_path / "mine.yaml").write_text(yaml.safe_dump({
        "scenario": {"name": "teaching"}, "worlds": 1, "months": 1, "parameters": {"inertia": 0.1},
        "experiment": {"presets": ["new_psa"], "uncertainties": design}}), encoding="utf-8")
    assert main(["run", f"experiment={tmp_path / 'mine.yaml'}", "backend=serial",
                 f"hydra.run.dir={tmp_path / 'out'}"]) == 0
    results = open_results(tmp_path / "out")
    varied = [name for name in results.factors() if name.startswith("parameters.")]
    assert varied == ["parameters.urgency", "parameters.inertia"]


def test_ishigami(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _plant(monkeypatch, _ishigami)
    over = dict(list(OVER.items())[:3])
    results = _run(tmp_path, {
        "uncertainties": {"design": "saltelli", "points": 256, "over": over}}, worlds=1)
    found = results.sensitivity("attainment", "new_psa")
    assert np.allclose(found["S1"], [0.3139, 0.4424, 0.0], atol=0.08)
    assert np.allclose(found["ST"], [0.5576, 0.4424, 0.2437], atol=0.08)


def test_morris_screens_a_known_function(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _plant(monkeypatch, _additive)
    results = _run(tmp_path, {
        "uncertainties": {"design": "morris", "trajectories": 6, "over": OVER}})
    assert len(results.inputs()) == results.futures == 6 * 5
    found = results.sensitivity("attainment", "new_psa")
    assert list(found.index) == NAMES
    assert np.allclose(found["mu"], list(WEIGHTS.values()))
    assert np.allclose(found["mu_star"], list(WEIGHTS.values()))
    assert np.allclose(found["sigma"], 0, atol=1e-9)


def test_morris_moves_whole_numbers_and_options_at_every_step(tmp_path: Path) -> None:
    over = {"lead.kind": ["single", "two"], "stocktakes.period": None, "stocktakes": [0.5, 1],
            "lead": [1, 0.5]}
    results = _run(tmp_path, {"points": {
        "design": "morris", "trajectories": 10, "over": over, "base": "new_psa"}}, worlds=1)
    steps = np.diff(results.inputs().to_numpy().reshape(10, 5, 4), axis=1)
    assert ((steps != 0).sum(axis=2) == 1).all()
    assert results.problem()["bounds"][0] == [0.0, 1.0]
    assert results.outputs("attainment").shape == (50,)


def test_a_difference_is_the_paired_one(tmp_path: Path) -> None:
    results = _run(tmp_path, {"uncertainties": {"design": "sobol", "points": 4, "over": OVER}})
    runs = results.to_frame()
    means = runs.groupby(["point", "package"])["attainment"].mean().unstack()
    future = results.factors().set_index("point")["future"]
    by_future = means.groupby(future).max()
    found = results.outputs("attainment", "new_psa", less="departmental")
    assert np.allclose(found, by_future["new_psa"] - by_future["departmental"])
    assert np.ptp(found) > 0
    assert np.allclose(results.outputs("attainment"), by_future["new_psa"])


def test_sensitivity_to_levers_and_to_whole_points(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def strengths(unit: dict[str, np.ndarray]) -> np.ndarray:
        return unit["urgency"]

    _plant(monkeypatch, strengths)
    over = {"sanctions": None, "parameters.urgency": {"low": 1.0, "high": 2.0}}
    results = _run(tmp_path, {"points": {"design": "saltelli", "points": 64, "over": over}})
    found = results.sensitivity("attainment")
    assert list(found.index) == ["governance.sanctions.strength", "parameters.urgency"]
    assert np.allclose(found["ST"], [0.0, 1.0], atol=0.05)
    with pytest.raises(InputError, match=r"a row of experiment[.]points sets its own"):
        results.outputs("attainment", "new_psa")
    levers = tmp_path / "levers"
    levers.mkdir()
    other = _run(levers, {"levers": {"design": "saltelli", "points": 4,
                                     "over": ["sanctions", "lead"]}})
    assert other.outputs("attainment").shape == (16,)
    assert list(other.inputs()["governance.lead.strength"]) == [
        other.packages[name].strength("lead")
        for name in other.design.designs["levers"]["packages"]]


EQUAL = pd.DataFrame({"urgency": [1.0, 1.5, 1.0, 1.0], "inertia": [0.1, 0.1, 0.1, 0.05]})


def test_equal_rows_are_futures_of_their_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    EQUAL.to_csv(tmp_path / "rows.csv", index=False)
    results = _run(tmp_path, {"uncertainties": {"design": "table", "file": "rows.csv"}})
    said = capsys.readouterr().out
    assert "4 futures" in said
    assert results.futures == 4
    assert np.array_equal(results.inputs().to_numpy(), EQUAL.to_numpy())
    found = results.outputs("attainment", "new_psa")
    assert found.shape == (4,)
    assert found[0] == found[2]
    assert main(["design", f"experiment={tmp_path / 'mine.yaml'}"]) == 0
    assert "8 (4 futures)" in capsys.readouterr().out
    record = json.loads((results.folder / "record.json").read_text(encoding="utf-8"))
    assert record["config"]["designs"]["uncertainties"]["rows"] == 4
    spread = pd.read_csv(results.folder / "spread.csv")
    assert set(spread["sets"]) == {4}


def test_equal_whole_points_are_kept_and_stay_rows(tmp_path: Path) -> None:
    rows = EQUAL.assign(package=["new_psa", "departmental", "new_psa", "departmental"])
    rows = pd.concat([rows, rows.iloc[[1]]])
    rows.to_csv(tmp_path / "rows.csv", index=False)
    results = _run(tmp_path, {"points": {"design": "table", "file": "rows.csv"}})
    assert [p.row for p in results.points] == [None, 0, 1, 2, 3, 4]
    assert np.array_equal(results.inputs().to_numpy(), rows[["urgency", "inertia"]].to_numpy())
    assert results.futures == 3
    assert results.outputs("attainment").shape == (5,)


@pytest.mark.parametrize("size, most", [
    ({"design": "saltelli", "points": 32}, 0.3), ({"design": "morris", "trajectories": 30}, 0.24),
])
def test_a_row_without_a_number_is_refused_or_takes_its_block(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: dict[str, Any], most: float
) -> None:
    """High inertia is refused where substitution is high too."""
    _plant(monkeypatch, _additive)
    over = OVER | {"inertia": {"low": 0.05, "high": most}}
    results = _run(tmp_path, {"uncertainties": {**size, "over": over}})
    with pytest.raises(InputError, match=r"rows have not a number in every world.*inertia.*above"):
        results.outputs("attainment", "new_psa")
    with pytest.warns(UserWarning, match="blocks of .* rows are left out whole"):
        found = results.sensitivity("attainment", "new_psa")
    assert "are left out whole" in found.attrs["left_out"]
    assert np.isfinite(found.to_numpy()).all()
    if size["design"] == "morris":
        assert np.allclose(found["mu"], [4, (most - 0.05) / 0.05, 0, 2])
    else:
        assert found["ST"]["parameters.trust_start"] == pytest.approx(0, abs=1e-9)
        assert found["ST"]["parameters.urgency"] > found["ST"]["parameters.substitution"] > 0.01


def test_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    results = _run(tmp_path, {"uncertainties": {"design": "sobol", "points": 4, "over": OVER}})
    for words, call in {
        "sobol rows have no indices of their own": lambda: results.sensitivity("attainment"),
        "did you mean 'attainment'": lambda: results.outputs("attainmet"),
        "did you mean 'new_psa'": lambda: results.outputs("attainment", "newpsa"),
        "did you mean 'departmental'": lambda: results.outputs("attainment", less="departmentl"),
        "section: unknown name 'levers'": lambda: results.problem("levers"),
    }.items():
        with pytest.raises(InputError) as refused:
            call()
        assert words in str(refused.value)


def test_a_measure_that_nothing_moves_has_no_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _plant(monkeypatch, lambda unit: unit["urgency"] * 0)
    results = _run(tmp_path, {"uncertainties": {"design": "saltelli", "points": 4, "over": OVER}})
    with pytest.raises(InputError, match="attainment is 0 in every row"):
        results.sensitivity("attainment")


def test_the_example_of_the_document(tmp_path: Path) -> None:
    """docs/designs.md, as it stands: its file is run, and its lines after it."""
    text = (Path(__file__).parents[2] / "docs" / "designs.md").read_text(encoding="utf-8")
    (section,) = re.findall(r"## Which factors drive the answer\n(.*?)\n## ", text, re.DOTALL)
    (file,) = re.findall(r"```yaml\n(.*?)```", section, re.DOTALL)
    results = _run(tmp_path, yaml.safe_load(file))
    names: dict[str, Any] = {"psasim": psasim, "DIR": results.folder}
    for lines in re.findall(r"```python\n(.*?)```", section, re.DOTALL):
        exec(lines, names)
    found = results.sensitivity("attainment", "new_psa", less="departmental")
    again = sobol_indices.analyze(results.problem(), names["outputs"], calc_second_order=False,
                                  seed=1)
    assert list(found.index) == NAMES
    assert np.array_equal(found["ST"], again["ST"])
