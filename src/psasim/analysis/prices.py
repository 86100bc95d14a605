"""What a department-month and each lever cost in money and posts, as a user gives them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from psasim.declared.declare import Assumption, Heading, Quantity
from psasim.declared.levers import LEVERS, Governance
from psasim.declared.names import check_name, checked_values, table, unknown
from psasim.errors import InputError
from psasim.experiment.folder.reader import StoredResults
from psasim.reading.text import user_path
from psasim.reading.yaml import plain, read_yaml

EXAMPLE = """currency: £m
department_month: {money: 0.4, posts: 50}      # capacity of 1 for a month
levers:                                        # a year at full strength
  delivery_unit: {money: 3, posts: 40}"""

KINDS = ("money", "posts")
_BASIS = Assumption("Given by the user.")
_BY_KIND = {
    "money": Quantity("money", "of the currency", 0.0, 0.0, 1e12, Heading.TOOLS_AND_DATA, _BASIS,
                      "Money."),
    "posts": Quantity("posts", "posts", 0.0, 0.0, 1e9, Heading.TOOLS_AND_DATA, _BASIS,
                      "People in full-time work."),
}


@dataclass(frozen=True, slots=True)
class Prices:
    """money and posts of a department-month of capacity, and of a year of each lever at full
    strength."""

    currency: str
    department_month: Mapping[str, float]
    levers: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

    def of_levers(self, package: Governance, kind: str) -> float:
        """A year of a package's levers."""
        return sum(package.strength(name) * price.get(kind, 0.0)
                   for name, price in self.levers.items())

    def unit(self, kind: str) -> str:
        return self.currency if kind == "money" else "posts"


def read_prices(given: str | Path | Mapping[str, Any]) -> Prices:
    """Prices of a YAML file, or of a table as it would hold it.  Raises `InputError`."""
    if isinstance(given, str | Path):
        path = user_path(given)
        content, place = plain(read_yaml(path)), str(path)
    else:
        content, place = table(given, "prices"), "prices"
    known = ("currency", "department_month", "levers")
    for key in content:
        if key not in known:
            raise unknown(key, known, place)
    if "department_month" not in content:
        raise InputError(f"{place}: department_month is missing; prices look like\n{EXAMPLE}")
    currency = content.get("currency", "money")
    check_name(currency, f"{place}: currency")
    levers = table(content.get("levers") or {}, f"{place}: levers")
    for name in levers:
        if name not in LEVERS:
            raise unknown(name, LEVERS, f"{place}: levers")
    return Prices(
        currency, _price(content["department_month"], f"{place}: department_month"),
        {name: _price(price, f"{place}: levers.{name}") for name, price in levers.items()})


def _price(given: object, place: str) -> dict[str, float]:
    values = checked_values(table(given, place, "money"), _BY_KIND, place)
    return {name: float(value) for name, value in values.items()}


def priced(results: StoredResults, prices: Prices) -> pd.DataFrame:
    """What packages take beyond the baseline: package, measure (money, posts), unit, mean, lo95,
    hi95, worlds.

    Money over the run: effort beyond standing overhead at the price of a department-month, and the
    levers' years; posts: on average over the run.
    """
    ledger = results.ledger_shares()
    months, base = results.months, results.packages[results.baseline]
    capacity = float(ledger["capacity_mean"].iloc[0])
    burden = results.contrasts().query("measure == 'burden'")
    rows = []
    for kind in KINDS:
        size = capacity if kind == "money" else capacity / months
        each = size * prices.department_month.get(kind, 0.0)
        years = months / 12.0 if kind == "money" else 1.0
        for row in burden.itertuples():
            package = results.packages[str(row.package)]
            fixed = years * (prices.of_levers(package, kind) - prices.of_levers(base, kind))
            bounds = np.array([row.mean, row.lo95, row.hi95], dtype=float) * each + fixed
            rows.append((row.package, kind, prices.unit(kind), *bounds, row.worlds))
    return pd.DataFrame(
        rows, columns=["package", "measure", "unit", "mean", "lo95", "hi95", "worlds"])
