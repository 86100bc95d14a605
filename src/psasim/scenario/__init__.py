"""Scenarios: the world that is governed, as checked data with a source for every fact."""

from psasim.scenario.check import checked
from psasim.scenario.load import load_scenario, scenario_names
from psasim.scenario.schema import (
    Body,
    Contribution,
    Department,
    Fact,
    Indicator,
    Outcome,
    Scenario,
)

__all__ = [
    "Body",
    "Contribution",
    "Department",
    "Fact",
    "Indicator",
    "Outcome",
    "Scenario",
    "checked",
    "load_scenario",
    "scenario_names",
]
