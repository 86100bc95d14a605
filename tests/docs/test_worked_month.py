"""The worked month of docs/model.md: every line, reckoned again, is what the model has."""

from __future__ import annotations

from math import sqrt

import pytest

from psasim.documents.worked_month import Step, steps, watched

STEPS = steps(watched())
KNOWN = {"min": min, "max": max, "sqrt": sqrt, "clip": lambda x: min(1.0, max(0.0, x))}


@pytest.mark.parametrize("item", STEPS, ids=[item.symbol for item in STEPS])
def test_a_line_gives_its_result(item: Step) -> None:
    """The line as the page shows it, with all digits."""
    line = item.worked.format(**{name: repr(value) for name, value in item.numbers.items()})
    assert eval(line, {"__builtins__": {}, **KNOWN}) == pytest.approx(item.result, abs=1e-9)


def test_every_phase_but_the_review_is_followed() -> None:
    assert [item.phase.split()[0] for item in STEPS if item.phase] == [
        "1", "4", "2", "3", "5", "6", "7", "ledger", "8", "10"]


def test_something_happens() -> None:
    """No line is of zeros alone, and the outcome and the figure are not where plan or target is."""
    by_symbol = {item.symbol: item.result for item in STEPS}
    assert 0.0 < by_symbol["y_o"] < by_symbol["path_o"] < by_symbol["published_i"] < 1.0
    assert 0.0 < by_symbol["passed_c"] < by_symbol["e_c"]
