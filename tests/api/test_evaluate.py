"""Many sets in one call, and an experiment from Python."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import psasim as ps
from psasim.cli import main

SETS = pd.DataFrame({"inertia": [0.05, 0.1, 0.2], "parameters.trust_start": [0.1, 0.5, 0.9],
                     "outcomes.FirstJobs.technology": [1.0, -1.0, 0.5]})


def _evaluated(**more):
    return ps.evaluate("teaching", ["departmental", "new_psa"], SETS, worlds=5, months=8,
                       measures=["attainment", "trust"], **more)


def test_every_number_is_that_of_a_run_by_itself() -> None:
    found = _evaluated()
    assert found.by_world.shape == (3, 2, 2, 5)
    assert np.array_equal(found.values, found.by_world.mean(axis=-1))
    facts = ps.load_scenario("teaching")
    for row, package in ((0, "departmental"), (2, "new_psa")):
        from psasim.scenario.facts import with_facts

        scenario = with_facts(facts, {"outcomes.FirstJobs.technology": SETS.iloc[row, 2]})
        alone = ps.simulate(scenario, package, worlds=5, months=8, parameters={
            "inertia": SETS.iloc[row, 0], "trust_start": SETS.iloc[row, 1]}).to_frame()
        at = ["departmental", "new_psa"].index(package)
        assert np.array_equal(found.by_world[row, at, 0], alone["attainment"])
        assert np.array_equal(found.by_world[row, at, 1], alone["trust"])


def test_the_frame_says_the_same() -> None:
    found = _evaluated()
    assert list(found.frame)[:2] == ["set", "package"]
    assert found.frame.attrs["units"]["attainment"] == "of target"
    row = found.frame.query("set == 1 and package == 'new_psa'").iloc[0]
    assert row["attainment"] == found.values[1, 1, 0]
    assert row["parameters.inertia"] == 0.1


def test_processes_and_worlds_move_no_bit() -> None:
    sets = np.linspace(0.05, 0.2, 60)[:, None]
    given = {"names": ["inertia"], "months": 6}
    one = ps.evaluate("teaching", "new_psa", sets, worlds=100, **given)
    two = ps.evaluate("teaching", "new_psa", sets, worlds=100, processes=2, **given)
    some = ps.evaluate("teaching", "new_psa", sets, worlds=range(40, 60), **given)
    assert np.array_equal(one.by_world, two.by_world)
    assert np.array_equal(one.by_world[..., 40:60], some.by_world)


def test_a_set_the_model_refuses_is_no_number() -> None:
    found = ps.evaluate("teaching", "new_psa", [[0.1], [0.9]], names=["inertia"], worlds=3,
                        months=4)
    assert np.isfinite(found.values[0]).all()
    assert np.isnan(found.values[1]).all()


@pytest.mark.parametrize("sets, names, told", [
    ([[0.1, 2.0]], ["inertia", "trust_start"], "X: row 0: parameters.trust_start = 2 is above"),
    ([[0.1]], ["inertai"], "did you mean 'inertia'"),
    ([[0.1]], None, "must name the 1 columns"),
    ([[0.1, 0.1]], ["inertia", "parameters.inertia"], "has two columns"),
    ([[0.1]], ["outcomes.Jobs.technology"], "X: column"),
    (np.empty((0, 1)), ["inertia"], "X has no sets"),
    ([["a"]], ["inertia"], "X: row 0: parameters.inertia = 'a' is not a number"),
])
def test_bad_sets(sets, names, told: str) -> None:
    with pytest.raises(ps.InputError, match=told):
        ps.evaluate("teaching", "new_psa", sets, names=names, worlds=2, months=3)


def test_an_experiment_from_python_is_the_command_lines(tmp_path: Path) -> None:
    content = {"name": "mine", "presets": ["departmental", "new_psa"],
               "packages": {"led": {"lead": 1}}}
    given = {"scenario": "teaching", "worlds": 6, "months": 5, "backend": "serial"}
    mine = ps.run_experiment(content, tmp_path / "python", **given)
    file = tmp_path / "mine.yaml"
    file.write_text("name: mine\npresets: [departmental, new_psa]\n"
                    "packages: {led: {lead: {strength: 1}}}\n")
    settings = [f"{name}={value}" for name, value in given.items()]
    assert main(["run", f"experiment={file}", *settings, f"hydra.run.dir={tmp_path / 'cli'}"]) == 0
    theirs = ps.open_results(tmp_path / "cli")
    assert mine.digest == theirs.digest
    assert mine.manifest.content == theirs.manifest.content
    again = ps.run_experiment(file, tmp_path / "python", **given)
    assert again.digest == mine.digest


def test_bad_settings_are_told_in_the_command_lines_words(tmp_path: Path) -> None:
    with pytest.raises(ps.InputError, match="did you mean worlds="):
        ps.run_experiment("packages", tmp_path / "out", wordls=3)
    with pytest.raises(ps.InputError, match="experiment: unknown name 'pakages'"):
        ps.run_experiment("pakages", tmp_path / "out")
    assert not (tmp_path / "out").exists()
