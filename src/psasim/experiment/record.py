"""The record of a run: what made these numbers, and how to make them again.

Only `created` and `command` may differ between two runs with the same results.
"""

from __future__ import annotations

import hashlib
import platform
import subprocess
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

import psasim
from psasim.declare import Assumption, Source
from psasim.parameters import PARAMETERS
from psasim.scenario.schema import Scenario

SCHEMA = 1
_LIBRARIES = ("numpy", "scipy", "pandas", "pyarrow", "mesa", "hydra-core", "pydantic")


def record(settings: Mapping[str, Any], scenario: Scenario, command: str) -> dict[str, Any]:
    """The run's record, JSON-ready; `settings` as of `RunConfig.settings()`."""
    return {
        "schema": SCHEMA,
        "config": dict(settings),
        "seed": settings["seed"],
        "versions": versions(),
        "commit": commit(),
        "bit_fingerprint": bit_fingerprint(),
        "sources": sources(scenario),
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "command": command,
    }


def versions() -> dict[str, str]:
    """Versions of psasim, Python and the libraries that compute."""
    own = {"psasim": psasim.__version__, "python": platform.python_version()}
    return own | {name: version(name) for name in _LIBRARIES}


def commit() -> str | None:
    """The commit of the checkout psasim runs from, `-dirty` if changed; None if installed."""
    root = Path(__file__).parents[3]
    if not (root / ".git").exists():
        return None
    try:
        done = subprocess.run(
            ["git", "-C", str(root), "describe", "--always", "--dirty", "--abbrev=40"],
            capture_output=True, text=True, check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return done.stdout.strip()


def bit_fingerprint() -> str:
    """Hash of exp, log, pow and log1p on fixed inputs.

    These differ in the last bit between processors with and without AVX-512, so
    "same seed, same bytes" holds within one fingerprint.
    """
    x = np.arange(1, 4097) / 512.0
    values = (np.exp(-x), np.log(x), np.power(x, 0.37), np.log1p(x))
    return hashlib.sha256(b"".join(value.tobytes() for value in values)).hexdigest()[:16]


def sources(scenario: Scenario) -> dict[str, str]:
    """Citation by key of everything used, and how many parameters are assumed."""
    bases = [quantity.basis for quantity in PARAMETERS.values()]
    cited = {basis.key: basis.citation for basis in bases if isinstance(basis, Source)}
    assumed = sum(isinstance(basis, Assumption) for basis in bases)
    return cited | dict(scenario.citations) | {
        "assumption": f"{assumed} of {len(bases)} parameters are assumed; see "
        "`psasim show parameters`"
    }
