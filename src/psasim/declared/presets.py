"""Governance packages that come with psasim: `conf/governance/*.yaml`, as overrides only."""

from __future__ import annotations

from functools import cache

import yaml

from psasim.declared.conf import conf, options
from psasim.declared.levers import Governance
from psasim.declared.names import one_of


def preset_names() -> tuple[str, ...]:
    """Names of the presets, sorted."""
    return options("governance")


def preset(name: str) -> Governance:
    """The preset called `name`; raises `psasim.InputError` for an unknown name."""
    return _read(one_of(name, preset_names(), "governance"))


@cache
def _read(name: str) -> Governance:
    return Governance(yaml.safe_load(_text(name)))


def description(name: str) -> str:
    """What the preset stands for: the first line of its file, a remark."""
    return _text(name).splitlines()[0].removeprefix("# ")


def _text(name: str) -> str:
    path = conf() / "governance" / f"{one_of(name, preset_names(), 'governance')}.yaml"
    return path.read_text(encoding="utf-8")
