"""Files of the user's as options of a Hydra group: `experiment=my.yaml`, `scenario=a.yaml,b.yaml`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from hydra.core.config_store import ConfigStore

from psasim.config import KEYS
from psasim.declared.names import unknown
from psasim.errors import InputError, shown
from psasim.reading.text import user_path
from psasim.reading.yaml import Row, plain, read_yaml

SECTIONS = ("levers", "uncertainties", "points")
GLOBAL = "experiment"
"""A file with this key sets more than the experiment: worlds, parameters and so on."""

MACHINE = "backend"
"""What a file does not set: a cluster it named would be sent code, and send some."""

_BARE = re.compile(r"[\w./-]+", re.ASCII)
_FILES: dict[str, str] = {}


def as_typed(overrides: Sequence[str]) -> list[str]:
    """Overrides with the path of a file where its option stands: what gives them again."""
    typed = []
    for override in overrides:
        for option, path in _FILES.items():
            override = override.replace(option, quoted(path))
        typed.append(override)
    return typed


def quoted(path: str) -> str:
    """A path as a value of Hydra's, in quotes where it needs them."""
    if _BARE.fullmatch(path):
        return path
    text = re.sub(r"(\\+)(?='|$)", r"\1\1", path).replace("'", "\\'").replace("${", "\\${")
    return f"'{text}'"


def is_file(name: str) -> bool:
    """Whether an option is meant as a file."""
    return name.lower().endswith((".yaml", ".yml")) or "/" in name


def file_path(group: str, name: str, options: Sequence[str]) -> Path:
    """The file or folder that `name` means; raises `InputError` if there is none."""
    path = user_path(name)
    if not name or (not is_file(name) and not path.exists()):
        wrong = unknown(name, [option for option in options if option != "file"], group)
        raise InputError(f"{wrong} (no file or folder here is called so either)")
    if not path.exists():
        raise InputError(f"{group} = {name}: there is no such file; check the path")
    return path.resolve()


def file_option(group: str, name: str, options: Sequence[str]) -> str:
    """The option to ask Hydra for: `name`, or one made of the file it means."""
    if name in options:
        return name
    path = file_path(group, name, options)
    digest = hashlib.sha256(str(path).encode()).hexdigest()[:8]
    option = f"file_{digest}"
    _FILES[option] = str(path)
    if group == "scenario":
        content: dict[str, Any] = {"name": "file", "path": str(path)}
        package = None
    else:
        content = _experiment(path, name)
        package = "_global_" if GLOBAL in content else None
    ConfigStore.instance().store(group=group, name=option, node=content, package=package)
    return option


def _experiment(path: Path, name: str) -> dict[str, Any]:
    """The file's content, which is data: declared keys, and no value from elsewhere.

    The paths in it are relative to it.
    """
    if path.is_dir():
        raise InputError(f"experiment = {name} is a folder; name a file in it")
    content = read_yaml(path)
    known = KEYS if GLOBAL in content else KEYS[GLOBAL]
    for key in content:
        if key == MACHINE:
            raise InputError(f"{content.place}: {key} says where an experiment is computed, which "
                             f"no file decides; give {key}= at the command line")
        if key not in known:
            raise unknown(key, known, content.place)
    for place, text in _texts(content, content.place):
        if "${" in text or text == "???":
            raise InputError(f"{place}: {shown(text)} stands for what is written elsewhere; "
                             "write the value")
    experiment = content.get(GLOBAL, content)
    if not isinstance(experiment, Row):
        raise InputError(f"{name}: experiment = {shown(experiment)} is not a table; "
                         "write experiment: {presets: [new_psa]}")
    experiment.setdefault("name", path.stem)
    _absolute(experiment, path.parent)
    if GLOBAL in content:
        _check_groups(content, path.parent)
    return plain(content)


def _check_groups(content: Row, folder: Path) -> None:
    """A scenario by name or file; of other groups settings, since options are the command's."""
    scenario = content.get("scenario")
    if isinstance(scenario, str):
        scenario = {"name": "file", "path": scenario} if is_file(scenario) else {"name": scenario}
    if isinstance(scenario, dict) and isinstance(scenario.get("path"), str):
        scenario = scenario | {"path": str(folder / Path(scenario["path"]).expanduser())}
    if scenario is not None:
        content["scenario"] = scenario
    for group in ("governance", "parameters"):
        if isinstance(content.get(group), str):
            raise InputError(f"{content.place}: {group} = {shown(content[group])} is not a table; "
                             f"give {group}={content[group]} at the command line")


def _texts(value: object, place: str) -> Iterator[tuple[str, str]]:
    """Every text, and the file and line of the table it stands in."""
    if isinstance(value, Row):
        for key, item in value.items():
            yield from _texts(key, value.place)
            yield from _texts(item, value.place)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item, place)
    elif isinstance(value, str):
        yield place, value


def _absolute(experiment: dict[str, Any], folder: Path) -> None:
    for section in SECTIONS:
        design = experiment.get(section)
        if isinstance(design, dict) and isinstance(design.get("file"), str):
            design["file"] = str(folder / Path(design["file"]).expanduser())
    if isinstance(experiment.get("scenarios"), list):
        experiment["scenarios"] = [
            str(folder / Path(item).expanduser()) if isinstance(item, str) and is_file(item)
            else item
            for item in experiment["scenarios"]
        ]
