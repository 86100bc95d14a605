"""`psasim run`: Hydra composes the settings; the model runs; table and files come out."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import hydra
from hydra.core.hydra_config import HydraConfig
from hydra.errors import MissingConfigException
from omegaconf import DictConfig
from omegaconf.errors import InterpolationResolutionError
from tqdm import tqdm

from psasim.cli.composed import CONF, VERSION_BASE, checked, origin, register, unknown_option
from psasim.cli.file_options import as_typed
from psasim.cli.overrides import prepare
from psasim.config import RunConfig

if TYPE_CHECKING:
    from psasim.results import Results


def main(arguments: Sequence[str]) -> None:
    """Run with Hydra's flags and overrides; raises psasim's, Hydra's and OS errors."""
    os.environ["HYDRA_FULL_ERROR"] = "1"  # Hydra raises instead of exiting by itself
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
    sys.argv = ["psasim run", *prepare(arguments)]
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
    command = " ".join(["psasim run", *as_typed(hydra_settings.overrides.task)])
    carry_out(config, Path(hydra_settings.runtime.output_dir), command)


def carry_out(config: RunConfig, folder: Path, command: str) -> None:
    """Compute what is asked, write it into `folder`, and print the table and findings."""
    folder.mkdir(parents=True, exist_ok=True)
    _check_writable(folder)
    results = _compare(config)

    from psasim.report import findings, table, write

    write(results, folder, settings=config.settings(), command=command)
    print(f"{table(results)}\n\n{findings(results)}")
    print(f"results: {_short(folder)}")


def _compare(config: RunConfig) -> Results:
    """The experiment's results, with progress on a terminal."""
    from psasim.simulation import compare

    quiet = not sys.stderr.isatty()
    with tqdm(desc="runs", unit="run", disable=quiet, file=sys.stderr) as bar:

        def progress(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        return compare(
            config.packages,
            scenario=config.scenario,
            parameters=config.parameters,
            worlds=config.worlds,
            months=config.months,
            seed=config.seed,
            engine=config.engine,
            baseline=config.baseline,
            progress=progress,
        )


def _check_writable(folder: Path) -> None:
    """Raise OSError now rather than after the computation."""
    tempfile.TemporaryFile(dir=folder).close()


def _short(folder: Path) -> Path:
    """The folder as seen from here, if it lies below."""
    here = Path.cwd()
    return folder.relative_to(here) if folder.is_relative_to(here) else folder
