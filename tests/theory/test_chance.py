"""Chances over other spans than they are given for."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from psasim.mechanisms.chance import MONTHS_A_YEAR, over_time


@given(chance=st.floats(0, 0.999), spans=st.integers(1, 40))
def test_over_several_spans_it_is_missed_in_none(chance, spans):
    missed = (1.0 - chance) ** spans
    assert float(over_time(np.array(chance), spans)) == pytest.approx(1.0 - missed, abs=1e-12)


@given(yearly=st.floats(0, 0.99), interval=st.integers(1, 12))
def test_a_year_of_publications_sees_what_a_year_sees(yearly, interval):
    """Whatever the interval, the chances of a year's publications make up the year's."""
    each = over_time(np.array(yearly), interval / MONTHS_A_YEAR)
    year = over_time(each, MONTHS_A_YEAR / interval)
    assert float(year) == pytest.approx(yearly, abs=1e-12)


def test_certain_and_impossible():
    ends = np.array([0.0, 1.0])
    assert (over_time(ends, 0.25) == ends).all() and (over_time(ends, 7.0) == ends).all()
