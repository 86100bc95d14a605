"""The sources of the mechanisms and facts that a run really used, as BibTeX."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from inspect import getdoc, getmodule
from typing import Any

import numpy as np

import psasim
from psasim.coefficients import build_coefficients
from psasim.declared.declare import Source
from psasim.declared.levers import LEVERS
from psasim.declared.parameters import PARAMETERS
from psasim.declared.references import Reference, mentioned
from psasim.engines import ensemble
from psasim.engines.replaced import mechanism_names, original, replaced
from psasim.month.worlds import draw_worlds
from psasim.results.measures import measure
from psasim.results.results import Comparison


def cite(results: Comparison) -> str:
    """BibTeX of psasim and of every source that these results rest on, each once.

    results: in memory or of a folder.  Mechanisms are cited that the run's packages called (one
    world of each is run again to see, without levers of one's own), parameters and facts of the
    scenario that have a source, and levers that are on.  What is assumed has none: the report
    lists it.
    """
    entries = [_software(), *map(_work, _works(results)), *map(_fact, _facts(results))]
    taken: set[str] = set()
    return "\n".join(_entry(kind, _free(key, taken), fields) for kind, key, fields in entries)


Entry = tuple[str, str, dict[str, str]]


def _software() -> Entry:
    return "software", "psasim", {
        "title": "psasim: what makes departments deliver together?",
        "author": "{psasim contributors}", "version": psasim.__version__, "year": "2026"}


def _work(work: Reference) -> Entry:
    return "misc", f"{work.authors}{work.year}", {
        "author": work.authors.replace(" & ", " and ").replace(" et al.", " and others"),
        "year": str(work.year), "howpublished": work.place.replace("*", "")}


def _fact(source: Source) -> Entry:
    year = re.search(r"\b(1[89]|20)\d\d\b", source.citation)
    return "misc", source.key, {"note": source.citation, **({"year": year[0]} if year else {})}


def _works(results: Comparison) -> list[Reference]:
    """Works named by the mechanisms that were called, and by their modules."""
    works: dict[Reference, None] = {}
    for name in called(results):
        function = original(name)
        for text in (getdoc(getmodule(function)) or "", getdoc(function) or ""):
            works.update(dict.fromkeys(mentioned(text)))
    return sorted(works, key=lambda work: (work.authors, work.year))


def called(results: Comparison) -> list[str]:
    """Mechanisms that a run of these packages calls and that answer more than nothing, as
    `file.function`."""
    seen: set[str] = set()

    def counted(name: str) -> Callable[..., Any]:
        function = original(name)

        def call(*given: Any, **named: Any) -> Any:
            answer = function(*given, **named)
            if name not in seen and _is_something(answer):
                seen.add(name)
            return answer

        return call

    layout, months = results.layout, results.months
    worlds = draw_worlds(layout, results.seed, range(1), months)
    with replaced({name: counted(name) for name in mechanism_names()}):
        for package in results.packages.values():
            k = build_coefficients(layout, [results.parameters], [package.shipped()])
            measure(ensemble.run(layout, k, worlds), layout, k)
    return sorted(seen)


def _is_something(answer: Any) -> bool:
    """Whether an answer, or a part of one, is other than 0 throughout."""
    if isinstance(answer, tuple):
        return any(_is_something(part) for part in answer)
    return not isinstance(answer, np.ndarray) or bool(answer.any())


def _facts(results: Comparison) -> Iterator[Source]:
    """Sources of parameters, of levers that are on, and of the scenario's facts."""
    found: dict[str, Source] = {}
    bases = [item.basis for item in PARAMETERS.values()]
    bases += [LEVERS[name].basis for package in results.packages.values()
              for name in package.levers_on()]
    scenario = results.scenario
    cited = dict(scenario.citations)
    bases += [Source(key, cited[key]) for key in dict.fromkeys(f.source for f in scenario.facts)
              if key in cited]
    for basis in bases:
        if isinstance(basis, Source):
            found.setdefault(basis.key, basis)
    yield from found.values()


def _free(key: str, taken: set[str]) -> str:
    """A key of letters and digits that no entry has yet."""
    plain = unicodedata.normalize("NFKD", key).encode("ascii", "ignore").decode()
    base = re.sub(r"[^A-Za-z0-9]+", "", plain) or "source"
    free, number = base, 1
    while free in taken:
        number += 1
        free = f"{base}{number}"
    taken.add(free)
    return free


def _entry(kind: str, key: str, fields: dict[str, str]) -> str:
    lines = [f"  {name} = {{{_escaped(value)}}}," for name, value in fields.items()]
    return "\n".join([f"@{kind}{{{key},", *lines, "}"])


def _escaped(text: str) -> str:
    """Braces balanced and characters that TeX reads otherwise taken for themselves."""
    keeps = text.startswith("{") and text.endswith("}")
    inner = text[1:-1] if keeps else text
    inner = re.sub(r"[{}\\]", "", " ".join(inner.split()))
    inner = re.sub(r"([&%$#_])", r"\\\1", inner)
    return f"{{{inner}}}" if keeps else inner
