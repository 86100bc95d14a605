"""How the packages of one scenario stand by the headline."""

from __future__ import annotations

from functools import cached_property

import pandas as pd

from psasim.experiment.folder.reader import StoredResults
from psasim.experiment.folder.spread import spread
from psasim.report.names import by_headline, is_preset
from psasim.report.price import unbeaten
from psasim.results.measures import MEASURES
from psasim.results.verdict import best, better, tied

CONTENDERS = 8
"""Packages at most that the first page draws."""

OFTEN = 0.1
"""Share of futures in which a package is first, from which it is one to choose between."""


class Standing:
    """How the packages of one scenario stand by the headline."""

    def __init__(self, results: StoredResults) -> None:
        self.results = results
        self.measure = results.headline
        self.good = MEASURES[self.measure].good

    @cached_property
    def measured(self) -> pd.DataFrame:
        """Contrasts by measure and package."""
        return self.results.contrasts().set_index(["measure", "package"])

    @cached_property
    def rows(self) -> pd.DataFrame:
        """Contrasts in the headline, by package."""
        return self.measured.loc[self.measure]

    @cached_property
    def top(self) -> str | None:
        return best(self.rows, self.good)

    @cached_property
    def futures(self) -> pd.DataFrame:
        """Spread of the headline over futures, by package."""
        return spread(self.results, (self.measure,)).set_index("package")

    @property
    def gains(self) -> bool:
        """Whether the best is shown to do better than the baseline."""
        return self.top is not None and bool(better(self.rows.loc[[self.top]], self.good).all())

    @property
    def chosen(self) -> str:
        """The package that the sentences are about."""
        if self.top is None or tied(self.rows.loc[[self.top]]).all():
            return self.results.baseline
        return self.top

    def contenders(self, most: int = CONTENDERS) -> list[str]:
        """The presets, packages that no other beats on gain and costs, and those that are first
        in a tenth of futures or more; the best first."""
        presets = [name for name in self.rows.index if is_preset(name)]
        rivals = unbeaten(self.measured, self.measure).index
        named = list(dict.fromkeys([*presets, *rivals, *self._often_first()]))[:most]
        return [name for name in by_headline(self.results) if name in named]

    def _often_first(self) -> list[str]:
        if self.results.futures < 2:
            return []
        rows = self.futures
        return list(rows.index[rows["first_alone"] + rows["first_tied"] >= OFTEN])
