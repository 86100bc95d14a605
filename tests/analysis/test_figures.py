"""Answers drawn on given axes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

import psasim
from psasim.errors import InputError
from psasim.report.figures import front, index_bars, waterfall


def _axes():
    return Figure().subplots()


def test_the_waterfall_ends_at_what_is_realised(one_future: Path) -> None:
    table = psasim.open_results(one_future).effort()
    axes = _axes()
    assert waterfall(table, axes, "new_psa") is axes
    bars = axes.patches
    own = table[table["package"] == "new_psa"]
    assert np.allclose([bar.get_width() for bar in bars], 100 * own["share"])
    ends = [bar.get_x() for bar in bars]
    assert ends[-1] == 0.0 and bars[-1].get_width() == pytest.approx(ends[-2], abs=1e-6)
    with pytest.raises(InputError, match="did you mean 'new_psa'"):
        waterfall(table, axes, "new_ps")


def test_indices_have_their_intervals() -> None:
    table = pd.DataFrame({"target": "t", "factor": ["weak", "strong", "$other$"], "index": "ST",
                          "unit": "share of variance", "value": [0.1, 0.8, 0.3],
                          "lo95": [0.0, 0.7, np.nan], "hi95": [0.2, 0.9, np.nan]})
    axes = index_bars(table, _axes())
    assert [bar.get_width() for bar in axes.patches] == [0.8, 0.3, 0.1]
    assert [text.get_text() for text in axes.get_yticklabels()] == ["strong", "$other$", "weak"]
    assert len(axes.collections[0].get_segments()) == 2
    with pytest.raises(InputError, match="index"):
        index_bars(table, _axes(), "S9")


def test_the_front_names_who_is_on_it(one_future: Path) -> None:
    table = psasim.open_results(one_future).worth()
    axes = front(table, _axes())
    names = list(table.loc[table["on_front"], "package"])
    legend = [text.get_text() for text in axes.get_legend().get_texts()]
    assert legend[-len(names):] == [f"{i} {name}" for i, name in enumerate(names, 1)]
    marked = ", ".join(text.get_text() for text in axes.texts).split(", ")
    assert sorted(map(int, marked)) == list(range(1, len(names) + 1))
    with pytest.raises(InputError, match="attainment, burden, cost"):
        front(table, _axes(), take="money")
