"""Governance packages that come with psasim: `conf/governance/*.yaml`, as overrides only."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import yaml

from psasim.declared.levers import Governance
from psasim.declared.names import unknown

_FOLDER = files("psasim") / "conf" / "governance"


@cache
def preset_names() -> tuple[str, ...]:
    """Names of the presets, sorted."""
    names = (item.name for item in _FOLDER.iterdir())
    return tuple(sorted(name.removesuffix(".yaml") for name in names if name.endswith(".yaml")))


@cache
def preset(name: str) -> Governance:
    """The preset called `name`; raises `psasim.InputError` for an unknown name."""
    return Governance(**yaml.safe_load(_text(name)))


def description(name: str) -> str:
    """What the preset stands for: the first line of its file, a remark."""
    return _text(name).splitlines()[0].removeprefix("# ")


def _text(name: str) -> str:
    if name not in preset_names():
        raise unknown(name, preset_names(), "governance")
    return (_FOLDER / f"{name}.yaml").read_text(encoding="utf-8")
