"""The record of a run: what made these numbers, and how to make them again.

Only `created` and `command` may differ between two runs with the same results.
"""

from __future__ import annotations

import platform
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psasim
from psasim.declared.declare import Assumption, Source
from psasim.declared.levers import LEVERS
from psasim.declared.parameters import PARAMETERS
from psasim.fingerprint import bit_fingerprint
from psasim.results.results import Comparison, Results
from psasim.scenario.schema import Scenario

SCHEMA = 1
_LIBRARIES = (
    "hydra-core", "matplotlib", "mesa", "numpy", "pandas", "pyarrow", "pydantic", "scipy",
    "seaborn",
)


def record(results: Comparison, settings: Mapping[str, Any] | None, command: str) -> dict[str, Any]:
    """The run's record, JSON-ready.

    settings: the configuration that was run, or None for what the results know of it;
    command: what reproduces the run.
    """
    return {
        "schema": SCHEMA,
        "config": dict(_settings(results) if settings is None else settings),
        "seed": results.seed,
        "versions": versions(),
        "commit": commit(),
        "bit_fingerprint": bit_fingerprint(),
        "digest": results.digest,
        "sources": sources(results.scenario),
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "command": command,
    }


def _settings(results: Comparison) -> dict[str, Any]:
    return {
        "scenario": results.scenario.name,
        "packages": {name: package.settings() for name, package in results.packages.items()},
        "baseline": results.baseline,
        "parameters": dict(results.parameters),
        "worlds": results.worlds,
        "months": results.months,
        "seed": results.seed,
    }


def settings_of(results: Results) -> dict[str, Any]:
    """All that results in memory know of how they were made, own extensions among it."""
    own = {name: dict(values) for name, values in results.parameters_of.items()}
    return {
        **_settings(results), "engine": results.engine, "first_world": results.first_world,
        "headline": results.headline, "agents": results.agents, "parameters_of": own,
        "extensions": [asdict(origin) for origin in results.extensions],
    }


def versions() -> dict[str, str]:
    """Versions of psasim, Python and the libraries that compute or draw."""
    own = {"psasim": psasim.__version__, "python": platform.python_version()}
    return own | {name: version(name) for name in _LIBRARIES}


def commit() -> str | None:
    """The commit of the checkout psasim runs from, `-dirty` if changed; None if installed."""
    root = Path(__file__).parents[3]
    if not (root / ".git").exists():
        return None
    try:
        done = subprocess.run(
            ["git", "-C", str(root), "describe", "--always", "--dirty", "--abbrev=40",
             "--exclude=*"],
            capture_output=True, text=True, check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return done.stdout.strip()


def sources(scenario: Scenario) -> dict[str, list[dict[str, Any]]]:
    """Everything the numbers rest on, each once, with the names of what rests on it.

    `cited`: key, citation, used_for; `assumed`: rationale, quality, impact, used_for.
    A scenario's facts are cited as `scenario.<table>`.
    """
    declared: list[tuple[Source | Assumption, str]] = [
        (quantity.basis, f"parameters.{name}") for name, quantity in PARAMETERS.items()
    ]
    declared += [(lever.basis, f"governance.{name}") for name, lever in LEVERS.shipped.items()]
    citations = dict(scenario.citations)
    for fact in scenario.facts:
        place = "scenario." + fact.path.partition(".")[0]
        if fact.source in citations:
            declared.append((Source(fact.source, citations[fact.source]), place))
        elif fact.note:
            declared.append((Assumption(fact.note), place))
    unused = citations.keys() - {fact.source for fact in scenario.facts}
    declared += [(Source(key, citations[key]), "scenario") for key in sorted(unused)]
    return {"cited": _listed(declared, Source), "assumed": _listed(declared, Assumption)}


def _listed(
    declared: Iterable[tuple[Source | Assumption, str]], kind: type
) -> list[dict[str, Any]]:
    """Each basis of one kind once, in the order of its first use."""
    uses: dict[Source | Assumption, dict[str, None]] = {}
    for basis, name in declared:
        if isinstance(basis, kind):
            uses.setdefault(basis, {})[name] = None
    return [
        {field: str(getattr(basis, field)) for field in basis.__dataclass_fields__}
        | {"used_for": list(names)}
        for basis, names in uses.items()
    ]
