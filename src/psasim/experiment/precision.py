"""How precise an answer is asked for: worlds are added until it is, or a cap is met."""

from __future__ import annotations

from dataclasses import dataclass

from psasim.declared.names import unknown
from psasim.errors import InputError
from psasim.results.measures import MEASURES


@dataclass(frozen=True, slots=True)
class Precision:
    """width: of the 95 % interval of every package's paired difference, from end to end,
    in the unit of the measure; measures: which must be so narrow; most: worlds."""

    width: float
    measures: tuple[str, ...]
    most: int

    def __post_init__(self) -> None:
        for name in self.measures:
            if name not in MEASURES:
                raise unknown(name, MEASURES, "precision.measures")
        if not self.measures:
            raise InputError("precision.measures is empty; name at least one measure, such as "
                             "attainment")
