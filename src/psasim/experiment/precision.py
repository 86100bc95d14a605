"""How precise an answer is asked for: worlds are added until it is, or a cap is met."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from psasim.declared.names import unknown
from psasim.errors import InputError
from psasim.results.headline import DEFAULT
from psasim.results.measures import MEASURES

INDIFFERENCE = 0.01
"""A difference in the headline, in its unit, that nobody minds."""

MOST = 100_000
"""Worlds at most."""


@dataclass(frozen=True, slots=True)
class Best:
    """probability: of the package that stays being the best by `headline`, where the best is
    ahead of all others by `indifference` in its unit."""

    probability: float
    indifference: float = INDIFFERENCE
    headline: str = DEFAULT


@dataclass(frozen=True, slots=True)
class Precision:
    """width: of the 95 % interval of every package's paired difference, from end to end,
    in the unit of the measure, None for any; measures: which must be so narrow; most: worlds;
    best: how surely the best is to be known, None for not at all."""

    width: float | None
    measures: tuple[str, ...]
    most: int
    best: Best | None = None

    def __post_init__(self) -> None:
        for name in self.measures:
            if name not in MEASURES:
                raise unknown(name, MEASURES, "precision.measures")
        if not self.measures:
            raise InputError("precision.measures is empty; name at least one measure, such as "
                             "attainment")


def asked(
    width: float | None, measures: Sequence[str] | None, most: int, best: float | None,
    indifference: float, headline: str, by_row: bool,
) -> Precision | None:
    """The precision that settings ask for, of the headline where no measure is named; None for
    none.

    by_row: whether rows of a design set their own futures, in which no package can be held
    against another.  Raises `InputError` for what changes nothing.
    """
    if width is None and measures is not None:
        raise InputError("precision.measures change nothing without precision.width; set it as "
                         "well")
    if best is None and indifference != INDIFFERENCE:
        raise InputError("precision.indifference changes nothing without precision.best; set it "
                         "as well")
    if width is None and best is None:
        if most != MOST:
            raise InputError("precision.most changes nothing without precision.width or "
                             "precision.best; set one of them as well")
        return None
    if best is not None and by_row:
        raise InputError(f"precision.best = {best:g} needs packages that meet the same futures, "
                         "and experiment.points gives each row its own; leave it out")
    chosen = None if best is None else Best(best, indifference, headline)
    return Precision(width, (headline,) if measures is None else tuple(measures), most, chosen)
