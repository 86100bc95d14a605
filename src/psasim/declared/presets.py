"""Governance packages that come with psasim: `conf/governance/*.yaml`, as overrides only."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from psasim.declared.conf import conf, options
from psasim.declared.levers import Governance
from psasim.declared.names import one_of
from psasim.reading.yaml import plain, read_yaml


def preset_names() -> tuple[str, ...]:
    """Names of the presets, sorted."""
    return options("governance")


def preset(name: str) -> Governance:
    """The preset called `name`; raises `psasim.InputError` for an unknown name."""
    return _read(one_of(name, preset_names(), "governance"))


@cache
def _read(name: str) -> Governance:
    return Governance(plain(read_yaml(_file(name))))


def description(name: str) -> str:
    """What the preset stands for: the first line of its file, a remark."""
    return _file(name).read_text(encoding="utf-8").splitlines()[0].removeprefix("# ")


def _file(name: str) -> Path:
    return conf() / "governance" / f"{one_of(name, preset_names(), 'governance')}.yaml"
