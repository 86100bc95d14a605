"""Text into the page: names are somebody else's, and come out as text wherever they stand."""

from __future__ import annotations

import re
import unicodedata

import numpy as np
import pandas as pd
from markupsafe import Markup, escape

from psasim.report.lettering import one_line

_RIGHT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_TURNED = re.compile(f"[{_RIGHT}](?:[^{_RIGHT}A-Za-z0-9<>&;]*[{_RIGHT}])*")
"""Letters written from the right, and what stands between them."""

_JOINED = re.compile(r"[_+](?=[a-z])")
"""Where the long name of a package may go on in the next line."""


def words(value: object) -> object:
    """What a template puts out: text, letters from the right kept to themselves, so that they
    turn no number beside them."""
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    text = _TURNED.sub(r"<bdi>\g<0></bdi>", str(escape(one_line(value))))
    return Markup(_JOINED.sub(r"\g<0><wbr>", text))


def within(value: str) -> Markup:
    """Text as the value of an attribute."""
    return escape(one_line(value))


def cell(value: object) -> str:
    """A value of a table, with four digits that count."""
    if value is None or value is pd.NA or (isinstance(value, float) and np.isnan(value)):
        return "not available"
    if isinstance(value, bool | np.bool_):
        return "yes" if value else "no"
    if isinstance(value, int | np.integer):
        return f"{value:,}"
    if isinstance(value, float | np.floating):
        return _number(float(value))
    return str(value)


def _number(value: float) -> str:
    if not np.isfinite(value):
        return "not finite"
    if value == int(value) and abs(value) < 1e6:
        return f"{value:,.0f}"
    return f"{value:.4g}" if 1e-4 <= abs(value) < 1e6 else f"{value:.3e}"


def is_number(value: object) -> bool:
    """Whether a cell is set as a number, at the right."""
    text = cell(value)
    return bool(text) and (text[0].isdigit() or (text[0] in "+-±" and text[1:2].isdigit())
                           or unicodedata.category(text[0]) == "Nd")
