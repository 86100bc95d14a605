"""The boundary: what is compared, and what the results folder is named by."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from psasim.config import KEYS, defaults, run_config
from psasim.declared.levers import LEVERS, Governance
from psasim.declared.parameters import PARAMETERS
from psasim.declared.presets import preset, preset_names
from psasim.errors import InputError


def _settings(**changes: Any) -> dict[str, Any]:
    settings = defaults()
    settings["scenario"]["name"] = "teaching"
    settings["experiment"] |= {
        "name": "packages", "presets": list(preset_names()), "each_lever_on": "departmental",
    }
    return settings | changes


def _governed(**levers: dict[str, Any]) -> dict[str, Any]:
    settings = _settings()
    for name, fields in levers.items():
        settings["governance"][name] |= fields
    return settings


def test_default_is_every_preset_and_each_lever_alone() -> None:
    packages = run_config(_settings()).packages
    alone = {f"departmental+{name}": Governance(**{name: 1}) for name in LEVERS}
    assert dict(packages) == {name: preset(name) for name in preset_names()} | alone


def test_a_package_of_ones_own_is_compared_with_the_baseline() -> None:
    config = run_config(_governed(sanctions={"strength": 0.5}))
    assert dict(config.packages) == {
        "departmental": Governance(),
        "departmental+sanctions=0.5": Governance(sanctions=0.5),
    }
    assert config.experiment == "departmental+sanctions=0.5"
    assert config.baseline == "departmental"


def test_a_package_equal_to_a_preset_bears_its_name() -> None:
    levers = {name: dict(fields) for name, fields in preset("new_psa").settings().items()}
    config = run_config(_governed(**levers) | {"baseline": "existing_psa"})
    assert list(config.packages) == ["existing_psa", "new_psa"]


def test_asking_for_silos_is_asking() -> None:
    config = run_config(_settings(baseline="new_psa"), governed=True)
    assert list(config.packages) == ["new_psa", "departmental"]


def test_own_packages_of_an_experiment() -> None:
    settings = _settings()
    settings["experiment"] |= {"each_lever_on": None, "presets": ["departmental"],
                               "packages": {"mine": {"sanctions": {"strength": 1}}}}
    assert run_config(settings).packages["mine"] == Governance(sanctions=1)


@pytest.mark.parametrize("change, same", [
    ({"worlds": 7}, True),
    ({"engine": "mesa"}, True),
    ({"seed": 7}, False),
    ({"months": 7}, False),
    ({"baseline": "new_psa"}, False),
    ({"scenario": {"name": "csr2007", "path": None}}, False),
    ({"parameters": {"inertia": 0.1}}, False),
])
def test_folder_is_named_by_what_decides_the_numbers(change: dict[str, Any], same: bool) -> None:
    before, after = (run_config(_settings(**c)).folder_name for c in ({}, change))
    assert (before == after) is same


def test_folder_does_not_depend_on_how_a_package_was_written() -> None:
    levers = {name: dict(fields) for name, fields in preset("no_join_up").settings().items()}
    spelled = run_config(_governed(**levers))
    settings = _governed(**levers)
    settings["governance"] = dict(reversed(settings["governance"].items()))
    assert run_config(settings).folder_name == spelled.folder_name


def test_settings_are_not_changed_and_stay_frozen() -> None:
    settings = _settings()
    before = deepcopy(settings)
    config = run_config(settings)
    assert settings == before
    with pytest.raises(AttributeError):
        config.worlds = 3  # type: ignore[misc]
    with pytest.raises(TypeError):
        config.packages["x"] = Governance()  # type: ignore[index]


def test_every_declared_name_is_a_key() -> None:
    assert set(KEYS["parameters"]) == set(PARAMETERS)
    assert set(KEYS["governance"]) == set(LEVERS)
    assert set(defaults()) == set(KEYS)


def test_presets_hold_overrides_only() -> None:
    assert preset_names() == ("departmental", "existing_psa", "new_psa", "no_join_up")
    assert preset("departmental").levers_on() == ()
    with pytest.raises(InputError, match="did you mean 'new_psa'"):
        preset("newpsa")
