"""Structure as factors of a design: other shapes in one experiment, in every way it is computed."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

import psasim
from psasim.calibration import plausible
from psasim.cli import main
from psasim.config import RunConfig, defaults, run_config
from psasim.errors import InputError
from psasim.experiment import runner
from psasim.experiment.design.designs import PLANS
from psasim.experiment.folder.reader import StoredResults, open_results
from psasim.experiment.replay import Replay
from psasim.results.simulate import compare
from psasim.scenario.family import FAMILY, STRUCTURE_PATHS, load_member

OVER: Mapping[str, Any] = {
    "structure.owners": None, "structure.tiers": None,
    "structure.technology": {"low": -2, "high": 0.5}, "urgency": {"low": 1, "high": 2},
    "departments.*.capacity.times": {"low": 0.8, "high": 1.2, "together": True},
}
LEVELS = {"owners": (1, 2, 3, 4, 5, 6), "tiers": (0, 1, 2, 3, 4)}


def _settings(**experiment: Any) -> dict[str, Any]:
    settings = defaults()
    settings["scenario"]["name"] = FAMILY
    settings["experiment"] |= {"name": "study", "presets": ["new_psa"], **experiment}
    return settings


def _config(**experiment: Any) -> RunConfig:
    return run_config(_settings(**experiment))


def _uncertain(design: str = "latin_hypercube", **settings: Any) -> dict[str, Any]:
    size = {"latin_hypercube": {"points": 8}, "sobol": {"points": 8}, "saltelli": {"points": 4},
            "morris": {"trajectories": 3}}.get(design, {})
    return {"design": design, **size, "over": OVER, **settings}


def _run(folder: Path, *more: str, worlds: int = 2, months: int = 4, scenario: str = FAMILY,
         **experiment: Any) -> Path:
    content = {"scenario": scenario, "worlds": worlds, "months": months,
               "experiment": {"presets": ["departmental", "new_psa"], **experiment}}
    folder.mkdir(exist_ok=True)
    (folder / "mine.yaml").write_text(yaml.safe_dump(content, sort_keys=False), encoding="utf-8")
    assert main(["run", f"experiment={folder / 'mine.yaml'}", f"hydra.run.dir={folder / 'out'}",
                 *(more or ("backend=serial",))]) == 0
    return folder / "out"


def _parts(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((folder / "runs.parquet").iterdir())}


@pytest.mark.parametrize("design", [name for name in PLANS if name != "subsets"])
def test_structure_mixes_with_facts_and_parameters_in_every_design(design: str) -> None:
    over = {**OVER, "structure.owners": [2, 4], "structure.tiers": [0, 2]}
    config = _config(uncertainties=_uncertain(design, over=over))
    assert [factor.path.removeprefix("parameters.") for factor in config.factors] == list(over)
    seen = set()
    for point in config.points:
        scenario = config.design.scenario_of(point)
        owners, tiers = point.factors["structure.owners"], point.factors["structure.tiers"]
        times = point.factors["departments.*.capacity.times"]
        assert [d.capacity for d in scenario.departments] == [times] * int(owners)
        assert len(scenario.bodies) == tiers
        assert {o.technology for o in scenario.outcomes} == {point.factors["structure.technology"]}
        seen.add((owners, tiers))
    assert len(seen) > 1


@pytest.mark.parametrize("design", ["latin_hypercube", "sobol"])
def test_whole_numbers_are_sampled_in_equal_parts(design: str) -> None:
    config = _config(uncertainties={
        "design": design, "points": 512, "over": [f"structure.{name}" for name in LEVELS]})
    for name, levels in LEVELS.items():
        drawn = [point.factors[f"structure.{name}"] for point in config.points[::2]]
        values, counts = np.unique(drawn, return_counts=True)
        assert values.tolist() == list(levels)
        assert np.abs(counts - 512 / len(levels)).max() <= 3
    ends = {p.factors["structure.owners"] for p in _config(uncertainties={
        "design": "grid", "levels": 4, "over": ["structure.owners"]}).points}
    assert ends == {1, 3, 4, 6}


def test_a_point_is_the_member_run_by_itself(tmp_path: Path) -> None:
    """To the bit, in worlds that members have in common."""
    results = open_results(_run(tmp_path, months=24, uncertainties={
        "design": "grid", "over": {"structure.owners": [1, 3, 6], "structure.tiers": [0, 3]}}))
    runs = results.to_frame(["point", "world", "attainment", "burden", "realised"])
    for point in results.points:
        settings = {path.partition(".")[2]: value for path, value in point.facts.items()}
        alone = compare(["departmental", "new_psa"], scenario=load_member(settings), worlds=2,
                        months=24)
        rows = runs[runs["point"] == point.number].sort_values("world")
        own = alone.to_frame().query("package == @point.package").sort_values("world")
        for measure in ("attainment", "burden", "realised"):
            assert np.array_equal(rows[measure], own[measure])
    assert runs.groupby("point")["attainment"].first().nunique() == len(results.points)


def test_the_same_bytes_from_every_backend_and_batch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner, "SMALL", 0.0)
    ways = (("backend=serial",), ("backend=serial", "backend.chunk=1"),
            ("backend=serial", "backend.chunk=4096"), ("backend=processes", "backend.workers=2"))
    found = [_parts(_run(tmp_path / str(number), *way, uncertainties=_uncertain()))
             for number, way in enumerate(ways)]
    assert all(files == found[0] for files in found)


def test_killed_and_given_again_it_ends_with_the_same_bytes(tmp_path: Path) -> None:
    design = _uncertain(points=64)
    whole = _run(tmp_path / "whole", worlds=8, months=24, uncertainties=design)
    folder = tmp_path / "broken"
    folder.mkdir()
    shutil.copyfile(tmp_path / "whole" / "mine.yaml", folder / "mine.yaml")
    command = ["run", f"experiment={folder / 'mine.yaml'}", f"hydra.run.dir={folder / 'out'}",
               "backend=serial"]
    process = subprocess.Popen([sys.executable, "-m", "psasim", *command],
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    parts = folder / "out" / "runs.parquet"
    while process.poll() is None and len(list(parts.glob("*.parquet"))) < 2:
        time.sleep(0.001)
    process.kill()
    assert process.wait() != 0
    there = len(list(parts.glob("*.parquet")))
    assert 2 <= there < len(_parts(whole)) == 16
    assert main(command) == 0
    assert _parts(folder / "out") == _parts(whole)


@pytest.mark.parametrize("engine", ["ensemble", "mesa"])
def test_a_run_is_replayed_in_its_own_structure(tmp_path: Path, engine: str) -> None:
    results = open_results(_run(tmp_path, months=6, uncertainties=_uncertain()))
    shapes = set()
    for point in results.points[1::6]:
        replay = Replay(results, f"{point.package}/{point.number}/1", engine)
        assert len(list(replay)) == 6
        assert replay.check().same
        shapes.add((replay.layout.departments, len(replay.layout.scenario.bodies)))
    assert len(shapes) > 1


def test_what_is_stored_is_what_was_asked(tmp_path: Path) -> None:
    folder = _run(tmp_path, uncertainties=_uncertain())
    results = open_results(folder)
    config = _config(presets=["departmental", "new_psa"], uncertainties=_uncertain())
    assert list(results.points) == list(config.points)
    assert results.design.scenarios == config.scenarios
    assert list(results.factors())[4:9] == [f.path for f in config.factors]
    assert main(["verify", str(folder)]) == 0


def test_a_folder_of_another_family_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What builds members is no part of the model's digest; its members tell."""
    folder = _run(tmp_path, uncertainties=_uncertain())
    monkeypatch.setattr("psasim.scenario.family.LAG", 4)
    assert main(["results", str(folder)]) == 3
    assert "made by another version of psasim" in capsys.readouterr().err


def test_questions_are_answered_over_structure(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Drivers, backfire and ranking find the columns, in short and with their units; owners
    and tiers are what this answer hangs on."""
    folder = _run(tmp_path, worlds=3, months=36, uncertainties={
        "design": "latin_hypercube", "points": 60,
        "over": ["structure.owners", "structure.tiers", "structure.width"]})
    assert main(["analyse", str(folder), "drivers", "backfire", "ranking", "changes"]) == 0
    said = capsys.readouterr().out
    assert "new_psa" in said
    drivers = psasim.open_results(folder).drivers()
    assert set(drivers["factor"]) == {"owners", "tiers", "width"}
    assert set(drivers["factor_unit"]) == {"departments", "tiers", "bodies"}
    assert main(["report", str(folder)]) == 0
    page = (folder / "report" / "report.html").read_text(encoding="utf-8")
    assert "owners" in page


def test_points_that_are_written_can_be_read_back(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(yaml.safe_dump({
        "scenario": FAMILY, "experiment": {"presets": ["new_psa"], "uncertainties": _uncertain()}
    }, sort_keys=False), encoding="utf-8")
    file = tmp_path / "points.csv"
    assert main(["design", f"experiment={tmp_path / 'mine.yaml'}", "--csv", str(file)]) == 0
    before = _config(uncertainties=_uncertain())
    after = _config(points={"design": "table", "file": str(file)})
    ways = [{(p.package, *p.uncertain) for p in config.points} for config in (before, after)]
    assert ways[0] == ways[1]


def test_measures_have_a_value_where_some_structure_gives_one(tmp_path: Path) -> None:
    """What one owner has alone, as trust, has a value once another structure shares it."""
    (tmp_path / "alone.yaml").write_text("structure: {owners: 1}", encoding="utf-8")
    results = []
    for name, over in (("varied", {"structure.owners": [1, 2]}),
                       ("alone", {"structure.width": [1, 2]})):
        results.append(open_results(_run(
            tmp_path / name, scenario=str(tmp_path / "alone.yaml"),
            uncertainties={"design": "grid", "over": over})))
    assert np.isfinite(results[0].levels()["trust"]).all()
    assert results[1].levels()["trust"].isna().all()


def test_one_structure_keeps_its_own_months(tmp_path: Path) -> None:
    """Bands and raw paths are of the member that was run, not of the scenario as it stands."""
    (tmp_path / "rows.csv").write_text("structure.outcomes\n5\n", encoding="utf-8")
    folder = _run(tmp_path, "backend=serial", "trajectories=raw", uncertainties={
        "design": "table", "file": str(tmp_path / "rows.csv")})
    results = open_results(folder)
    for frame in (results.trajectories(), results.trajectories_raw()):
        assert set(frame["outcome"]) == {f"Outcome{number:03d}" for number in range(1, 6)}


def test_parameter_sets_are_dealt_to_rows_by_chance() -> None:
    """No set goes with some structures; one after the other they would, as every hundredth point
    of a Sobol' sequence lies in one quarter of the first factor."""
    sets = list(plausible())
    design = {"design": "sobol", "points": 512, "over": ["structure.load", "structure.owners"]}
    config = run_config(_settings(uncertainties=design), parameter_set="plausible")
    points = config.points[::2]
    given = np.array([sets.index(point.parameters) for point in points])
    assert set(np.bincount(given, minlength=len(sets))) == {5, 6}
    loads = np.array([point.factors["structure.load"] for point in points])
    of_set = [loads[given == number] for number in range(len(sets))]
    narrow = sum(np.ptp(values) < 0.26 * np.ptp(loads) for values in of_set)
    assert narrow < 10
    alone = _config(uncertainties=design)
    assert [p.facts for p in alone.points] == [p.facts for p in config.points]
    again = run_config(_settings(uncertainties={**design, "seed": 2}), parameter_set="plausible")
    assert [sets.index(p.parameters) for p in again.points[::2]] != list(given)


REFUSED: tuple[tuple[Any, str], ...] = (
    (["structure.owner"], "did you mean 'structure.owners'?"),
    ({"structure.owners": {"low": 0, "high": 3}},
     "structure.owners.low = 0 is below its lower bound 1 (departments)"),
    ({"structure.owners": [2, 2.5]}, "is not a whole number"),
    ({"structure.owners": {"together": True}}, "is a single factor"),
    (["structure.technology", "owners", "structure.owners"], "is named twice"),
    ({"structure.owners": None, "departments.Owner01.capacity": [1, 2]},
     "names rows that are not there in every structure; with structure.owners varied write "
     "departments.*.capacity and together: true"),
    ({"structure.owners": None, "departments.*.capacity": {
        "low": 1, "high": 2, "together": False}}, "are not there in every structure"),
    ({"structure.technology": None, "outcomes.*.technology": {
        "low": 0, "high": 1, "together": True}},
     "structure.technology and outcomes.*.technology both set"),
)


@pytest.mark.parametrize("over, words", REFUSED, ids=[words for _, words in REFUSED])
def test_refused(over: Any, words: str) -> None:
    with pytest.raises(InputError) as refused:
        _config(uncertainties=_uncertain(over=over))
    assert words in str(refused.value)


def test_only_a_member_has_structure() -> None:
    settings = _settings(uncertainties=_uncertain(over=["structure.owners"]))
    settings["scenario"]["name"] = "teaching"
    with pytest.raises(InputError, match=r"scenario teaching, which is written out row by row; "
                                         r"take scenario=shared_outcomes"):
        run_config(settings)
    with pytest.raises(InputError, match=r"is varied in experiment\.uncertainties, not here"):
        _config(levers={"design": "grid", "over": {"structure.owners": [1, 2]}})


def test_all_is_parameters_alone() -> None:
    """Structure is varied where it is asked for."""
    config = _config(uncertainties=_uncertain(over="all"))
    assert not {factor.path for factor in config.factors} & STRUCTURE_PATHS.keys()


def test_futures_of_the_same_structure_stay_apart(tmp_path: Path) -> None:
    results: StoredResults = open_results(_run(tmp_path, uncertainties={
        "design": "latin_hypercube", "points": 6, "over": {"structure.owners": [2, 3]}}))
    assert results.futures == 6
