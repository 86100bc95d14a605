"""Jobs composed the quick way are those that Hydra composes."""

from __future__ import annotations

from typing import Any

import pytest
from hydra import initialize_config_dir
from hydra._internal.hydra import Hydra
from hydra.core.global_hydra import GlobalHydra
from hydra.types import RunMode
from omegaconf import OmegaConf

from psasim.cli.composed import CONF, VERSION_BASE, register
from psasim.cli.jobs import Composer

JOBS = (
    [],
    ["governance=new_psa"],
    ["governance=new_psa", "governance.sanctions.strength=0.5"],
    ["governance.sanctions.strength=0.5", "governance=new_psa"],
    ["scenario=teaching", "worlds=7", "parameters.inertia=0.1"],
    ["experiment=sobol_parameters"],
    ["experiment=sobol_parameters", "worlds=3"],
    ["experiment=uncertain_futures", "experiment.uncertainties.points=8"],
    ["experiment.presets=[new_psa]"],
    ["++experiment.packages.mine.sanctions.strength=1"],
    ["+experiment.packages={mine:{sanctions:{strength:1}}}"],
    ["baseline=null"],
    ["baseline='new_psa'"],
    ["worlds=${months}"],
    ["months=3", "worlds=${months}"],
    ["experiment.name='a b'"],
    ["experiment.each_lever_on=null"],
    ["governance={sanctions:{strength:1}}"],
    ["scenario=teaching", "~experiment.name"],
)


@pytest.fixture(scope="module")
def hydra():
    register()
    with initialize_config_dir(CONF, version_base=VERSION_BASE):
        instance = GlobalHydra.instance().hydra
        assert isinstance(instance, Hydra)
        master = instance.compose_config("config", [], RunMode.MULTIRUN)
        master.hydra.job.config_name = "config"
        yield instance.config_loader, master


def _composed_by_hydra(loader: Any, master: Any, overrides: list[str]) -> Any:
    config = loader.load_sweep_config(master, overrides)
    names = [name for name in config if name != "hydra"]
    return OmegaConf.to_container(OmegaConf.masked_copy(config, names), resolve=True)


@pytest.mark.parametrize("overrides", JOBS, ids=" ".join)
def test_as_hydra_composes(hydra, overrides: list[str]) -> None:
    composed = Composer(*hydra).job(overrides)
    assert composed.settings == _composed_by_hydra(*hydra, overrides)


def test_jobs_leave_each_other_alone(hydra) -> None:
    composer = Composer(*hydra)
    before = composer.job(["governance=new_psa"]).settings
    composer.job(["governance=new_psa", "governance.sanctions.strength=0.5"])
    assert composer.job(["governance=new_psa"]).settings == before
