"""psasim's sweeper and launcher for Hydra: all jobs of `psasim run -m` as one experiment.

Hydra imports this module whenever any Hydra program starts where psasim is installed,
so it imports nothing of psasim until a sweep is launched.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice, product
from math import prod
from typing import Any

from hydra.core.config_store import ConfigStore
from hydra.core.override_parser.overrides_parser import OverridesParser
from hydra.core.override_parser.types import Override
from hydra.core.plugins import Plugins
from hydra.core.utils import JobReturn
from hydra.errors import HydraException
from hydra.plugins.launcher import Launcher
from hydra.plugins.sweeper import Sweeper
from hydra.types import HydraContext, TaskFunction
from omegaconf import DictConfig

MANY = 100_000
"""Jobs beyond which a sweep is taken for a slip: each is checked and has a folder of its own."""


class PsasimSweeper(Sweeper):
    """Every combination of the swept values, in the order of Hydra's own sweeper.

    Jobs are not composed to see whether they are legal: the launcher checks each.
    """

    def setup(
        self, *, hydra_context: HydraContext, task_function: TaskFunction, config: DictConfig
    ) -> None:
        self.loader = hydra_context.config_loader
        self.launcher = Plugins.instance().instantiate_launcher(
            hydra_context=hydra_context, task_function=task_function, config=config
        )

    def sweep(self, arguments: list[str]) -> Any:
        parser = OverridesParser.create(config_loader=self.loader)
        values: dict[str, list[str]] = {}
        for override in parser.parse_overrides(arguments):
            key = override.get_key_element()
            if not override.is_sweep_override():
                values[key] = [override.get_value_element_as_str()]
            elif override.is_discrete_sweep():
                values[key] = _listed(override)
            else:
                raise HydraException(f"{override.input_line}: a sweep needs a list or a range of "
                                     "values; an experiment file can sample an interval")
        if prod(map(len, values.values())) > MANY:
            raise HydraException(f"a sweep of more than {MANY:,} jobs; list fewer values, or vary "
                                 "parameters by experiment.uncertainties")
        jobs = [
            [f"{key}={value}" for key, value in zip(values, job, strict=True)]
            for job in product(*values.values())
        ]
        assert self.launcher is not None, "setup comes first"
        return [self.launcher.launch(jobs, initial_job_idx=0)]


def _listed(override: Override) -> list[str]:
    """The values of a sweep's list or range, up to one more than are taken."""
    try:
        values = list(islice(override.sweep_string_iterator(), MANY + 1))
    except ValueError as error:
        raise HydraException(f"{override.input_line}: {error}") from None
    if not values:
        raise HydraException(f"{override.input_line} gives no value")
    return values


class PsasimLauncher(Launcher):
    """Computes all jobs as one experiment, in one folder."""

    def setup(
        self, *, hydra_context: HydraContext, task_function: TaskFunction, config: DictConfig
    ) -> None:
        self.settings = config
        self.loader = hydra_context.config_loader

    def launch(
        self, job_overrides: Sequence[Sequence[str]], initial_job_idx: int
    ) -> Sequence[JobReturn]:
        from psasim.cli.sweep import launch

        return launch(self.settings, self.loader, job_overrides, initial_job_idx)


for group, plugin in (("sweeper", PsasimSweeper), ("launcher", PsasimLauncher)):
    ConfigStore.instance().store(
        group=f"hydra/{group}", name="psasim", node={"_target_": f"{__name__}.{plugin.__name__}"}
    )
