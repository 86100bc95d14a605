"""`psasim run`: Hydra composes the settings; the model runs; table and files come out."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import hydra
from hydra.core.hydra_config import HydraConfig
from hydra.errors import MissingConfigException
from omegaconf import DictConfig
from omegaconf.errors import InterpolationResolutionError

from psasim.cli.command import command
from psasim.cli.composed import CONF, VERSION_BASE, checked, origin, register, unknown_option
from psasim.cli.experiment import carry_out
from psasim.cli.extended import take
from psasim.cli.overrides import prepare


def main(arguments: Sequence[str]) -> None:
    """Run with Hydra's flags and overrides; raises psasim's, Hydra's and OS errors."""
    os.environ["HYDRA_FULL_ERROR"] = "1"  # Hydra raises instead of exiting by itself
    overrides = take(arguments)
    register()
    failures: list[Exception] = []

    def task(settings: DictConfig) -> None:
        try:
            _job(settings)
        except Exception as error:  # Hydra would add words of its own, and stop a sweep
            failures.append(error)

    with_hydra = hydra.main(
        version_base=VERSION_BASE, config_path=CONF, config_name="config"
    )
    before = sys.argv
    sys.argv = ["psasim run", *prepare(overrides)]
    try:
        with_hydra(task)()
    except MissingConfigException as error:
        raise unknown_option(error) from None
    except InterpolationResolutionError as error:
        raise origin(error) from None
    finally:
        sys.argv = before
    if failures:
        raise failures[0]


def _job(settings: DictConfig) -> None:
    hydra_settings = HydraConfig.get()
    config = checked(settings, hydra_settings)
    folder = Path(hydra_settings.runtime.output_dir)
    carry_out(config, folder, command(hydra_settings.overrides))
