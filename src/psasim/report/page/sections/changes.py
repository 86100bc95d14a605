"""What each package changes."""

from __future__ import annotations

import pandas as pd

from psasim.analysis.prices import KINDS, Prices, priced
from psasim.declared.levers import LEVERS
from psasim.experiment.folder.reader import StoredResults
from psasim.report.names import by_headline, count
from psasim.report.page.amounts import called, told, unit
from psasim.report.page.content import Section, Table
from psasim.report.page.reading import Reading
from psasim.report.page.wording import levers_of
from psasim.results.headline import summary_of
from psasim.results.measures import MEASURES

MOST = 100
"""Packages at most that the page's table shows; the files have them all."""
MEASURES_SHOWN = 5
"""Measures at most that the page's table shows, the headline first."""


def changes(reading: Reading) -> Section:
    """A row a package: its differences from the baseline, the best first."""
    title = "What each package changes"
    if not reading.compares:
        return Section("changes", title, lacks=(
            "One package was run, so there is no difference to show. Two or more would be "
            "compared by"), commands=("psasim run",))
    base, measure = reading.results.baseline, reading.results.headline
    packages = count(len(reading.results.packages) - 1, "package")
    says = [f"Mean differences from {base} in the same worlds, the best in {called(measure)} "
            "first, each with the 95% interval of its luck in brackets where there is one: where "
            "the mean would lie over ever more worlds, if what is assumed holds. A difference "
            "whose interval holds 0 cannot be told from none."]
    tables = [_table(part, reading.end_of(part), reading.prices) for part in reading.parts]
    tables += [] if reading.prices is None else [_given(reading.prices)]
    tables += _levers(reading)
    if len(reading.results.packages) - 1 > MOST:
        says.append(f"The first {MOST} of {packages} are shown; the files have them all.")
    return Section("changes", title, tuple(says), pictures=reading.below("outcomes"),
                   tables=tuple(tables))


def _levers(reading: Reading) -> list[Table]:
    """What each package consists of, and what its levers are."""
    packages = reading.results.packages
    on = {name: levers_of(package) for name, package in packages.items()}
    frame = pd.DataFrame({"package": list(on),
                          "levers": [", ".join(told) or "none" for told in on.values()]})
    names = [name for name in LEVERS
             if any(name in package.levers_on() for package in packages.values())]
    words = pd.DataFrame({"lever": names, "what it is": [LEVERS[name].description
                                                         for name in names]})
    tables = [Table("packages", "What each package consists of", frame,
                    "In brackets: what is set otherwise than in a lever that is on in full.",
                    frame.head(MOST))]
    return [*tables, Table("lever_words", "What these levers are", words)] if names else tables


def _table(part: StoredResults, end: str, prices: Prices | None) -> Table:
    contrasts = part.contrasts()
    chosen = [m for m in summary_of(part.headline)
              if contrasts.loc[contrasts["measure"] == m, "mean"].notna().any()][:MEASURES_SHOWN]
    order = [name for name in by_headline(part) if name != part.baseline]
    measured = contrasts.set_index(["measure", "package"])
    shown = pd.DataFrame({"package": order[:MOST]} | {
        f"{MEASURES[m].label} ({unit(m)})": [
            told(measured.loc[(m, name)], m) for name in order[:MOST]]
        for m in chosen
    })
    if prices is not None:
        money = priced(part, prices)
        contrasts = pd.concat([contrasts, money.assign(baseline=part.baseline)], ignore_index=True)
        by = money.set_index(["measure", "package"])
        for kind, of in (("money", prices.currency), ("posts", "on average")):
            shown[f"{kind.capitalize()} ({of})"] = [
                _amount(by.loc[(kind, name)]) for name in order[:MOST]]
    place = contrasts["package"].map({name: at for at, name in enumerate(order)})
    frame = contrasts.iloc[place.argsort(kind="stable")].reset_index(drop=True)
    return Table(
        f"contrasts{end}",
        f"Differences from {part.baseline}: {part.scenario.title}", frame,
        "Means of paired differences, with the 95% interval of luck in brackets."
        + ("" if prices is None else " Money is over the run, posts on average over it."), shown,
        columns="Each row is in the unit that it names; lo95 and hi95 are the ends of the "
                "interval; equal is the share of worlds in which both have the same number.")


def _amount(row: pd.Series) -> str:
    """`+12.3 (+10.1 to +14.5)`, of money or posts."""
    mean, *ends = (f"{row[name]:+z,.1f}" for name in ("mean", "lo95", "hi95"))
    return mean if pd.isna(row["lo95"]) or set(ends) == {mean} else f"{mean} ({' to '.join(ends)})"


def _given(prices: Prices) -> Table:
    """The prices as they were given."""
    rows = {"a department-month of capacity": prices.department_month}
    rows |= {f"a year of {name} at full strength": price for name, price in prices.levers.items()}
    return Table("prices", "Prices that were given with this report", pd.DataFrame([
        (what, *(price.get(kind, 0.0) for kind in KINDS)) for what, price in rows.items()
    ], columns=["of", f"money ({prices.currency})", "posts"]), folded=True)
