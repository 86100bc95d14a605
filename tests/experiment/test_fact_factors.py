"""Facts of the scenario as factors: beside parameters, in every design, to the right fact."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from psasim.cli import main
from psasim.coefficients import Coefficients
from psasim.config import RunConfig, defaults, run_config
from psasim.errors import InputError
from psasim.experiment import runner
from psasim.experiment.computing import compute
from psasim.experiment.design.designs import PLANS
from psasim.experiment.folder.reader import StoredResults, open_results
from psasim.experiment.replay import Replay
from psasim.results.measures import measure
from psasim.scenario.facts import owners
from psasim.structure.layout import Layout

OVER: Mapping[str, Any] = {
    "outcomes.HealthyChildren.technology": {"low": -2, "high": 0.5},
    "departments.Places.capacity": {"low": 0.5, "high": 1.5},
    "urgency": {"low": 1, "high": 2},
    "outcomes.FirstJobs.technology": {"low": -1, "high": 1},
}
NAMES = ["outcomes.HealthyChildren.technology", "departments.Places.capacity",
         "parameters.urgency", "outcomes.FirstJobs.technology"]


def _config(**experiment: Any) -> RunConfig:
    settings = defaults()
    settings["scenario"]["name"] = "teaching"
    settings["experiment"] |= {"name": "study", "presets": ["new_psa"], **experiment}
    return run_config(settings)


def _run(folder: Path, *more: str, worlds: int = 2, months: int = 3, **experiment: Any
         ) -> StoredResults:
    content = {"scenario": {"name": "teaching"}, "worlds": worlds, "months": months,
               "experiment": {"presets": ["departmental", "new_psa"], **experiment}}
    (folder / "mine.yaml").write_text(yaml.safe_dump(content, sort_keys=False), encoding="utf-8")
    place = folder / "out"
    assert main(["run", f"experiment={folder / 'mine.yaml'}", f"hydra.run.dir={place}",
                 *(more or ("backend=serial",))]) == 0
    return open_results(place)


def _uncertain(design: str = "latin_hypercube", **settings: Any) -> dict[str, Any]:
    size = {"latin_hypercube": {"points": 8}, "sobol": {"points": 8}, "saltelli": {"points": 4},
            "morris": {"trajectories": 3}}.get(design, {})
    return {"design": design, **size, "over": OVER, **settings}


def test_an_index_goes_to_its_own_fact(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Attainment is a known function of facts and a parameter, as the engine meets them."""
    def planted(
        trajectory: Any, layout: Layout, k: Coefficients, *own: Any
    ) -> dict[str, np.ndarray]:
        found = measure(trajectory, layout, k)
        departments = [item.key for item in layout.scenario.departments]
        outcomes = [item.key for item in layout.scenario.outcomes]
        values = (4 * k.capacity[departments.index("Places")] + 2 * (k.urgency[0] - 1)
                  + 0.5 * layout.technology[outcomes.index("FirstJobs")])
        return found | {"attainment": found["attainment"] * 0 + values}

    monkeypatch.setattr(compute, "measure", planted)
    results = _run(tmp_path, months=1, worlds=1, uncertainties=_uncertain("saltelli", points=64))
    found = results.sensitivity("attainment", "new_psa")
    assert list(found.index) == NAMES
    weights = np.array([0, 4, 2, 1]) ** 2  # over ranges of width 2.5, 1, 1 and 2
    assert np.allclose(found["ST"], weights / weights.sum(), atol=0.1)
    morris = tmp_path / "morris"
    morris.mkdir()
    found = _run(morris, months=1, worlds=1, uncertainties=_uncertain("morris"))
    assert np.allclose(found.sensitivity("attainment", "new_psa")["mu"], [0, 4, 2, 1])


def test_a_fact_moves_the_model_as_a_scenario_that_states_it_does(tmp_path: Path) -> None:
    results = _run(tmp_path, months=12, uncertainties={
        "design": "grid", "over": {"departments.Places.capacity": [0.8, 1.6]}})
    runs = results.to_frame(["point", "world", "attainment"]).set_index(["point", "world"])
    as_stated, doubled = (runs.loc[[point]]["attainment"].to_numpy() for point in (1, 3))
    assert not np.array_equal(as_stated, doubled)
    plain = tmp_path / "plain"
    plain.mkdir()
    stated = _run(plain, months=12).to_frame(["point", "world", "attainment"])
    assert np.array_equal(as_stated, stated[stated["point"] == 1]["attainment"])


@pytest.mark.parametrize("design", [name for name in PLANS if name != "subsets"])
def test_facts_and_parameters_mix_in_every_design(design: str) -> None:
    config = _config(uncertainties=_uncertain(design))
    assert [factor.path for factor in config.factors] == NAMES
    for point in config.points:
        scenario = config.design.scenario_of(point)
        stated = {f"departments.{d.key}.capacity": d.capacity for d in scenario.departments} | {
            f"outcomes.{o.key}.technology": o.technology for o in scenario.outcomes}
        for path in NAMES:
            if path.startswith("parameters."):
                assert point.parameters["urgency"] == point.factors[path]
            else:
                assert stated[path] == point.factors[path]
        assert stated["departments.Wellbeing.capacity"] == 1.2
    assert len({point.uncertain for point in config.points}) > 1


def test_whole_points_vary_levers_and_facts_together() -> None:
    over = {"sanctions": None, **OVER}
    config = _config(points={"design": "sobol", "points": 8, "over": over})
    rows = [point for point in config.points if point.row is not None]
    assert [point.row for point in rows] == list(range(8))
    assert len({point.uncertain for point in rows}) == 8
    assert {p.future for p in config.points if p.package == "departmental"} == set(range(8))


def test_together_or_each_by_itself() -> None:
    spec = {"low": 0.5, "high": 1.5}
    each = _config(uncertainties=_uncertain(
        over={"departments.*.capacity": {**spec, "together": False}}))
    assert [factor.path for factor in each.factors] == [
        f"departments.{key}.capacity" for key in ("Learning", "Places", "Wellbeing")]
    alike = _config(uncertainties=_uncertain(
        over={"departments.*.capacity.times": {**spec, "together": True}}))
    (factor,) = alike.factors
    assert factor.path == "departments.*.capacity.times"
    for point in alike.points:
        times = point.factors[factor.path]
        assert point.facts == {"departments.Learning.capacity": 1.0 * times,
                               "departments.Places.capacity": 0.8 * times,
                               "departments.Wellbeing.capacity": 1.2 * times}
    levels = _config(uncertainties={"design": "grid", "over": {
        "outcomes.*.technology": {"levels": [-1, 0, 1], "together": True}}})
    assert [p.facts["outcomes.FirstJobs.technology"] for p in levels.points[::2]] == [-1, 0, 1]


def test_shares_of_every_future_sum_to_one() -> None:
    config = _config(uncertainties=_uncertain(over={
        "contributions.*.share": {"low": 0.2, "high": 0.8, "together": False}}))
    few = _config(uncertainties=_uncertain(over={
        "contributions.*.Learning.share": {"low": 0.1, "high": 0.9, "together": True}}))
    assert len(config.factors) == 5
    for study in (config, few):
        for point in study.points:
            for items in owners(study.design.scenario_of(point)).values():
                assert sum(item.share for item in items) == pytest.approx(1, abs=1e-12)
    for point in few.points:
        for items in owners(few.design.scenario_of(point)).values():
            assert {item.share for item in items if item.department == "Learning"} == {
                point.factors["contributions.*.Learning.share"]}


def test_the_only_contributor_keeps_its_share() -> None:
    settings = defaults()
    settings["scenario"]["name"] = "sr2004"
    spec = {"low": 0.1, "high": 0.9, "together": False}
    settings["experiment"] |= {"name": "s", "presets": ["new_psa"], "uncertainties": _uncertain(
        over={"contributions.*.share": spec})}
    config = run_config(settings)
    alone = {items[0] for items in owners(config.scenario).values() if len(items) == 1}
    assert alone
    varied = {factor.path for factor in config.factors}
    assert not varied & {f"contributions.{c.outcome}.{c.department}.share" for c in alone}


def test_what_is_stored_is_what_was_asked(tmp_path: Path) -> None:
    design = _uncertain("saltelli")
    results = _run(tmp_path, uncertainties=design)
    config = _config(presets=["departmental", "new_psa"], uncertainties=design)
    assert list(results.points) == list(config.points)
    assert list(results.factors())[4:8] == NAMES
    assert list(results.problem()["names"]) == NAMES
    assert np.array_equal(results.inputs(), [
        [point.factors[name] for name in NAMES] for point in config.points[::2]])
    record = json.loads((results.folder / "record.json").read_text(encoding="utf-8"))
    assert list(record["config"]["designs"]["uncertainties"]["over"]) == NAMES


def test_the_folder_follows_ranges_of_facts() -> None:
    def folder(high: float) -> str:
        return _config(uncertainties=_uncertain(
            over={"departments.Places.capacity": {"low": 0.5, "high": high}})).folder_name

    assert folder(1.5) == folder(1.5) != folder(1.6)


def test_the_same_bytes_from_every_backend_and_batch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner, "SMALL", 0.0)
    ways = (("backend=serial",), ("backend=serial", "backend.chunk=1"),
            ("backend=serial", "backend.chunk=4096"), ("backend=processes", "backend.workers=2"))
    found = []
    for number, way in enumerate(ways):
        folder = tmp_path / str(number)
        folder.mkdir()
        over = {**OVER, "bodies.Councils.count": {"low": 1, "high": 3}}
        results = _run(folder, *way, uncertainties=_uncertain(over=over))
        found.append({path.name: path.read_bytes()
                      for path in sorted((results.folder / "runs.parquet").iterdir())})
    assert all(files == found[0] for files in found)
    assert set(results.to_frame(["status"])["status"]) == {"ok"}


@pytest.mark.parametrize("engine", ["ensemble", "mesa"])
def test_a_run_is_replayed_under_its_own_facts(tmp_path: Path, engine: str) -> None:
    results = _run(tmp_path, months=6, uncertainties=_uncertain())
    for point in (0, 7):
        package = results.points[point].package
        replay = Replay(results, f"{package}/{point}/1", engine)
        assert len(list(replay)) == 6
        assert replay.check().same
        capacity = {d.key: d.capacity for d in replay.layout.scenario.departments}["Places"]
        assert capacity == results.points[point].factors["departments.Places.capacity"]


def test_a_drawn_scenario_that_the_model_refuses_is_a_refused_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = "outcomes.FirstJobs.technology,contributions.FirstJobs.Places.share\n"
    (tmp_path / "rows.csv").write_text(
        f"{rows}0.5,0.5\n-4.9,0.5\n0.5,1\n-1,0.2\n", encoding="utf-8")
    results = _run(tmp_path, uncertainties={"design": "table", "file": "rows.csv"})
    status = results.to_frame(["point", "status"]).drop_duplicates()
    assert dict(zip(status["point"] // 2, status["status"], strict=True)) == {
        0: "ok", 1: "refused", 2: "refused", 3: "ok"}
    said = capsys.readouterr()
    assert "2 of 4 futures refused: parameters.inertia = 0.15 is above" in said.err
    assert "outcomes.FirstJobs.technology = -4.9" in said.err
    reasons = list(results.refused.values())
    assert "contributions.FirstJobs.Learning.share = 0 is below its lower bound" in reasons[1]
    with pytest.raises(InputError, match="2 of 4 rows have not a number"):
        results.outputs("attainment", "new_psa")


def test_points_that_are_written_can_be_read_back(tmp_path: Path) -> None:
    over = {**OVER, "contributions.*.share": {"low": 0.2, "high": 0.8, "together": False},
            "bodies.*.count.times": {"low": 0.5, "high": 2, "together": True}}
    content = {"scenario": {"name": "teaching"}, "experiment": {
        "presets": ["new_psa"], "uncertainties": _uncertain(over=over)}}
    (tmp_path / "mine.yaml").write_text(yaml.safe_dump(content, sort_keys=False), encoding="utf-8")
    file = tmp_path / "points.csv"
    assert main(["design", f"experiment={tmp_path / 'mine.yaml'}", "--csv", str(file)]) == 0
    before = _config(uncertainties=_uncertain(over=over))
    after = _config(points={"design": "table", "file": str(file)})
    ways = [{(p.package, *p.uncertain) for p in config.points} for config in (before, after)]
    assert ways[0] == ways[1]
    assert len(before.points) == len(after.points)


def test_a_range_may_stand_beside_the_fact(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("""
departments: [{key: Health, capacity: 1.0}, {key: Schools, capacity: 0.5}]
outcomes: [{key: Children, technology: -0.5, planned_effort: 0.7}]
contributions:
  - {outcome: Children, department: Health, share: 0.6, lead: yes}
  - {outcome: Children, department: Schools, share: 0.4}
sources: {review: "Review of capacity, 2007"}
provenance:
  departments:
    capacity: {source: review, mark: low, low: 0.4, high: 1.5}
    Schools.capacity: {source: review, mark: low, low: 0.3, high: 0.6}
""", encoding="utf-8")

    def factors(over: Any = None, **named: Any) -> list[tuple[str, float, float]]:
        settings = defaults()
        settings["scenario"] |= {"name": "file", "path": str(tmp_path / "mine.yaml")}
        settings["experiment"] |= {"name": "s", "presets": ["new_psa"],
                                   "uncertainties": _uncertain(over=over or named)}
        return [(f.path, f.low, f.high) for f in run_config(settings).factors]

    assert factors("facts") == [
        ("departments.Health.capacity", 0.4, 1.5), ("departments.Schools.capacity", 0.3, 0.6)]
    assert factors(**{"departments.Health.capacity": None}) == [
        ("departments.Health.capacity", 0.4, 1.5)]
    assert factors(**{"departments.*.capacity": {"together": False}}) == [
        ("departments.Health.capacity", 0.4, 1.5), ("departments.Schools.capacity", 0.3, 0.6)]
    with pytest.raises(InputError, match="has no range of its own"):
        factors(**{"departments.*.capacity": {"together": True}})
    with pytest.raises(InputError, match="has no range of its own"):
        factors(**{"outcomes.Children.technology": None})


BAD: tuple[tuple[Any, str], ...] = (
    ("facts", "and teaching gives none; write low and high beside their source"),
    (["outcomes.*.technology"], "over.outcomes.*.technology stands for 2 facts: say whether"),
    ({"outcomes.*.technology": {"low": -1, "high": 0}}, "together: true"),
    ({"outcomes.*.technology": {"low": -1, "high": 0, "together": "yes"}}, "together: true"),
    ({"outcomes.FirstJobs.technology": {"low": -1, "high": 0, "together": True}},
     "outcomes.FirstJobs.technology is a single factor; leave it out"),
    ({"outcomes.FirstJobs.technology": None}, "has no range of its own; give {low: , high: }"),
    ({"outcomes.FirstJobs.technology": {"low": -1}}, "has no range of its own"),
    ({"outcomes.FirstJobs.technology": {"low": -9, "high": 0}}, "is below its lower bound -5"),
    ({"outcomes.FirstJob.technology": [0, 1]}, "did you mean 'outcomes.FirstJobs.technology'?"),
    ({"outcomes.a.b.c": [0, 1]}, "is not a number of scenario teaching; write table.key"),
    ({"outcomes.FirstJobs.technology": [0, 1], "outcomes.*.technology":
      {"low": 0, "high": 1, "together": True}}, "both set outcomes.FirstJobs.technology"),
    ({"outcomes.FirstJobs.technology": [0, 1], "outcomes.*.technology":
      {"low": 0, "high": 1, "together": False}}, "outcomes.FirstJobs.technology is named twice"),
    ({"outcomes.FirstJobs.technology": [0, 1], "outcomes.FirstJobs.technology.times":
      {"low": 0, "high": 1}}, "both set outcomes.FirstJobs.technology"),
    ({"contributions.*.share": {"low": 0.1, "high": 0.9, "together": True}},
     "moves all shares of FirstJobs alike"),
    ({"contributions.HealthyChildren.Places.share": {"low": 0.1, "high": 0.5},
      "contributions.HealthyChildren.Learning.share": {"low": 0.1, "high": 0.5}},
     "the shares of HealthyChildren that are varied sum to 1 and leave nothing to the others"),
    ({"outcomes.FirstJobs.drift.times": {"low": 0.5, "high": 2}}, "leaves it to a parameter"),
    ({"departments.Wellbeing.phase.times": {"low": 0.5, "high": 2}}, "has it at 0"),
    ({"outcomes.HealthyChildren.technology.times": {"low": 0.5, "high": 3}},
     "makes outcomes.HealthyChildren.technology -6, outside its bounds -5 to 1"),
    ({"bodies.Schools.count": {"low": 1.5, "high": 3}}, "is not a whole number"),
)


@pytest.mark.parametrize("over, words", BAD, ids=[words for _, words in BAD])
def test_refused(over: Any, words: str) -> None:
    with pytest.raises(InputError) as refused:
        _config(uncertainties=_uncertain(over=over))
    assert words in str(refused.value)


def test_facts_are_not_levers() -> None:
    with pytest.raises(InputError, match=r"is varied in experiment\.uncertainties, not here"):
        _config(levers={"design": "grid", "over": {"outcomes.FirstJobs.technology": [0, 1]}})


def test_several_scenarios() -> None:
    """Facts that all have, or a pattern that moves together in each."""
    spec = {"low": -1, "high": 0.5}
    both = ["teaching", "child_obesity"]
    config = _config(scenarios=both, uncertainties=_uncertain(
        over={"outcomes.*.technology": {**spec, "together": True}}))
    last = config.points[-1]
    assert last.facts == dict.fromkeys(last.facts, last.factors["outcomes.*.technology"])
    assert set(last.facts) == {
        f"outcomes.{o.key}.technology" for o in config.scenarios["child_obesity"].outcomes}
    with pytest.raises(InputError, match="stands for other facts in each scenario"):
        _config(scenarios=both, uncertainties=_uncertain(
            over={"outcomes.*.technology": {**spec, "together": False}}))
    with pytest.raises(InputError, match=r"did you mean|is not a number of scenario"):
        _config(scenarios=both, uncertainties=_uncertain(
            over={"outcomes.FirstJobs.technology": spec}))


def test_capacity_in_the_ledger_is_the_mean_over_futures(tmp_path: Path) -> None:
    results = _run(tmp_path, months=2, uncertainties={
        "design": "grid", "over": {"departments.Places.capacity": [0.8, 1.8]}})
    shares = results.ledger_shares()
    assert set(shares["capacity_mean"]) == {2 * (1.2 + 1.0 + (0.8 + 1.8) / 2)}
