"""Governance packages that come with psasim: `conf/governance/*.yaml`, as overrides only."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import yaml

from psasim.levers import Governance
from psasim.names import unknown

_FOLDER = files("psasim") / "conf" / "governance"


@cache
def preset_names() -> tuple[str, ...]:
    """Names of the presets, sorted."""
    names = (item.name for item in _FOLDER.iterdir())
    return tuple(sorted(name.removesuffix(".yaml") for name in names if name.endswith(".yaml")))


@cache
def preset(name: str) -> Governance:
    """The preset called `name`; raises `psasim.InputError` for an unknown name."""
    if name not in preset_names():
        raise unknown(name, preset_names(), "governance")
    return Governance(**yaml.safe_load((_FOLDER / f"{name}.yaml").read_text(encoding="utf-8")))
