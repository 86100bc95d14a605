"""What parameters are set to: the defaults of the table, and what was set otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from psasim.declared.declare import Quantity
from psasim.declared.names import checked_values, table
from psasim.declared.parameter_table import TABLE


def _declared(quantities: tuple[Quantity, ...]) -> Mapping[str, Quantity]:
    """The table by name; refuses a name declared twice."""
    by_name = {quantity.name: quantity for quantity in quantities}
    if len(by_name) != len(quantities):
        raise ValueError("a parameter is declared twice")
    return MappingProxyType(by_name)


PARAMETERS: Mapping[str, Quantity] = _declared(TABLE)

NOTHING: Mapping[str, float] = MappingProxyType({})


class Parameters(Mapping[str, float]):
    """Values of all declared parameters: the defaults, and what was set.

    `Parameters(inertia=0.1)`, or of a table (a mapping, a pandas Series); read with
    `parameters["inertia"]`.  Raises `psasim.InputError` for an unknown name or a value out
    of bounds.
    """

    def __init__(self, values: Mapping[str, float] = NOTHING, /, **more: float) -> None:
        given = checked_values(table(values, "parameters") | more, PARAMETERS, "parameters")
        self._values = {name: float(given.get(name, q.default)) for name, q in PARAMETERS.items()}

    def __getitem__(self, name: str) -> float:
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Parameters) and self._values == other._values

    def __hash__(self) -> int:
        return hash(tuple(self._values.items()))

    def changed(self) -> dict[str, float]:
        """Only the values that differ from their defaults."""
        return {n: v for n, v in self._values.items() if v != PARAMETERS[n].default}

    def __repr__(self) -> str:
        inside = ", ".join(f"{name}={value!r}" for name, value in self.changed().items())
        return f"Parameters({inside})"
