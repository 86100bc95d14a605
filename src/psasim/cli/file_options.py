"""Files of the user's as options of a Hydra group: `experiment=my.yaml`, `scenario=a.yaml,b.yaml`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml
from hydra.core.config_store import ConfigStore

from psasim.declared.names import unknown
from psasim.errors import InputError

SECTIONS = ("levers", "uncertainties", "points")
GLOBAL = "experiment"
"""A file with this key sets more than the experiment: worlds, parameters and so on."""


_FILES: dict[str, str] = {}


def as_typed(overrides: Sequence[str]) -> list[str]:
    """Overrides with the path of a file where its option stands: what gives them again."""
    typed = []
    for override in overrides:
        for option, path in _FILES.items():
            override = override.replace(option, path)
        typed.append(override)
    return typed


def is_file(name: str) -> bool:
    """Whether an option is meant as a file."""
    return name.lower().endswith((".yaml", ".yml")) or "/" in name


def file_path(group: str, name: str, options: Sequence[str]) -> Path:
    """The file or folder that `name` means; raises `InputError` if there is none."""
    path = Path(name).expanduser()
    if not name or (not is_file(name) and not path.exists()):
        raise unknown(name, options, group)
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
    """The file's content; the paths in it are relative to it."""
    if path.is_dir():
        raise InputError(f"experiment = {name} is a folder; name a file in it")
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise InputError(f"{name}: not a YAML file in UTF-8: {error}") from None
    if not isinstance(content, Mapping):
        raise InputError(f"{name} is not a table; begin with `name: {path.stem}`")
    content = {str(key): value for key, value in content.items()}
    experiment = content.get(GLOBAL, content)
    if not isinstance(experiment, dict):
        raise InputError(f"{name}: experiment = {experiment!r} is not a table; "
                         "write experiment: {presets: [new_psa]}")
    experiment.setdefault("name", path.stem)
    _absolute(experiment, path.parent)
    return content


def _absolute(experiment: dict[str, Any], folder: Path) -> None:
    for section in SECTIONS:
        design = experiment.get(section)
        if isinstance(design, dict) and isinstance(design.get("file"), str):
            design["file"] = str(folder / design["file"])
    if isinstance(experiment.get("scenarios"), list):
        experiment["scenarios"] = [
            str(folder / item) if isinstance(item, str) and is_file(item) else item
            for item in experiment["scenarios"]
        ]
