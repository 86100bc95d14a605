"""The command that gives a run again, as a shell takes it."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

from omegaconf import OmegaConf

from psasim.cli.extended import as_given
from psasim.cli.file_options import as_typed

_BARE = re.compile(r"[\w.:=/\\+-]+", re.ASCII)


def command(overrides: Any, *flags: str) -> str:
    """`psasim run` with the settings that were given and those of where results go, quoted.

    overrides: Hydra's record of them; flags: what stands before them.
    """
    given: Any = OmegaConf.to_container(overrides, resolve=False)
    own = [item for item in given["hydra"] if not item.startswith("hydra.mode=")]
    return joined(["psasim", "run", *flags, *as_typed([*given["task"], *own]), *as_given()])


def joined(arguments: Sequence[str]) -> str:
    """Arguments as one line that the shell of this system takes apart again."""
    if sys.platform == "win32":
        return " ".join(map(_for_windows, arguments))
    return shlex.join(arguments)


def _for_windows(argument: str) -> str:
    """As programs there take it apart, in double quotes where PowerShell reads marks too."""
    escaped = subprocess.list2cmdline([argument])
    if escaped.startswith('"') or _BARE.fullmatch(argument):
        return escaped
    end = argument[len(argument.rstrip("\\")):]
    return f'"{escaped}{end}"'
