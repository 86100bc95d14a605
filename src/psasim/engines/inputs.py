"""What Python callers may hand in, made into checked objects."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from psasim.declared.levers import Governance
from psasim.declared.parameters import Parameters
from psasim.declared.presets import preset
from psasim.scenario import load_scenario
from psasim.scenario.schema import Scenario

Package = str | Governance | Mapping[str, Any]


def as_scenario(given: str | Path | Scenario) -> Scenario:
    """A scenario by name or path, or itself."""
    return given if isinstance(given, Scenario) else load_scenario(given)


def as_governance(given: Package) -> Governance:
    """A package by the name of its preset, from a mapping of levers, or itself."""
    if isinstance(given, str):
        return preset(given)
    return given if isinstance(given, Governance) else Governance(**given)


def as_parameters(given: Parameters | Mapping[str, float] | None) -> Parameters:
    """Parameters from those that are set, or itself."""
    return given if isinstance(given, Parameters) else Parameters(**(given or {}))
