"""The packages an experiment compares, by name."""

from __future__ import annotations

from collections.abc import Iterable

from psasim.declared.conf import options
from psasim.declared.levers import LEVERS, Governance
from psasim.declared.presets import preset, preset_names
from psasim.errors import InputError

BASELINE = "departmental"
FEW = 3
"""Levers changed of a preset that still make a name."""


def experiment_names() -> tuple[str, ...]:
    """Names of the experiments that come with psasim, sorted."""
    return options("experiment")


def packages(presets: Iterable[str], each_lever_on: str | None) -> dict[str, Governance]:
    """The named presets, then each lever alone at strength 1 on the preset `each_lever_on`.

    The latter are named `departmental+sanctions` and so on; raises
    `psasim.InputError` for a preset that is unknown or named twice.
    """
    chosen: dict[str, Governance] = {}
    for name in presets:
        if name in chosen:
            raise InputError(f"experiment.presets names {name} twice; leave out one")
        chosen[name] = preset(name)
    if each_lever_on is not None:
        base = preset(each_lever_on)
        chosen |= {f"{each_lever_on}+{lever}": base.plus(**{lever: 1}) for lever in LEVERS.shipped}
    return chosen


def name_of(governance: Governance) -> str:
    """The preset that `governance` equals; the nearest one and what was changed of it, such
    as `new_psa less joint_targets`; `custom` where that is more than `FEW` levers."""
    names = sorted(preset_names(), key=lambda name: name != BASELINE)
    nearest = min(names, key=lambda name: len(changed(preset(name), governance)))
    changes = changed(preset(nearest), governance)
    return nearest + "".join(changes.values()) if len(changes) <= FEW else "custom"


def changed(base: Governance, governance: Governance) -> dict[str, str]:
    """By lever, what to add to the name of `base` for what `governance` has otherwise."""
    before, now = base.settings(), governance.settings()
    found = {}
    for lever in LEVERS:
        if lever in now and now[lever] != before.get(lever):
            usual = before.get(lever, {**base[lever], "strength": 1.0})
            fields = [change(f"{lever}.{field}", value) for field, value in now[lever].items()
                      if value != usual[field]]
            found[lever] = "".join(fields) or f"+{lever}"
        elif lever in before and lever not in now:
            found[lever] = change(f"{lever}.strength", 0.0)
    return found


def change(path: str, value: float | str) -> str:
    """`+sanctions=0.5`, `+lead.kind=two`, and ` less sanctions` for what is switched off."""
    lever = path.removesuffix(".strength")
    if lever != path and value == 0:
        return f" less {lever}"
    return f"+{lever}={value if isinstance(value, str) else _number(value)}"


def _number(value: float) -> str:
    """Short, unless that would be another number, and two packages have one name."""
    short = f"{value:g}"
    return short if float(short) == value else repr(float(value))
