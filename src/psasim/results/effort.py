"""Where capacity went, in sentences that the findings and the ledger's figure share."""

from __future__ import annotations

import pandas as pd

from psasim.month.ledger import LINES


def by_line(shares: pd.DataFrame) -> pd.DataFrame:
    """Share of capacity, a row a package and a column a line; packages that ran only."""
    return shares.pivot(index="package", columns="line", values="share").dropna()


def base_sentence(wide: pd.DataFrame, baseline: str, named: str) -> str:
    """What moves an outcome under the baseline, and where most of the rest goes."""
    base = wide.loc[baseline]
    largest = str(base.drop("realised").idxmax())
    return (f"Under {named} {base['realised']:.1%} of capacity moves an outcome and "
            f"{base[largest]:.1%} goes to {label(largest)}")


def moves(wide: pd.DataFrame, baseline: str, package: str) -> str:
    """`own agenda falls from 67% to 54% and slack rises from 14% to 25%`: the line that
    gives up most and the one that takes most."""
    change = wide.loc[package] - wide.loc[baseline]
    said = [
        f"{label(line)} {verb} from {wide.loc[baseline, line]:.1%} to "
        f"{wide.loc[package, line]:.1%}"
        for line, verb in ((change.idxmin(), "falls"), (change.idxmax(), "rises"))
        if change[line]
    ]
    return " and ".join(said) or "nothing changes"


def most_moved(wide: pd.DataFrame, baseline: str, but: str) -> str | None:
    """The package beside `but` that moves most capacity from one line to others."""
    others = wide.drop(index=list({baseline, but}))
    change = (others - wide.loc[baseline]).abs().sum(axis=1)
    return str(change.idxmax()) if change.max() > 0.0 else None


def label(line: str) -> str:
    return LINES[line].label.lower()
