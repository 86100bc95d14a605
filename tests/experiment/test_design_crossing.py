"""Designs crossed: which points there are, in which order, and what each is held against."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import yaml

from psasim.config import RunConfig, defaults, run_config
from psasim.declared.conf import conf
from psasim.declared.levers import LEVERS, Governance
from psasim.declared.parameters import PARAMETERS, Parameters
from psasim.declared.presets import preset
from psasim.errors import InputError
from psasim.experiment.design.refusals import check
from psasim.scenario.template import template

SHIPPED = conf() / "experiment"
FUTURES = {"design": "latin_hypercube", "points": 5, "over": "all"}


def _config(governed: bool = False, baseline: str | None = None, **experiment: Any) -> RunConfig:
    settings = defaults() | {"baseline": baseline}
    settings["scenario"]["name"] = "teaching"
    settings["experiment"] |= {"name": "study", **experiment}
    return run_config(settings, governed=governed)


def test_each_package_under_each_future_in_each_scenario() -> None:
    config = _config(
        presets=["new_psa", "existing_psa"], scenarios=["teaching", "child_obesity"],
        levers={"design": "subsets", "over": ["lead", "sanctions"]}, uncertainties=FUTURES,
    )
    assert list(config.scenarios) == ["teaching", "child_obesity"]
    assert len(config.packages) == 2 + 4
    assert len(config.points) == 2 * 6 * 5
    met = {(p.scenario, p.package, p.parameters) for p in config.points}
    assert len(met) == len(config.points)
    futures = {p.parameters for p in config.points}
    assert met == {(s, p, f) for s in config.scenarios for p in config.packages for f in futures}


def test_points_are_made_alike_by_number_by_slice_and_in_turn() -> None:
    points = _config(presets=["new_psa", "departmental"], uncertainties=FUTURES).points
    in_turn = list(points)
    assert [p.number for p in in_turn] == list(range(10))
    assert [points[n] for n in range(10)] == in_turn == list(points[:])
    assert points[-1] == in_turn[-1]
    assert list(points[3:6]) == in_turn[3:6]
    with pytest.raises(IndexError):
        points[10]


def test_points_of_one_future_stand_together_with_the_baseline() -> None:
    points = _config(presets=["new_psa"], uncertainties=FUTURES).points
    for first in range(0, len(points), 2):
        one, other = points[first : first + 2]
        assert one.package == "departmental"
        assert other.package == "new_psa"
        assert one.parameters == other.parameters


def test_a_point_says_what_its_factors_are() -> None:
    config = _config(levers={"design": "grid", "over": ["lead"]}, uncertainties=FUTURES)
    for point in config.points:
        assert point.factors["governance.lead.strength"] == point.governance.strength("lead")
        for name in PARAMETERS:
            assert point.factors[f"parameters.{name}"] == point.parameters[name]


def test_every_subset_is_a_package_named_by_its_members() -> None:
    names = ["data_sharing", "lead", "sanctions"]
    packages = _config(levers={"design": "subsets", "over": names}).packages
    expected = {
        "".join(["departmental", *(f"+{name}" for name in chosen)]):
            Governance(**dict.fromkeys(chosen, 1.0))
        for size in range(4) for chosen in combinations(names, size)
    }
    assert dict(packages) == expected


def test_the_empty_subset_of_levers_that_are_on_is_another_package() -> None:
    packages = _config(levers={"design": "subsets", "over": ["lead"], "base": "new_psa"}).packages
    assert list(packages) == ["departmental", "new_psa+none", "new_psa+lead"]
    assert packages["new_psa+none"].strength("lead") == 0
    assert packages["new_psa+lead"] == preset("new_psa")


def test_a_design_is_laid_on_a_package() -> None:
    packages = _config(
        levers={"design": "one_at_a_time", "over": ["sanctions"], "base": "new_psa"}
    ).packages
    assert list(packages) == ["departmental", "new_psa", "new_psa+sanctions=1"]
    assert packages["new_psa+sanctions=1"] == preset("new_psa").plus(sanctions=1)


def test_parameters_that_are_not_varied_hold_everywhere() -> None:
    settings = defaults()
    settings["scenario"]["name"] = "teaching"
    settings["parameters"]["urgency"] = 1.25
    settings["experiment"] |= {
        "name": "study", "presets": ["departmental"],
        "uncertainties": {"design": "grid", "over": ["inertia"]},
    }
    assert {p.parameters["urgency"] for p in run_config(settings).points} == {1.25}


def test_one_package_under_futures_is_an_experiment_but_alone_it_is_none() -> None:
    assert len(_config(uncertainties=FUTURES).points) == 5
    with pytest.raises(InputError, match="nothing to compare"):
        check(_config(presets=["departmental"]).design)


def test_a_package_asked_for_meets_the_futures() -> None:
    config = _config(governed=True, baseline="new_psa", uncertainties=FUTURES)
    assert list(config.packages) == ["new_psa", "departmental"]
    assert len(config.points) == 10


def test_points_over_levers_and_parameters_together() -> None:
    config = _config(points={"design": "sobol", "points": 8, "over": ["lead", "inertia"]})
    rows = [p for p in config.points if p.package != "departmental"]
    assert len(rows) == 8
    assert len({p.governance.strength("lead") for p in rows}) == 8
    assert len({p.parameters["inertia"] for p in rows}) == 8
    futures = {p.parameters for p in rows}
    baselines = [p for p in config.points if p.package == "departmental"]
    assert len(baselines) == len(futures)
    assert {p.parameters for p in baselines} == futures


def test_the_folder_follows_what_is_drawn() -> None:
    def folder(**change: Any) -> str:
        return _config(presets=["new_psa"], uncertainties=FUTURES | change).folder_name

    assert folder() == folder(seed=1)
    assert len({folder(), folder(seed=2), folder(points=6), folder(over=["inertia"])}) == 4


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.yaml")), ids=lambda path: path.stem)
def test_shipped_experiments(path: Path, tmp_path: Path) -> None:
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    asked = dict(content.get("experiment", content))
    if path.stem == "own_case":  # of a scenario that gives ranges, as the template does
        file = tmp_path / "mine.yaml"
        file.write_text(template(file.name), encoding="utf-8")
        asked["scenarios"] = [str(file)]
    config = _config(**asked)
    points = {
        "packages": 4 + len(LEVERS), "levers_screening": 1 + 2 * 32, "lever_subsets": 2**5,
        "own_case": 4 * 100, "uncertain_futures": 4 * 64,
        "sobol_parameters": 2 * 64 * (len(PARAMETERS) + 2),
    }
    assert config.experiment == path.stem
    assert len(config.points) == points[path.stem]
    assert config.baseline in config.packages
    rows = config.designs.get("uncertainties", {}).get("rows", 1)
    assert len({point.future for point in config.points}) == rows  # 4,544 of `sobol_parameters`


@pytest.mark.parametrize("experiment, words", [
    ({"levers": {"design": "grid", "over": ["lead"], "base": "newpsa"}}, "did you mean 'new_psa'"),
    ({"levers": 7}, "experiment.levers = 7 is not a table"),
    ({"points": FUTURES, "uncertainties": FUTURES}, "experiment.points lists whole points"),
    ({"scenarios": ["teaching", "teaching"]}, "teaching is listed twice"),
    ({"presets": ["new_psa", "new_psa"]}, "experiment.presets names new_psa twice"),
    ({"packages": {"new_psa": {"sanctions": {"strength": 1}}}}, "a preset is called new_psa"),
    ({"scenarios": ["teachin"]}, "did you mean 'teaching'"),
    ({"levers": {"design": "subsets", "over": ["lead", "sanctions"]},
      "packages": {"departmental+lead": {"lead": {"strength": 0.5}}}},
     "departmental+lead: there is another package of this name"),
])
def test_refused(experiment: dict[str, Any], words: str) -> None:
    with pytest.raises(InputError) as refused:
        _config(**experiment)
    assert words in str(refused.value)


def test_a_package_beside_a_design_of_packages_is_refused() -> None:
    with pytest.raises(InputError, match="leave out one"):
        _config(governed=True, levers={"design": "subsets", "over": ["lead", "sanctions"]})


def test_defaults_are_one_future() -> None:
    assert {p.parameters for p in _config(presets=["new_psa"]).points} == {Parameters()}


@pytest.mark.parametrize("experiment, words", [
    ({"levers": {"design": "subsets", "over": "all"}},
     "experiment.levers has 33,554,432 rows (25 factors), above the upper bound 1,000,000; take"),
    ({"levers": {"design": "latin_hypercube", "over": "all", "points": 200_000}},
     "experiment.levers has 200,000 packages, above the upper bound 100,000"),
    ({"uncertainties": {"design": "saltelli", "over": "all", "points": 2**19}},
     f"experiment.uncertainties has {2**19 * (len(PARAMETERS) + 2):,} rows"),
    ({"uncertainties": {"design": "morris", "over": "all", "trajectories": 999_999}},
     f"experiment.uncertainties has {999_999 * (len(PARAMETERS) + 1):,} rows"),
    ({"uncertainties": {"design": "sobol", "over": ["inertia"], "points": 2**17},
      "each_lever_on": "departmental"},
     "experiment has 3,407,872 points (26 packages in 131,072 futures, 1 scenarios)"),
    ({"points": {"design": "sobol", "over": ["inertia"], "points": 2**17}},
     "experiment.points has 131,072 rows, above the upper bound 100,000"),
])
def test_sized_before_it_is_built(
    experiment: dict[str, Any], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []
    monkeypatch.setattr(Governance, "plus", lambda self, **_: made.append(1) or self)
    with pytest.raises(InputError) as refused:
        _config(**experiment)
    assert words in str(refused.value)
    assert len(made) <= len(LEVERS), "no package was made of a row"
