"""Rows of a design with what came of them, world by world: what drives and what breaks an answer.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from psasim.errors import InputError, Unanswerable
from psasim.experiment.folder.panel import FUTURES
from psasim.experiment.folder.reader import StoredResults
from psasim.experiment.folder.sensitivity import ANALYSES, Sample
from psasim.experiment.folder.summary import partners
from psasim.mechanisms.ordered_sum import Floats


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """over: section of the experiment; given: values of the factors, a column each."""

    results: StoredResults
    sample: Sample
    over: str
    given: pd.DataFrame

    @property
    def futures(self) -> bool:
        """Whether rows are futures that packages meet, or set packages themselves."""
        return self.over == "uncertainties"

    @property
    def packages(self) -> list[str]:
        """Packages that can be held against the baseline in these rows."""
        return [name for name in self.results.packages if name != self.results.baseline]

    @property
    def independent(self) -> NDArray[np.intp]:
        """Places of rows that share no factor's value by construction: of a block of rows for
        Sobol' indices the first and last, of a Morris trajectory the first."""
        places = np.arange(len(self.given)).reshape(-1, self.sample.block)
        ends = [0, -1] if self.sample.drawn["design"] == "saltelli" else [0]
        return places[:, ends].ravel() if self.sample.block > 1 else places.ravel()

    @property
    def blocks(self) -> NDArray[np.intp]:
        """The block of each row, (rows,)."""
        return np.arange(len(self.given)) // self.sample.block

    def differences(self, package: str | None) -> Floats:
        """From the baseline in the headline, (rows, worlds), NaN where one has no number; means
        over futures where rows are packages."""
        results = self.results
        values = results.values(results.headline)
        place = {point.number: row for row, point in enumerate(results.points)}
        other = partners(results.points, results.baseline)
        return np.stack([
            np.mean([values[place[p.number]] - values[place[other[p.number]]] for p in row], axis=0)
            for row in self.sample.rows(package)
        ])


def rows_of(results: StoredResults) -> Rows:
    """Of the design over what is uncertain, else over whole points, else over levers.

    Raises `Unanswerable` where there is none.
    """
    designs = results.design.designs
    section = next((name for name in ("uncertainties", "points", "levers")
                    if "over" in designs.get(name, {})), None)
    if section is None:
        raise Unanswerable(f"nothing uncertain was varied; {FUTURES} would")
    sample = Sample(results, section)
    try:
        return Rows(results, sample, section, sample.inputs())
    except (InputError, KeyError):
        raise Unanswerable("not all rows of the design have runs yet; give the command that made "
                           "the folder again") from None


def has_indices(rows: Rows) -> bool:
    """Whether SALib has an analysis of the design."""
    return rows.sample.drawn["design"] in ANALYSES
