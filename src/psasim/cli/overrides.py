"""Checks of Hydra overrides before Hydra sees them, for messages that help.

Keys are held against the declared names; values are left to `psasim.config`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

from hydra.core.override_parser.overrides_parser import OverridesParser
from hydra.core.override_parser.types import ChoiceSweep, Override, QuotedString
from hydra.errors import HydraException

from psasim.cli.file_options import file_option, file_path, quoted
from psasim.cli.hydra_own import (
    SWEEPING,
    VALUED,
    is_hydras,
    refuse_flags,
    refuse_own,
    refuse_resolvers,
)
from psasim.cli.slips import refuse_slips
from psasim.config import KEYS
from psasim.declared.conf import options
from psasim.declared.levers import LEVERS, idle
from psasim.declared.names import unknown
from psasim.errors import InputError, short, shown
from psasim.experiment.design.packages import experiment_names
from psasim.reading.text import control
from psasim.reading.yaml import DEEPEST
from psasim.scenario import scenario_names
from psasim.scenario.family import FAMILY


def prepare(arguments: Sequence[str]) -> list[str]:
    """The arguments with keys checked and `scenario=FILE` spelled out; flags stay as they are."""
    refuse_slips(arguments)
    refuse_flags(arguments)
    sweeping = any(argument in SWEEPING or argument.startswith("hydra.mode=")
                   for argument in arguments)
    overrides: list[str] = []
    flags: list[str] = []
    for before, argument in zip(["", *arguments], arguments, strict=False):
        if argument.startswith("-") or ("=" not in argument and before in VALUED):
            flags.append(argument)
        else:
            overrides += _prepare(argument, sweeping)
    return [*overrides, *flags]  # Hydra's parser takes overrides in one row only


def check_live(overrides: Sequence[str], settings: Mapping[str, Any]) -> None:
    """Refuse a lever's field set where the lever stays off: it would change nothing."""
    keys = {key for item in _parse(overrides) for key in _set(item.key_or_group, item.value())}
    for key in keys:
        group, _, path = key.partition(".")
        name, _, field = path.partition(".")
        if group != "governance" or name not in LEVERS or f"governance.{name}.strength" in keys:
            continue
        known = not field or field in LEVERS[name].table  # others are refused by their name
        if known and settings["governance"].get(name, {}).get("strength") == 0:
            raise idle(name, field)


def _set(key: str, value: Any) -> Iterator[str]:
    """The keys that an override sets, those within a table too."""
    if isinstance(value, dict) and value:
        for name, inner in value.items():
            yield from _set(f"{key}.{name}", inner)
    else:
        yield key


def check_scenarios(overrides: Sequence[str], settings: Mapping[str, Any]) -> None:
    """Refuse a scenario beside an experiment that has scenarios of its own."""
    if settings["experiment"].get("scenarios") and any(
        item.key_or_group == "scenario" for item in _parse(overrides)
    ):
        raise InputError(
            "scenario= sets one scenario, but the experiment has its own; "
            "use experiment.scenarios=[...]"
        )


def names_governance(overrides: Sequence[str]) -> bool:
    """Whether the user asked for a package."""
    return any(item.key_or_group.partition(".")[0] == "governance" for item in _parse(overrides))


def _parse(overrides: Sequence[str]) -> list[Override]:
    return [_parsed(override) for override in overrides]


@lru_cache(maxsize=4096)
def _parsed(override: str) -> Override:
    """Kept, since the jobs of a sweep have most of their overrides in common."""
    _refuse_text(override)
    try:
        return OverridesParser.create().parse_override(override)
    except (HydraException, ValueError) as error:  # numbers of thousands of digits
        why = str(error).partition("\n")[0].partition(" expecting")[0]
        raise InputError(f"{shown(override)} cannot be read as key=value ({why}); quote what is "
                         "special in a value, as in 'scenario=\"my case.yaml\"'") from None


def _refuse_text(override: str) -> None:
    """Raise `InputError` for what is no text, or nested beyond reason."""
    found = control(override)
    if found:
        raise InputError(f"{shown(override)}: control character U+{ord(found[0]):04X}, or no "
                         "UTF-8; remove it")
    depth = deepest = 0
    for mark in override:
        depth += (mark in "[{(") - (mark in "]})")
        deepest = max(deepest, depth)
    if deepest > DEEPEST:
        raise InputError(f"{shown(override)}: brackets stand {deepest} deep, more than {DEEPEST}")


def _prepare(argument: str, sweeping: bool) -> list[str]:
    (override,) = _parse([argument])
    key, value = override.key_or_group, argument.partition("=")[2]
    refuse_resolvers(override)
    if is_hydras(override):
        refuse_own(override)
        return [argument]
    if override.is_delete():
        _find(key, value)
        return [argument]
    if override.package:
        raise InputError(f"{shown(argument)}: @ places settings elsewhere, which is not done here; "
                         f"write {key}={short(value)}")
    if override.is_sweep_override() and not sweeping:
        raise InputError(f"{argument} gives several values; `psasim run -m {argument}` tries one "
                         "after the other, and a list is written [a,b]")
    node = _find(key, value)
    is_group = "." not in key and key != "precision"
    if isinstance(node, Mapping) and not is_group and not isinstance(override.value(), dict):
        first = next(iter(node))
        raise InputError(f"{key} = {short(value)} is not a table; use {key}.{first}={short(value)}")
    if key in FILES and "." not in key:
        return _option(argument, override)
    if override.is_sweep_override():
        return [argument]
    if key in GROUPS and not isinstance(override.value(), dict):
        name = str(override.value())
        if name not in options(key):
            raise unknown(name, options(key), key)
    return [argument]


def _find(key: str, value: str) -> Any:
    """The part of `KEYS` that `key` names; raises `InputError` with the nearest name."""
    node: Any = KEYS
    walked: list[str] = []
    for part in key.split("."):
        if node is None:  # inside a value: Hydra's and the model's business
            return None
        if part not in node:
            raise _unknown_key(walked, part, value, node)
        walked.append(part)
        node = node[part]
    return node


def _unknown_key(walked: list[str], part: str, value: str, node: Mapping[str, Any]) -> InputError:
    """For a bare `inertia=.3` the full key; inside a group the nearest name of the group."""
    if not walked and part in ("agents", "rule", "rules", "measures", "hooks"):
        return InputError(f"{part} of one's own are named by their file: write "
                          "extensions=rules.py or extensions=rules.py:Name (docs/extensions.md)")
    if walked:
        return unknown(part, node, ".".join(walked))
    homes: dict[str, list[str]] = {}
    for path in _paths(KEYS):
        homes.setdefault(path.removesuffix(".strength").rpartition(".")[2], []).append(path)
    homes |= {group: [group] for group in KEYS}
    near = get_close_matches(part, homes, n=1, cutoff=0.6)
    if not near:
        return unknown(part, KEYS, "settings")
    suggestion = " or ".join(f"{path}={short(value)}" for path in homes[near[0]][:3])
    return InputError(f"unknown setting {part!r}; did you mean {suggestion}?")


def _paths(node: Mapping[str, Any], prefix: str = "") -> Iterator[str]:
    """Every key that takes a value, in full."""
    for name, child in node.items():
        if child is None:
            yield prefix + name
        else:
            yield from _paths(child, f"{prefix}{name}.")


def _option(argument: str, override: Override) -> list[str]:
    """A shipped option by name, or a file of the user's; in a sweep, each of them."""
    group = override.key_or_group
    known = FILES[group]()
    if override.is_sweep_override():
        several = override.value()
        if not isinstance(several, ChoiceSweep):
            return [argument]
        return [f"{group}=" + ",".join(
            file_option(group, _text(element), known) for element in several.list)]
    name = str(override.value())
    if group != "scenario" or name in known:
        return [f"{group}={file_option(group, name, known)}"]
    return ["scenario=file", f"scenario.path={quoted(str(file_path(group, name, known)))}"]


def _text(element: object) -> str:
    """What an element of a sweep's list says, without its quotes."""
    return element.text if isinstance(element, QuotedString) else str(element)


GROUPS = ("governance", "parameters", "backend")
"""Groups of which there are no files of one's own."""

FILES: Mapping[str, Callable[[], Sequence[str]]] = {
    "scenario": lambda: (*scenario_names(), FAMILY, "file"),
    "experiment": experiment_names,
}
