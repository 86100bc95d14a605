"""How a package's gain is shared among its levers, from whichever of its parts were run."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from psasim.analysis.answer import listed
from psasim.analysis.statistics.intervals import mean_interval
from psasim.analysis.statistics.shapley import from_both_ends, shapley
from psasim.declared.levers import LEVERS, Governance
from psasim.declared.names import one_of
from psasim.errors import Unanswerable
from psasim.experiment.folder.panel import Panel
from psasim.experiment.folder.reader import StoredResults
from psasim.mechanisms.ordered_sum import Floats
from psasim.results.measures import MEASURES
from psasim.results.verdict import in_unit, named

TRIED = 8
"""Packages that are tried where none is named: those of most levers."""
MOST = 12
"""Levers whose subsets are all held at most."""
SAID = 3
REST = "three or more together"

Parts = dict[frozenset[str], str]


def shares(results: StoredResults, found: Panel, package: str | None) -> tuple[pd.DataFrame, str]:
    """A row a lever of a package: its Shapley share of the gain, what it adds as the first and
    as the last; and the name of the package.

    Exact where every subset was run; where only each lever alone and each left out were, exact
    but for three or more together, which is a row of its own.
    """
    packages = results.packages
    names = ([one_of(package, packages, "package")] if package is not None
             else sorted(packages, key=lambda name: -len(packages[name].levers_on()))[:TRIED])
    lacking = ""
    for base in _bases(results):
        for name in names:
            levers = _differing(packages[base], packages[name])
            if len(levers) < 2:
                continue
            parts = _parts(results, base, name, levers)
            rows = {key: found.packages.index(part) for key, part in parts.items()}
            if missing := [end for end in _ends(levers) if end not in rows]:
                lacking = lacking or _lacking(base, name, levers, missing)
                continue
            table = _shared(levers, rows, found.by_world)
            table.insert(0, "package", name)
            table.insert(1, "baseline", base)
            table.insert(3, "unit", MEASURES[results.headline].unit)
            return table, name
    raise Unanswerable(
        f"how the gain of {package or 'a package'} is shared among its levers takes all its "
        "subsets (levers: {design: subsets, over: [...]}), or each lever alone on the baseline and "
        f"each left out of it{lacking}")


def _ends(levers: list[str]) -> list[frozenset[str]]:
    """No lever, all, and each alone and left out."""
    whole = frozenset(levers)
    return [frozenset(), whole, *(frozenset([x]) for x in levers), *(whole - {x} for x in levers)]


def _lacking(base: str, name: str, levers: list[str], missing: list[frozenset[str]]) -> str:
    said = [f"{base} with {next(iter(end))} alone, as {name} has it" if len(end) == 1
            else f"{name} without {next(iter(frozenset(levers) - end), 'any')}"
            for end in missing[:SAID]]
    return f"; of {name} {len(missing)} of these were not run, such as {listed(said)}"


def _bases(results: StoredResults) -> Iterator[str]:
    """The baseline, and the row of a design that has least."""
    yield results.baseline
    drawn = results.design.designs.get("levers")
    if drawn is not None:
        yield min(drawn["packages"], key=lambda name: len(results.packages[name].levers_on()))


def _differing(base: Governance, package: Governance) -> list[str]:
    return [lever for lever in LEVERS if package[lever] != base[lever]]


def _parts(results: StoredResults, base: str, name: str, levers: list[str]) -> Parts:
    """Packages that are the base with some of the levers as the package has them."""
    low, high = results.packages[base], results.packages[name]
    found: Parts = {}
    for part, governance in results.packages.items():
        own = {lever for lever in levers if governance[lever] == high[lever]}
        rest = (lever for lever in LEVERS if lever not in own)
        if all(governance[lever] == low[lever] for lever in rest):
            found.setdefault(frozenset(own), part)
    return found


def _shared(
    levers: list[str], rows: dict[frozenset[str], int], values: Floats
) -> pd.DataFrame:
    whole, base = frozenset(levers), values[rows[frozenset()]]
    gain = values[rows[whole]] - base
    first = np.stack([values[rows[frozenset([x])]] - base for x in levers])
    last = np.stack([values[rows[whole]] - values[rows[whole - {x}]] for x in levers])
    if len(levers) <= MOST and len(rows) == 2 ** len(levers):
        cube = np.empty((2,) * len(levers) + values.shape[1:])
        for part, row in rows.items():
            cube[tuple(int(lever in part) for lever in levers)] = values[row]
        own, labels = shapley(cube), list(levers)
    else:
        own = from_both_ends(first, last)
        own = np.vstack([own, gain - own.sum(axis=0)])
        first, last = (np.vstack([each, np.full_like(gain, np.nan)]) for each in (first, last))
        labels = [*levers, REST]
    mean, low, high = mean_interval(own)
    whole_gain = float(gain.mean())
    return pd.DataFrame({
        "lever": labels, "mean": mean, "lo95": low, "hi95": high,
        "part_of_gain": mean / whole_gain if whole_gain else np.nan,
        "as_first": first.mean(axis=1), "as_last": last.mean(axis=1), "worlds": values.shape[1],
    }).sort_values("mean", key=np.abs, ascending=False, kind="stable", ignore_index=True)


def told(table: pd.DataFrame, package: str, headline: str) -> str:
    """`of the +0.4 that new_psa adds lead carries 30% ...`."""
    gain = float(table["mean"].sum())
    said = [f"{row['lever']} {row['part_of_gain']:.0%}" if np.isfinite(row["part_of_gain"])
            else f"{row['lever']} {in_unit(row['mean'], headline)}"
            for _, row in table.head(SAID).iterrows()]
    return (f"of the {in_unit(gain, headline)} that {package} adds to {named(headline)} against "
            f"{table['baseline'].iloc[0]} the largest shares are of {listed(said)}")
