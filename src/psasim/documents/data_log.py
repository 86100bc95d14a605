"""`docs/data_log.md`: every source behind the shipped scenarios, and how sure each fact is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from psasim.calibration.bands import BANDS
from psasim.documents.markdown import code, document, table
from psasim.scenario import load_scenario, scenario_names
from psasim.scenario.provenance import ASSUMPTION, MARKS
from psasim.scenario.schema import Fact, Scenario
from psasim.scenario.tables import TABLES

INTRODUCTION = (
    "The data of psasim are the facts of its scenarios and the bands of its calibration. A fact "
    "is *found* (seen in the source), recalled with *high*, *medium* or *low* confidence, or "
    "assumed. What is assumed, and why, is in [assumptions](assumptions.md). All data are public "
    "and hold nothing about persons. None was collected for this model; all was read in "
    "secondary excerpts of 1998 to 2011 documents, and none has been checked against originals "
    "by anybody else."
)


def page() -> str:
    """The page's text."""
    scenarios = [load_scenario(name) for name in scenario_names()]
    return document(
        "Data log", INTRODUCTION, "## How sure", _marks(scenarios), "## By kind of fact",
        "Facts found, of all facts of the kind.", _kinds(scenarios), "## Sources",
        _sources(scenarios), "## Sources of the calibration", _bands(),
    )


def _marks(scenarios: Iterable[Scenario]) -> str:
    rows = []
    for scenario in scenarios:
        number = Counter(fact.confidence for fact in scenario.facts)
        total = len(scenario.facts)
        rows.append((code(scenario.name), str(total),
                     *(_part(number[mark], total) for mark in (*MARKS, ASSUMPTION))))
    return table(("scenario", "facts", *MARKS, "assumed"), rows)


def _kinds(scenarios: Iterable[Scenario]) -> str:
    """One row a table and column, or `rows` for that the entity is there."""
    names = []
    number: dict[str, Counter[str]] = {}
    for scenario in scenarios:
        names.append(scenario.name)
        for fact in scenario.facts:
            number.setdefault(_kind(fact), Counter()).update(
                [scenario.name, *([f"found {scenario.name}"] * (fact.confidence == "found"))])
    rows = (
        (code(kind), *(f"{count[f'found {n}']} of {count[n]}" if count[n] else "" for n in names))
        for kind, count in sorted(number.items())
    )
    return table(("kind", *map(code, names)), rows)


def _kind(fact: Fact) -> str:
    name, *_, last = fact.path.split(".")
    return f"{name}.{last}" if last in TABLES[name].columns else name


def _sources(scenarios: Iterable[Scenario]) -> str:
    return table(("source", "citation", "scenario", "facts", "used for"), _uses(scenarios))


def _uses(scenarios: Iterable[Scenario]) -> Iterator[tuple[str, ...]]:
    for scenario in scenarios:
        for key, text in scenario.citations:
            facts = [fact for fact in scenario.facts if fact.source == key]
            marks = Counter(fact.confidence for fact in facts)
            tables = dict.fromkeys(fact.path.partition(".")[0] for fact in facts)
            yield (code(key), text, code(scenario.name),
                   ", ".join(f"{marks[m]} {m}" for m in MARKS if marks[m]) or "context only",
                   ", ".join(tables))


def _bands() -> str:
    rows = {
        source.key: (code(source.key), source.citation,
                     ", ".join(code(b.key) for b in BANDS if source in b.sources))
        for band in BANDS for source in band.sources
    }
    return table(("source", "citation", "bands"), (rows[key] for key in sorted(rows)))


def _part(number: int, total: int) -> str:
    return f"{number} ({number / total:.0%})" if total else "0"
