"""Data of one's own: a file of statistics, bands and sources, over any scenario."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from psasim.calibration.bands import MONTHS, Band, Case, Evidence, Measures
from psasim.declared.declare import Source
from psasim.declared.names import check_name, checked, one_of
from psasim.declared.parameters import PARAMETERS
from psasim.declared.settings import SETTINGS
from psasim.engines.inputs import as_governance
from psasim.errors import InputError, shown
from psasim.experiment.design.strict import Strict, read
from psasim.mechanisms.ordered_sum import Floats
from psasim.reading.text import user_path
from psasim.reading.yaml import plain, read_yaml
from psasim.results.measures import MEASURES
from psasim.results.parts import PATHS
from psasim.scenario import load_scenario, scenario_names
from psasim.structure.layout import build_layout

WORLDS = 16

EXAMPLE = """data:
  on_course: {statistic: rated, at_least: 3, month: 27, value: 0.56, spread: 0.16, source: ...}
  trust: {statistic: trust, low: 0.3, high: 0.5, source: a survey}"""


@dataclass(frozen=True, slots=True)
class Reading:
    """What is asked of the model: a measure, or monthly figures of outcomes.

    month, outcomes: of which figures, rows of outcomes; least: ask for the part at this or more.
    """

    statistic: str
    month: int | None = None
    outcomes: tuple[int, ...] = ()
    least: float | None = None

    def __call__(self, measures: Measures, paths: Floats | None) -> Floats:
        if self.month is None:
            return self._part(measures[self.statistic])
        assert paths is not None
        row = PATHS.index(self.statistic)
        return self._part(paths[:, row, self.month - 1, list(self.outcomes)]).mean(axis=1)

    def _part(self, values: Floats) -> Floats:
        return values if self.least is None else np.where(values >= self.least, 1.0, 0.0)


class Datum(Strict):
    """One thing that was seen, as the file has it."""

    statistic: str
    source: str
    seen: str = ""
    value: float | None = None
    low: float | None = None
    high: float | None = None
    spread: float = 0.0
    why: str = "Given with the data."
    month: int | None = None
    outcome: str | None = None
    at_least: float | None = None
    scenario: str | None = None
    governance: str | dict[str, Any] | None = None


class File(Strict):
    """The file as a whole; what stands here holds for every datum that says nothing else."""

    data: dict[str, dict[str, Any]]
    scenario: str = "csr2007"
    governance: str | dict[str, Any] = "existing_psa"
    over: list[str] | None = None
    worlds: int = WORLDS
    months: int = MONTHS


def own_evidence(data: str | Path | Mapping[str, Any]) -> Evidence:
    """The evidence of a YAML file, or of its content.

    over: parameters to draw (all of them); worlds: of the first wave (16); data: by name, each a
    `statistic` (a measure, or real, reported, rated of an `outcome` in a `month`; with
    `at_least`, the part of worlds, and of outcomes, that come to it), `low` and `high` or a
    `value`, `spread` (sd of what the datum may be off by, and the model cannot be held to) and
    `source`.  Raises `psasim.errors.InputError` with the file and the place.
    """
    if isinstance(data, Mapping):
        file, content = Path("data"), dict(data)
    else:
        file = user_path(data)
        content = plain(read_yaml(file))
    given = read(File, content, str(file))
    if not given.data:
        raise InputError(f"{file}: data is empty; write\n{EXAMPLE}")
    for name in ("worlds", "months"):
        checked(SETTINGS[name], getattr(given, name), f"{file}: {name}")
    if given.worlds < 2:
        raise InputError(f"{file}: worlds = {given.worlds}: chance is told from two worlds on")
    names = tuple(PARAMETERS) if given.over is None else tuple(
        one_of(name, PARAMETERS, f"{file}: over") for name in dict.fromkeys(given.over))
    if not names:
        raise InputError(f"{file}: over is empty; name parameters, or leave it out for all")
    bands = [_band(key, item, given, file) for key, item in given.data.items()]
    return Evidence(tuple(_one_case_each(bands)), names)


def _one_case_each(bands: list[Band]) -> list[Band]:
    """Bands of one scenario and package share its runs, with paths if any asks for them."""
    alike = [replace(band.case, paths=False) for band in bands]
    paths = {case for case, band in zip(alike, bands, strict=True) if band.case.paths}
    return [replace(band, case=replace(case, paths=case in paths))
            for case, band in zip(alike, bands, strict=True)]


def _band(key: str, item: Mapping[str, Any], given: File, file: Path) -> Band:
    place = f"{file}: data.{key}"
    check_name(key, f"{file}: data")
    datum = read(Datum, item, place)
    if not datum.source.strip():
        raise InputError(f"{place}.source is empty; say where the number is from")
    governance = given.governance if datum.governance is None else datum.governance
    try:
        package = as_governance(governance)
    except InputError as error:
        raise InputError(f"{place}: {error}") from None
    case = Case(
        _scenario(datum.scenario or given.scenario, file), package,
        governance if isinstance(governance, str) else "custom", given.worlds,
        datum.statistic in PATHS, given.months)
    low, high = _ends(datum, place)
    reading = _reading(datum, case, place)
    return Band(
        key, (Source(key, datum.source),), datum.seen or "Given by the user.", "As its source.",
        _asked(datum), case, reading, _unit(datum), low, high, float(datum.spread), datum.why)


def _scenario(name: str, file: Path) -> str:
    """A shipped scenario by its name, another by its whole path, relative to the file."""
    if name in scenario_names():
        return name
    path = str((file.parent / user_path(name)).absolute())
    load_scenario(path)
    return path


def _ends(datum: Datum, place: str) -> tuple[float, float]:
    numbers = [x for x in (datum.value, datum.low, datum.high, datum.spread, datum.at_least)
               if x is not None]
    if not np.isfinite(numbers).all() or datum.spread < 0.0:
        raise InputError(f"{place}: {shown(numbers)} are not finite numbers and a spread of 0 or "
                         "more; leave out an end that is open")
    if (datum.value is None) == (datum.low is None and datum.high is None):
        raise InputError(f"{place}: give value, or low and high, or one of them where the other "
                         "end is open")
    if datum.value is not None and datum.spread == 0.0:
        raise InputError(f"{place}: value = {datum.value:g} with spread 0 would be exact; give "
                         "spread, the standard deviation of what it may be off by")
    low = datum.value if datum.low is None else datum.low
    high = datum.value if datum.high is None else datum.high
    low, high = (-np.inf if low is None else low), (np.inf if high is None else high)
    if low > high:
        raise InputError(f"{place}: low = {low:g} is above high = {high:g}; swap them")
    return float(low), float(high)


def _reading(datum: Datum, case: Case, place: str) -> Reading:
    least = None if datum.at_least is None else float(datum.at_least)
    if datum.statistic not in PATHS:
        one_of(datum.statistic, (*MEASURES.shipped, *PATHS), f"{place}.statistic")
        for name in ("month", "outcome"):
            if getattr(datum, name) is not None:
                raise InputError(f"{place}.{name} goes with statistic {', '.join(PATHS)}, not with "
                                 f"{datum.statistic}; leave it out")
        return Reading(datum.statistic, least=least)
    if datum.month is None or not 1 <= datum.month <= case.months:
        raise InputError(f"{place}.month = {datum.month}: say in which month, from 1 to "
                         f"{case.months} (months)")
    layout = build_layout(load_scenario(case.scenario))
    keys = [o.key for o in layout.scenario.outcomes]
    shows = np.ones(len(keys), bool) if datum.statistic == "real" else layout.measured[:, 0] > 0
    asked = keys if datum.outcome is None else [one_of(datum.outcome, keys, f"{place}.outcome")]
    rows = tuple(row for row, key in enumerate(keys) if key in asked and shows[row])
    if not rows:
        raise InputError(f"{place}: {datum.outcome or 'no outcome'} has no indicator, so nothing "
                         f"is {datum.statistic}; ask for real")
    return Reading(datum.statistic, datum.month, rows, least)


def _asked(datum: Datum) -> str:
    what = datum.statistic if datum.month is None else (
        f"{datum.statistic} of {datum.outcome or 'every outcome'} in month {datum.month}")
    return what if datum.at_least is None else f"share with {what} at {datum.at_least:g} or more"


def _unit(datum: Datum) -> str:
    if datum.at_least is not None:
        return "share"
    if datum.statistic in PATHS:
        return "band, 0 to 4" if datum.statistic == "rated" else "of target"
    return MEASURES[datum.statistic].unit
