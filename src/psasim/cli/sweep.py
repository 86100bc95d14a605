"""`psasim run -m`: the jobs of a Hydra sweep as one experiment, with a folder for each job."""

from __future__ import annotations

import copy
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml
from hydra.core.config_loader import ConfigLoader
from hydra.core.utils import JobReturn, JobStatus, setup_globals
from omegaconf import DictConfig, OmegaConf, open_dict, read_write

from psasim.cli.command import command
from psasim.cli.composed import checked_plain
from psasim.cli.file_options import as_typed
from psasim.cli.jobs import Composed, Composer
from psasim.cli.run import carry_out
from psasim.config import RunConfig
from psasim.errors import InputError, PsasimError, shown
from psasim.experiment.design.batch import Batch, common, together
from psasim.experiment.design.packages import BASELINE
from psasim.experiment.design.points import Design
from psasim.experiment.design.refusals import check
from psasim.experiment.folder.claim import check_ours
from psasim.experiment.folder.durable import make_folder, plain_bytes, write_whole

NAME = "sweep"
MULTIRUN, MARK = "multirun.yaml", b"# settings of a sweep of psasim\n"
SHARED = ("worlds", "months", "seed", "engine", "precision", "trajectories", "keep", "headline",
          "backend")
"""Settings that one experiment has one of; jobs that differ in them make several."""


@dataclass(frozen=True, slots=True)
class Job:
    """One job of a sweep, checked."""

    number: int
    overrides: tuple[str, ...]
    composed: Composed
    config: RunConfig


def launch(
    master: DictConfig, loader: ConfigLoader, job_overrides: Sequence[Sequence[str]], first: int
) -> list[JobReturn]:
    """Check every job, then compute them together; nothing is computed if one is refused."""
    setup_globals()
    composer = Composer(loader, master)
    jobs = [
        _checked(composer, number, overrides)
        for number, overrides in enumerate(job_overrides, start=first)
    ]
    groups: dict[tuple[Any, ...], list[Job]] = {}
    for job in jobs:
        groups.setdefault(tuple(getattr(job.config, name) for name in SHARED), []).append(job)
    for group in groups.values():
        _refuse_shared_folders(master, group)
    experiments = [_experiment(group) for group in groups.values()]
    for config, _ in experiments:
        check(config.design)
    name = "-".join([NAME, *(config.folder_name.rpartition("-")[2] for config, _ in experiments)])
    OmegaConf.register_new_resolver("psasim_sweep", lambda: name[:60], replace=True)
    root = Path(master.hydra.sweep.dir)
    if len(groups) > 1:
        check_ours(root, MULTIRUN, _is_marked, " with hydra.sweep.dir=")
        make_folder(root)
        _write_multirun(master, root)
    returns: dict[int, JobReturn] = {}
    for group, (config, batch) in zip(groups.values(), experiments, strict=True):
        folder = root if len(groups) == 1 else root / _difference(config, groups)

        def write_jobs(
            group: Sequence[Job] = group, batch: Batch = batch, folder: Path = folder
        ) -> None:
            if folder == root:
                _write_multirun(master, root)
            _write_jobs(group, batch, master, folder)

        carry_out(config, folder, command(master.hydra.overrides, "-m"), write_jobs)
        returns |= {job.number: _returned(job, folder) for job in group}
    return [returns[job.number] for job in jobs]


def _checked(composer: Composer, number: int, overrides: Sequence[str]) -> Job:
    composed = composer.job(overrides)
    try:
        config = checked_plain(composed.settings, overrides, composed.choices["parameters"])
    except PsasimError as error:
        raise type(error)(f"job {number} ({' '.join(as_typed(overrides))}): {error}") from None
    return Job(number, tuple(overrides), composed, config)


def _experiment(jobs: Sequence[Job]) -> tuple[RunConfig, Batch]:
    """The jobs as one configuration."""
    configs = [job.config for job in jobs]
    batch = together(NAME, [_named(job) for job in jobs])
    designs = {"sweep": {"jobs": len(jobs), "points_sha256": batch.digest()}}
    config = replace(
        configs[0],
        scenarios=batch.design.scenarios,
        packages=batch.packages,
        parameters=common(config.parameters for config in configs),
        experiment=NAME,
        points=batch.design.points,
        factors=(),
        designs=designs,
    )
    return config, batch


def _named(job: Job) -> Design:
    """The job's design; a package without a name is called after what was set."""
    design = job.config.design
    if design.name != "custom":
        return design
    name = _governance(job.overrides)
    return replace(design, points=[
        replace(point, package=name) if point.package == "custom" else point
        for point in design.points
    ])


def _governance(overrides: Sequence[str]) -> str:
    """`new_psa+sanctions=0.5` for `governance=new_psa governance.sanctions.strength=0.5`."""
    name, levers = BASELINE, ""
    for override in overrides:
        key, _, value = override.lstrip("+").partition("=")
        if key == "governance" and not value.startswith("{"):
            name = value
        elif key.startswith("governance."):
            levers += f"+{key.partition('.')[2].removesuffix('.strength')}={value}"
    return name + levers or "custom"


def _difference(config: RunConfig, groups: Mapping[tuple[Any, ...], Any]) -> str:
    """What tells the experiments of a sweep apart: `seed=1`."""
    columns = zip(SHARED, zip(*groups, strict=True), strict=True)
    told = []
    for name, values in columns:
        value, different = getattr(config, name), list(dict.fromkeys(values))
        if len(different) > 1:
            plain = isinstance(value, int | str)
            told.append(f"{name}={value if plain else different.index(value) + 1}")
    return ",".join(told)


def _write_multirun(master: DictConfig, root: Path) -> None:
    """Hydra's own settings of the sweep, as it would write them, below a line that says whose
    they are."""
    write_whole(root / MULTIRUN, MARK + OmegaConf.to_yaml(master).encode())


def _is_marked(path: Path) -> bool:
    try:
        return plain_bytes(path).startswith(MARK)
    except (OSError, PsasimError):
        return False


def _write_jobs(jobs: Sequence[Job], batch: Batch, master: DictConfig, folder: Path) -> None:
    """Hydra's usual folder for each job, and which points of the results are its own."""
    hydra_settings: Any = OmegaConf.to_container(master.hydra, enum_to_str=True)
    for job, places in zip(jobs, batch.places, strict=True):
        place = folder / _subfolder(master, job)
        own = copy.deepcopy(hydra_settings)
        own["job"] |= {"id": str(job.number), "num": job.number,
                       "override_dirname": ",".join(job.overrides)}
        own["overrides"]["task"] = list(job.overrides)
        own["runtime"] |= {"output_dir": str(place.resolve()),
                           "choices": dict(job.composed.choices)}
        make_folder(place / ".hydra")
        for name, content in (("config", job.composed.settings), ("hydra", {"hydra": own}),
                              ("overrides", list(job.overrides))):
            text = yaml.dump(content, Dumper=_DUMPER, sort_keys=False, allow_unicode=True)
            write_whole(place / ".hydra" / f"{name}.yaml", text.encode())
        points = [batch.design.points[number] for number in places]
        text = json.dumps([
            {"point": p.number, "scenario": p.scenario, "package": p.package} for p in points
        ], indent=1)
        write_whole(place / "points.json", f"{text}\n".encode())


_DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


def _subfolder(master: DictConfig, job: Job) -> str:
    """`hydra.sweep.subdir` for this job."""
    with read_write(master), open_dict(master):
        master.hydra.job.num = job.number
        master.hydra.job.id = str(job.number)
        master.hydra.job.override_dirname = ",".join(job.overrides)
        return str(master.hydra.sweep.subdir)


def _refuse_shared_folders(master: DictConfig, jobs: Sequence[Job]) -> None:
    """Raise `InputError` where two jobs of one experiment would write to one folder."""
    found: dict[str, Job] = {}
    for job in jobs:
        name = _subfolder(master, job)
        first = found.setdefault(os.path.normcase(os.path.normpath(name)), job)
        if first is not job:
            raise InputError(
                f"hydra.sweep.subdir = {shown(name)} is the folder of job {first.number} and of "
                f"job {job.number}; name what tells them apart, such as ${{hydra.job.num}}")


def _returned(job: Job, folder: Path) -> JobReturn:
    done = JobReturn(overrides=list(job.overrides), working_dir=str(Path.cwd()),
                     task_name="psasim", status=JobStatus.COMPLETED)
    done.return_value = folder
    return done
