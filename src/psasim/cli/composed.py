"""Settings as Hydra composes them, checked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hydra import compose, initialize_config_dir
from hydra.core.config_store import ConfigStore
from hydra.errors import MissingConfigException
from omegaconf import DictConfig, OmegaConf
from omegaconf.errors import InterpolationResolutionError

from psasim.cli.extended import given
from psasim.cli.overrides import check_live, check_scenarios, names_governance
from psasim.config import RunConfig, defaults, run_config
from psasim.declared.conf import conf
from psasim.declared.names import unknown
from psasim.errors import InputError
from psasim.experiment.design.refusals import check
from psasim.scenario import scenario_names
from psasim.scenario.family import FAMILY

CONF = str(conf())
VERSION_BASE = "1.3"


def register() -> None:
    """Tell Hydra the schema, the scenarios and how to name a folder."""
    store = ConfigStore.instance()
    store.store(name="schema", node=defaults())
    for name in (*scenario_names(), FAMILY, "file"):
        store.store(group="scenario", name=name, node={"name": name})
    OmegaConf.register_new_resolver("psasim_folder", _folder, replace=True)
    OmegaConf.register_new_resolver("psasim_sweep", lambda: "sweep", replace=True)


def composed(overrides: Sequence[str]) -> RunConfig:
    """The checked configuration of some overrides; raises `psasim.InputError`."""
    register()
    with initialize_config_dir(CONF, version_base=VERSION_BASE):
        try:
            settings = compose("config", list(overrides), return_hydra_config=True)
        except MissingConfigException as error:
            raise unknown_option(error) from None
    return checked(settings, settings.hydra)


def checked(settings: DictConfig, hydra_settings: Any) -> RunConfig:
    """The checked configuration of a composed one."""
    plain: Any = OmegaConf.to_container(
        OmegaConf.masked_copy(settings, [str(key) for key in settings if key != "hydra"]),
        resolve=True, throw_on_missing=True,
    )
    config = checked_plain(
        plain, list(hydra_settings.overrides.task), hydra_settings.runtime.choices.parameters
    )
    check(config.design)
    return config


def checked_plain(
    settings: dict[str, Any], overrides: Sequence[str], parameter_set: str
) -> RunConfig:
    """The checked configuration of plain settings, and the overrides that made them so.

    It may be the baseline alone, as jobs of a sweep are.
    """
    check_live(overrides, settings)
    check_scenarios(overrides, settings)
    return run_config(
        settings, parameter_set=parameter_set, governed=names_governance(overrides),
        extensions=given(),
    )


def unknown_option(error: MissingConfigException) -> InputError:
    """A group's option that is not there, with the nearest that is."""
    group, _, option = (error.missing_cfg_file or "").rpartition("/")
    return unknown(option, error.options or (), group or "settings")


def origin(error: BaseException) -> BaseException:
    """What OmegaConf wrapped: the check that names the folder may refuse the settings."""
    while isinstance(error, InterpolationResolutionError) and error.__context__:
        error = error.__context__
    return error


def _folder(*, _root_: DictConfig) -> str:
    return checked(_root_, _root_.hydra).folder_name
