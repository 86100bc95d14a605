"""`psasim run` from Python: the same settings, checks, folder and record."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from psasim.analysis.finished import open_results
from psasim.cli import extended
from psasim.cli.command import joined
from psasim.cli.composed import composed
from psasim.cli.experiment import computed
from psasim.cli.file_options import quoted
from psasim.cli.overrides import prepare
from psasim.config import RunConfig
from psasim.declared.levers import Governance
from psasim.errors import InputError, shown
from psasim.experiment.folder.reader import StoredResults

OUTPUTS = Path("outputs")


def run_experiment(
    experiment: str | Path | Mapping[str, Any],
    folder: str | Path | None = None,
    *,
    extensions: Iterable[Any] = (),
    **settings: Any,
) -> StoredResults:
    """Run an experiment into a results folder, as `psasim run` does, and open it.

    experiment: the name of a shipped one, a file, or its content as a mapping; folder: where
    results go, `outputs/<experiment>-<hash>` unless given, and where they go on if they are
    there in part; extensions: of one's own; settings: those of `psasim run`
    (`scenario="teaching", worlds=500, parameters="plausible", backend="serial"`).  Raises
    `psasim.errors.InputError` and `psasim.errors.StoreError` in the command line's words.
    """
    with tempfile.TemporaryDirectory() as aside, extended.used(extensions):
        asked, told = _asked(experiment, Path(aside))
        overrides = [f"experiment={asked}", *(_override(k, v) for k, v in settings.items())]
        config = composed(prepare(overrides))
        place = OUTPUTS / config.folder_name if folder is None else Path(folder)
        computed(config, place.resolve(), _command(config, told, overrides[1:]))
    return open_results(place)


def _asked(experiment: Any, aside: Path) -> tuple[str, str]:
    """The value of `experiment=`, and how the record of the command has it."""
    if not isinstance(experiment, Mapping):
        name = str(experiment)
        return quoted(name), name
    file = aside / f"{experiment.get('name', 'experiment')}.yaml"
    if file.parent != aside:
        raise InputError(f"experiment: name = {shown(experiment['name'])} is no plain name")
    content = _plain(experiment)
    if isinstance(content.get("packages"), dict):
        content["packages"] = {n: _levers(p) for n, p in content["packages"].items()}
    file.write_text(yaml.safe_dump(content, sort_keys=False), encoding="utf-8")
    return quoted(str(file)), repr(content)


def _levers(package: Any) -> Any:
    """A package as a file has it: a lever's strength alone is a table of it."""
    if not isinstance(package, dict):
        return package
    return {name: {"strength": given} if isinstance(given, (int, float)) else given
            for name, given in package.items()}


def _plain(value: Any) -> Any:
    """Tables and lists of plain values, as a file has them."""
    if isinstance(value, Governance):
        return value.settings()
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value.item() if hasattr(value, "item") else value


def _override(key: str, value: Any) -> str:
    """A setting as the command line has it; `governance={...}` and other tables too."""
    if isinstance(value, Mapping):
        inner = (_override(k, v).replace("=", ":", 1) for k, v in value.items())
        return f"{key}={{{','.join(inner)}}}"
    if isinstance(value, (list, tuple)):
        return f"{key}=[{','.join(map(_value, value))}]"
    return f"{key}={_value(value)}"


def _value(value: Any) -> str:
    plain = _plain(value)
    if plain is None or isinstance(plain, bool):
        return {None: "null", True: "true", False: "false"}[plain]
    return quoted(str(plain)) if isinstance(plain, (str, Path)) else repr(plain)


def _command(config: RunConfig, experiment: str, overrides: list[str]) -> str:
    """What gives these numbers again: a command where the experiment is a file or shipped."""
    if experiment.startswith("{"):
        return f"psasim.run_experiment({experiment}, {', '.join(overrides)})  # in Python"
    return joined(["psasim", "run", f"experiment={experiment}", *overrides])
