"""Calibration to data of one's own: planted truths come back, and what is not told is told."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import yaml

import psasim as ps
from psasim.calibration.own import Reading, own_evidence
from psasim.cli import main

TRUTH = {"trust_start": 0.5, "trust_rate": 0.05}
OVER = ["trust_start", "trust_rate", "sight_base"]
ASKED = ["--sets", "128", "--keep", "10", "--backend", "serial"]


def _data(trust: float) -> dict:
    return {"scenario": "teaching", "governance": "new_psa", "months": 6, "worlds": 4, "over": OVER,
            "data": {"trust": {"statistic": "trust", "value": trust, "spread": 0.03,
                               "source": "planted"}}}


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Calibrated to what the model gave under known parameters, in other worlds."""
    folder = tmp_path_factory.mktemp("own")
    seen = ps.simulate("teaching", "new_psa", TRUTH, worlds=50, months=6, seed=99)
    data = _data(float(seen.to_frame()["trust"].mean()))
    (folder / "data.yaml").write_text(yaml.safe_dump(data), encoding="utf-8")
    assert main(["calibrate", str(folder / "data.yaml"), *ASKED, "--folder",
                 str(folder / "out")]) == 0
    return folder / "out"


def test_a_planted_truth_is_found_again_and_the_rest_is_said_not_to_be_told(
    planted: Path,
) -> None:
    report = json.loads((planted / "calibration.json").read_text(encoding="utf-8"))
    assert report["constrained"] == ["trust_start"]
    assert "sight_base" in report["at_prior"] and report["no_data"] == []
    fit = next(f for f in report["parameters"] if f["name"] == "trust_start")
    assert fit["ratio"][2] < 0.8
    sets = np.array(json.loads((planted / "plausible.json").read_text())["sets"])
    assert abs(sets[:, 0].mean() - TRUTH["trust_start"]) < 0.1
    check = report["planted"]
    assert check["truths"] == 20 and check["kept"] >= 0.85
    runs = [np.load(planted / name / "case-0-sets-000000.npy")
            for name in ("planted", "planted-data")]
    assert not np.array_equal(*runs)  # the data are of other worlds than the sets are run in
    assert check["ratio"]["trust_start"] < 0.6 < 0.85 < check["ratio"]["sight_base"]


def test_the_sets_go_into_evaluate_and_experiments(planted: Path, tmp_path: Path) -> None:
    anything = {"trust": {"statistic": "trust", "low": 0.0, "source": "anything"}}
    again = ps.calibrate({**_data(0.5), "data": anything}, tmp_path / "all", sets=16, keep=3,
                         backend="serial")
    assert list(again.sets) == [f"parameters.{name}" for name in OVER]
    found = ps.evaluate("teaching", ["departmental", "new_psa"], again.sets, worlds=2, months=3)
    assert found.values.shape == (3, 2, 1)
    content = {"name": "own", "presets": ["departmental", "new_psa"],
               "uncertainties": {"design": "table", "file": str(planted / "sets.csv")}}
    folder = ps.run_experiment(content, tmp_path / "swept", scenario="teaching", worlds=2, months=3,
                               backend="serial")
    assert folder.futures == 10


def test_what_two_parameters_do_alike_is_told_only_together() -> None:
    from psasim.calibration.fit import pairs
    from psasim.calibration.prior import prior_rows

    rows = prior_rows(500, 1, OVER)
    low, high = rows.min(axis=0), rows.max(axis=0)
    unit = (rows - low) / (high - low)
    found = pairs(rows, np.abs(unit[:, 0] + unit[:, 1] - 1.0) < 0.1, OVER)
    assert [(p.one, p.other) for p in found] == [("trust_start", "trust_rate")]
    assert found[0].rank < -0.9
    assert pairs(rows, unit[:, 2] < 0.5, OVER) == []


def test_readings_are_of_the_model() -> None:
    evidence = own_evidence({
        "scenario": "teaching", "governance": {"lead": {"strength": 1.0}}, "months": 6,
        "data": {
            "gap": {"statistic": "real", "outcome": "FirstJobs", "month": 4, "low": 0.0,
                    "source": "s"},
            "met": {"statistic": "attainment", "at_least": 0.1, "high": 1.0, "source": "s"},
        }})
    from psasim.calibration.runs import statistics
    from psasim.declared.parameters import Parameters

    assert len(evidence.cases) == 1  # of one scenario and package: run once
    mean, variance = statistics(evidence.bands, [Parameters()], 8, 2007)
    results = ps.simulate("teaching", {"lead": 1}, worlds=8, months=6)
    row = [o.key for o in results.scenario.outcomes].index("FirstJobs")
    real = results.parts["custom"].paths["real"][3, row]
    assert mean[0, 0] == pytest.approx(real.mean())
    assert variance[0, 0] == pytest.approx(real.var(ddof=1))
    assert mean[0, 1] == (results.to_frame()["attainment"] >= 0.1).mean()


def test_a_reading_counts_what_is_not_out_as_not_there() -> None:
    paths = np.full((1, 3, 2, 2, 2), np.nan)
    paths[0, 1, 1, 0] = [1.0, 0.2]
    found = Reading("reported", month=2, outcomes=(0, 1), least=1.0)({}, paths)
    assert found.tolist() == [[0.5, 0.0]]


@pytest.mark.parametrize("change, told", [
    ({"statistic": "trusst"}, r"data\.trust\.statistic: unknown name 'trusst'; did you mean"),
    ({"source": " "}, "source is empty; say where the number is from"),
    ({"spread": 0.0}, "value = 0.5 with spread 0 would be exact"),
    ({"low": 0.4}, "give value, or low and high"),
    ({"value": None, "low": 0.7, "high": 0.4}, "low = 0.7 is above high = 0.4; swap them"),
    ({"value": None}, "give value, or low and high"),
    ({"month": 3}, "goes with statistic real, reported, rated"),
    ({"statistic": "real"}, "month = None: say in which month, from 1 to 6"),
    ({"statistic": "real", "month": 7}, "month = 7: say in which month, from 1 to 6"),
    ({"statistic": "real", "month": 2, "outcome": "FirstJob"}, "did you mean 'FirstJobs'"),
    ({"spred": 0.1}, "unknown name 'spred'; did you mean 'spread'"),
    ({"value": "high"}, r"data\.trust\.value = 'high'"),
    ({"governance": "new"}, "'new'"),
    ({"governance": {"lead": 7}}, r"data\.trust: governance\.lead\.strength = 7 is above"),
    ({"at_least": float("nan")}, "are not finite numbers"),
    ({"scenario": "\0"}, "cannot be a path|no such file"),
    ({"scenario": "teachin"}, "teachin"),
])
def test_bad_data_are_told(change: dict, told: str) -> None:
    data = _data(0.5)
    data["data"]["trust"].update(change)
    with pytest.raises(ps.InputError, match=told):
        own_evidence(data)


@pytest.mark.parametrize("change, told", [
    ({"over": ["inertai"]}, "over: unknown name 'inertai'; did you mean 'inertia'"),
    ({"over": []}, "over is empty"),
    ({"worlds": 1}, "chance is told from two worlds on"),
    ({"months": 0}, "months = 0 is below"),
    ({"data": {}}, "data is empty"),
    ({"data": {"": {"statistic": "trust", "low": 0.1, "source": "s"}}}, "data"),
    ({"data": {"a\x1b[31m": {"statistic": "trust", "low": 0.1, "source": "s"}}}, "data"),
    ({"data": {"a": 3}}, "data.a = 3"),
])
def test_a_bad_file_is_told(change: dict, told: str) -> None:
    with pytest.raises(ps.InputError, match=told):
        own_evidence({**_data(0.5), **change})
