"""What it costs, and what would change the answer: the rest of the first page."""

from __future__ import annotations

import pandas as pd

from psasim.analysis.answer import Answer as Answered
from psasim.analysis.prices import KINDS, Prices, priced
from psasim.experiment.folder.reader import StoredResults
from psasim.experiment.folder.spread import spread
from psasim.report.names import count
from psasim.report.page.amounts import called, difference, unit
from psasim.report.page.answer import caveats, sentences, terms
from psasim.report.page.bearing import weakest
from psasim.report.page.content import Answer, Section, Table
from psasim.report.page.reading import Reading
from psasim.report.page.standing import Standing
from psasim.report.page.wording import in_words, meaning
from psasim.report.price import unbeaten
from psasim.results.headline import TAKEN, TAKES
from psasim.results.measures import MEASURES
from psasim.results.verdict import few

SHOWN = 5
"""Packages at most whose gain is set beside their cost."""
MOST_WEAK = 3
"""Assumptions at most that better knowledge is asked for of."""


def answer(reading: Reading) -> Answer:
    """The first page."""
    return Answer(sentences(reading), terms(reading), caveats(reading),
                  reading.charts.get(reading.first), _costs(reading), _change(reading))


def _costs(reading: Reading) -> Section:
    measure = reading.results.headline
    heads = ("What it costs", "cost")
    if not reading.compares:
        return Section(heads[1], heads[0], ("Nothing was compared, so no cost can be told.",))
    if measure in TAKEN:
        return Section(heads[1], heads[0], (
            f"Packages are put in order by {called(measure)}, which is itself what levers take.",))
    takes = TAKES if reading.prices is None else KINDS
    frames = {
        part.scenario.title: unbeaten(_measured(part, reading.prices), measure, takes).iloc[:SHOWN]
        for part in reading.parts
    }
    frame = pd.concat(frames, names=["scenario", "package"]).reset_index()
    if frame.empty:
        return Section(heads[1], heads[0], (
            f"No package is shown to gain in {called(measure)}, so there is no gain to set against "
            "a cost.",))
    frame.columns = pd.Index(["scenario", "package", "gain", *takes])
    shown = pd.DataFrame({
        "scenario": frame["scenario"],
        "package": frame["package"],
        f"gain in {called(measure)} ({unit(measure)})": [
            difference(value, measure, unit=False) for value in frame["gain"]],
        **_taken(frame, reading.prices),
    })
    if reading.one is not None:
        shown = shown.drop(columns="scenario")
    said, note = _in_words(reading)
    table = Table("cost", "Packages that no other beats on gain and what it takes at once", frame, (
        f"Gain in {called(measure)} ({MEASURES[measure].unit}), {note} Packages that another beats "
        "on all three are left out."), shown)
    return Section(heads[1], heads[0], (
        "Each package below gains, and no other gains as much as it does while taking no more "
        + said,),
        tables=(table,))


def _measured(part: StoredResults, prices: Prices | None) -> pd.DataFrame:
    """Contrasts by measure and package, with money and posts where there are prices."""
    measured = Standing(part).measured
    if prices is None:
        return measured
    return pd.concat([measured, priced(part, prices).set_index(["measure", "package"])])


def _taken(frame: pd.DataFrame, prices: Prices | None) -> dict[str, list[str]]:
    """What is taken, a column a kind."""
    if prices is None:
        return {"burden (points of capacity)": [
                    f"{100.0 * value:+z.1f}" for value in frame["burden"]],
                "cost (index)": [f"{value:+z.2f}" for value in frame["cost"]]}
    return {f"money ({prices.currency}, over the run)": [
                f"{value:z,.1f}" for value in frame["money"]],
            "posts (on average)": [f"{value:z,.0f}" for value in frame["posts"]]}


def _in_words(reading: Reading) -> tuple[str, str]:
    """What is taken, in a sentence and in the note of the table."""
    if reading.prices is None:
        return ("of both: burden, the capacity that levers add to overhead, and cost, an index of "
                "money (1: a delivery unit per target and year). Both are assumed.",
                "burden as a share of capacity, cost as an index per outcome and year: 1 is what a "
                "delivery unit costs per target.")
    return ("money and no more posts, at the prices that were given with this report. The capacity "
            "that levers take is assumed, as strengths are.",
            f"money in {reading.prices.currency} over the run, posts on average over it, both "
            "beyond the baseline’s.")


def _change(reading: Reading) -> Section:
    items = [*_futures(reading), *_answers(reading), *_scenarios(reading), *_weak(reading)]
    lacks = ""
    if not reading.several_futures:
        lacks = ("One set of parameters was run, so this page cannot say whether the order "
                 "survives others. The same command in a new folder tells, with")
    return Section("change", "What would change it", items=tuple(items), lacks=lacks,
                   commands=("parameters=plausible",) if lacks else ())


def _futures(reading: Reading) -> list[str]:
    if not reading.several_futures or not reading.compares:
        return []
    said = []
    for part in reading.parts:
        top = Standing(part).chosen
        frame = spread(part, (part.headline,)).set_index("package")
        if top not in frame.index or frame["first_alone"].isna().any():
            continue
        first = (frame["first_alone"] + frame["first_tied"]) * frame["sets"]
        others = first.drop(top)[lambda each: each.round() > 0].sort_values(ascending=False)
        rivals = [f"{name} (in {round(number)})" for name, number in others.items()]
        where = "" if reading.one is not None else f"In “{part.scenario.title}”: "
        sets = count(int(frame.loc[top, "sets"]), "future")
        told = f"so are {few(rivals)}" if rivals else "no other package is in any"
        said.append(f"{where}Other parameters: of {sets} {top} is the best, or as good as the "
                    f"best, in {round(first[top])}; {told}.")
    return said


def _answers(reading: Reading) -> list[str]:
    """What drives the answer, and the rule by which a package backfires, where one is found."""
    said = []
    for part in reading.parts if reading.compares else ():
        where = "" if reading.one is not None else f"In “{part.scenario.title}”: "
        said += [f"{where}{in_words(found.sentence)}" for question in ("drivers", "backfire")
                 if isinstance(found := reading.answer(part, question), Answered)
                 and (question == "drivers" or found.table["rule"].any())]
    return said


def _scenarios(reading: Reading) -> list[str]:
    if reading.one is not None:
        return ["Another scenario: one was run, and who owns what, and how delivery hangs "
                "together, decides much."]
    tops = {part.scenario.title: Standing(part).chosen for part in reading.parts}
    if len(set(tops.values())) == 1:
        return [f"Another scenario: {next(iter(tops.values()))} is best in each of the "
                f"{len(tops)} that were run."]
    return ["Another scenario: the best package is "
            + few([f"{top} in “{title}”" for title, top in tops.items()]) + "."]


def _weak(reading: Reading) -> list[str]:
    """What is assumed on the weakest basis and weighs most, in plain words; what is seen to move
    the answer here first."""
    names = weakest(reading)
    if not names:
        return []
    said = "; ".join(f"{meaning(name)} ({name})" for name in names[:MOST_WEAK])
    return [f"Better knowledge of what is weakly founded and weighs most: {said}. See “What is "
            "assumed”."]
