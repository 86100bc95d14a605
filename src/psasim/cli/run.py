"""`psasim run`: Hydra composes the settings; the model runs; table and files come out."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hydra
from hydra.core.config_store import ConfigStore
from hydra.core.hydra_config import HydraConfig
from hydra.errors import MissingConfigException
from omegaconf import DictConfig, OmegaConf
from omegaconf.errors import InterpolationResolutionError
from tqdm import tqdm

from psasim.cli.overrides import check_live, names_governance, prepare
from psasim.config import RunConfig, defaults, run_config
from psasim.errors import InputError
from psasim.names import unknown
from psasim.scenario import scenario_names

if TYPE_CHECKING:
    from psasim.results import Results


def main(arguments: Sequence[str]) -> None:
    """Run with Hydra's flags and overrides; raises psasim's, Hydra's and OS errors."""
    os.environ["HYDRA_FULL_ERROR"] = "1"  # Hydra raises instead of exiting by itself
    _register()
    failures: list[Exception] = []

    def task(settings: DictConfig) -> None:
        try:
            _job(settings)
        except Exception as error:  # Hydra would add words of its own, and stop a sweep
            failures.append(error)

    with_hydra = hydra.main(
        version_base="1.3", config_path=str(files("psasim") / "conf"), config_name="config"
    )
    before = sys.argv
    sys.argv = ["psasim run", *prepare(arguments)]
    try:
        with_hydra(task)()
    except MissingConfigException as error:
        raise _unknown_option(error) from None
    except InterpolationResolutionError as error:
        raise _origin(error) from None
    finally:
        sys.argv = before
    if failures:
        raise failures[0]


def _origin(error: BaseException) -> BaseException:
    """What OmegaConf wrapped: the check that names the folder may refuse the settings."""
    while isinstance(error, InterpolationResolutionError) and error.__context__:
        error = error.__context__
    return error


def _unknown_option(error: MissingConfigException) -> InputError:
    """A group's option that is not there, with the nearest that is."""
    group, _, option = (error.missing_cfg_file or "").rpartition("/")
    return unknown(option, error.options or (), group or "settings")


def _register() -> None:
    """Tell Hydra the schema, the scenarios and how to name a folder."""
    store = ConfigStore.instance()
    store.store(name="schema", node=defaults())
    for name in (*scenario_names(), "file"):
        store.store(group="scenario", name=name, node={"name": name})
    OmegaConf.register_new_resolver("psasim_folder", _folder, replace=True)


def _folder(*, _root_: DictConfig) -> str:
    return _checked(_root_, _root_.hydra).folder_name


def _checked(settings: DictConfig, hydra_settings: Any) -> RunConfig:
    """The checked configuration of a composed one."""
    plain: Any = OmegaConf.to_container(
        OmegaConf.masked_copy(settings, [str(key) for key in settings if key != "hydra"]),
        resolve=True, throw_on_missing=True,
    )
    overrides = list(hydra_settings.overrides.task)
    check_live(overrides, settings)
    return run_config(
        plain,
        parameter_set=hydra_settings.runtime.choices.parameters,
        governed=names_governance(overrides),
    )


def _job(settings: DictConfig) -> None:
    hydra_settings = HydraConfig.get()
    config = _checked(settings, hydra_settings)
    folder = Path(hydra_settings.runtime.output_dir)
    _check_writable(folder)
    results = _compare(config)

    from psasim.report import findings, table, write

    command = " ".join(["psasim run", *hydra_settings.overrides.task])
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
