"""The settings of a sweep's jobs, as Hydra would compose them, at a fraction of its cost.

Hydra composes every job from its files anew.  Jobs mostly differ in values, so each
choice of group options is composed once, and values are set on a copy.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hydra.core.config_loader import ConfigLoader
from hydra.core.override_parser.overrides_parser import OverridesParser
from hydra.core.override_parser.types import Override
from hydra.types import RunMode
from omegaconf import DictConfig, OmegaConf


@dataclass(frozen=True, slots=True)
class Composed:
    """Plain settings of a job, and the options chosen for its groups."""

    settings: dict[str, Any]
    choices: Mapping[str, Any]


class Composer:
    """Composes jobs of the sweep that `master` is the configuration of."""

    def __init__(self, loader: ConfigLoader, master: DictConfig) -> None:
        self._loader = loader
        self._name = master.hydra.job.config_name
        self._flags: Any = OmegaConf.to_container(master.hydra.overrides.hydra)
        self._parser = OverridesParser.create(config_loader=loader)
        self._groups: dict[str, bool] = {}
        self._bases: dict[tuple[str, ...], Composed] = {}
        self._parsed: dict[str, Override] = {}

    def job(self, overrides: Sequence[str]) -> Composed:
        """The settings that `overrides` compose."""
        parsed = [self._parse(text) for text in overrides]
        options = [item for item in parsed if self._is_option(item)]
        values = [item for item in parsed if not self._is_option(item)]
        base = self._base([str(item.input_line) for item in options])
        settings = copy.deepcopy(base.settings)
        if all(_set(settings, item) for item in values):
            return Composed(settings, base.choices)
        return self._base(list(overrides))

    def _parse(self, text: str) -> Override:
        if text not in self._parsed:
            self._parsed[text] = self._parser.parse_override(text)
        return self._parsed[text]

    def _is_option(self, override: Override) -> bool:
        """Whether an override chooses an option of a group."""
        group = override.key_or_group
        if group not in self._groups:
            self._groups[group] = bool(self._loader.get_group_options(group))
        return self._groups[group] and not isinstance(override.value(), dict)

    def _base(self, overrides: list[str]) -> Composed:
        key = tuple(overrides)
        if key not in self._bases:
            config = self._loader.load_configuration(
                self._name, overrides=[*self._flags, *overrides], run_mode=RunMode.RUN
            )
            choices = dict(config.hydra.runtime.choices)
            names = [str(name) for name in config if name != "hydra"]
            plain: Any = OmegaConf.to_container(
                OmegaConf.masked_copy(config, names), resolve=True, throw_on_missing=True
            )
            self._bases[key] = Composed(plain, choices)
        return self._bases[key]


def _set(settings: dict[str, Any], override: Override) -> bool:
    """Set a plain value where there is one; False for what only Hydra knows how to do."""
    value = override.value()
    if override.is_add() or override.is_force_add() or override.is_delete():
        return False
    if isinstance(value, dict | list) or "${" in str(value):
        return False
    *parents, last = override.key_or_group.split(".")
    place: Any = settings
    for name in parents:
        place = place.get(name) if isinstance(place, dict) else None
    if not isinstance(place, dict) or last not in place or isinstance(place[last], dict):
        return False
    place[last] = value
    return True
