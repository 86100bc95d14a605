"""What paired differences tell: who meets more, who fewer, who cannot be told apart."""

from __future__ import annotations

import numpy as np
import pandas as pd

MET = "targets_met_real"
TAKEN = ("burden", "overhead", "cost")
"""What a lever takes, whether or not it has anything to act on."""


def inert(contrasts: pd.DataFrame) -> frozenset[str]:
    """Packages whose every run is the baseline's, but for what their levers take.

    contrasts: as of `Results.contrasts`, with every measure.
    """
    spread = (contrasts["hi95"] - contrasts["lo95"]).fillna(0.0)
    same = (contrasts["mean"] == 0.0) & (spread == 0.0)
    rest = ~contrasts["measure"].isin(TAKEN)
    alike = same[rest].groupby(contrasts.loc[rest, "package"]).all()
    return frozenset(alike.index[alike])


def tally(met: pd.DataFrame, baseline: str) -> str:
    """`of 26 packages 17 meet more than departmental, 2 fewer, 6 cannot be told from it and
    1 has no result`; met: a row a package, with mean, lo95 and hi95."""
    more, fewer = int((met["lo95"] > 0.0).sum()), int((met["hi95"] < 0.0).sum())
    none = int(met["mean"].isna().sum())
    said = [
        f"{more} {'meets' if more == 1 else 'meet'} more than {baseline}",
        f"{fewer} fewer",
        f"{len(met) - more - fewer - none} cannot be told from it",
        *([f"{none} {'has' if none == 1 else 'have'} no result"] if none else []),
    ]
    packages = f"{len(met)} package{'s' * (len(met) != 1)}"
    return f"of {packages} {', '.join(said[:-1])} and {said[-1]}"


def interval(row: pd.Series) -> str:
    """`+0.669 (95% interval +0.659 to +0.679)`."""
    if np.isnan(row["lo95"]):
        return f"{row['mean']:+.3f} (no interval: one world)"
    return f"{row['mean']:+.3f} (95% interval {row['lo95']:+.3f} to {row['hi95']:+.3f})"
