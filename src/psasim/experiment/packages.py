"""The packages an experiment compares, by name."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from psasim.levers import LEVERS, Governance
from psasim.presets import preset, preset_names

BASELINE = "departmental"

_FOLDER = files("psasim") / "conf" / "experiment"


@cache
def experiment_names() -> tuple[str, ...]:
    """Names of the experiments that come with psasim, sorted."""
    names = (item.name for item in _FOLDER.iterdir())
    return tuple(sorted(name.removesuffix(".yaml") for name in names if name.endswith(".yaml")))


def packages(presets: Iterable[str], each_lever_on: str | None) -> dict[str, Governance]:
    """The named presets, then each lever alone at strength 1 on the preset `each_lever_on`.

    The latter are named `departmental+sanctions` and so on; raises
    `psasim.InputError` for an unknown preset.
    """
    chosen = {name: preset(name) for name in presets}
    if each_lever_on is not None:
        base = preset(each_lever_on)
        chosen |= {f"{each_lever_on}+{lever}": base.plus(**{lever: 1}) for lever in LEVERS}
    return chosen


def name_of(governance: Governance) -> str:
    """The preset that `governance` equals; `custom` if it is none of them."""
    return next((name for name in preset_names() if preset(name) == governance), "custom")
