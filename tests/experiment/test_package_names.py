"""Packages are named by what they change, and may be laid on a preset in a file."""

from __future__ import annotations

from typing import Any

import pytest

from psasim.config import RunConfig, defaults, run_config
from psasim.declared.levers import LEVERS, Governance
from psasim.declared.presets import preset, preset_names
from psasim.errors import InputError
from psasim.experiment.design.packages import BASELINE, change, name_of

NEW = preset("new_psa")


def _config(**experiment: Any) -> RunConfig:
    settings = defaults()
    settings["scenario"]["name"] = "teaching"
    settings["experiment"] |= {"name": "study", **experiment}
    return run_config(settings)


@pytest.mark.parametrize("package, name", [
    (Governance(), "departmental"),
    (NEW, "new_psa"),
    (NEW.plus(joint_targets=0), "new_psa less joint_targets"),
    (NEW.plus(joint_targets=0, lead=0), "new_psa less lead less joint_targets"),
    (NEW.plus(stocktakes=1), "new_psa+stocktakes=1"),
    (NEW.plus(sanctions=1), "new_psa+sanctions"),
    (NEW.plus(lead={"kind": "two"}), "new_psa+lead.kind=two"),
    (Governance(sanctions={"strength": 0.5, "size": 1}),
     "departmental+sanctions=0.5+sanctions.size=1"),
    (NEW.plus(sanctions=1, rewards=1, evaluation=1, process_alignment=1), "custom"),
])
def test_a_package_is_named_by_what_was_changed(package: Governance, name: str) -> None:
    assert name_of(package) == name


def test_a_lever_alone_has_the_name_experiments_give_it() -> None:
    for lever in LEVERS:
        package = preset(BASELINE).plus(**{lever: 1})
        assert package in [preset(n) for n in preset_names()] or (
            name_of(package) == f"{BASELINE}+{lever}")


def test_one_at_a_time_says_what_is_left_out() -> None:
    over = {"joint_targets": [0, 1], "stocktakes": [0, 0.5, 1]}
    config = _config(levers={"design": "one_at_a_time", "base": "new_psa", "over": over})
    assert list(config.packages) == [
        "departmental", "new_psa", "new_psa less joint_targets", "new_psa less stocktakes",
        "new_psa+stocktakes=1",
    ]
    assert config.packages["new_psa less joint_targets"] == NEW.plus(joint_targets=0)
    assert change("lead.kind", "two") == "+lead.kind=two"


def test_levels_that_are_near_are_packages_of_their_own() -> None:
    over = {"sanctions": [0.1234567, 0.1234568]}
    packages = _config(levers={"design": "one_at_a_time", "over": over}).packages
    assert list(packages) == [
        "departmental", "departmental+sanctions=0.1234567", "departmental+sanctions=0.1234568"]


def test_a_package_of_a_file_laid_on_a_preset() -> None:
    given = {"base": "new_psa", "joint_targets": {"strength": 0}, "lead": {"kind": "two"}}
    config = _config(packages={"no joint": given})
    assert config.packages["no joint"] == NEW.plus(joint_targets=0, lead={"kind": "two"})
    with pytest.raises(InputError, match=r"packages\.x\.base: unknown name 'newpsa'; did you mean"):
        _config(packages={"x": {"base": "newpsa"}})


def test_a_folder_is_named_without_blanks() -> None:
    settings = defaults()
    settings["scenario"]["name"] = "teaching"
    settings["experiment"]["name"] = "study"
    for lever, fields in NEW.plus(joint_targets=0).settings().items():
        settings["governance"][lever] |= fields
    assert run_config(settings).folder_name.startswith("new_psa-less-joint_targets-")


@pytest.mark.parametrize("name, words", [
    ("=1+1", "begins with ="), ("+lead", "begins with +"), ("@now", "begins with @"),
    ("-1", "begins with -"), ("a\x1b[31m", "holds '\\x1b'"), ("a\nb", "holds '\\n'"),
    ("", "is empty"),
])
def test_a_name_that_a_spreadsheet_or_terminal_would_obey_is_refused(name: str, words: str) -> None:
    for experiment, path in (({"packages": {name: {"lead": {"strength": 1}}}}, "packages: name"),
                             ({"name": name}, "name")):
        with pytest.raises(InputError) as refused:
            _config(**experiment)
        assert f"experiment.{path} = " in str(refused.value)
        assert words in str(refused.value)
