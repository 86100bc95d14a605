"""What of Hydra's own may be given: where results go, and how a sweep is carried out.

The rest of it names code to run (callbacks, launchers, log handlers), reads pickles, or
brings settings from folders elsewhere; none of that is needed, so it is refused.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from hydra.core.override_parser.types import Override

from psasim.errors import InputError, shown

SETTINGS = ("hydra.run.dir", "hydra.sweep.dir", "hydra.sweep.subdir", "hydra.mode")
GROUPS = ("hydra/launcher", "hydra/sweeper")
OPTIONS = ("psasim", "basic")

SWEEPING = ("-m", "--multirun")
VALUED = ("-c", "--cfg", "-i", "--info", "-p", "--package")
"""Flags that the next word belongs to."""

FLAGS = ("-h", "--help", "--hydra-help", "--version", "-r", "--run", "--resolve",
         *SWEEPING, *VALUED)

_OF_SETTINGS = re.compile(r"\\\$\{|\$\{[\w.\[\]-]*\}")
"""`${months}`, another setting; an escaped one is text."""

_OF_FOLDERS = re.compile(r"\$\{\s*(hydra|now):[^${}]+\}")
"""`${hydra:job.num}`, `${now:%Y}`."""


def refuse_flags(arguments: Sequence[str]) -> None:
    """Raise `InputError` for a flag of Hydra's that psasim has no use for."""
    given = [argument.partition("=")[0] for argument in arguments if argument.startswith("-")]
    for flag in given:
        if flag not in FLAGS:
            raise InputError(f"{shown(flag)} is no flag of psasim run; known: {', '.join(FLAGS)}")
    asked = [flag for flag in given if flag in (*SWEEPING, "-c", "--cfg", "-i", "--info")]
    if len(asked) > 1:
        raise InputError(f"{' and '.join(asked)} do not go together; leave out all but one")
    for flag in ("--resolve", "-p", "--package"):
        if flag in given and not {"-c", "--cfg", "-h", "--help"} & set(given):
            raise InputError(f"{flag} goes with --cfg job, which prints the composed settings")


def is_hydras(override: Override) -> bool:
    """Whether an override is of Hydra itself."""
    return re.split(r"[./]", override.key_or_group)[0] == "hydra"


def refuse_own(override: Override) -> None:
    """Raise `InputError` for a setting of Hydra's own beyond those listed above."""
    key, value = override.key_or_group, override.value()
    if key not in (*SETTINGS, *GROUPS) or override.is_delete() or override.package:
        raise InputError(f"{shown(override.input_line)} sets what only Hydra knows; of its own "
                         f"settings there are {', '.join((*SETTINGS, *GROUPS))}")
    if key in GROUPS and value not in OPTIONS:
        raise InputError(f"{key} = {shown(value)} is not one of {', '.join(OPTIONS)}")
    if key != "hydra.mode" and not str(value or "").strip():
        raise InputError(f"{key}= names no folder; leave it out for the default one")


def refuse_resolvers(override: Override) -> None:
    """Raise `InputError` for a value that is taken from elsewhere than another setting."""
    text = str(override.input_line)
    if is_hydras(override):
        text = _OF_FOLDERS.sub("", text)
    before = ""
    while text != before:  # one may stand in another
        before, text = text, _OF_SETTINGS.sub("", text)
    if "${" in text:
        raise InputError(f"{shown(override.input_line)}: ${{...:...}} is not read in settings; "
                         "write the value, or have your shell put it in")
