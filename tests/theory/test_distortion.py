"""Effort on figures: none where figure and outcome are one, or nothing hangs on the figure."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from psasim.mechanisms.distort import distorted_share, temptation
from psasim.mechanisms.publish import gaming_width

fractions = st.floats(0, 1)


def share(validity, left, incentive, cost, mission, attention, answers) -> float:
    pull = (1.0 - validity) * left * incentive / cost
    return float(distorted_share(*map(np.array, (pull, mission, attention, answers))))


@given(validity=fractions, left=fractions, incentive=fractions, cost=st.floats(0.1, 5),
       mission=st.floats(0.01, 2), attention=st.floats(0.1, 1), answers=fractions)
def test_it_is_the_odds_of_the_figure_against_the_outcome(
    validity, left, incentive, cost, mission, attention, answers
):
    odds = (1 - validity) * left * attention * incentive
    odds /= cost * (mission + attention * answers)
    found = share(validity, left, incentive, cost, mission, attention, answers)
    assert found == pytest.approx(odds / (1 + odds), rel=1e-12)
    assert share(1.0, left, incentive, cost, mission, attention, answers) == 0.0
    assert share(validity, 0.0, incentive, cost, mission, attention, answers) == 0.0
    assert share(validity, left, 0.0, cost, mission, attention, answers) == 0.0
    assert share(validity, left, incentive, cost, mission, 0.0, answers) == 0.0


@given(worth=st.floats(0.01, 3), audit=fractions, fine=st.floats(0, 10))
def test_a_figure_tempts_where_moving_it_pays(worth, audit, fine):
    """The same condition as for moving a figure to its threshold (T6)."""
    left = float(temptation(*map(np.array, (worth, audit, fine))))
    width = float(gaming_width(*map(np.array, (worth, 1.0, audit, fine))))
    assert 0.0 <= left <= 1.0
    assert width**2 / 2 == pytest.approx(left * worth, abs=1e-12)
    assert float(temptation(np.array(0.0), np.array(audit), np.array(fine))) == 0.0
