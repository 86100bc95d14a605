"""Where the files of `conf/` are: Hydra's groups, with what comes with psasim."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import psasim


@cache
def conf() -> Path:
    """`psasim/conf` where psasim is installed, `conf/` at the root of a checkout."""
    package = Path(psasim.__file__).parent
    installed = package / "conf"
    return installed if installed.is_dir() else package.parents[1] / "conf"


@cache
def options(group: str) -> tuple[str, ...]:
    """Names of the options of a group, sorted."""
    return tuple(sorted(path.stem for path in (conf() / group).glob("*.yaml")))
