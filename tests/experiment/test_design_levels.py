"""Designs over levels: their size, their balance, and what is confounded with what."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pytest

from psasim.declared.levers import LEVERS
from psasim.declared.parameters import PARAMETERS
from psasim.errors import InputError
from psasim.experiment.design.designs import Drawn, draw
from psasim.experiment.design.factors import DECISIONS, UNCERTAINTIES, read_factors

NAMES = list(PARAMETERS)


def _drawn(factors: int | object, **settings: object) -> Drawn:
    over = NAMES[:factors] if isinstance(factors, int) else factors
    base = {path: item.default for path, item in {**UNCERTAINTIES, **DECISIONS}.items()}
    declared = DECISIONS if settings.pop("levers", False) else UNCERTAINTIES
    return draw({"over": over, **settings}, "here", declared, base)


def _signs(drawn: Drawn) -> np.ndarray:
    """-1 at the low level, +1 at the high, (rows, factors)."""
    columns = [np.unique(column, return_inverse=True)[1] for column in drawn.columns.values()]
    return 2 * np.stack(columns, axis=1) - 1


def _sums(signs: np.ndarray, size: int) -> set[int]:
    """Sums over the rows of every product of `size` columns: 0 is clear, else confounded."""
    return {
        int(signs[:, list(chosen)].prod(axis=1).sum())
        for chosen in combinations(range(signs.shape[1]), size)
    }


@pytest.mark.parametrize("factors", range(2, 42))
def test_plackett_burman_is_balanced_and_orthogonal(factors: int) -> None:
    signs = _signs(_drawn(factors, design="plackett_burman"))
    rows = len(signs)
    assert factors < rows <= factors + 8 and rows % 4 == 0
    assert np.array_equal(signs.T @ signs, rows * np.eye(factors))
    assert not signs.sum(axis=0).any()


@pytest.mark.parametrize("factors, rows", [(3, 4), (7, 8), (11, 12), (15, 16), (19, 20), (23, 24)])
def test_plackett_burman_is_saturated_where_it_can_be(factors: int, rows: int) -> None:
    assert _drawn(factors, design="plackett_burman").rows == rows


def test_a_foldover_clears_main_effects_of_pairs() -> None:
    assert _sums(_signs(_drawn(11, design="plackett_burman")), 3) != {0}
    folded = _signs(_drawn(11, design="plackett_burman", foldover=True))
    assert len(folded) == 24
    assert [_sums(folded, size) for size in (1, 2, 3)] == [{0}, {0}, {0}]


@pytest.mark.parametrize("factors, resolution, rows", [
    (2, 3, 4), (3, 3, 4), (5, 5, 16), (7, 3, 8), (8, 4, 16), (11, 5, 128), (23, 3, 32),
    (23, 4, 64),
])
def test_a_fraction_has_the_stated_resolution(factors: int, resolution: int, rows: int) -> None:
    """No word of the defining relation is shorter than the resolution."""
    drawn = _drawn(factors, design="fractional_factorial", resolution=resolution)
    signs = _signs(drawn)
    assert drawn.rows == rows
    for size in range(1, min(resolution, factors + 1)):
        assert _sums(signs, size) == {0}
    if 2**factors > rows:  # regular: some longer word is constant
        assert any(rows in map(abs, _sums(signs, size)) for size in (resolution, resolution + 1))


@pytest.mark.parametrize("design, settings, rows", [
    ("full_factorial", {}, 2**4), ("full_factorial", {"levels": 3}, 3**4), ("grid", {}, 5**4),
    ("subsets", {}, 2**4), ("one_at_a_time", {}, 1 + 4 * 2), ("grid", {"levels": 2}, 16),
])
def test_sizes(design: str, settings: dict[str, object], rows: int) -> None:
    drawn = _drawn(4, design=design, **settings)
    assert drawn.rows == rows
    combined = set(zip(*(column.tolist() for column in drawn.columns.values()), strict=True))
    assert len(combined) == rows, "no combination comes twice"


def test_full_factorial_is_balanced() -> None:
    for column in _drawn(4, design="full_factorial", levels=3).columns.values():
        assert set(np.unique(column, return_counts=True)[1]) == {27}


def test_levels_are_ends_of_the_declared_range_or_those_listed() -> None:
    over = {"inertia": None, "substitution": {"low": 0.25, "high": 0.35}, "urgency": [1, 2, 4]}
    columns = _drawn(over, design="grid", levels=3).columns
    levels = [np.unique(column).tolist() for column in columns.values()]
    item = PARAMETERS["inertia"]
    assert levels[0] == [item.low, (item.low + item.high) / 2, item.high]
    assert levels[1:] == [[0.25, 0.3, 0.35], [1, 2, 4]]


def test_one_at_a_time_moves_one_from_the_base() -> None:
    drawn = _drawn("all", design="one_at_a_time")
    base = drawn.row(0)
    assert base == {path: item.default for path, item in UNCERTAINTIES.items()}
    for number in range(1, drawn.rows):
        row = drawn.row(number)
        assert sum(row[path] != base[path] for path in base) == 1


def test_whole_numbers_stay_whole() -> None:
    over = ["stocktakes", "stocktakes.period"]
    periods = _drawn(over, design="grid", levels=4, levers=True).columns[
        "governance.stocktakes.period"
    ]
    assert periods.dtype.kind == "i"
    table = LEVERS["stocktakes"].table["period"]
    assert {periods.min(), periods.max()} == {table.low, table.high}


def test_a_choice_has_all_its_options_or_those_listed() -> None:
    over = {"lead": [0.5, 1], "lead.kind": None}
    kinds = _drawn(over, design="full_factorial", levers=True).columns["governance.lead.kind"]
    assert set(kinds) == {"none", "single", "two", "all"}
    over = {"lead": None, "lead.kind": ["single", "two"]}
    kinds = _drawn(over, design="plackett_burman", levers=True).columns["governance.lead.kind"]
    assert set(kinds) == {"single", "two"}


def test_all_is_every_strength_and_every_parameter() -> None:
    levers = read_factors("all", "over", DECISIONS)
    assert [factor.path for factor in levers] == [f"governance.{n}.strength" for n in LEVERS]
    assert len(read_factors("all", "over", UNCERTAINTIES)) == len(PARAMETERS)


BAD: Sequence[tuple[dict[str, object], str]] = (
    ({"design": "placket_burman", "over": "all"}, "did you mean 'plackett_burman'?"),
    ({"over": "all"}, "here.design: unknown name 'None'"),
    ({"design": "grid"}, "here.over is missing"),
    ({"design": "grid", "over": []}, "here.over is empty"),
    ({"design": "grid", "over": 7}, "here.over = 7 is not a list of names"),
    ({"design": "grid", "over": ["sanctons"]}, "did you mean 'sanctions'?"),
    ({"design": "grid", "over": ["governance.sanctons.strength"]},
     "did you mean 'governance.sanctions.strength'?"),
    ({"design": "grid", "over": ["inertia"]}, "inertia is varied in experiment.uncertainties"),
    ({"design": "grid", "over": ["lead", "lead.strength"]}, "lead.strength is named twice"),
    ({"design": "grid", "over": ["lead", "lead"]}, "here.over: lead is named twice"),
    ({"design": "grid", "over": {"lead": [0, 1.5]}},
     "here.over.lead = 1.5 is above its upper bound 1 (fraction)"),
    ({"design": "grid", "over": {"lead": {"low": -1}}},
     "here.over.lead.low = -1 is below its lower bound 0 (fraction)"),
    ({"design": "grid", "over": {"lead": {"low": 0.5, "high": 0.5}}}, "is not below"),
    ({"design": "grid", "over": {"lead": {"hi": 1}}}, "did you mean 'high'?"),
    ({"design": "grid", "over": {"lead": 1}}, "here.over.lead = 1: give a list of levels"),
    ({"design": "grid", "over": {"lead": [1, 1]}}, "list two different levels"),
    ({"design": "grid", "over": {"lead": None, "lead.kind": ["single", "tow"]}},
     "'tow' is not one of none, single, two, all"),
    ({"design": "grid", "over": {"lead": None, "lead.kind": {"low": 0}}}, "is not a list of none"),
    ({"design": "grid", "over": ["lead"], "levels": 1}, "here.levels = 1"),
    ({"design": "grid", "over": ["lead"], "levels": "many"}, "here.levels = 'many'"),
    ({"design": "grid", "over": ["lead"], "level": 3}, "did you mean 'levels'?"),
    ({"design": "grid", "over": "all"}, "above the upper bound 1,000,000"),
    ({"design": "subsets", "over": "all"}, "here has 33,554,432 rows (25 factors), above the"),
    ({"design": "subsets", "over": ["lead", "lead.kind"]}, "lead.kind has 4 levels"),
    ({"design": "grid", "over": ["lead.kind"]}, "changes nothing while governance.lead.strength"),
    ({"design": "one_at_a_time", "over": ["lead", "lead.kind"]}, "lead.kind changes nothing"),
    ({"design": "fractional_factorial", "over": ["lead"], "resolution": 2}, "here.resolution = 2"),
    ({"design": "fractional_factorial", "over": ["lead"]}, "no fraction of 1 factors"),
)


@pytest.mark.parametrize("given, words", BAD, ids=[words for _, words in BAD])
def test_refused(given: dict[str, object], words: str) -> None:
    base = {path: item.default for path, item in DECISIONS.items()}
    with pytest.raises(InputError) as refused:
        draw(given, "here", DECISIONS, base)
    assert words in str(refused.value)
