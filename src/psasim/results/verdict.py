"""What paired differences tell: who does better, who worse, who ties, who cannot be told apart."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from psasim.results.headline import TAKEN
from psasim.results.measures import MEASURES
from psasim.results.places import ROUNDING

MET = "targets_met_real"
NAMED = 3
"""Names at most in a row of them."""


def inert(contrasts: pd.DataFrame) -> frozenset[str]:
    """Packages whose every run is the baseline's, but for what their levers take.

    contrasts: as of `Results.contrasts`, with every measure.
    """
    rest = contrasts[~contrasts["measure"].isin(TAKEN)].dropna(subset="equal")
    alike = (rest["equal"] == 1.0).groupby(rest["package"]).all()
    return frozenset(alike.index[alike])


def better(rows: pd.DataFrame, good: int) -> pd.Series:
    """Rows whose whole interval is on the good side; good: the direction of good."""
    return (good * rows[["lo95", "hi95"]] > 0.0).all(axis=1)


def tied(rows: pd.DataFrame) -> pd.Series:
    """Rows whose mean difference is 0: the same number, in the same worlds."""
    return rows["mean"].abs() <= ROUNDING


def tally(rows: pd.DataFrame, baseline: str, good: int) -> str:
    """`of 26 packages 17 do better than departmental, 2 worse, 1 ties with it, 5 cannot be told
    from it and 1 has no result`; rows: one a package, of one measure, as of `contrasts`."""
    more, fewer = int(better(rows, good).sum()), int(better(rows, -good).sum())
    ties, none = int(tied(rows).sum()), int(rows["mean"].isna().sum())
    said = [
        f"{more} {'does' if more == 1 else 'do'} better than {baseline}",
        f"{fewer} worse",
        *([f"{ties} {'ties' if ties == 1 else 'tie'} with it"] if ties else []),
        f"{len(rows) - more - fewer - ties - none} cannot be told from it",
        *([f"{none} {'has' if none == 1 else 'have'} no result"] if none else []),
    ]
    packages = f"{len(rows)} package{'s' * (len(rows) != 1)}"
    return f"of {packages} {', '.join(said[:-1])} and {said[-1]}"


def alone(row: pd.Series, baseline: str, good: int) -> str:
    """What one package does, where no other is compared: `does better than departmental`."""
    rows = row.to_frame().T
    if better(rows, good).all():
        return f"does better than {baseline}"
    if better(rows, -good).all():
        return f"does worse than {baseline}"
    return f"{'ties with' if tied(rows).all() else 'cannot be told from'} {baseline}"


def best(rows: pd.DataFrame, good: int) -> str | None:
    """The package with the best mean, the first of those that tie; None where none has one."""
    means = (good * rows["mean"]).dropna()
    return str(means.index[means >= means.max() - ROUNDING][0]) if len(means) else None


def named(measure: str) -> str:
    """`attainment (of target)`."""
    item = MEASURES[measure]
    return f"{item.label[:1].lower()}{item.label[1:]} ({item.unit})"


def extreme(measure: str) -> str:
    """What the best value of a measure is called."""
    return "highest" if MEASURES[measure].good > 0 else "lowest"


def few(names: Sequence[str]) -> str:
    """`a, b, c and 4 more`."""
    said = list(names[:NAMED])
    if len(names) > NAMED:
        return f"{', '.join(said)} and {len(names) - NAMED} more"
    return " and ".join(part for part in (", ".join(said[:-1]), said[-1]) if part)


def interval(row: pd.Series) -> str:
    """`+0.669 (95% interval +0.659 to +0.679)`."""
    if np.isnan(row["lo95"]):
        return f"{signed(row['mean'])} (no interval: one world)"
    return f"{signed(row['mean'])} (95% interval {signed(row['lo95'])} to {signed(row['hi95'])})"


def in_unit(value: float, measure: str) -> str:
    """`+6.0 points` of a part of 1, else the number in the measure's own unit."""
    if not MEASURES[measure].part:
        return signed(value)
    points = 100.0 * value
    return f"{points:+.1g} points" if 0.0 < abs(points) < 0.05 else f"{points:+z.1f} points"


def size(value: float, measure: str) -> str:
    """`2.9 points`, of what is never below 0."""
    return in_unit(value, measure).removeprefix("+")


def change(row: pd.Series, measure: str) -> str:
    """`+6.0 points (95% interval +4.7 to +7.3)`."""
    if np.isnan(row["lo95"]):
        return f"{in_unit(row['mean'], measure)} (no interval: one world)"
    low, high = (in_unit(row[end], measure).removesuffix(" points") for end in ("lo95", "hi95"))
    return f"{in_unit(row['mean'], measure)} (95% interval {low} to {high})"


def signed(value: float) -> str:
    """Three decimals; one of what is 10 or more; a digit of what three decimals hide."""
    if 0.0 < abs(value) < 0.0005:
        return f"{value:+.1g}"
    return f"{value:+z.{3 if abs(value) < 10.0 else 1}f}"
