"""What factors over facts of a scenario must satisfy together, before any row is drawn."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from psasim.declared.declare import Quantity
from psasim.errors import InputError
from psasim.experiment.design.factors import Factor
from psasim.experiment.design.facts import WithFacts, sole
from psasim.scenario.facts import EVERY, Named, matching, named, owners, share_path
from psasim.scenario.family import SETS, STRUCTURE_GROUP, STRUCTURE_PATHS
from psasim.scenario.schema import Scenario


def check_facts(factors: Sequence[Factor], declared: object, place: str) -> None:
    """Raise `InputError` where two factors set one fact, or where a range leaves the bounds."""
    if not isinstance(declared, WithFacts):
        return
    found = [(factor, what) for factor in factors if (what := named(factor.path)) is not None]
    _check_structure({factor.path for factor in factors}, found, place)
    for scenario in declared.scenarios:
        by_fact: dict[str, Factor] = {}
        for factor, what in found:
            for fact, value in matching(scenario, what).items():
                if fact in by_fact:
                    raise InputError(f"{place}: {by_fact[fact].path} and {factor.path} both set "
                                     f"{fact}; leave out one")
                by_fact[fact] = factor
                if what.times:
                    _check_times(fact, value, factor, what, place)
        _check_shares(scenario, by_fact, place)


def _check_structure(
    varied: Collection[str], found: Sequence[tuple[Factor, Named]], place: str
) -> None:
    """Where rows come and go, a fact is of all rows, and not what the structure sets itself."""
    structure = [path for path in varied if path in STRUCTURE_PATHS]
    if not structure:
        return
    sets = {columns: f"{STRUCTURE_GROUP}.{name}" for name, columns in SETS.items()}
    for factor, what in found:
        other = sets.get((what.table.name, what.column.name))
        if other in varied and not what.times:
            raise InputError(f"{place}: {other} and {factor.path} both set {factor.path}; leave "
                             "out one")
        if set(what.keys) != {EVERY}:
            raise InputError(
                f"{place}: {factor.path} names rows that are not there in every structure; with "
                f"{min(structure)} varied write {what.table.name}.{EVERY}.{what.column.name} and "
                "together: true")


def _check_times(
    fact: str, value: float | None, factor: Factor, what: Named, place: str
) -> None:
    """A multiple is of something, and stays in the fact's bounds."""
    if not value:
        why = "leaves it to a parameter" if value is None else "has it at 0"
        raise InputError(f"{place}.{factor.path} changes nothing of {fact}, as the scenario {why}; "
                         "give a range without .times")
    quantity = what.column.quantity
    assert isinstance(quantity, Quantity)
    for end in _ends(factor):
        low, high = quantity.bounds
        if not what.is_share and not low <= value * end <= high:
            raise InputError(
                f"{place}.{factor.path} = {end:g} makes {fact} {value * end:g}, outside its bounds "
                f"{low:g} to {high:g} ({quantity.unit}); narrow the range")


def _check_shares(scenario: Scenario, by_fact: Mapping[str, Factor], place: str) -> None:
    """Shares of an outcome are not all moved alike."""
    for outcome, items in owners(scenario).items():
        varied = {path: by_fact[path] for path in map(share_path, items) if path in by_fact}
        if len(items) == 1:
            _refuse_sole(scenario, varied, place)
            continue
        if len(varied) == len(items) and len({factor.path for factor in varied.values()}) == 1:
            (path,) = {factor.path for factor in varied.values()}
            raise InputError(f"{place}.{path} moves all shares of {outcome} alike, and as shares "
                             "they then stay as they are; write together: false, or name some")


def check_room(factors: Sequence[Factor], declared: object, place: str) -> None:
    """Raise `InputError` where shares that are varied could leave nothing to those that stay."""
    if not isinstance(declared, WithFacts):
        return
    found = [(factor, what) for factor in factors if (what := named(factor.path)) is not None]
    for scenario in declared.scenarios:
        for outcome, items in owners(scenario).items():
            highest = [
                max(_ends(factor)) * (item.share if what.times else 1.0)
                for item in items for factor, what in found if what.is_share and what.has(item)
            ]
            if 0 < len(highest) < len(items) and sum(highest) >= 1.0:
                raise InputError(
                    f"{place}: at their highest, the shares of {outcome} that are varied sum to "
                    f"{sum(highest):g} and leave nothing to the others; narrow the ranges")


def _refuse_sole(scenario: Scenario, varied: Mapping[str, Factor], place: str) -> None:
    for path, factor in varied.items():
        what = named(factor.path)
        if what is not None and not what.every and sole(scenario, path):
            raise InputError(f"{place}.{factor.path}: the only contributor's share is 1")


def _ends(factor: Factor) -> Iterator[float]:
    """Lowest and highest, or the levels."""
    for value in factor.listed or (factor.low, factor.high):
        if not isinstance(value, str):
            yield value
