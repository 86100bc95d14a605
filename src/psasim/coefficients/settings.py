"""Parameters and levers of several design points as columns, (1, points)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from psasim.declared.levers import LEVERS, Governance
from psasim.declared.parameters import Parameters
from psasim.mechanisms.ordered_sum import Floats, Ints


class Settings:
    """What was set at each design point; every number a row (1, points)."""

    def __init__(
        self, parameters: Sequence[Parameters], governance: Sequence[Governance]
    ) -> None:
        self.parameters = parameters
        self.governance = governance

    def __getitem__(self, parameter: str) -> Floats:
        """Value of a parameter."""
        return np.array([[values[parameter] for values in self.parameters]])

    def field(self, lever: str, field: str) -> Floats:
        """A numeric field of a lever."""
        return np.array([[float(package[lever][field]) for package in self.governance]])

    def usual(self, lever: str, field: str) -> float:
        """Default of a numeric field: what the lever's declared cost and power are for."""
        return float(LEVERS[lever].table[field].default)

    def strength(self, lever: str) -> Floats:
        """Strength of a lever, 0 where it is absent."""
        return self.field(lever, "strength")

    def kind(self, lever: str, kinds: Sequence[str]) -> Ints:
        """Number of each point's `kind` of a lever among `kinds`, (points,)."""
        return np.array([kinds.index(str(package[lever]["kind"])) for package in self.governance])

    def clause(self, field: str) -> Floats:
        """Strength of one clause of the delivery agreement."""
        return self.strength("delivery_agreement") * self.field("delivery_agreement", field)

    def opened(self) -> Floats:
        """Part of what partners hide that data sharing opens: it takes means and will (R24)."""
        able = 1.0 - self["technical_barrier"] * (1.0 - self.field("data_sharing", "technical"))
        willing = 1.0 - self["willing_barrier"] * (1.0 - self.field("data_sharing", "willingness"))
        return self.strength("data_sharing") * (able * willing)

    def board(self) -> Floats:
        """Power of a board of officials: seniority, follow-up and how often it meets."""
        lever = "official_leadership"
        often = self.field(lever, "frequency") / self.usual(lever, "frequency")
        decisive = self.field(lever, "seniority") * self.field(lever, "follow_up")
        return self.strength(lever) * decisive * often

    def extent(self, lever: str, outcomes: int) -> Floats:
        """How much of a lever's declared cost its fields call for, times its strength."""
        strength = self.strength(lever)
        if lever == "official_leadership":
            return strength * self.field(lever, "frequency") / self.usual(lever, "frequency")
        if lever == "stocktakes":
            return strength * self.usual(lever, "period") / self.field(lever, "period")
        if lever == "delivery_unit":
            return strength * np.minimum(1.0, self.field(lever, "targets") / outcomes)
        return strength

    def total(self, cost: str, outcomes: int) -> Floats:
        """Sum of all levers' `capacity` or `money`."""
        total = np.zeros((1, len(self.governance)))
        for name, lever in LEVERS.items():
            total = total + getattr(lever, cost) * self.extent(name, outcomes)
        return total
